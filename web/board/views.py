"""Contributions as the templates show them: words in the reader's language, links, nothing to decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from bot.domain.anonymity import Shown
from bot.domain.contribution_states import Column
from bot.domain.contributions import Event
from bot.domain.localized import LANGUAGES, Localized, Told
from bot.i18n import Voice
from bot.phrases import board as phrases
from bot.phrases.categories import category_name
from bot.phrases.contributed import state_word
from bot.phrases.contributions import kind_name
from bot.text import clean, one_line

_GIST = 280


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the team's: the words, their language, and a note where it is not the reader's."""

    words: str
    language: str
    note: Markup

    def __bool__(self) -> bool:
        """Tell whether there is anything to read."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Card:
    """One contribution in a few lines."""

    number: int
    label: str
    kind: str
    column: Column
    title: Text
    gist: Text
    facts: tuple[str, ...]
    standing: Markup
    reason: Text
    helping: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the board with what stands under it; `more` leads on, `whole` to its beginning."""

    column: Column
    name: str
    cards: tuple[Card, ...]
    more: str | None
    whole: str


@dataclass(frozen=True, slots=True)
class News:
    """One published change: the day, how it stood then, and what was said."""

    day: str
    iso: str
    state: str
    note: Text


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of the form."""

    value: str
    name: str
    chosen: bool


class Viewer:
    """Puts what the board may show into the words of one language."""

    def __init__(
        self, v: Voice, neighbourhoods: Mapping[str, Localized], day: Callable[[datetime], date]
    ) -> None:
        """Speak with `v`; `day` tells on which day of the town a moment falls."""
        self.v = v
        self._neighbourhoods = neighbourhoods
        self._day = day

    def card(self, shown: Shown) -> Card:
        """Return one contribution in a few lines."""
        v = self.v
        return Card(
            number=shown.number,
            label=phrases.numbered(v, shown.number),
            kind=kind_name(v, shown.kind),
            column=shown.column,
            title=self.text(shown.title),
            gist=self.text(shown.summary, limit=_GIST),
            facts=self._facts(shown),
            standing=phrases.standing(v, shown.decision),
            reason=self.text(shown.decision.reason),
            helping=tuple(phrases.helping(v, shown.decision)),
        )

    def text(self, text: Localized, *, limit: int | None = None) -> Text:
        """Return the best there is of a text, noted where it is in the other language."""
        told = text.told(self.v.language)
        words = one_line(told.text[: 2 * limit], limit=limit) if limit else clean(told.text)
        return Text(words, told.language, _note(self.v, told))

    def others(self, text: Localized) -> list[Text]:
        """Return the text in the languages the reader has not chosen, as far as it exists."""
        mine = text.told(self.v.language).language
        codes = [code for code in LANGUAGES if code != mine and code in text]
        return [Text(clean(text[code]), code, Markup("")) for code in codes]

    def only(self, text: Localized) -> str:
        """Say that a text exists in one language only; "" where it exists in all."""
        codes = [code for code in LANGUAGES if code in text]
        return phrases.only_in(self.v, codes[0]) if len(codes) == 1 else ""

    def news(self, events: Sequence[Event]) -> list[News]:
        """Return what was published about it, the latest first."""
        return [
            News(
                self.v.date(self._day(event.at)),
                self._day(event.at).isoformat(),
                state_word(self.v, event.new),
                self.text(event.public_note),
            )
            for event in reversed(events)
            if event.new is not None
        ]

    def neighbourhood(self, which: str | None) -> str:
        """Return a neighbourhood's name; "" for none or one the town no longer has."""
        return self._neighbourhoods.get(which or "", Localized()).told(self.v.language).text

    def _facts(self, shown: Shown) -> tuple[str, ...]:
        facts = (
            self.neighbourhood(shown.neighbourhood),
            category_name(self.v, shown.category),
            phrases.came_in(self.v, shown.received_on),
            phrases.supported(self.v, shown.supports),
        )
        return tuple(str(fact) for fact in facts if fact)


def _note(v: Voice, told: Told) -> Markup:
    return phrases.in_language(v, told.language) if told.foreign and told.text else Markup("")
