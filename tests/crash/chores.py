"""What a life does: the real command line, or one piece of work over and over."""

from __future__ import annotations

import asyncio
import sys

from bot.__main__ import main
from bot.archive import open_archive
from bot.settings import Settings
from storage.sealing import Keyring


def do() -> None:
    """Do what the arguments say; `erase` is no command, but what a tick of the bot does."""
    if sys.argv[1:] == ["erase"]:
        asyncio.run(_erase())
    else:
        main()


async def _erase() -> None:
    settings = Settings.read()
    assert settings.key_file is not None
    async with open_archive(settings, Keyring.load(settings.key_file)) as archive:
        await archive.services.privacy.delete_due()
