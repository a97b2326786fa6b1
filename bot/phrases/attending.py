"""The team's lists: who is expected and who came, who waits, whom to phone, entering somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from bot.domain.attendance import Headcount, Line, Listed, Sheet
from bot.domain.messages import Button, Message
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import Registration, State
from bot.domain.sittings import Seat
from bot.i18n import Voice
from bot.phrases.registered import facts, party
from bot.phrases.registering import age
from bot.text import one_line

PAGE = 12
"""Names on one page of a list."""

_LABEL = 30
_TICKS = {None: "◻️", True: "✅", False: "❌"}


def lists(v: Voice, listed: Sequence[Listed], *, calls: int, today: date) -> Message:
    """Show the next lists with somebody on them, each one tap away."""
    text = v.say("<b>📒 Lists</b>") if listed else v.say("📒 Nobody is registered at the moment.")
    rows = [
        (Button(_listed(v, each, today=today), f"rt:d:{_target(each.date.key)}"),)
        for each in listed
    ]
    return Message(text, buttons=(*rows, *_calls(v, calls)))


def sheet(v: Voice, shown: Sheet, *, page: int, today: date) -> Message:
    """Show the list of a date: a tap ticks who came, a second who did not."""
    target = _target(shown.date.key)
    lines = [
        Markup("<b>{}</b>").format(shown.entry.title.told(v.language).text),
        Markup("{}, {}").format(
            v.day(shown.date.start.date(), today=today),
            v.span(shown.date.start.time(), shown.date.end.time()),
        ),
        _filled(v, shown),
        numbers(v, shown.counted),
        v.say("One tap: came. Two taps: did not come."),
    ]
    here = shown.expected[page * PAGE : (page + 1) * PAGE]
    ticks = [
        Button(f"{_TICKS[line.came]} {_label(v, line)}", f"rt:t:{target}:{_number(line)}:{page}")
        for line in here
    ]
    rows = [tuple(ticks[start : start + 2]) for start in range(0, len(ticks), 2)]
    return Message(
        Markup("\n").join(lines),
        buttons=(*rows, *_turn(v, shown, page, target), *_tools(v, shown, target)),
    )


def beside(v: Voice, shown: Sheet) -> Message:
    """Count who came without being on the list: children, adults, volunteers."""
    target, counted = _target(shown.date.key), shown.counted
    kinds = (
        ("c", v.plain("Children: {n}", n=counted.more_children)),
        ("a", v.plain("Adults: {n}", n=counted.more_adults)),
        ("v", v.plain("Volunteers: {n}", n=counted.volunteers)),
    )
    rows = tuple(
        (
            Button("−", f"rt:c:{target}:{letter}:0"),
            Button(label, f"rt:o:{target}"),
            Button("+", f"rt:c:{target}:{letter}:1"),
        )
        for letter, label in kinds
    )
    text = [v.say("<b>Who came without being on the list?</b>"), numbers(v, counted)]
    back = (Button(v.plain("‹ Back to the list"), f"rt:d:{target}"),)
    return Message(Markup("\n").join(text), buttons=(*rows, back))


def names(v: Voice, shown: Sheet, *, neighbourhoods: dict[str, str]) -> Message:
    """Show names, ages and numbers, and who waits; who was entered by the team can be taken off."""
    target = _target(shown.date.key)
    lines = [v.say("<b>Registered</b>"), *[_full(v, line.registration) for line in shown.expected]]
    if shown.queue:
        lines.append(v.say("<b>Waiting list</b>"))
    for line in shown.queue:
        wish = neighbourhoods.get(line.registration.wish or "", "")
        words = Markup("{}. {}").format(line.position, _full(v, line.registration))
        if line.registration.state is State.OFFERED:
            words = Markup("{} · {}").format(words, v.say("a place is offered"))
        lines.append(Markup("{} · 📍 {}").format(words, wish) if wish else words)
    entered = [line for line in shown.lines if line.registration.contact_id is None]
    rows = [
        (
            Button(
                v.plain("Take off: {name}", name=_name(v, line.registration)),
                f"rt:off:{line.registration.number}",
            ),
        )
        for line in entered[:PAGE]
    ]
    back = (Button(v.plain("‹ Back to the list"), f"rt:d:{target}"),)
    return Message(Markup("\n").join(lines), buttons=(*rows, back))


def ask_origin(v: Voice, shown: Sheet) -> Message:
    """Ask how somebody's registration came."""
    target = _target(shown.date.key)
    return Message(
        v.say("How did it come? Whatever there is to tell this person, you find under “To phone”."),
        buttons=(
            (
                Button(v.plain("At the counter"), f"rt:as:{target}:counter"),
                Button(v.plain("By phone"), f"rt:as:{target}:phone"),
            ),
            (Button(v.plain("‹ Back to the list"), f"rt:d:{target}"),),
        ),
    )


def entered(v: Voice, seat: Seat, *, today: date) -> Message:
    """Confirm that somebody is on the list."""
    target = _target(seat.sitting.first.key)
    lines = [_third_person(v, seat), *facts(v, seat, today=today)]
    if seat.registration.state is State.WAITING:
        lines.append(v.say("When a place is free, you find the call to make under “To phone”."))
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("➕ Enter somebody else"), f"rt:n:{target}"),),
            (Button(v.plain("‹ Back to the list"), f"rt:d:{target}"),),
        ),
    )


def taken_off(v: Voice, seat: Seat) -> Message:
    """Confirm that somebody is off the list."""
    target = _target(seat.sitting.first.key)
    return Message(
        v.say("✓ No. {number} is off the list. The place goes to the next.", number=seat.number),
        buttons=((Button(v.plain("‹ Back to the list"), f"rt:d:{target}"),),),
    )


def invitation(v: Voice, link: str, *, days: int) -> Message:
    """Hand over the link that lets people into a group."""
    return Message(
        v.say(
            "This link lets people into the group, for {days} days. Pass it on to them only:\n{link}",
            days=days,
            link=link,
        )
    )


def numbers(v: Voice, counted: Headcount) -> Markup:
    """Return how many came, by kind."""
    parts = [
        v.plural("{n} child", "{n} children", counted.all_children),
        v.plural("{n} adult", "{n} adults", counted.all_adults),
    ]
    if counted.volunteers:
        parts.append(v.plural("{n} volunteer", "{n} volunteers", counted.volunteers))
    if counted.absent:
        parts.append(
            v.plural("{n} registration absent", "{n} registrations absent", counted.absent)
        )
    return v.say("Came: {numbers}", numbers=Markup(", ").join(parts))


def _filled(v: Voice, shown: Sheet) -> Markup:
    taken = sum(line.registration.places for line in shown.expected)
    if shown.capacity is None:
        text = v.plural("{n} place taken", "{n} places taken", taken)
    else:
        text = v.say("{n} of {all} places taken", n=taken, all=shown.capacity)
    if not shown.queue:
        return text
    waiting = v.plural("{n} waiting", "{n} waiting", len(shown.queue))
    return Markup("{} · {}").format(text, waiting)


def _turn(v: Voice, shown: Sheet, page: int, target: str) -> tuple[tuple[Button, ...], ...]:
    turn = []
    if page > 0:
        turn.append(Button(v.plain("‹ Earlier"), f"rt:d:{target}:{page - 1}"))
    if (page + 1) * PAGE < len(shown.expected):
        turn.append(Button(v.plain("Later ›"), f"rt:d:{target}:{page + 1}"))
    return (tuple(turn),) if turn else ()


def _tools(v: Voice, shown: Sheet, target: str) -> tuple[tuple[Button, ...], ...]:
    signup = shown.entry.signup
    invite = (
        ((Button(v.plain("🔗 Invite to the group"), f"rt:g:{target}"),),)
        if signup is not None and signup.invited_only
        else ()
    )
    return (
        (
            Button(v.plain("➕ Others who came"), f"rt:o:{target}"),
            Button(v.plain("👤 Names"), f"rt:k:{target}"),
        ),
        (Button(v.plain("✍️ Enter somebody"), f"rt:n:{target}"),),
        *invite,
        *_calls(v, shown.to_phone),
        (Button(v.plain("‹ Lists"), "rt:lists"),),
    )


def _calls(v: Voice, calls: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button(v.plain("📞 To phone: {n}", n=calls), "rt:calls"),),) if calls else ()


def _listed(v: Voice, each: Listed, *, today: date) -> str:
    day = v.day(each.date.start.date(), today=today)
    name = one_line(each.sitting.entry.title.told(v.language).text, limit=_LABEL)
    return f"{day} · {name} · {each.taken}" + (f" + {each.waiting}" if each.waiting else "")


def _full(v: Voice, registration: Registration) -> Markup:
    ages = ", ".join(age(v, each) for each in registration.party.ages)
    words = [_name(v, registration), party(v, registration.party)]
    words += [f"({ages})"] if ages else []
    words += [v.phone(registration.who.phone)] if registration.who.phone else []
    return Markup(" · ").join(words)


def _label(v: Voice, line: Line) -> str:
    name = one_line(_name(v, line.registration), limit=_LABEL)
    coming = line.registration.party
    many = f"{coming.children}+{coming.adults}" if coming.children else str(coming.adults)
    if line.slot is None:
        return f"{name} · {many}"
    return f"{name} · {timedelta(minutes=line.slot)}"


def _name(v: Voice, registration: Registration) -> str:
    return registration.who.name or v.plain("No. {number}", number=registration.number)


def _third_person(v: Voice, seat: Seat) -> Markup:
    if seat.registration.state is State.WAITING:
        return v.say(
            "⏳ <b>No. {number} is on the waiting list</b>, at position {position}.",
            number=seat.number,
            position=seat.position,
        )
    return v.say("✓ <b>No. {number} is registered.</b>", number=seat.number)


def _number(line: Line) -> int:
    return line.registration.number


def _target(key: OccurrenceKey) -> str:
    return f"{key.entry_id}:{key.stamp}"
