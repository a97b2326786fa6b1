"""Reminders of what one has registered for, and the ways to get fewer of them."""

from __future__ import annotations

from datetime import date, datetime

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.reminding import Choice
from bot.domain.sittings import Seat
from bot.i18n import Voice
from bot.phrases.registered import bring, moment, switched, title, where


def reminder(v: Voice, seat: Seat, starts: datetime, *, today: date) -> Message:
    """Remind of a date, with the ways to come less often to be reminded, or not at all."""
    away = (starts.date() - today).days
    head = {
        0: v.say("🔔 <b>Today at {time}</b>", time=v.clock(starts.time())),
        1: v.say("🔔 <b>Tomorrow at {time}</b>", time=v.clock(starts.time())),
    }.get(away, v.say("🔔 <b>Soon</b>"))
    shown = [head, Markup("<b>{}</b>").format(title(v, seat))]
    shown.append(moment(v, starts, seat, today=today))
    shown += where(v, seat.place)
    if seat.sitting.signup.bring:
        shown.append(bring(v, seat.sitting))
    fewer = (
        Button(v.plain("🔕 Fewer"), "rg:less"),
        Button(v.plain("No reminders"), "rg:none"),
    )
    leave = (Button(v.plain("I cannot come"), f"rg:cancel:{seat.number}"),)
    return Message(Markup("\n").join(shown), buttons=(leave, fewer))


def bell(v: Voice, choice: Choice) -> Message:
    """Show which reminders come, each switched by one tap."""
    text = v.say(
        "<b>Reminders</b> of what you have registered for. Nothing comes at night:"
        " what would, comes the evening before."
    )
    day = switched(v.plain("The day before"), on=choice.day)
    hours = switched(v.plain("Two hours before"), on=choice.hours)
    return Message(
        text,
        buttons=(
            (Button(day, f"rg:bell:{_code(not choice.day, choice.hours)}"),),
            (Button(hours, f"rg:bell:{_code(choice.day, not choice.hours)}"),),
            (Button(v.plain("‹ My registrations"), "rg:mine"),),
        ),
    )


def choice_noted(v: Voice, choice: Choice) -> Message:
    """Confirm which reminders come from now on."""
    if choice.day and choice.hours:
        text = v.say("✓ I remind you the day before and two hours before.")
    elif choice.day:
        text = v.say("✓ From now on I remind you the day before only.")
    elif choice.hours:
        text = v.say("✓ From now on I remind you two hours before only.")
    else:
        text = v.say("✓ I do not remind you any more. You stay registered.")
    return Message(text, buttons=((Button(v.plain("🔔 Reminders"), "rg:bell"),),))


def _code(day: bool, hours: bool) -> str:  # noqa: FBT001 - two switches
    return f"{int(day)}{int(hours)}"
