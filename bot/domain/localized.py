"""Texts that exist in one or several languages, and how a reader gets the best of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("fr", "de")
"""The languages the bot speaks, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Told:
    """One text as a reader gets it: `language` says which one it turned out to be."""

    text: str
    language: str
    foreign: bool = False


class Localized(dict[str, str]):
    """A text by language code, e.g. `Localized(fr="Bonjour", de="Guten Tag")`; any may be missing."""

    @classmethod
    def of(cls, texts: Mapping[str, str] | None) -> Localized:
        """Return the non-empty texts of `texts`, ready to be told."""
        return cls({language: text for language, text in (texts or {}).items() if text})

    def told(self, language: str) -> Told:
        """Return the text in `language`, or else in the first language there is, marked foreign."""
        if language in self:
            return Told(self[language], language)
        for other in (*LANGUAGES, *self):
            if other in self:
                return Told(self[other], other, foreign=True)
        return Told("", language)
