"""How far announcements are, in one message each that changes in place; it never floods a chat."""

from __future__ import annotations

from functools import partial
from typing import Literal

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.domain.messages import Message
from bot.domain.pacing import Lane
from bot.i18n import voice
from bot.phrases import broadcast_runs as phrases
from bot.services.broadcast_mailing import BroadcastMailing, Report
from bot.telegram import sending
from bot.telegram.failures import Doubt, TheirFault, Wait, classify
from bot.telegram.pacing import Pace

_log = structlog.get_logger(__name__)


class ProgressBoard:
    """Asked every few seconds: shows each author what has changed since, and the end for certain."""

    def __init__(self, bot: Bot, pace: Pace, mailing: BroadcastMailing) -> None:
        self._bot = bot
        self._pace = pace
        self._mailing = mailing
        self._shown: dict[int, Message] = {}

    async def show(self) -> int:
        """Bring every message up to date that is not; return how many changed."""
        reports = await self._mailing.reports()
        changed = 0
        for report in reports:
            changed += await self._show(report)
        current = {report.course.broadcast.number for report in reports}
        self._shown = {n: message for n, message in self._shown.items() if n in current}
        return changed

    async def _show(self, report: Report) -> int:
        known = report.course.broadcast
        message = phrases.progress(voice(report.language), report.course)
        changed = self._shown.get(known.number) != message
        told = await self._told(report, message) if changed else "changed"
        if told == "later":
            return 0
        self._shown[known.number] = message
        if known.finished_at is not None or told == "gone":
            await self._mailing.reported(known.number)
        return int(changed)

    async def _told(self, report: Report, message: Message) -> Literal["changed", "gone", "later"]:
        """Change the message; `gone` if that was the last time, `later` if it is worth another try."""
        turn = partial(self._pace.turn, Lane.REMINDER, report.chat)
        try:
            there = await sending.edit(self._bot, report.chat, report.message, message, turn=turn)
        except TelegramError as error:
            meaning = classify(error)
            _log.info("progress not shown", meaning=type(meaning).__name__)
            return "later" if isinstance(meaning, (Wait, TheirFault, Doubt)) else "gone"
        return "changed" if there else "gone"
