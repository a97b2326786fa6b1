"""Speaking French and German: catalogues, plural forms, and dates, times and money as Swiss people write them.

The language is always an argument, never ambient: two residents share one event loop.
"""

from __future__ import annotations

import re
from datetime import date, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from markupsafe import Markup

from bot.domain.localized import LANGUAGES

LOCALES = Path(__file__).resolve().parent.parent / "locales"
NO_BREAK = "\u00a0"
"""The space at which a line is never broken."""

_DATE_PATTERNS = {"fr": "EEEE d MMMM", "de": "EEEE, d. MMMM"}


class Voice:
    """One language's way of saying things; get one with `voice("fr")`."""

    def __init__(self, language: str, catalogue: Translations) -> None:
        """Speak `language` with the sentences of `catalogue`."""
        self.language = language
        self.locale = f"{language}_CH"
        self._catalogue = catalogue

    def say(self, sentence: str, **fields: object) -> Markup:
        """Return the sentence as Telegram HTML; every field is escaped unless it is Markup already."""
        return Markup(self._catalogue.ugettext(sentence)).format(**fields)  # noqa: S704 - ours

    def plain(self, sentence: str, **fields: object) -> str:
        """Return the sentence as plain text, for buttons, file names and command descriptions."""
        return self._catalogue.ugettext(sentence).format(**fields)

    def plural(self, one: str, many: str, n: int, **fields: object) -> Markup:
        """Return the form that fits the number `n`, as HTML; `{n}` is filled in."""
        sentence = self._catalogue.ungettext(one, many, n)
        return Markup(sentence).format(n=n, **fields)  # noqa: S704 - ours

    def day(self, day: date, *, today: date | None = None) -> str:
        """Return weekday, day and month, with the year when it is not the one of `today`."""
        pattern = _DATE_PATTERNS[self.language]
        if today is None or day.year != today.year:
            pattern += " y"
        text = format_date(day, pattern, locale=self.locale)
        return text.replace(" 1 ", " 1er ") if self.language == "fr" else text

    def month(self, day: date) -> str:
        """Return the month of a day with its year, `mars 2026`."""
        return format_date(day, "MMMM y", locale=self.locale)

    def weekday(self, day: date) -> str:
        """Return the weekday in two or three letters, `mer.` or `Mi`."""
        return format_date(day, "EEE", locale=self.locale).rstrip(
            "." if self.language == "de" else ""
        )

    def date(self, day: date) -> str:
        """Return day, month and year without the weekday, `1er septembre 2026`."""
        pattern = "d MMMM y" if self.language == "fr" else "d. MMMM y"
        text = format_date(day, pattern, locale=self.locale)
        return f"1er{text[1:]}" if self.language == "fr" and day.day == 1 else text

    def clock(self, moment: time) -> str:
        """Return `14 h 30` in French, `14.30 Uhr` in German; minutes only when there are any."""
        if self.language == "fr":
            minutes = f"{NO_BREAK}{moment.minute:02}" if moment.minute else ""
            return f"{moment.hour}{NO_BREAK}h{minutes}"
        return f"{self._bare_clock(moment)}{NO_BREAK}Uhr"

    def span(self, start: time, end: time) -> str:
        """Return a stretch of the day, `14 h – 16 h 30` or `14–16.30 Uhr`."""
        if self.language == "fr":
            return f"{self.clock(start)} – {self.clock(end)}"
        return f"{self._bare_clock(start)}–{self._bare_clock(end)}{NO_BREAK}Uhr"

    def phone(self, number: str) -> str:
        """Return a telephone number that is not broken at the end of a line."""
        return number.replace(" ", NO_BREAK)

    def money(self, chf: float) -> str:
        """Return an amount in Swiss francs, `CHF 5.–` or `CHF 9.80`."""
        amount = f"{chf:.0f}.–" if chf == int(chf) else f"{chf:.2f}"
        return f"CHF{NO_BREAK}{amount}"

    @staticmethod
    def _bare_clock(moment: time) -> str:
        return f"{moment.hour}.{moment.minute:02}" if moment.minute else f"{moment.hour}"


@lru_cache(maxsize=8)
def voice(language: str) -> Voice:
    """Return the voice for `language` ("fr" or "de"); French for anything else."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    with (LOCALES / known / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=known)
    if known == "fr":
        _bind_punctuation(catalogue)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Voice(known, Translations(compiled))


def _bind_punctuation(catalogue: Catalog) -> None:
    """Keep French punctuation on the line of its word; the files stay easy to edit."""
    for message in catalogue:
        texts = message.string
        if isinstance(texts, str):
            message.string = _bound(texts)
        elif texts:
            message.string = tuple(_bound(text) for text in texts)


def _bound(text: str) -> str:
    return re.sub(r" (?=[:;?!»])|(?<=«) ", NO_BREAK, text)
