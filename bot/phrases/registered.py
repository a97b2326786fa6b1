"""What one has registered for: receipt, page, offers of a freed place, reminders, giving it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.domain.directory import Neighbourhood, Place
from bot.domain.messages import Attachment, Button, Message
from bot.domain.registrations import Party, State
from bot.domain.reminding import Kind
from bot.domain.sittings import Seat, Sitting
from bot.i18n import Voice
from bot.text import one_line

_LINE, _LABEL = 60, 30


def receipt(v: Voice, seat: Seat, *, reminded: Collection[Kind], today: date) -> Message:
    """Confirm a registration: number, what, when, where, what happens next, who sees it."""
    waits = seat.registration.state is State.WAITING
    lines = [head(v, seat), *facts(v, seat, today=today)]
    if waits:
        lines += [*_patience(v, seat), who_sees(v, seat)]
    else:
        lines += [_will_remind(v, reminded), who_sees(v, seat)]
    return Message(Markup("\n").join(lines), buttons=ways(v, seat))


def page(v: Voice, seat: Seat, *, today: date) -> Message:
    """Show one of one's own registrations as it stands."""
    lines = [head(v, seat), *facts(v, seat, today=today)]
    if seat.registration.state is State.WAITING:
        lines += _patience(v, seat)
    back = (Button(v.plain("‹ My registrations"), "rg:mine"),)
    if seat.registration.state is State.OFFERED:
        return Message(
            Markup("\n").join([*lines, *until(v, seat)]), buttons=(*yes_or_no(v, seat), back)
        )
    return Message(Markup("\n").join(lines), buttons=(*ways(v, seat), back))


def lines(v: Voice, seats: Sequence[Seat], *, today: date) -> list[Markup]:
    """Return one line for each registration, the next first."""
    return [Markup("• {}").format(_line(v, seat, today=today)) for seat in seats]


def listed(v: Voice, seats: Sequence[Seat], *, today: date) -> Message:
    """List what somebody has registered for, each one tap away."""
    if not seats:
        return Message(v.say("You are not registered for anything at the moment."))
    rows = [(Button(_label(v, seat, today=today), f"rg:show:{seat.number}"),) for seat in seats]
    tools = (
        Button(v.plain("🔔 Reminders"), "rg:bell"),
        Button(v.plain("📅 In my calendar"), "rg:feed"),
    )
    return Message(v.say("<b>My registrations</b>"), buttons=(*rows, tools))


def cancelled(v: Voice, seat: Seat | None) -> Message:
    """Confirm that a place is given back, with the way back in."""
    if seat is None:
        return Message(v.say("✓ You are no longer registered."))
    text = v.say(
        "✓ You are no longer registered for “{title}”. Somebody else can have the place.",
        title=title(v, seat),
    )
    return Message(text, buttons=((again(v, seat),),))


def again(v: Voice, seat: Seat) -> Button:
    """Return the button that signs up for the same date once more."""
    key = seat.sitting.first.key
    return Button(v.plain("Sign up again"), f"rg:n:{key.entry_id}:{key.stamp}")


def ask_wish(v: Voice, seat: Seat, neighbourhoods: Sequence[Neighbourhood]) -> Message:
    """Ask where somebody who waits would like a place best."""
    buttons = [
        Button(
            switched(each.name.told(v.language).text, on=each.id == seat.registration.wish),
            f"rg:wish:{seat.number}:{each.id}",
        )
        for each in neighbourhoods
    ]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    rows.append((Button(v.plain("‹ Back"), f"rg:show:{seat.number}"),))
    return Message(
        v.say("Where would a place suit you best? The team looks at it when it plans new dates."),
        buttons=tuple(rows),
    )


def calendar(v: Voice, content: bytes) -> Message:
    """Hand over the dates as a file that the phone's calendar opens."""
    text = v.say("Open it, and the dates are in your calendar.")
    return Message(text, attachment=Attachment(v.plain("my-dates.ics"), content))


def feed(v: Voice, address: str) -> Message:
    """Hand over the secret address of one's own calendar."""
    text = v.say(
        "Your dates, always up to date: open this address in your calendar. It is yours alone;"
        " whoever has it sees your dates.\n{address}",
        address=address,
    )
    back = Button(v.plain("‹ My registrations"), "rg:mine")
    return Message(text, buttons=((Button(v.plain("Take the link back"), "rg:unfeed"),), (back,)))


def feed_ended(v: Voice) -> Message:
    """Confirm that the address leads nowhere any more."""
    back = Button(v.plain("‹ My registrations"), "rg:mine")
    return Message(
        v.say("✓ The link is taken back: it shows nothing any more."), buttons=((back,),)
    )


def no_feed(v: Voice) -> Message:
    """Say that there are no pages here, and what to do instead."""
    back = Button(v.plain("‹ My registrations"), "rg:mine")
    return Message(
        v.say("Open a registration and tap “Add to my calendar”: its dates come as a file."),
        buttons=((back,),),
    )


def facts(v: Voice, seat: Seat, *, today: date) -> list[Markup]:
    """Return what, when, where and for whom."""
    shown = [Markup("<b>{}</b>").format(title(v, seat))]
    shown.append(moment(v, seat.starts, seat, today=today))
    to_come = [each for each in seat.sitting.dates if each.takes_place]
    if seat.sitting.signup.per != "date" and len(to_come) > 1:
        shown.append(
            v.plural(
                "{n} date, the last on {day}",
                "{n} dates, the last on {day}",
                len(to_come),
                day=v.day(to_come[-1].start.date(), today=today),
            )
        )
    shown += where(v, seat.place)
    shown.append(party(v, seat.registration.party))
    if seat.sitting.signup.bring:
        shown.append(bring(v, seat.sitting))
    return shown


def party(v: Voice, coming: Party) -> Markup:
    """Return who comes: `1 adult, 2 children`."""
    parts = []
    if coming.adults:
        parts.append(v.plural("{n} adult", "{n} adults", coming.adults))
    if coming.children:
        parts.append(v.plural("{n} child", "{n} children", coming.children))
    return Markup(", ").join(parts)


def who_sees(v: Voice, seat: Seat) -> Markup:
    """Say who sees a registration, and when it goes."""
    who = seat.registration.who
    if who.phone:
        return v.say(
            "Who sees it: only the team of this activity; name and number are erased 30 days after the last date."
        )
    return v.say("Who sees it: only the team of this activity; erased 30 days after the last date.")


def head(v: Voice, seat: Seat) -> Markup:
    """Return how it stands, with the number and the position in the queue."""
    number = seat.number
    match seat.registration.state:
        case State.WAITING:
            return v.say(
                "⏳ <b>You are on the waiting list</b>, No. {number}: position {position}",
                number=number,
                position=seat.position,
            )
        case State.OFFERED:
            return v.say("🎉 <b>A place is free for you</b>, No. {number}", number=number)
        case _:
            return v.say("✓ <b>You are registered</b>, No. {number}", number=number)


def _patience(v: Voice, seat: Seat) -> list[Markup]:
    shown = [v.say("When a place is free, I offer it to you here, in the order of arrival.")]
    if seat.weeks is not None:
        shown.append(
            v.plural("It may take about {n} week.", "It may take about {n} weeks.", seat.weeks)
        )
    return shown


def _will_remind(v: Voice, reminded: Collection[Kind]) -> Markup:
    if {Kind.DAY, Kind.HOURS} <= set(reminded):
        return v.say("I remind you the day before and two hours before.")
    if Kind.DAY in reminded:
        return v.say("I remind you the day before.")
    if Kind.HOURS in reminded:
        return v.say("I remind you two hours before.")
    return v.say("You get no reminder for this one.")


def until(v: Voice, seat: Seat) -> list[Markup]:
    """Say until when an offer stands."""
    if seat.until is None:
        return []
    return [
        v.say(
            "Do you want it? Please answer by {day}, {time}.",
            day=v.day(seat.until.date()),
            time=v.clock(seat.until.time()),
        )
    ]


def yes_or_no(v: Voice, seat: Seat) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that answer an offer; each names the offer it answers."""
    claim = f"{seat.number}:{seat.registration.offer}"
    return (
        (Button(v.plain("✓ Yes, I take it"), f"rg:take:{claim}"),),
        (Button(v.plain("No, thank you"), f"rg:pass:{claim}"),),
    )


def ways(v: Voice, seat: Seat) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons under a registration."""
    number = seat.number
    if seat.registration.state is State.WAITING:
        return (
            (Button(v.plain("📍 Where I would like it"), f"rg:wish:{number}"),),
            (Button(v.plain("Leave the waiting list"), f"rg:cancel:{number}"),),
        )
    return (
        (
            Button(v.plain("📅 Add to my calendar"), f"rg:ics:{number}"),
            Button(v.plain("🔔 Reminders"), "rg:bell"),
        ),
        (Button(v.plain("Cancel my registration"), f"rg:cancel:{number}"),),
    )


def _label(v: Voice, seat: Seat, *, today: date) -> str:
    mark = {State.WAITING: "⏳", State.OFFERED: "🎉"}.get(seat.registration.state, "✓")
    day = v.day(seat.starts.date(), today=today)
    return f"{mark} {day} · {one_line(title(v, seat), limit=_LABEL)}"


def _line(v: Voice, seat: Seat, *, today: date) -> str:
    mark = {
        State.WAITING: v.plain("⏳ position {position}", position=seat.position),
        State.OFFERED: v.plain("🎉 a place is free"),
    }.get(seat.registration.state, v.plain("✓ registered"))
    day = v.day(seat.starts.date(), today=today)
    return f"{one_line(title(v, seat), limit=_LINE)} · {day} · {mark}"


def moment(v: Voice, starts: datetime, seat: Seat, *, today: date) -> Markup:
    """Return day and time of a date."""
    day = v.day(starts.date(), today=today)
    if starts == seat.starts:
        return Markup("{}, {}").format(day, v.span(starts.time(), seat.ends.time()))
    return Markup("{}, {}").format(day, v.clock(starts.time()))


def where(v: Voice, place: Place | None) -> list[Markup]:
    """Return the place, if it is known."""
    if place is None:
        return []
    street = place.street.told(v.language).text
    return [Markup("{}, {}").format(place.name.told(v.language).text, street)]


def bring(v: Voice, what: Sitting) -> Markup:
    """Say what to bring."""
    return v.say("Please bring: {things}", things=what.signup.bring.told(v.language).text)


def title(v: Voice, seat: Seat) -> str:
    """Return what it is called."""
    return seat.entry.title.told(v.language).text


def switched(label: str, *, on: bool) -> str:
    """Return a label with a tick if it is on."""
    return f"✓ {label}" if on else label
