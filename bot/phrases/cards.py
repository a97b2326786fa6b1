"""The answer card: title, what, when, where, price, whom to call, and when it was last checked."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup, escape

from bot.domain.cards import Card
from bot.domain.directory import Cost, Entry, Place
from bot.domain.hours import AlwaysOpen, ClosedUntil, OpenNow
from bot.domain.localized import Localized
from bot.domain.messages import Button, Message, Pin
from bot.i18n import Voice
from bot.phrases import leads, registering
from bot.phrases.rhythm import often

Buttons = tuple[tuple[Button, ...], ...]

_RELATED = 2
_LED = {
    "when": "when",
    "hours": "when",
    "open_now": "when",
    "cost": "price",
    "where": "where",
    "nearest": "where",
    "contact": "call",
}
_PICTURES = {"when": "🕐", "where": "📍", "price": "💰", "call": "☎️"}


def card(v: Voice, shown: Card, *, simple: bool, rows: Buttons = (), along: bool = True) -> Message:
    """Return the card of one entry; `rows` are further buttons under those of the card itself.

    What was asked comes first; if that was where, the place goes `along` as a pin.
    """
    subject = shown.service or shown
    pin = _asked_pin(v, shown) if along else None
    led = [line for fact in shown.leads for line in leads.lead(v, fact, now=shown.now)]
    body = [_bold(shown.entry.title.told(v.language).text), *_what(v, shown, simple=simple)]
    if shown.service:
        if not simple and shown.entry.updated != subject.entry.updated:
            body[2:] = [Markup("<i>{}</i>").format(checked(v, shown.entry)), Markup("")]
        body.append(_bold(subject.entry.title.told(v.language).text))
    body += [_fact(v, kind, text, simple=simple) for kind, text in _unsaid_facts(v, shown)]
    if not simple:
        body.append(Markup("<i>{}</i>").format(checked(v, subject.entry)))
    body += foreign_mark(v, shown.entry.summary or shown.entry.description)
    lines = [*led, Markup(""), *body] if led else body
    return Message(
        Markup("\n").join(lines),
        buttons=(*_own_buttons(v, shown, mapped=pin is None), *rows),
        pin=pin,
    )


def details(v: Voice, shown: Card, *, rows: Buttons = ()) -> Message:
    """Return the card with everything the directory knows about the entry."""
    entry = shown.entry
    told = entry.description.told(v.language).text
    lines = [_bold(entry.title.told(v.language).text), escape(told), Markup("")]
    lines += [_fact(v, kind, text, simple=False) for kind, text in _main_facts(v, shown)]
    lines += _further_facts(v, shown)
    lines.append(Markup("<i>{}</i>").format(checked(v, entry)))
    lines += foreign_mark(v, entry.description)
    less = Button(v.plain("‹ Less"), f"card:{entry.id}")
    return Message(Markup("\n").join(lines), buttons=((less, *_map_button(v, shown)), *rows))


def map_pin(v: Voice, shown: Card) -> Message | None:
    """Return the place of a card as a pin on the map, or None where there is none."""
    place = shown.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    pin = Pin(place.latitude, place.longitude, place.name.told(v.language).text, address(v, place))
    return Message("", pin=pin)


def address(v: Voice, place: Place) -> str:
    """Return street, postcode and town on one line."""
    street = place.street.told(v.language).text
    return f"{street}, {place.postcode} {place.city.told(v.language).text}"


def checked(v: Voice, entry: Entry) -> Markup:
    """Say when somebody last checked the entry."""
    return v.say("Checked on {day}.", day=v.date(entry.updated))


def _asked_pin(v: Voice, shown: Card) -> Pin | None:
    if not any(fact.fact in {"where", "nearest"} for fact in shown.leads):
        return None
    found = map_pin(v, shown.service or shown)
    return found.pin if found else None


def _unsaid_facts(v: Voice, shown: Card) -> list[tuple[str, str]]:
    """Return the main facts less those the card has begun with."""
    said = {_LED.get(fact.fact, "") for fact in shown.leads if not fact.unknown}
    return [pair for pair in _main_facts(v, shown.service or shown) if pair[0] not in said]


def _what(v: Voice, shown: Card, *, simple: bool) -> list[Markup]:
    text = shown.entry.summary or shown.entry.description
    told = text.told(v.language).text
    if any(fact.sentence.told(v.language).text == told for fact in shown.leads if fact.sentence):
        return []  # it stands at the head already; a longer answer is shown as it was written
    return [escape(told)] if simple or not told else [escape(told), Markup("")]


def _main_facts(v: Voice, shown: Card) -> list[tuple[str, str]]:
    facts = [
        ("when", _when(v, shown)),
        ("where", _where(v, shown)),
        ("price", price(v, shown.entry.cost)),
    ]
    contact = shown.entry.contact
    if contact and contact.phone:
        facts.append(("call", v.phone(contact.phone)))
    return [(kind, text) for kind, text in facts if text]


def _fact(v: Voice, kind: str, text: str, *, simple: bool) -> Markup:
    if simple:
        return Markup("{} {}").format(_PICTURES[kind], text)
    labels = {
        "when": v.say("<b>When:</b> {fact}", fact=text),
        "where": v.say("<b>Where:</b> {fact}", fact=text),
        "price": v.say("<b>Price:</b> {fact}", fact=text),
        "call": v.say("<b>Call:</b> {fact}", fact=text),
    }
    return labels[kind]


def _when(v: Voice, shown: Card) -> str:
    if shown.next_dates:
        return _next_date(v, shown)
    match shown.opening:
        case OpenNow(until=until):
            return v.plain("open now, until {time}", time=v.clock(until.time()))
        case AlwaysOpen():
            return v.plain("open around the clock")
        case ClosedUntil(opens=opens):
            return v.plain("closed now, opens {moment}", moment=_moment(v, opens, now=shown.now))
        case _:
            return ""


def _next_date(v: Voice, shown: Card) -> str:
    first = shown.next_dates[0]
    text = (
        f"{_day(v, first.starts, now=shown.now)}, {v.span(first.starts.time(), first.ends.time())}"
    )
    schedule = shown.entry.schedule
    told = often(v, schedule, day=first.starts.date()) if schedule else ""
    return f"{text} ({told})" if told else text


def _moment(v: Voice, moment: datetime, *, now: datetime) -> str:
    return v.plain("{day} at {time}", day=_day(v, moment, now=now), time=v.clock(moment.time()))


def _day(v: Voice, moment: datetime, *, now: datetime) -> str:
    away = (moment.date() - now.date()).days
    if away == 0:
        return v.plain("today")
    named = v.day(moment.date(), today=now.date())
    return v.plain("tomorrow, {day}", day=named) if away == 1 else named


def _where(v: Voice, shown: Card) -> str:
    if shown.place is None:
        return ""
    return f"{shown.place.name.told(v.language).text}, {address(v, shown.place)}"


def price(v: Voice, cost: Cost | None) -> str:
    """Return a price in words, "" where the directory gives none."""
    if cost is None:
        return ""
    note = cost.note.told(v.language).text
    if note:
        return note
    if cost.chf is None:
        return ""
    return v.plain("free of charge") if cost.chf == 0 else v.money(cost.chf)


def _further_facts(v: Voice, shown: Card) -> list[Markup]:
    entry, lines = shown.entry, []
    if len(shown.next_dates) > 1:
        days = [v.day(o.starts.date(), today=shown.now.date()) for o in shown.next_dates[1:]]
        lines.append(v.say("<b>Then:</b> {days}", days=" · ".join(days)))
    if entry.signup and entry.signup.note:
        lines.append(v.say("<b>Sign up:</b> {note}", note=entry.signup.note.told(v.language).text))
    if entry.ages and entry.ages != (0, 99):
        lines.append(_ages(v, entry.ages))
    lines += access(v, shown.place)
    if entry.contact and entry.contact.email:
        lines.append(v.say("<b>E-mail:</b> {email}", email=entry.contact.email))
    if entry.animator:
        lines.append(v.say("<b>Who welcomes you:</b> {name}", name=entry.animator))
    return lines


def _ages(v: Voice, ages: tuple[int, int]) -> Markup:
    youngest, oldest = ages
    if oldest >= 99:  # noqa: PLR2004 - the directory's way of saying "and older"
        return v.say("<b>Age:</b> from {age} years", age=youngest)
    return v.say("<b>Age:</b> {youngest} to {oldest} years", youngest=youngest, oldest=oldest)


def access(v: Voice, place: Place | None) -> list[Markup]:
    """Say whether a wheelchair gets there, if the directory knows."""
    if place is None or place.wheelchair is None:
        return []
    if place.wheelchair is True:
        return [v.say("♿ Accessible by wheelchair.")]
    if place.wheelchair is False:
        return [v.say("♿ Not accessible by wheelchair.")]
    return [v.say("♿ By wheelchair: {note}.", note=place.wheelchair)]


def foreign_mark(v: Voice, text: Localized) -> list[Markup]:
    """Say that a text exists in the other language only, if so."""
    told = text.told(v.language)
    if not told.foreign:
        return []
    marks = {
        "fr": v.say("ℹ️ This entry exists in French only."),
        "de": v.say("ℹ️ This entry exists in German only."),
    }
    return [marks.get(told.language, Markup(""))]


def _own_buttons(v: Voice, shown: Card, *, mapped: bool) -> Buttons:
    subject = shown.service or shown
    first: tuple[Button, ...] = _map_button(v, subject) if mapped else ()
    if subject.entry.summary:  # a frequent question has shown all there is to it
        first = (Button(v.plain("More"), f"more:{subject.entry.id}"), *first)
    sign_up = registering.sign_up(v, subject.entry)
    rows = tuple(row for row in (sign_up, first) if row)
    return (*rows, *related_buttons(v, shown))


def related_buttons(v: Voice, shown: Card) -> Buttons:
    """Return a button for each entry that goes with this one."""
    return tuple(
        (Button(f"› {entry.title.told(v.language).text}", f"card:{entry.id}"),)
        for entry in shown.related[:_RELATED]
    )


def _map_button(v: Voice, shown: Card) -> tuple[Button, ...]:
    if shown.place is None or shown.place.latitude is None:
        return ()
    return (Button(v.plain("🗺 Map"), f"map:{shown.entry.id}"),)


def _bold(text: str) -> Markup:
    return Markup("<b>{}</b>").format(text)
