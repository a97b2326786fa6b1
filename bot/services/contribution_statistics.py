"""Contributions in figures, and the charts of them."""

from __future__ import annotations

import asyncio

from bot.clock import Clock
from bot.domain.contribution_statistics import Figures, Tally
from bot.domain.messages import Message
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.formats import chart
from bot.phrases import statistics as phrases
from bot.phrases.export_words import Quarters, words_of
from bot.phrases.statistics import Topic
from bot.services.contribution_access import member_of_team
from storage import contribution_reports as reports
from storage.store import Store


class ContributionStatistics:
    """What a coordinator may know in figures: totals exact, small counts of people not told."""

    def __init__(self, store: Store, clock: Clock, *, quarters: Quarters = dict) -> None:
        """Count in `store`; `quarters` names the neighbourhoods as they are now."""
        self._store = store
        self._clock = clock
        self._quarters = quarters

    async def figures(self, resident: Resident) -> Figures:
        """Return the figures of everything there is; NotAllowedError for others than coordinators."""
        tally = Tally(self._clock.zone)
        async with self._store.read() as tx:
            await member_of_team(tx, resident, Role.COORDINATOR)
            async for facts in reports.facts(tx):
                tally.add(facts)
        return tally.figures()

    async def picture(self, resident: Resident, topic: Topic) -> Message:
        """Return the chart that answers one question, in the resident's language."""
        figures, today = await self.figures(resident), self._clock.local().date()
        words = words_of(resident.language, self._quarters())
        drawn = phrases.chart(words, figures, topic, today=today)
        if not drawn.bars:
            return phrases.nothing(words.voice)
        content = await asyncio.to_thread(lambda: chart.png(chart.svg(drawn)))
        return phrases.picture(words.voice, drawn, content, topic=topic, today=today)
