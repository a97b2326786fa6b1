"""The whole town on one machine: the sandbox in place of Telegram, the sample directory, two invitations."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import aiohttp
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.app import App, run_until_signalled
from bot.archive import Archive, keyring_of, open_archive
from bot.clock import Clock
from bot.domain.errors import OperatorError
from bot.domain.roles import Role
from bot.editors import SAMPLE
from bot.settings import Settings
from web.sandbox.app import DEMO_TOKEN, create_sandbox

ANIMATOR, COORDINATOR = 2001, 3001
"""The phones of the sandbox that belong to the team."""

_FOLDER = Path("data/demo")
_LOOK = 0.5


async def demo(settings: Settings, *, say: Callable[[str], None]) -> None:
    """Serve the sandbox page and the bot until told to stop; begins afresh each time."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
    sandbox = create_sandbox()
    settings = demo_settings(settings)
    async with open_archive(settings, keyring_of(_FOLDER / "demo.key")) as archive:
        await archive.services.directory.import_folder(settings.directory or SAMPLE)
        await archive.services.town.load()
        app, stop = App(settings, archive, sandbox=sandbox), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            beside = group.create_task(_beside(app, archive, sandbox, say=say))
            closing = group.create_task(_close(sandbox, stop))
            await run_until_signalled(app, stop)
            beside.cancel()
            closing.cancel()


async def _close(sandbox: Starlette, stop: asyncio.Event) -> None:
    """Let go of open pages as soon as it is time to stop: the server waits for them."""
    await stop.wait()
    await sandbox.state.world.close()


def demo_settings(settings: Settings) -> Settings:
    """Return the settings with the sandbox in place of Telegram and a database of its own."""
    address = f"http://{settings.web_host}:{settings.web_port}"
    return settings.model_copy(
        update={
            "token": SecretStr(DEMO_TOKEN),
            "api_url": address,
            "database_url": f"sqlite:///{_FOLDER}/quartierbot.db",
            "directory": settings.directory or SAMPLE,
            "public_url": address,
            "webhook_secret": None,
        }
    )


async def invite_team(archive: Archive, address: str) -> None:
    """Open an invitation on the animator's and on the coordinator's phone, as they would."""
    team = archive.services.team
    centres = archive.services.town.current.centres
    async with aiohttp.ClientSession() as session:
        for person, role, centre in (
            (COORDINATOR, Role.COORDINATOR, None),
            (ANIMATOR, Role.ANIMATOR, centres[0].id if centres else None),
        ):
            payload = await team.invite(role, centre)
            url = f"{address}/sandbox/phones/{person}/start"
            async with session.post(url, json={"payload": payload}) as answer:
                if answer.status >= 400:  # noqa: PLR2004 - any refusal
                    raise OperatorError("The sandbox did not take the invitation of the team.")


async def follow_clock(clock: Clock, address: str) -> None:
    """Keep the bot's clock at the offset of the sandbox's clock panel."""
    async with aiohttp.ClientSession() as session:
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with session.get(f"{address}/sandbox/clock") as answer:
                    offset = (await answer.json())["offset_seconds"]
                    clock.offset = timedelta(seconds=offset)
            await asyncio.sleep(_LOOK)


async def _beside(
    app: App, archive: Archive, sandbox: Starlette, *, say: Callable[[str], None]
) -> None:
    await app.ready.wait()
    address = f"http://{app.settings.web_host}:{app.port}"
    sandbox.state.world.clock.move_to(archive.clock.offset.total_seconds())
    await invite_team(archive, address)
    say(f"Quartierbot is at {address}/ — open it in a browser. Ctrl-C ends it.")
    say(f"What residents bring is shown at {address}/board.")
    await follow_clock(archive.clock, address)
