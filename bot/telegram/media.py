"""Photos and voice messages of contributions, fetched from Telegram after the commit that wants them."""

from __future__ import annotations

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.domain.contribution_lists import Wanted
from bot.logs import journey
from bot.services.contribution_media import ContributionMedia

LARGEST = 20 * 1024 * 1024
"""Bytes that Telegram lets a bot fetch."""

_log = structlog.get_logger(__name__)


class MediaFetcher:
    """Asks what is wanted and brings it; what fails is tried again later, a few times."""

    def __init__(self, bot: Bot, media: ContributionMedia) -> None:
        self._bot = bot
        self._media = media

    async def fetch(self) -> int:
        """Fetch what is wanted now; return how many files were kept."""
        return sum([await self._one(wanted) for wanted in await self._media.wanted()])

    async def _one(self, wanted: Wanted) -> bool:
        content = await self._download(wanted)
        if content is None:
            return await self._give_back(wanted)
        try:
            return await self._media.store(wanted, content) is not None
        except Exception as error:  # noqa: BLE001 - one odd file must not keep the others waiting
            _log.error("file not kept", kind=wanted.kind, way=journey(error))
            return await self._give_back(wanted)

    async def _download(self, wanted: Wanted) -> bytes | None:
        try:
            file = await self._bot.get_file(wanted.file_id)
            if not file.file_path or (file.file_size or 0) > LARGEST:
                return None
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            _log.warning("file not fetched", kind=wanted.kind, error=type(error).__name__)
            return None

    async def _give_back(self, wanted: Wanted) -> bool:
        if not await self._media.failed(wanted):
            _log.warning("file given up", kind=wanted.kind)
        return False
