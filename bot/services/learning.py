"""What the town teaches: what is asked in vain, and what people choose; counts, never persons.

Who has done what today is known in memory alone, so that nobody counts twice; it is never written.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.residents import Resident
from bot.domain.roles import Role, demand
from bot.domain.taps import PER_DAY, Topic
from bot.domain.unanswered import OLDEST, OTHER, Missed, Week, monday
from bot.services.asking import Asking
from storage import learning, staff
from storage.store import Store, Tx


class Learning:
    """Counts for the coordinators, and for the order of what fits about as well."""

    def __init__(self, store: Store, clock: Clock, *, asking: Asking) -> None:
        """Work on `store` by `clock`; `asking` is told what people choose."""
        self._store = store
        self._clock = clock
        self._asking = asking
        self._day: date | None = None
        self._in_vain: set[tuple[str, Topic]] = set()
        self._chosen: set[tuple[str, Topic, str]] = set()
        self._unsaved: Counter[tuple[date, str, str]] = Counter()

    async def load(self) -> None:
        """Take up what people have chosen so far."""
        async with self._store.read() as tx:
            self._asking.favour(await learning.choices(tx))

    def missed(self, resident: Resident, topic: Topic) -> None:
        """Count a question without an answer, once a day for each person; see `save`."""
        self._turn_day()
        if (resident.contact_id, topic) not in self._in_vain:
            self._in_vain.add((resident.contact_id, topic))
            self._add(topic, 1)

    async def chose(self, cause: Cause, resident: Resident, topic: Topic, *, entry_id: str) -> None:
        """Count what was chosen from a list, once a day for each person: it was found after all."""
        self._turn_day()
        if (resident.contact_id, topic) in self._in_vain:
            self._in_vain.discard((resident.contact_id, topic))
            self._add(topic, -1)
        choice = (resident.contact_id, topic, entry_id)
        if choice in self._chosen or not topic.concepts:
            return
        async with self._store.write(cause) as tx:
            tx.news = False
            for concept in topic.concepts:
                await learning.choose(tx, concept, entry_id, day=self._today(), at_most=PER_DAY)
            await self.save(tx)
        self._chosen.add(choice)
        await self.load()

    async def save(self, tx: Tx) -> None:
        """Write the counts along with what is written anyway."""
        unsaved, self._unsaved = self._unsaved, Counter()
        try:
            for day in sorted({day for day, _, _ in unsaved}):
                of_day = {(c, lang): n for (d, c, lang), n in unsaved.items() if d == day and n}
                await learning.count(tx, day, of_day)
        except BaseException:
            self._unsaved.update(unsaved)
            raise

    async def week(self, resident: Resident, back: int) -> Week:
        """Return what was asked in vain in the week `back` weeks ago; for coordinators."""
        first = monday(self._today(), min(back, OLDEST))
        week = Week(first, min(back, OLDEST), ())
        async with self._store.read() as tx:
            demand(await staff.of(tx, resident.contact_id), Role.COORDINATOR)
            found = await learning.missed(tx, first=first, last=week.last)
        by_concept: dict[str, dict[str, int]] = {}
        for (concept, language), times in found.items():
            by_concept.setdefault(concept, {})[language] = times
        missed = [
            Missed(self._asking.name_of(concept) if concept else None, times)
            for concept, times in sorted(by_concept.items())
        ]
        return Week(first, week.back, tuple(sorted(missed, key=lambda each: -each.total)))

    def _add(self, topic: Topic, more: int) -> None:
        for concept in topic.concepts or (OTHER,):
            self._unsaved[self._today(), concept, topic.language] += more

    def _turn_day(self) -> None:
        if self._day != self._today():
            self._day = self._today()
            self._in_vain.clear()
            self._chosen.clear()

    def _today(self) -> date:
        return self._clock.local().date()
