"""News of the agenda that somebody asked for: what is new, and what the week brings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.domain.agenda import Row
from bot.domain.directory import Entry
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.agenda import short_day
from bot.phrases.board import in_language
from bot.phrases.subscriptions import less

_NEW, _WEEK = 5, 6
"""Lines of a message; the agenda has the rest."""

_TITLE = 40
_SHORT = 70


def fresh(v: Voice, found: Sequence[tuple[Entry, datetime]], *, today: date) -> Message:
    """Tell what has come to the agenda, each with its first date and a way to its card."""
    lines = [v.say("🆕 <b>New in the agenda</b>")]
    for entry, starts in found[:_NEW]:
        lines.append(_line(v, entry, v.day(starts.date(), today=today)))
    lines += _more(v, len(found) - _NEW)
    cards = tuple(
        (Button(_cut(entry.title.told(v.language).text, _TITLE), f"ag:e:{entry.id}"),)
        for entry, _ in found[:_NEW]
    )
    return Message(Markup("\n").join(lines), buttons=(*cards, _foot(v)))


def digest(v: Voice, rows: Sequence[Row]) -> Message:
    """Tell what the next seven days bring, in few lines; the agenda has all of it."""
    lines = [v.say("🗓 <b>Your week</b>")]
    for row in rows[:_WEEK]:
        starts = row.occurrence.start
        when = f"{short_day(v, starts)}, {v.clock(starts.time())}"
        lines.append(_line(v, row.entry, when))
    lines += _more(v, len(rows) - _WEEK)
    return Message(Markup("\n").join(lines), buttons=(_foot(v),))


def _line(v: Voice, entry: Entry, when: str) -> Markup:
    told = entry.title.told(v.language)
    line = Markup("• {} · {}").format(_cut(told.text, _SHORT), when)
    return Markup("{} {}").format(line, in_language(v, told.language)) if told.foreign else line


def _more(v: Voice, more: int) -> list[Markup]:
    if more <= 0:
        return []
    return [v.plural("… and one more in the agenda", "… and {n} more in the agenda", more)]


def _foot(v: Voice) -> tuple[Button, ...]:
    return (Button(v.plain("🗓 Agenda"), "ag:s:week"), less(v))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
