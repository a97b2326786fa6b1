"""Whom the team should phone because no message reaches them, and what to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.sittings import Seat
from bot.i18n import Voice
from bot.phrases.registered import facts, title, until
from bot.text import one_line

_LISTED = 12
_LABEL = 24


def calls(v: Voice, listed: Sequence[tuple[int, str, Seat]]) -> Message:
    """List the calls to make, the most pressing first; each is a number, a kind and a seat."""
    if not listed:
        return Message(
            v.say("📞 Nobody is to be phoned. Well done!"),
            buttons=((Button(v.plain("‹ Lists"), "rt:lists"),),),
        )
    text = v.plural("<b>📞 {n} call to make</b>", "<b>📞 {n} calls to make</b>", len(listed))
    rows = [
        (Button(f"{_name(v, seat)} · {_about(v, kind)}", f"rt:call:{number}"),)
        for number, kind, seat in listed[:_LISTED]
    ]
    return Message(text, buttons=(*rows, (Button(v.plain("‹ Lists"), "rt:lists"),)))


def call(v: Voice, number: int, kind: str, seat: Seat, *, today: date) -> Message:
    """Show one call: whom, which number, what to say, and the buttons for what they answer."""
    who = seat.registration.who
    phone = v.phone(who.phone) if who.phone else v.plain("no number")
    lines = [
        Markup("<b>{}</b>, {}").format(_name(v, seat), phone),
        Markup("<b>{}</b>").format(_about(v, kind)),
        *facts(v, seat, today=today),
        *(until(v, seat) if kind == "offer" else ()),
    ]
    rows = _answers(v, number, seat) if kind == "offer" else _told(v, number)
    back = (Button(v.plain("‹ Back"), "rt:calls"),)
    return Message(Markup("\n").join(lines), buttons=(*rows, back))


def settled(v: Voice, seat: Seat) -> Message:
    """Confirm that a call has been made."""
    return Message(
        v.say("✓ Thank you. “{title}” is up to date.", title=title(v, seat)),
        buttons=((Button(v.plain("📞 Next call"), "rt:calls"),),),
    )


def _answers(v: Voice, number: int, seat: Seat) -> tuple[tuple[Button, ...], ...]:
    offer = seat.registration.offer
    return (
        (
            Button(v.plain("✓ Takes the place"), f"rt:takes:{number}:{offer}"),
            Button(v.plain("Does not want it"), f"rt:leaves:{number}:{offer}"),
        ),
    )


def _told(v: Voice, number: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button(v.plain("✓ Told"), f"rt:told:{number}"),),)


def _about(v: Voice, kind: str) -> str:
    known = {
        "offer": v.plain("a place is free"),
        "expired": v.plain("the place has gone to the next"),
        "carried": v.plain("waits for the next cycle now"),
        "change": v.plain("the date has changed"),
        "reminder": v.plain("reminder"),
    }
    return known.get(kind, v.plain("news"))


def _name(v: Voice, seat: Seat) -> str:
    name = seat.registration.who.name or v.plain("No. {number}", number=seat.number)
    return one_line(name, limit=_LABEL)
