"""Signing up, one question at a time: the date, who comes, a name to be called by, and the last look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from bot.domain.directory import Entry
from bot.domain.errors import RefusedError
from bot.domain.messages import Button, Message
from bot.domain.occurrences import Occurrence
from bot.domain.registrations import (
    MONTHS,
    FullError,
    InvitedOnlyError,
    OverError,
    PartyError,
    Problem,
    age_bounds,
)
from bot.domain.signing_up import SignUp, Step, age_choices, choices
from bot.domain.sittings import Opening, Sitting
from bot.i18n import Voice
from bot.phrases.registered import party

Buttons = tuple[tuple[Button, ...], ...]
_IN_A_ROW = 4
_AGES_IN_A_ROW = 6


def sign_up(v: Voice, entry: Entry) -> tuple[Button, ...]:
    """Return the button to sign up for an entry, nothing where one does not do that here."""
    if entry.signup is None or not entry.signup.here or entry.schedule is None:
        return ()
    return (Button(v.plain("✍️ Sign up"), f"rg:e:{entry.id}"),)


def ahead(v: Voice, entry: Entry, openings: Sequence[Opening], *, today: date) -> Message:
    """Offer the next dates, cycles or seasons with their free places."""
    lines = [
        Markup("<b>{}</b>").format(entry.title.told(v.language).text),
        v.say("Which date would you like?") if openings else v.say("No date is planned yet."),
    ]
    rows = [(Button(_opening(v, each, today=today), _chosen(each.sitting)),) for each in openings]
    back = (Button(v.plain("‹ Back"), f"ag:e:{entry.id}"),)
    return Message(Markup("\n").join(lines), buttons=(*rows, back))


def slots(
    v: Voice, what: Sitting, date: Occurrence, free: Sequence[int], *, today: date
) -> Message:
    """Offer the free appointments of one date."""
    day = v.day(date.start.date(), today=today)
    lines = [
        Markup("<b>{}</b>").format(what.entry.title.told(v.language).text),
        v.say("{day}: which time suits you?", day=day)
        if free
        else v.say("{day}: every appointment is taken.", day=day),
    ]
    key = date.key
    buttons = [
        Button(
            v.clock((date.start + timedelta(minutes=slot)).time()),
            f"rg:s:{key.entry_id}:{key.stamp}:{slot}",
        )
        for slot in free
    ]
    other = (Button(v.plain("‹ Other dates"), f"rg:e:{key.entry_id}"),)
    return Message(Markup("\n").join(lines), buttons=(*_rows(buttons), other))


def ask(v: Voice, draft: SignUp, opening: Opening, asked: Step, *, today: date) -> Message:
    """Ask one question about a registration."""
    what = opening.sitting
    shown = [*_about(v, opening, today=today)]
    if asked is Step.READY:
        return _last_look(v, draft, opening, shown)
    if draft.party.people:
        shown.append(party(v, draft.party))
    question, buttons = _question(v, draft, what, asked)
    shown.append(question)
    return Message(Markup("\n").join(shown), buttons=(*buttons, _stop(v)))


def noted(v: Voice) -> Message:
    """Say in place of the questions that it was taken; the receipt follows."""
    return Message(v.say("I have noted your registration."))


def stopped(v: Voice, entry_id: str) -> Message:
    """Confirm that nobody was registered."""
    return Message(
        v.say("✓ Stopped. Nobody is registered."),
        buttons=((Button(v.plain("See the dates"), f"rg:e:{entry_id}"),),),
    )


def full(v: Voice, entry_id: str, position: int) -> Message:
    """Say that no place is left, and offer the waiting list."""
    lines = [
        v.say("<b>All places are taken.</b>"),
        v.say(
            "On the waiting list you would be at position {position}. A free place is offered in the"
            " order of arrival.",
            position=position,
        ),
    ]
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("⏳ Join the waiting list"), "rg:wait"),),
            (Button(v.plain("‹ Other dates"), f"rg:e:{entry_id}"),),
            _stop(v),
        ),
    )


def wrong_phone(v: Voice) -> Message:
    """Say that this is no phone number."""
    return Message(
        v.say("I do not recognise this number. Please write it like 079 123 45 67."),
        buttons=((Button(v.plain("Go on without it"), "rg:nophone"),), _stop(v)),
    )


def refused(v: Voice, error: RefusedError) -> Message | None:
    """Return the words for a refusal of this theme, None for any other."""
    match error:
        case OverError():
            return Message(v.say("One cannot sign up for this any more."))
        case InvitedOnlyError():
            return Message(
                v.say("This is a small closed group: one joins it by an invitation of the team.")
            )
        case PartyError():
            return Message(Markup("\n").join(_problem(v, each) for each in error.problems))
        case FullError():
            return Message(v.say("All places are taken."))
        case _:
            return None


def age(v: Voice, months: int) -> str:
    """Return an age, in months below two years."""
    if months < 2 * MONTHS and months % MONTHS:
        return v.plain("{n} months", n=months)
    years = months // MONTHS
    return v.plain("1 year") if years == 1 else v.plain("{n} years", n=years)


def _about(v: Voice, opening: Opening, *, today: date) -> list[Markup]:
    what = opening.sitting
    return [
        Markup("<b>{}</b>").format(what.entry.title.told(v.language).text),
        Markup("{}").format(_when(v, what, today=today)),
    ]


def _question(v: Voice, draft: SignUp, what: Sitting, asked: Step) -> tuple[Markup, Buttons]:
    if asked is Step.AGES:
        return _ages(v, draft, what.entry)
    if asked is Step.NAME:
        ask_name = v.say("What may the team call you? Write a first name; it need not be your own.")
        return ask_name, ((Button(v.plain("I would rather not say"), "rg:noname"),),)
    if asked is Step.PHONE:
        ask_phone = v.say(
            "Your phone number, in case something changes at short notice? Only the team of this"
            " activity sees it; it is erased 30 days after the last date."
        )
        return ask_phone, ((Button(v.plain("I would rather not say"), "rg:nophone"),),)
    numbers = tuple(
        Button(str(number), f"rg:set:{asked}:{number}") for number in choices(asked, what.signup)
    )
    if asked is Step.CHILDREN:
        return v.say("How many children?"), (numbers,)
    if what.signup.accompanied:
        return v.say("An adult stays with the children. How many adults come along?"), (numbers,)
    alone: Buttons = ((Button(v.plain("Only me"), "rg:alone"),),)
    return v.say("How many adults come, you included?"), (*alone, numbers)


def _ages(v: Voice, draft: SignUp, entry: Entry) -> tuple[Markup, Buttons]:
    buttons = [Button(age(v, each), f"rg:age:{each}") for each in age_choices(entry)]
    number = len(draft.ages) + 1
    question = (
        v.say("How old is the child?")
        if draft.children == 1
        else v.say("How old is child {number}?", number=number)
    )
    youngest, oldest = age_bounds(entry)
    bounds = v.say(
        "It is for children from {youngest} to {oldest}.",
        youngest=age(v, youngest),
        oldest=age(v, oldest),
    )
    shown = question if oldest >= 99 * MONTHS else Markup("{}\n{}").format(question, bounds)
    return shown, _rows(buttons, most=_AGES_IN_A_ROW if entry.months else _IN_A_ROW)


def _last_look(v: Voice, draft: SignUp, opening: Opening, shown: list[Markup]) -> Message:
    shown.append(party(v, draft.party))
    if draft.name:
        shown.append(v.say("Name: {name}", name=draft.name))
    if draft.phone:
        shown.append(v.say("Phone: {phone}", phone=draft.phone))
    if opening.sitting.signup.bring:
        bring = opening.sitting.signup.bring.told(v.language).text
        shown.append(v.say("Please bring: {things}", things=bring))
    if opening.full:
        shown.append(
            v.say(
                "⏳ All places are taken: you would be at position {position}.",
                position=opening.waiting + 1,
            )
        )
    yes = (
        Button(v.plain("⏳ Join the waiting list"), "rg:wait")
        if opening.full
        else Button(v.plain("✓ Register"), "rg:yes")
    )
    redo = Button(v.plain("✏️ Change who comes"), "rg:redo")
    rows: Buttons = ((yes,), *(() if opening.sitting.signup.slot else ((redo,),)), _stop(v))
    return Message(Markup("\n").join(shown), buttons=rows)


def _problem(v: Voice, problem: Problem) -> Markup:
    return {
        Problem.NOBODY: v.say("Somebody must come for whom the places are counted."),
        Problem.TOO_MANY: v.say("That is a big group: please call the centre."),
        Problem.ADULT_MISSING: v.say("An adult must stay with the children."),
        Problem.TOO_YOUNG: v.say("This is for older children."),
        Problem.TOO_OLD: v.say("This is for younger children."),
        Problem.ADULTS_ONLY: v.say("This is for adults only."),
    }[problem]


def _opening(v: Voice, opening: Opening, *, today: date) -> str:
    when = _when(v, opening.sitting, today=today)
    if opening.number is not None:
        return v.plain("✓ {when} · you are on the list", when=when)
    if opening.sitting.signup.slot or opening.free is None:
        return when
    if opening.full:
        return v.plain("{when} · full, {n} waiting", when=when, n=opening.waiting)
    return v.plain("{when} · {n} free", when=when, n=opening.free)


def _when(v: Voice, what: Sitting, *, today: date) -> str:
    day = v.day(what.starts.date(), today=today)
    if what.signup.per == "date" or len(what.dates) == 1:
        return f"{day}, {v.clock(what.starts.time())}"
    last = v.day(what.dates[-1].start.date(), today=today)
    return v.plain("{first} to {last}, {n} dates", first=day, last=last, n=len(what.dates))


def _chosen(what: Sitting) -> str:
    key = what.first.key
    return f"rg:n:{key.entry_id}:{key.stamp}"


def _rows(buttons: Sequence[Button], *, most: int = _IN_A_ROW) -> Buttons:
    return tuple(tuple(buttons[start : start + most]) for start in range(0, len(buttons), most))


def _stop(v: Voice) -> tuple[Button, ...]:
    return (Button(v.plain("Cancel"), "rg:stop"),)
