"""A freed place: the offer with its rule, and what becomes of it."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from bot.domain.messages import Message
from bot.domain.registrations import State
from bot.domain.sittings import Seat
from bot.i18n import Voice
from bot.phrases.registered import again, facts, head, title, until, ways, who_sees, yes_or_no


def offered(v: Voice, seat: Seat, *, today: date) -> Message:
    """Offer a freed place, and say until when and by which rule."""
    lines = [
        v.say("🎉 <b>A place is free for you</b>, No. {number}", number=seat.number),
        *facts(v, seat, today=today),
        *until(v, seat),
    ]
    if seat.registration.held:
        lines.append(
            v.say("Until then it is kept for you; free places go in the order of arrival.")
        )
    else:
        lines.append(
            v.say("It starts soon, so three people are asked at once: the first yes has the place.")
        )
    return Message(Markup("\n").join(lines), buttons=yes_or_no(v, seat))


def accepted(v: Voice, seat: Seat, *, today: date) -> Message:
    """Confirm an accepted place, or say kindly that somebody was faster."""
    if seat.registration.state is State.REGISTERED:
        lines = [head(v, seat), *facts(v, seat, today=today), who_sees(v, seat)]
        return Message(Markup("\n").join(lines), buttons=ways(v, seat))
    text = v.say(
        "Somebody was a little faster. You stay on the waiting list, at position {position}.",
        position=seat.position,
    )
    return Message(text, buttons=ways(v, seat))


def declined(v: Voice, seat: Seat) -> Message:
    """Confirm that the place goes to the next."""
    return Message(
        v.say("✓ Thank you for telling us. The place goes to the next person on the list."),
        buttons=((again(v, seat),),),
    )


def expired(v: Voice, seat: Seat) -> Message:
    """Say that an offer has ended and that the place went to the next."""
    return Message(
        v.say(
            "The place in “{title}” was kept for you until now. It has gone to the next person.",
            title=title(v, seat),
        ),
        buttons=((again(v, seat),),),
    )


def carried(v: Voice, seat: Seat, *, today: date) -> Message:
    """Say that one waits for the next cycle now, before all newcomers."""
    lines = [
        v.say("The waiting list of “{title}” goes on.", title=title(v, seat)),
        v.say(
            "You are at position {position} for the dates from {day} on.",
            position=seat.position,
            day=v.day(seat.sitting.starts.date(), today=today),
        ),
    ]
    return Message(Markup("\n").join(lines), buttons=ways(v, seat))
