"""Telling who has registered that a date is moved, cancelled, or takes place after all."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.localized import Localized
from bot.domain.messages import Button, Message
from bot.domain.occurrences import Occurrence
from bot.domain.registrations import State
from bot.domain.sittings import Seat
from bot.i18n import Voice


def moved(v: Voice, seat: Seat, *, before: Occurrence | None, note: Localized) -> Message:
    """Say that a date is at another time or place now, and ask whether one still comes."""
    shown = [v.say("🔁 <b>Something has changed</b>: {title}", title=_title(v, seat))]
    if before is not None:
        shown.append(v.say("Before: {when}", when=_when(v, before)))
    shown.append(v.say("<b>Now: {when}</b>", when=_now(v, seat)))
    if seat.place is not None:
        street = seat.place.street.told(v.language).text
        shown.append(Markup("{}, {}").format(seat.place.name.told(v.language).text, street))
    shown += _why(v, note)
    if seat.registration.state is State.REGISTERED:
        shown.append(v.say("You stay registered. Does it suit you?"))
    return Message(Markup("\n").join([*shown, *_others(v, seat)]), buttons=_ways(v, seat))


def called_off(v: Voice, seat: Seat, *, before: Occurrence | None, note: Localized) -> Message:
    """Say that a date does not take place."""
    shown = [v.say("❌ <b>Cancelled</b>: {title}", title=_title(v, seat))]
    if before is not None:
        shown.append(Markup("<s>{}</s>").format(_when(v, before)))
    shown += _why(v, note)
    if _one_of_many(seat):
        return Message(Markup("\n").join([*shown, *_others(v, seat)]), buttons=_ways(v, seat))
    shown.append(v.say("You need not do anything."))
    entry = seat.entry.id
    return Message(
        Markup("\n").join(shown),
        buttons=((Button(v.plain("See other dates"), f"rg:e:{entry}"),),),
    )


def restored(v: Voice, seat: Seat) -> Message:
    """Say that a cancelled date takes place after all."""
    shown = [
        v.say("✓ <b>It takes place after all</b>: {title}", title=_title(v, seat)),
        Markup("{}").format(_now(v, seat)),
        v.say("You stand on the list as before. Does it suit you?"),
    ]
    return Message(Markup("\n").join(shown), buttons=_stay_or_leave(v, seat))


def stays(v: Voice, seat: Seat) -> Message:
    """Confirm that somebody comes all the same."""
    return Message(
        v.say("✓ Good, you stay on the list: {when}.", when=_now(v, seat)),
        buttons=((Button(v.plain("See my registration"), f"rg:show:{seat.number}"),),),
    )


def _one_of_many(seat: Seat) -> bool:
    return seat.sitting.signup.per != "date"


def _others(v: Voice, seat: Seat) -> list[Markup]:
    if not _one_of_many(seat):
        return []
    return [v.say("Other dates may have changed, too: the calendar file has them all.")]


def _ways(v: Voice, seat: Seat) -> tuple[tuple[Button, ...], ...]:
    if not _one_of_many(seat):
        return _stay_or_leave(v, seat)
    all_dates = (Button(v.plain("See my registration"), f"rg:show:{seat.number}"),)
    return (all_dates, *_stay_or_leave(v, seat)[1:])


def _stay_or_leave(v: Voice, seat: Seat) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(v.plain("✓ Yes, I stay"), f"rg:stay:{seat.number}"),),
        (Button(v.plain("No, I give the place back"), f"rg:cancel:{seat.number}"),),
    )


def _why(v: Voice, note: Localized) -> list[Markup]:
    words = note.told(v.language).text if note else ""
    return [Markup("<i>{}</i>").format(words)] if words else []


def _when(v: Voice, date: Occurrence) -> str:
    return f"{v.day(date.start.date())}, {v.span(date.start.time(), date.end.time())}"


def _now(v: Voice, seat: Seat) -> str:
    return f"{v.day(seat.starts.date())}, {v.span(seat.starts.time(), seat.ends.time())}"


def _title(v: Voice, seat: Seat) -> str:
    return seat.entry.title.told(v.language).text
