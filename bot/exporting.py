"""`quartierbot export contributions`: the same files as in the chat, for whoever runs the bot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.archive import Archive, open_archive
from bot.domain.contribution_lists import Filters
from bot.domain.contribution_states import State
from bot.domain.contributions import CATEGORIES
from bot.domain.errors import OperatorError
from bot.domain.exports import Exported, Form, Progress, Wanted
from bot.formats.decidim import read_ids
from bot.settings import Settings
from storage.sealing import Keyring

_PRIVATE, _PUBLIC = 0o600, 0o644


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on the command line."""

    form: Form
    out: Path
    public: bool = False
    since: date | None = None
    until: date | None = None
    states: Sequence[State] = ()
    category: str | None = None
    neighbourhood: str | None = None
    centre: str | None = None
    language: str = "fr"
    bom: bool = False
    decidim_ids: Path | None = None


async def contributions(
    settings: Settings, keyring: Keyring, asked: Asked, *, say: Callable[[str], None]
) -> Exported:
    """Write the files and return what they hold; nothing is there before all of it is.

    Raises OperatorError for what does not exist in this town; `say` hears how far it is.
    """
    ids = read_ids(asked.decidim_ids) if asked.decidim_ids else {}
    if not asked.out.parent.is_dir():
        raise OperatorError(f"There is no folder {asked.out.parent}.", remedy="Make it first.")
    async with open_archive(settings, keyring) as archive:
        wanted = _wanted(archive, asked)
        with TemporaryDirectory(dir=asked.out.parent, prefix=".quartierbot-") as folder:
            draft = Path(folder) / asked.out.name
            steps = archive.services.exports.write(wanted, draft, by=None, ids=ids)
            async with aclosing(steps):
                async for step in steps:
                    if isinstance(step, Progress):
                        say(f"{step.done} of {step.total}")
                    else:
                        return _put_in_place(step, asked.out.parent, private=not wanted.public)
    raise AssertionError


def _put_in_place(exported: Exported, folder: Path, *, private: bool) -> Exported:
    placed = []
    for file in exported.files:
        file.chmod(_PRIVATE if private else _PUBLIC)
        placed.append(file.replace(folder / file.name))
    return Exported(tuple(placed), exported.rows, exported.placeless)


def _wanted(archive: Archive, asked: Asked) -> Wanted:
    zone = archive.clock.zone
    filters = Filters(
        states=tuple(asked.states),
        category=_known(asked.category, CATEGORIES, "theme"),
        neighbourhood=_quarter(archive, asked),
        since=_start(asked.since, zone) if asked.since else None,
        until=_start(asked.until + timedelta(days=1), zone) if asked.until else None,
        open_only=False,
    )
    language = _known(asked.language, ("fr", "de"), "language") or "fr"
    wanted = Wanted(asked.form, filters, public=asked.public, language=language, bom=asked.bom)
    return wanted.settled()


def _quarter(archive: Archive, asked: Asked) -> str | None:
    """Return the neighbourhood asked for, by its own id or by a centre that works for it."""
    services = archive.services
    if asked.centre is None:
        quarters = services.asking.directory.neighbourhoods
        return _known(asked.neighbourhood, tuple(quarters), "neighbourhood")
    centres = {each.id: each.neighbourhood for each in services.town.current.centres}
    chosen = centres[_known(asked.centre, tuple(centres), "centre") or ""]
    if chosen is None or asked.neighbourhood not in {None, chosen}:
        raise OperatorError(
            f"The centre {asked.centre} does not belong to that neighbourhood.",
            remedy="Give one of --centre and --neighbourhood.",
        )
    return chosen


def _known(value: str | None, among: Sequence[str], what: str) -> str | None:
    if value is not None and value not in among:
        known = ", ".join(among) or "none"
        raise OperatorError(f"There is no {what} {value}.", remedy=f"There are: {known}.")
    return value


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
