"""Taking over a calendar: the file, what it would become, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.taken_over import Proposal
from bot.i18n import Voice
from bot.phrases.agenda import short_day

_SHOWN = 10


def ask_file(v: Voice) -> Message:
    """Ask for the file."""
    text = v.say("Send me the calendar as a file (.ics). I show you everything before it counts.")
    return Message(text, buttons=((_cancel(v),),))


def no_calendar(v: Voice) -> Message:
    """Say that this was no calendar, and what would be one."""
    text = v.say(
        "I cannot read that as a calendar. Export it as .ics, at most 2 MB, and send the file here."
    )
    return Message(text, buttons=((_cancel(v),),))


def shown(
    v: Voice, found: Sequence[Proposal], dates: Sequence[Sequence[datetime]], *, today: date
) -> Message:
    """Show the activities that a calendar would become, with their next dates."""
    count = len(found)
    if not count:
        return no_calendar(v)
    lines = [
        v.plural(
            "<b>{n} activity</b> in this calendar:",
            "<b>{n} activities</b> in this calendar:",
            count,
        )
    ]
    for each, days in list(zip(found, dates, strict=True))[:_SHOWN]:
        lines.append(Markup("\n<b>{}</b>").format(each.title))
        lines.append(_days(v, days, today=today))
        lines += [Markup("⚠️ {}").format(_doubts(v)[doubt]) for doubt in each.doubts]
    if count > _SHOWN:
        lines.append(v.say("And {n} more.", n=count - _SHOWN))
    publish = Button(v.plain("✓ Publish all"), "am:in:ok")
    return Message(Markup("\n").join(lines), buttons=((publish,), (_cancel(v),)))


def published(v: Voice, count: int) -> Message:
    """Say that everything stands in the agenda now."""
    text = v.plural(
        "✓ {n} activity is in the agenda. Texts and details can be changed one by one.",
        "✓ {n} activities are in the agenda. Texts and details can be changed one by one.",
        count,
    )
    return Message(text, buttons=((Button(v.plain("‹ All activities"), "am:l:0"),),))


def _days(v: Voice, days: Sequence[datetime], *, today: date) -> Markup:
    if not days:
        return v.say("There is no date to come.")
    told = [f"{short_day(v, day)} {v.clock(day.time())}" for day in days]
    year = days[0].year
    more = f" ({year})" if year != today.year else ""
    return Markup("{}").format(" · ".join(told) + more)


def _doubts(v: Voice) -> dict[str, str]:
    return {
        "place": v.plain("I do not know this place: please choose one."),
        "rhythm": v.plain("I do not understand how often: please check."),
        "length": v.plain("It lasts very long: please check the hours."),
    }


def _cancel(v: Voice) -> Button:
    return Button(v.plain("✕ Cancel"), "am:no")
