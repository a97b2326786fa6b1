"""Asking: a question in, the right cards out, and nothing written down."""

from __future__ import annotations

from datetime import datetime

from bot.answers.answer import Answer, Context
from bot.answers.engine import Engine
from bot.answers.foreign import Tongues
from bot.answers.matching import Matcher
from bot.clock import Clock
from bot.domain import hours
from bot.domain.calendar import Holidays, Occurrence, occurrences
from bot.domain.cards import Card, Found
from bot.domain.directory import Directory, Entry, Neighbourhood
from bot.domain.town import Interpreter

WHOLE_TOWN = "city"
"""The neighbourhood that stands for all of them."""

_NEXT_DATES = 3


class Asking:
    """The directory as an answer machine; rebuilt when an entry changes, never in between."""

    def __init__(
        self,
        directory: Directory,
        clock: Clock,
        *,
        matcher: Matcher,
        tongues: Tongues,
    ) -> None:
        self._clock = clock
        self._matcher = matcher
        self._tongues = tongues
        self.refresh(directory)

    def refresh(self, directory: Directory) -> None:
        """Answer from `directory` from now on."""
        self._directory = directory
        self._holidays = Holidays.of(directory)
        self.engine = Engine.build(directory, matcher=self._matcher, tongues=self._tongues)

    @property
    def directory(self) -> Directory:
        """The directory that answers are taken from."""
        return self._directory

    def find(self, question: str, *, language: str, interpreter: Interpreter) -> Found:
        """Return what the directory has for `question`, asked by somebody who reads `language`."""
        context = Context(language="de" if language == "de" else "fr")
        answer = self.engine.ask(question, context=context)
        return self.found(answer, language=language, interpreter=interpreter)

    def found(self, answer: Answer, *, language: str, interpreter: Interpreter) -> Found:
        """Return the cards behind an answer of the engine, as they stand right now."""
        told = answer.reply_language
        cards = [self.card(ranked.entry_id) for ranked in answer.cards]
        return Found(
            answer.outcome,
            told,
            switched=answer.clear and told != language,
            cards=tuple(card for card in cards if card),
            foreign=self._foreign(answer, interpreter),
        )

    def card(self, entry_id: str) -> Card | None:
        """Return one entry as it stands right now, or None if the directory no longer has it."""
        entry = self._directory.entries.get(entry_id)
        return self._card(entry) if entry else None

    def examples(self, language: str) -> tuple[str, ...]:
        """Return three questions that the directory answers, to show how one may ask."""
        faqs = (entry for entry in self._directory.entries.values() if entry.kind == "faq")
        titles = [entry.title[language] for entry in faqs if language in entry.title]
        return tuple(sorted(titles, key=len)[:3])

    def neighbourhoods(self) -> list[Neighbourhood]:
        """Return where one may live: every neighbourhood but the whole town."""
        return [n for n in self._directory.neighbourhoods.values() if n.id != WHOLE_TOWN]

    def _card(self, entry: Entry) -> Card:
        now = self._clock.local().replace(tzinfo=None)
        return Card(
            entry,
            now,
            place=self._directory.places.get(entry.place or ""),
            next_dates=self._dates(entry, now),
            opening=hours.status(entry, self._holidays, now) if entry.hours else None,
            related=tuple(
                self._directory.entries[other]
                for other in entry.related
                if other in self._directory.entries
            ),
        )

    def _dates(self, entry: Entry, now: datetime) -> tuple[Occurrence, ...]:
        if entry.schedule is None:
            return ()
        return occurrences(entry.schedule, self._holidays, since=now, count=_NEXT_DATES)

    def _foreign(self, answer: Answer, interpreter: Interpreter) -> str:
        if answer.foreign is None:
            return ""
        tongue = self._tongues.by_code[answer.foreign]
        name = " / ".join(interpreter.name.values())
        return tongue.says(service=name, phone=interpreter.phone)
