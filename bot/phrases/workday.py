"""The team's day in one message: what takes place today, and who waits for an answer, a place, a call."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.workday import Held, Today, Waiting
from bot.i18n import Voice
from bot.text import one_line

SHOWN = 6
"""Dates of a day in one message; a coordinator's day has more, and the agenda has them all."""

_LABEL = 30


def today(v: Voice, found: Today, *, day: date) -> Message:
    """Show what takes place today, and what runs beside it; the lists to tick are one tap away."""
    lines = [Markup("<b>{}</b>").format(v.day(day, today=day))]
    ahead = sorted(found.dates, key=_on_list_first)
    shown = sorted(ahead[:SHOWN], key=lambda each: each.date.start)
    lines += [_line(v, each) for each in shown]
    if not shown:
        lines.append(v.say("Nothing takes place today."))
    if len(ahead) > SHOWN:
        lines.append(v.plural("and {n} more", "and {n} more", len(ahead) - SHOWN))
    if found.offers:
        lines.append(
            v.plural(
                "🎟 {n} place is offered to somebody who waits",
                "🎟 {n} places are offered to people who wait",
                found.offers,
            )
        )
    rows = [
        (Button("✓ " + one_line(_title(v, each), limit=_LABEL), _list(each)),)
        for each in shown
        if each.listed
    ]
    return Message(Markup("\n").join(lines), buttons=(*rows, *_beside(v, found), _back(v)))


def waiting(v: Voice, found: Waiting) -> Message:
    """Say how many people wait, and lead to where they do."""
    lines = [v.say("<b>Who waits for us</b>")]
    rows: list[tuple[Button, ...]] = []
    if found.questions:
        lines.append(
            v.plural(
                "• {n} question without an answer",
                "• {n} questions without an answer",
                found.questions,
            )
        )
        rows.append((Button(v.plain("📥 To the questions"), "oq:list:0"),))
    if found.calls:
        lines.append(v.plural("• {n} person to phone", "• {n} people to phone", found.calls))
        rows.append((Button(v.plain("📞 To the calls"), "rt:calls"),))
    if found.queued:
        lines.append(v.plural("• {n} on a waiting list", "• {n} on waiting lists", found.queued))
        rows.append((Button(v.plain("📒 To the lists"), "rt:lists"),))
    if not rows:
        lines.append(v.say("Nobody waits at the moment. 🎉"))
    return Message(Markup("\n").join(lines), buttons=(*rows, _back(v)))


def _line(v: Voice, each: Held) -> Markup:
    title = one_line(_title(v, each), limit=_LABEL)
    line = Markup("{} {}").format(v.clock(each.date.start.time()), title)
    if not each.date.takes_place:
        return v.say("{what} · cancelled", what=line)
    parts = [line]
    if each.free is not None:
        free = v.plural("{n} place free", "{n} places free", each.free)
        parts.append(free if each.free else v.say("full"))
    if each.waiting:
        parts.append(v.plural("{n} waiting", "{n} waiting", each.waiting))
    return Markup(" · ").join(parts)


def _beside(v: Voice, found: Today) -> tuple[tuple[Button, ...], ...]:
    rows: list[Button] = []
    if found.polls:
        rows.append(Button(v.plain("📊 Polls open: {n}", n=found.polls), "pk:list:0"))
    if found.sessions:
        rows.append(Button(v.plain("☕ Sessions running: {n}", n=found.sessions), "ks:list"))
    return tuple((each,) for each in rows)


def _on_list_first(each: Held) -> bool:
    return not each.listed


def _title(v: Voice, each: Held) -> str:
    return each.entry.title.told(v.language).text


def _list(each: Held) -> str:
    return f"rt:d:{each.entry.id}:{each.date.key.stamp}"


def _back(v: Voice) -> tuple[Button, ...]:
    return (Button(v.plain("‹ Team"), "team:page"),)
