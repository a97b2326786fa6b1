"""Small talk: a greeting, thanks, who one is talking to, to sign up for no matter what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self, cast

Kind = Literal["greeting", "thanks", "goodbye", "who", "sign_up"]


@dataclass(frozen=True, slots=True)
class Courtesy:
    """One piece of small talk and the language it was said in."""

    kind: Kind
    language: str


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The sayings of locales/smalltalk.yaml, by their bare letters."""

    sayings: Mapping[str, Courtesy]

    @classmethod
    def read(cls, data: Mapping[str, Mapping[str, Iterable[str]]]) -> Self:
        """Take the parsed file; what both languages say counts for the first of them."""
        sayings: dict[str, Courtesy] = {}
        for kind, languages in data.items():
            for language, texts in languages.items():
                for text in texts:
                    sayings.setdefault(_bare(text), Courtesy(cast("Kind", kind), language))
        return cls(sayings)

    def heard(self, text: str) -> Courtesy | None:
        """Return what small talk `text` is, or None if it says anything else."""
        return self.sayings.get(_bare(text))


NO_SMALL_TALK = SmallTalk({})
"""For whoever only looks things up."""


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z]+", kept))
