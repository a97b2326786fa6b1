"""The questions of a form about an activity, one at a time, with taps before typing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from babel.dates import get_day_names
from markupsafe import Markup

from bot.domain.activity_forms import Form
from bot.domain.activity_steps import (
    AUDIENCES,
    CATEGORIES,
    MORE,
    RHYTHMS,
    SKIP,
    STEPS,
    TURNS,
    UNITS,
    WEEKDAYS,
)
from bot.domain.directory import Place
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.leads import audiences
from bot.phrases.subjects import subject

Buttons = tuple[tuple[Button, ...], ...]

_DAYS_OFFERED = 6
_SPANS = ("09:00-11:00", "10:00-11:00", "14:00-16:00", "14:00-17:00", "18:00-20:00", "19:00-21:00")
_AGES = ("0-4", "3-7", "6-12", "12-18", "60-99")
_PLACES = ("8", "10", "12", "15", "20", "30")
_SUMS = ("2", "5", "10")
_BY_TWO = 14


def ask(
    v: Voice, form: Form, *, today: date, places: Sequence[Place], again: bool = False
) -> Message:
    """Ask for the step a form waits at; `again` says first that the answer was not understood."""
    lines = [v.say("I did not understand that.")] if again else []
    lines.append(_question(v, form.step))
    order = STEPS[form.purpose]
    if form.step in order and len(order) > 1:
        lines.append(
            v.say("<i>{step} of {steps}</i>", step=order.index(form.step) + 1, steps=len(order))
        )
    options = _options(v, form, today=today, places=places)
    buttons = [Button(label, f"am:v:{form.step}:{value}") for value, label in options]
    wide = 1 if any(len(button.text) > _BY_TWO for button in buttons) else 2
    rows = tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))
    return Message(Markup("\n").join(lines), buttons=(*rows, _leave(v, form)))


def details(v: Voice, form: Form) -> Message:
    """Offer everything about an activity that can be changed or added."""
    names = step_names(v)
    chosen = (*STEPS["new"], *MORE) if form.purpose == "new" else _CHANGEABLE
    buttons = [Button(names[step], f"am:q:{step}") for step in chosen if step in names]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (Button(v.plain("‹ Back"), "am:p"),)
    return Message(v.say("<b>What would you like to change?</b>"), buttons=(*rows, back))


_CHANGEABLE = (
    *("title_fr", "title_de", "summary_fr", "summary_de", "description_fr", "description_de"),
    *("category", "audience", "ages", "place", "itinerary", "turn", "times", "until", "cycle"),
    *("capacity", "unit", "price", "material", "animator", "phone", "partner", "parts"),
)


def step_names(v: Voice) -> dict[str, str]:
    """Return each step by a word or two, for a button."""
    return {
        "title_fr": v.plain("Title, French"),
        "title_de": v.plain("Title, German"),
        "summary_fr": v.plain("Summary, French"),
        "summary_de": v.plain("Summary, German"),
        "description_fr": v.plain("Long text, French"),
        "description_de": v.plain("Long text, German"),
        "category": v.plain("Subject"),
        "audience": v.plain("For whom"),
        "place": v.plain("Place"),
        "rhythm": v.plain("Rhythm"),
        "first": v.plain("First date"),
        "holidays": v.plain("School holidays"),
        "times": v.plain("Hours"),
        "ages": v.plain("Age"),
        "capacity": v.plain("Number of places"),
        "unit": v.plain("Who counts"),
        "price": v.plain("Price"),
        "material": v.plain("Material"),
        "until": v.plain("End"),
        "cycle": v.plain("Cycle"),
        "itinerary": v.plain("Places in turn"),
        "turn": v.plain("When it moves"),
        "animator": v.plain("Who welcomes"),
        "phone": v.plain("Phone"),
        "partner": v.plain("Partner"),
        "parts": v.plain("Several in one"),
    }


def _question(v: Voice, step: str) -> Markup:
    questions = {
        "title_fr": v.say("What is it called <b>in French</b>?"),
        "title_de": v.say("And <b>in German</b>?"),
        "summary_fr": v.say("One sentence about it, <b>in French</b>."),
        "summary_de": v.say("The same <b>in German</b>."),
        "description_fr": v.say("The whole text <b>in French</b>."),
        "description_de": v.say("The whole text <b>in German</b>."),
        "category": v.say("What is it about?"),
        "audience": v.say("Whom is it for?"),
        "place": v.say("Where does it take place?"),
        "rhythm": v.say("How often?"),
        "first": v.say("When for the first time? Tap, or write a day such as 25.11.2026."),
        "holidays": v.say("And in the school holidays?"),
        "times": v.say("From when to when? Tap, or write for example 14.30-16."),
        "ages": v.say("For which ages? Tap, or write for example 3-7 or 6-36 months."),
        "capacity": v.say("How many places? With a number, people sign up in this chat."),
        "unit": v.say("Who takes up one place?"),
        "price": v.say("What does it cost, in francs?"),
        "material": v.say("How much for the material, in francs?"),
        "until": v.say("Until when? Write a day, or how many times: 8."),
        "cycle": v.say("From which day to which? For example 11.1.2027 - 2.4.2027."),
        "itinerary": v.say("Which places, in their order? Tap one after the other."),
        "turn": v.say("When does it move on to the next place?"),
        "animator": v.say("Who welcomes people? First name and initial are enough."),
        "phone": v.say("Which number do people call?"),
        "partner": v.say("With which partner?"),
        "since": v.say("From which day on? Tap, or write a day such as 1.2.2027."),
        "weekday": v.say("On which day of the week?"),
        "new_times": v.say("At which hours? Tap, or write for example 14.30-16."),
        "day": v.say("On which day? Tap, or write a day such as 25.11.2026."),
        "day_times": v.say("From when to when? Tap, or write for example 14.30-16."),
        "day_place": v.say("Where, this time?"),
        "parts": v.say("Which activities? One a line: French / German / ages, if they differ."),
        "guest_fr": v.say("Who comes on that day? <b>In French</b>."),
        "guest_de": v.say("And <b>in German</b>?"),
        "why_fr": v.say("Why? Residents read it, <b>in French</b>."),
        "why_de": v.say("The reason <b>in German</b>."),
    }
    return questions[step]


def _options(
    v: Voice, form: Form, *, today: date, places: Sequence[Place]
) -> list[tuple[str, str]]:
    """Return what can be tapped, as value and label."""
    step = form.step
    if step in {"place", "day_place", "itinerary"}:
        chosen = form.values.get("itinerary") or () if step == "itinerary" else ()
        return [(each.id, _place(v, each, chosen)) for each in places]
    if step in {"first", "since", "day"}:
        return _days(v, today)
    if step in {"times", "new_times", "day_times"}:
        same = [(SKIP, v.plain("Same hours"))] if step != "times" else []
        return [*same, *((each, _span(v, each)) for each in _SPANS)]
    return {
        "title_de": [(SKIP, v.plain("In French only"))],
        "summary_de": [(SKIP, v.plain("In French only"))],
        "guest_de": [(SKIP, v.plain("In French only"))],
        "description_de": [(SKIP, v.plain("In French only"))],
        "why_fr": [(SKIP, v.plain("Not in French"))],
        "why_de": [(SKIP, v.plain("Not in German"))],
        "category": [(each, subject(v, each)) for each in CATEGORIES],
        "audience": [(each, _audience(v, each)) for each in AUDIENCES],
        "rhythm": [(each, _rhythms(v)[each]) for each in RHYTHMS],
        "holidays": [
            ("outside", v.plain("Not in the school holidays")),
            ("always", v.plain("All year round")),
        ],
        "weekday": [
            (SKIP, v.plain("Same day")),
            *((each, _weekday(v, number)) for number, each in enumerate(WEEKDAYS)),
        ],
        "ages": [
            ("all", v.plain("All ages")),
            ("adults", v.plain("Adults only")),
            *((each, _ages(v, each)) for each in _AGES),
        ],
        "capacity": [("0", v.plain("No limit")), *((each, each) for each in _PLACES)],
        "unit": [(each, _units(v)[each]) for each in UNITS],
        "price": [
            ("0", v.plain("free of charge")),
            *((each, v.money(float(each))) for each in _SUMS),
        ],
        "material": [("0", v.plain("nothing")), *((each, v.money(float(each))) for each in _SUMS)],
        "until": [(SKIP, v.plain("Without an end"))],
        "turn": [(each, _turns(v)[each]) for each in TURNS],
    }.get(step, [])


def _place(v: Voice, place: Place, chosen: Sequence[str]) -> str:
    name = place.name.told(v.language).text
    return f"{chosen.index(place.id) + 1}. {name}" if place.id in chosen else name


def _days(v: Voice, today: date) -> list[tuple[str, str]]:
    days = [today + timedelta(days=ahead) for ahead in range(1, _DAYS_OFFERED + 1)]
    return [(day.isoformat(), f"{v.weekday(day)} {day.day}.{day.month}.") for day in days]


def _span(v: Voice, words: str) -> str:
    from_, to = (time.fromisoformat(each) for each in words.split("-"))
    return v.span(from_, to)


def _audience(v: Voice, code: str) -> str:
    name = v.plain("everybody") if code == "all" else audiences(v)[code]
    return name[:1].upper() + name[1:]


def _weekday(v: Voice, number: int) -> str:
    return str(get_day_names("wide", locale=v.locale)[number]).capitalize()


def _ages(v: Voice, words: str) -> str:
    youngest, oldest = words.split("-")
    if oldest == "99":
        return v.plain("from {age} years", age=youngest)
    return v.plain("{youngest} to {oldest} years", youngest=youngest, oldest=oldest)


def _rhythms(v: Voice) -> dict[str, str]:
    return {
        "weekly": v.plain("Every week"),
        "biweekly": v.plain("Every second week"),
        "monthly": v.plain("Every month, same weekday"),
        "last": v.plain("Last such weekday of the month"),
        "holidays": v.plain("Once in each school holidays"),
        "yearly": v.plain("Once a year"),
        "once": v.plain("Once only"),
    }


def _units(v: Voice) -> dict[str, str]:
    return {
        "person": v.plain("every person"),
        "child": v.plain("every child"),
        "adult": v.plain("every adult"),
        "family": v.plain("a whole family"),
    }


def _turns(v: Voice) -> dict[str, str]:
    return {
        "meeting": v.plain("after each meeting"),
        "month": v.plain("each month"),
        "year": v.plain("each year"),
        "cycle": v.plain("each cycle"),
    }


def _leave(v: Voice, form: Form) -> tuple[Button, ...]:
    row = []
    order = STEPS[form.purpose]
    if form.step in order and order.index(form.step) > 0:
        row.append(Button(v.plain("‹ Back"), f"am:q:{order[order.index(form.step) - 1]}"))
    if form.step not in order or form.step == "itinerary":
        row.append(Button(v.plain("✓ Done"), "am:p"))
    return (*row, Button(v.plain("✕ Cancel"), "am:no"))
