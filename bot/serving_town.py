"""Serving a real town, and the commands that work on its database."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from pathlib import Path

import structlog

from bot.app import App, run_until_signalled, start_link
from bot.archive import open_archive
from bot.domain.audit import Verdict
from bot.domain.errors import OperatorError
from bot.domain.imports import ImportPlan, Prefer
from bot.domain.roles import Role
from bot.domain.taken_over import Proposal
from bot.editors import SAMPLE
from bot.services.activities import UnsoundError
from bot.settings import Settings
from storage.sealing import Keyring

_log = structlog.get_logger(__name__)


async def run(settings: Settings, *, allow_sample: bool) -> None:
    """Take over the town's files and serve until told to stop."""
    folder = settings.directory
    if folder is None or settings.key_file is None:
        raise OperatorError("QUARTIERBOT_DIRECTORY and QUARTIERBOT_KEY_FILE must be set.")
    if folder.resolve() == SAMPLE.resolve() and not allow_sample:
        raise OperatorError(
            "This is the sample town, whose addresses are invented.",
            remedy="Set QUARTIERBOT_DIRECTORY to your own, or add --allow-sample for a rehearsal.",
        )
    async with open_archive(settings, Keyring.load(settings.key_file)) as archive:
        plan = await archive.services.directory.import_folder(folder)
        await archive.services.town.load()
        for line in plan.lines():
            _log.info("directory", change=line)
        await run_until_signalled(App(settings, archive))


async def import_folder(settings: Settings, folder: Path, *, prefer: Prefer | None) -> ImportPlan:
    """Bring a folder into the town's database."""
    async with open_archive(settings, keyring(settings)) as archive:
        return await archive.services.directory.import_folder(folder, prefer=prefer)


async def export_folder(settings: Settings, folder: Path) -> tuple[Path, ...]:
    """Write the town's directory as files."""
    async with open_archive(settings, keyring(settings)) as archive:
        return await archive.services.directory.export_folder(folder)


async def import_calendar(
    settings: Settings, file: Path, *, language: str, publish: bool
) -> list[tuple[Proposal, list[datetime]]]:
    """Return the activities of a calendar file with their next dates; publish them if wanted."""
    try:
        raw = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        reason = error.strerror or "no reason was given"
        raise OperatorError(f"{file} cannot be read: {reason}.") from error
    async with open_archive(settings, keyring(settings)) as archive:
        activities, agenda = archive.services.activities, archive.services.agenda
        found = activities.read_calendar(raw, language=language)
        if publish:
            try:
                await activities.take_over(None, None, [each.document for each in found])
            except UnsoundError as error:
                raise OperatorError(f"Nothing was published: {error}") from error
        return [(each, agenda.dates_of(each.document)) for each in found]


async def invite(settings: Settings, role: Role, *, centre: str | None) -> tuple[str, str]:
    """Return a start link (empty without a token) and its payload."""
    async with open_archive(settings, keyring(settings)) as archive:
        centres = archive.services.town.current.centres
        if centre and archive.services.town.current.centre(centre) is None:
            known = ", ".join(each.id for each in centres) or "none"
            raise OperatorError(f"There is no centre {centre}.", remedy=f"There are: {known}.")
        payload = await archive.services.team.invite(role, centre)
    return await start_link(settings, payload), payload


async def verify_audit(settings: Settings) -> Verdict:
    """Follow the audit's chain."""
    async with open_archive(settings, keyring(settings)) as archive:
        return await archive.services.audit.verify()


async def export_audit(settings: Settings) -> list[str]:
    """Return the audit as JSON lines; that it was read this way is the last of them."""
    async with open_archive(settings, keyring(settings)) as archive:
        await archive.services.audit.exported("audit")
        return [
            json.dumps(
                {
                    "number": entry.number,
                    "at": entry.at.isoformat(),
                    "actor": entry.actor,
                    "role": entry.role,
                    "action": entry.action,
                    "about": entry.about,
                    "subject": entry.subject,
                    "details": dict(entry.details),
                    "hash": entry.hash,
                },
                ensure_ascii=False,
            )
            async for entry in archive.services.audit.everything()
        ]


def keyring(settings: Settings) -> Keyring:
    """Return the town's key; OperatorError if none is set."""
    if settings.key_file is None:
        raise OperatorError(
            "QUARTIERBOT_KEY_FILE is not set.", remedy="Make one with `quartierbot key new FILE`."
        )
    return Keyring.load(settings.key_file)
