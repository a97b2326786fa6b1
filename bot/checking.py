"""What `quartierbot check` looks at before a town relies on it; it changes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

import storage.store
from bot.clock import Clock
from bot.domain.errors import OperatorError
from bot.domain.localized import LANGUAGES
from bot.domain.town import Town
from bot.formats.directory_files import Loaded, load
from bot.formats.outlines import read_outlines
from bot.i18n import LOCALES
from bot.settings import Settings, running_problems, unknown_names
from storage import contacts
from storage.sealing import Keyring
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: good, worth a look (`warning`), or in the way (`problem`)."""

    about: str
    problem: str = ""
    warning: str = ""

    def __str__(self) -> str:
        """Return the finding as one line."""
        if self.problem:
            return f"✗ {self.about}: {self.problem}"
        return f"! {self.about}: {self.warning}" if self.warning else f"✓ {self.about}"


_BARE_HOST = (
    "Telegram takes no button to PUBLIC_URL: its host has no dot. Such buttons are left out."
)


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    """Look at settings, key, database, directory, town and catalogues, in that order."""
    for finding in _settings(settings):
        yield finding
    yield _key(settings)
    yield await _database(settings)
    for finding in _directory(settings):
        yield finding
    for finding in _catalogues():
        yield finding


def _settings(settings: Settings) -> Iterator[Finding]:
    problems = list(running_problems(settings))
    for problem in problems:
        yield Finding("settings", problem=str(problem))
    for name in unknown_names():
        yield Finding("settings", warning=f"{name} means nothing to the bot; is it misspelt?")
    if settings.public_url and settings.webhook_secret is None:
        yield Finding("settings", warning="PUBLIC_URL without WEBHOOK_SECRET: the bot will poll.")
    if settings.public_url and settings.button_address is None:
        yield Finding("settings", warning=_BARE_HOST)
    if not problems:
        yield Finding("settings")


def _key(settings: Settings) -> Finding:
    if settings.key_file is None:
        return Finding("key", problem="none; make one with `quartierbot key new FILE`.")
    try:
        Keyring.load(settings.key_file)
    except OperatorError as error:
        return Finding("key", problem=str(error))
    return Finding("key")


async def _database(settings: Settings) -> Finding:
    try:
        if await storage.store.version(settings.database_url) is None:
            return Finding("database", warning="still empty; the first start makes it.")
        await storage.store.check_version(settings.database_url)
        await _try_key(settings)
    except OperatorError as error:
        return Finding("database", problem=str(error))
    return Finding("database")


async def _try_key(settings: Settings) -> None:
    if settings.key_file is None or not settings.key_file.exists():
        return
    store = await Store.open(settings.database_url, Keyring.load(settings.key_file), clock=Clock())
    try:
        async with store.read() as tx:
            await contacts.try_key(tx)
    finally:
        await store.close()


def _directory(settings: Settings) -> Iterator[Finding]:
    if settings.directory is None or not settings.directory.is_dir():
        yield Finding("directory", problem="no folder; set QUARTIERBOT_DIRECTORY.")
        return
    loaded = load(settings.directory)
    for problem in loaded.problems:
        if problem.warning:
            yield Finding("directory", warning=str(problem))
        else:
            yield Finding("directory", problem=str(problem))
    if not loaded.problems.errors:
        yield Finding(f"directory ({len(loaded.directory.entries)} entries)")
    yield from _town(settings.directory, loaded)
    yield from _outlines(settings.directory, loaded)


def _town(folder: Path, loaded: Loaded) -> Iterator[Finding]:
    if loaded.town is None:
        yield Finding("town", warning=f"{folder} has no town.yaml; neutral texts hold.")
    missing = Town.of(loaded.town or {}).missing()
    if missing:
        yield Finding("town", warning=f"town.yaml does not say yet: {', '.join(missing)}.")
    else:
        yield Finding("town")


def _outlines(folder: Path, loaded: Loaded) -> Iterator[Finding]:
    """Look at the map's outlines, if there are any: each must be of a neighbourhood of the directory."""
    try:
        outlines = read_outlines(folder)
    except OperatorError as error:
        yield Finding("map", problem=str(error))
        return
    strange = {each.id for each in outlines} - loaded.directory.neighbourhoods.keys()
    if strange:
        names = ", ".join(sorted(strange))
        yield Finding("map", warning=f"outlines of no neighbourhood of the directory: {names}.")
    elif outlines:
        yield Finding(f"map ({len(outlines)} outlines)")


def _catalogues() -> Iterator[Finding]:
    for language in LANGUAGES:
        path = LOCALES / language / "LC_MESSAGES" / "messages.po"
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        missing = sum(1 for message in catalogue if message.id and not _said(message.string))
        if missing:
            yield Finding(f"catalogue {language}", problem=f"{missing} sentences are missing.")
        else:
            yield Finding(f"catalogue {language}")


def _said(translation: object) -> bool:
    return all(translation) if isinstance(translation, (list, tuple)) else bool(translation)
