"""Critical topics: which help lines fit a text about violence, hunger or despair, and in which order.

Whoever writes such a text gets these first. Nothing here decides that a text is one, and nothing
here tells anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from bot.domain.localized import LANGUAGES, Localized
from bot.domain.town import Helpline, Town

ANY: Final = "any"
"""The topic that stands for those nobody has written words for yet."""

OF_THE_STREET: Final = frozenset({"addiction"})
"""Topics that in a contribution are mostly about a place, not about whoever writes it: dealers, syringes."""


@dataclass(frozen=True, slots=True)
class Care:
    """What a critical topic is answered with: calm words, numbers in order, the one for danger."""

    topic: str
    words: Localized
    numbers: tuple[str, ...]
    danger: str

    @property
    def for_few(self) -> bool:
        """Tell whether a contribution about it is for coordinators alone."""
        return self.topic not in OF_THE_STREET

    def lines(self, town: Town) -> tuple[Helpline, ...]:
        """Return the help lines as the town words them; never none, a town has all national ones."""
        known = {line.number: line for line in town.helplines}
        return tuple(known[number] for number in self.numbers if number in known)


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to say first about each critical topic."""

    topics: Mapping[str, Care]

    @classmethod
    def read(cls, document: Mapping[str, Mapping[str, Any]]) -> Self:
        """Take what locales/critical.yaml says; a missing key or language raises KeyError."""
        topics = {topic: _care(topic, said) for topic, said in document.items()}
        return cls({ANY: topics[ANY], **topics})

    def about(self, topic: str) -> Care:
        """Return what to say about `topic`, or what always fits."""
        return self.topics.get(topic) or self.topics[ANY]


def _care(topic: str, said: Mapping[str, Any]) -> Care:
    words = Localized((language, said[language]) for language in LANGUAGES)
    return Care(topic, words, tuple(said["numbers"]), said["danger"])
