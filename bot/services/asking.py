"""Asking: a question in, the right cards out, and nothing written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.answers import times
from bot.answers.answer import Answer, Context, Ranked
from bot.answers.asked import Asked
from bot.answers.engine import Engine
from bot.answers.fields import entry_words
from bot.answers.language import Reply
from bot.answers.wording import fold_word
from bot.clock import Clock
from bot.domain import hours
from bot.domain.asked import When
from bot.domain.calendar import Holidays, Occurrence, occurrences
from bot.domain.cards import Card, Found
from bot.domain.critical import Care, Guidance
from bot.domain.directory import Directory, Entry, Neighbourhood
from bot.domain.fitting import WHOLE_TOWN
from bot.domain.leads import Lead, Question, lead
from bot.domain.listings import UNKNOWN, Listing, Wanted, listing
from bot.domain.localized import Localized
from bot.domain.smalltalk import NO_SMALL_TALK, Courtesy, SmallTalk
from bot.domain.taps import Taps, Topic, favoured
from bot.domain.town import Interpreter
from bot.services.wanting import nearest_first, stands_at, wanted_facts

_NEXT_DATES = 3
_NEAREST = 3
_CLOSE = 0.7
_WORTH_OFFERING = 0.4
_TOLD = 2
"""Concepts by which a question is counted and its choices remembered: the most telling ones."""
_STEM = 5


class Asking:
    """The directory as an answer machine; rebuilt when an entry changes, never in between."""

    def __init__(
        self,
        directory: Directory,
        clock: Clock,
        *,
        learn: Callable[[Directory], Engine],
        guidance: Guidance,
        small_talk: SmallTalk = NO_SMALL_TALK,
    ) -> None:
        self._clock = clock
        self._small_talk = small_talk
        self._guidance = guidance
        self._taps: Taps = {}
        self._learn = learn
        self.refresh(directory)

    def refresh(self, directory: Directory) -> None:
        """Answer from `directory` from now on."""
        self._directory = directory
        self._holidays = Holidays.of(directory)
        self._words: dict[str, frozenset[str]] = {}
        self.engine = self._learn(directory)

    @property
    def directory(self) -> Directory:
        """The directory that answers are taken from."""
        return self._directory

    def find(self, question: str, *, language: str, interpreter: Interpreter) -> Found:
        """Return what the directory has for `question`, asked by somebody who reads `language`."""
        context = Context(language="de" if language == "de" else "fr")
        found, _ = self.hear(question, context, language=language, interpreter=interpreter)
        return found

    def hear(
        self,
        question: str,
        context: Context,
        *,
        language: str,
        interpreter: Interpreter,
        home: str | None = None,
    ) -> tuple[Found, Context]:
        """Return what there is for `question` and where the conversation then stands.

        `context` is where it stood; `home` is the neighbourhood of whoever asks, if they told us.
        """
        answer = self._asked(question, context)
        answer = nearest_first(answer, home, self._directory)
        found = self.found(answer, language=language, interpreter=interpreter)
        return found, stands_at(context, answer, found)

    def found(self, answer: Answer, *, language: str, interpreter: Interpreter) -> Found:
        """Return the cards behind an answer of the engine, as they stand right now."""
        told = answer.reply_language
        heads = _close(answer.cards) if answer.critical else answer.cards
        if answer.outcome == "suggest":
            heads = _plausible(heads)
        cards = [self._joint_card(ranked) for ranked in heads]
        shown = [card for card in cards if card]
        listed = self._listing(answer)
        if shown and answer.outcome == "answer":
            shown[0] = self._led(shown[0], answer.asked, follows=answer.follows)
        return Found(
            "answer" if listed else answer.outcome,
            told,
            switched=answer.clear and told != language,
            cards=tuple(shown),
            foreign=self._foreign(answer, interpreter),
            listing=listed,
            care=self._guidance.about(answer.critical) if answer.critical else None,
            topic=self._topic(answer),
        )

    def nearest(self, words: str) -> tuple[Card, ...]:
        """Return the entries that fit `words` best, best first, however well they fit."""
        ranked = self._asked(words, Context()).cards[:_NEAREST]
        return tuple(card for card in (self.card(each.entry_id) for each in ranked) if card)

    def topic(self, question: str) -> Topic | None:
        """Return what may be counted of `question`; None if it is about an emergency or distress."""
        return self._topic(self.engine.ask(question))

    def polite(self, text: str) -> Courtesy | None:
        """Return what small talk `text` is, or None if something is to be looked up."""
        return self._small_talk.heard(text)

    def critical(self, question: str) -> bool:
        """Tell whether `question` is about an emergency or distress."""
        return bool(self.engine.ask(question).critical)

    def care(self, text: str) -> Care | None:
        """Return what to say first to somebody who writes `text`; None if it tells of no distress."""
        topic = self.engine.ask(text).critical
        return self._guidance.about(topic) if topic else None

    def day_in(self, text: str) -> date | None:
        """Return the day that `text` names, the last of several; None if none is to come."""
        when = times.find(text, now=self._now(), holidays=self._holidays)
        return when.days[-1].last if when and when.days else None

    def favour(self, taps: Taps) -> None:
        """From now on, put what people chose from a list ahead of what fits about as well."""
        self._taps = taps

    def written_in(self, text: str) -> Reply:
        """Return which of our languages `text` is in, as far as one can tell."""
        return self.engine.languages.spoken(text).reply

    def name_of(self, concept: str) -> Localized | None:
        """Return a concept of the lexicon in words; None if the lexicon no longer has it."""
        known = self.engine.retrieval.matcher.lexicon.concepts.get(concept)
        return Localized((code, words[0]) for code, words in known.terms.items()) if known else None

    def listed(self, wanted: Wanted) -> Listing:
        """Return what is on right now for what is `wanted`."""
        if wanted.topic and wanted.among is None:
            wanted = replace(wanted, among=self._about(wanted.topic))
        return listing(self._directory, wanted, holidays=self._holidays, now=self._now())

    def card(self, entry_id: str) -> Card | None:
        """Return one entry as it stands right now, or None if the directory no longer has it."""
        entry = self._directory.entries.get(entry_id)
        return self._card(entry) if entry else None

    def opened(self, entry_id: str, question: str) -> Card | None:
        """Return the card that was offered for `question`, beginning with what was asked."""
        card = self.card(entry_id)
        return self._led(card, self.engine.hearing.hear(question)) if card else None

    def examples(self, language: str) -> tuple[str, ...]:
        """Return three questions that the directory answers, to show how one may ask."""
        faqs = (entry for entry in self._directory.entries.values() if entry.kind == "faq")
        titles = [entry.title[language] for entry in faqs if language in entry.title]
        return tuple(sorted(titles, key=len)[:3])

    def neighbourhoods(self) -> list[Neighbourhood]:
        """Return where one may live: every neighbourhood but the whole town."""
        return [n for n in self._directory.neighbourhoods.values() if n.id != WHOLE_TOWN]

    def _asked(self, question: str, context: Context) -> Answer:
        answer = self.engine.ask(question, context=context)
        return replace(
            answer, ranking=favoured(answer.ranking, answer.concepts[:_TOLD], self._taps)
        )

    def _topic(self, answer: Answer) -> Topic | None:
        known = self.engine.retrieval.matcher.lexicon.concepts
        if answer.critical or any(known[concept].critical for concept in answer.concepts):
            return None
        return Topic(answer.concepts[:_TOLD], answer.language)

    def _joint_card(self, ranked: Ranked) -> Card | None:
        """Return the card of an entry; a frequent question and its service share one."""
        ids = (ranked.entry_id, *ranked.siblings)
        entries = [self._directory.entries[i] for i in ids if i in self._directory.entries]
        question = next((entry for entry in entries if entry.kind == "faq"), None)
        service = next((entry for entry in entries if entry.kind != "faq"), None)
        if question is None or service is None:
            return self.card(ranked.entry_id)
        related = tuple(e for e in entries if e is not question and e is not service)
        return replace(self._card(question), service=self._card(service), related=related)

    def _card(self, entry: Entry) -> Card:
        now = self._now()
        dates = self._dates(entry, now)
        place = dates[0].place if dates and dates[0].place else entry.place
        return Card(
            entry,
            now,
            place=self._directory.places.get(place or ""),
            next_dates=dates,
            opening=hours.status(entry, self._holidays, now) if entry.hours else None,
            related=tuple(
                self._directory.entries[other]
                for other in entry.related
                if other in self._directory.entries
            ),
        )

    def _led(self, card: Card, asked: Asked, *, follows: bool = False) -> Card:
        """Return `card` beginning with what was asked of its entry, or of the service beside it."""
        when = None if asked.time.now else self._when(asked)
        subjects = [each for each in (card.service, card) if each]
        found: list[Lead] = []
        for fact in wanted_facts(asked, when, subjects[0].entry, follows=follows):
            question = Question(fact, when, asked.filters)
            leads = (self._lead(each, question) for each in subjects)
            known = [each for each in leads if each]
            found += sorted(known, key=lambda each: each.unknown)[:1]
        return replace(card, leads=tuple(found))

    def _lead(self, card: Card, question: Question) -> Lead | None:
        return lead(card.entry, question, place=card.place, holidays=self._holidays, now=card.now)

    def _listing(self, answer: Answer) -> Listing | None:
        """Return the list that was asked for; None where one thing was asked, or none is like it."""
        asked = answer.asked
        if not asked.wants_list or answer.critical:
            return None
        among = self._about(asked.topic) if asked.topic else None
        when = self._when(asked)
        if (among is not None and not among) or (asked.time.said and when is None):
            return None
        topic = tuple(word[:_STEM] for word in asked.topic)
        near = answer.near or (UNKNOWN if "nearest" in asked.facts else "")
        found = self.listed(Wanted(when, asked.filters, topic, near, among))
        return found if len(found.items) > 1 or not asked.topic else None

    def _when(self, asked: Asked) -> When | None:
        return times.resolve(asked.time, now=self._now(), holidays=self._holidays)

    def _about(self, topic: tuple[str, ...]) -> frozenset[str]:
        """Return the entries that have every word of the topic."""
        if not self._words:
            self._words = {
                entry.id: frozenset(map(fold_word, entry_words(entry, self._directory)))
                for entry in self._directory.entries.values()
            }
        return frozenset(
            entry_id
            for entry_id, words in self._words.items()
            if all(any(w.startswith(word[:_STEM]) for w in words) for word in topic)
        )

    def _dates(self, entry: Entry, now: datetime) -> tuple[Occurrence, ...]:
        if entry.schedule is None:
            return ()
        return occurrences(entry.schedule, self._holidays, since=now, count=_NEXT_DATES)

    def _now(self) -> datetime:
        return self._clock.local().replace(tzinfo=None)

    def _foreign(self, answer: Answer, interpreter: Interpreter) -> str:
        if answer.foreign is None:
            return ""
        tongue = self.engine.tongues.by_code[answer.foreign]
        name = " / ".join(interpreter.name.values())
        return tongue.says(service=name, phone=interpreter.phone)


def _plausible(heads: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
    """Return what is worth offering beside the first: noise only makes people doubt themselves."""
    return tuple(head for head in heads if head.score >= _WORTH_OFFERING * heads[0].score)


def _close(heads: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
    """Return what fits about as well as the first: in distress nobody wants to sort things out."""
    return tuple(head for head in heads if head.score >= _CLOSE * heads[0].score)
