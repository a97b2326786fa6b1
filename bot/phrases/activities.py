"""One date of an activity as a card: when, where, for whom, what it costs, who welcomes you."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import quote

from markupsafe import Markup, escape

from bot.domain.agenda import Row
from bot.domain.dated import Status
from bot.domain.directory import Cost, Directory, Entry, Place
from bot.domain.messages import Button, Message, Pin
from bot.domain.occurrences import Occurrence
from bot.i18n import Voice
from bot.phrases import cards
from bot.phrases.agenda import room_left, short_day
from bot.phrases.leads import audiences, day_of
from bot.phrases.rhythm import often

Buttons = tuple[tuple[Button, ...], ...]

_OLDEST = 99
_THEN = 4
_MONTHS = 36


def card(
    v: Voice,
    row: Row,
    following: Sequence[Occurrence],
    *,
    now: datetime,
    signs_up: bool,
    link: str,
    team: bool = False,
    full: bool = False,
) -> Message:
    """Return the card of one date, `full` with everything the directory says about the activity.

    `following` are the next dates of the same activity.
    """
    entry, each = row.entry, row.occurrence
    told = entry.description if full else entry.summary or entry.description
    lines = [
        Markup("<b>{}</b>").format(entry.title.told(v.language).text),
        escape(told.told(v.language).text),
        Markup(""),
        *_changed(v, each),
        v.say("<b>When:</b> {fact}", fact=moment(v, each, now=now)),
    ]
    lines += facts(v, entry, row.place, day=each)
    room = room_left(v, row)
    if room and each.takes_place:
        lines.append(v.say("<b>Places:</b> {fact}", fact=room))
    lines += _then(v, each, following)
    lines += cards.foreign_mark(v, told)
    if full:
        lines.append(Markup("<i>{}</i>").format(cards.checked(v, entry)))
    return Message(
        Markup("\n").join(lines),
        buttons=_buttons(v, row, signs_up=signs_up, link=link, team=team, full=full),
    )


def no_dates(v: Voice, entry: Entry) -> Message:
    """Say that an activity has no date to come."""
    title = entry.title.told(v.language).text
    lines = [
        Markup("<b>{}</b>").format(title),
        v.say("There is no further date in the directory."),
    ]
    more = Button(v.plain("More"), f"more:{entry.id}")
    return Message(Markup("\n").join(lines), buttons=((more,), (_back(v),)))


def gone(v: Voice) -> Message:
    """Say that an activity somebody was sent a link to is not in the directory any more."""
    agenda = Button(v.plain("🗓 Agenda"), "ag:l")
    return Message(v.say("This activity is not in the agenda any more."), buttons=((agenda,),))


def facts(
    v: Voice, entry: Entry, place: Place | None, *, day: Occurrence | None = None
) -> list[Markup]:
    """Return where, for whom, at what price and with whom something takes place."""
    lines = []
    if place is not None:
        where = f"{place.name.told(v.language).text}, {cards.address(v, place)}"
        lines.append(v.say("<b>Where:</b> {fact}", fact=where))
        lines += cards.access(v, place)
    lines += [v.say("<b>For:</b> {fact}", fact=told) for told in (_people(v, entry),) if told]
    lines += [
        v.say("<b>{part}</b>: {ages}", part=part.title.told(v.language).text, ages=ages)
        for part in entry.parts
        if (ages := _years(v, part.ages) or v.plain("for all"))
    ]
    lines += _money(v, entry)
    guest = next((g for g in entry.guests if day and g.day == day.start.date()), None)
    if guest:
        lines.append(v.say("<b>Guest:</b> {fact}", fact=guest.name.told(v.language).text))
    if entry.partner:
        lines.append(v.say("<b>With:</b> {fact}", fact=entry.partner))
    if entry.contact and entry.contact.phone:
        lines.append(v.say("<b>Call:</b> {fact}", fact=v.phone(entry.contact.phone)))
    if entry.animator:
        lines.append(v.say("<b>Who welcomes you:</b> {name}", name=entry.animator))
    return lines


def pin(v: Voice, place: Place | None) -> Message | None:
    """Return a place as a pin on the map; None where there is none."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    name = place.name.told(v.language).text
    where = Pin(place.latitude, place.longitude, name, cards.address(v, place))
    return Message("", pin=where)


def calendar(v: Voice, entry: Entry) -> str:
    """Return the words that go with a calendar file."""
    title = entry.title.told(v.language).text
    return v.say("Open this file: your phone adds <b>{title}</b> to its calendar.", title=title)


def moment(v: Voice, each: Occurrence, *, now: datetime) -> str:
    """Return day and time of a date in words."""
    day = day_of(v, each.start, now=now)
    return f"{day}, {v.span(each.start.time(), each.end.time())}"


def rhythm_of(v: Voice, entry: Entry, *, day: date) -> str:
    """Return how often something takes place, "" where its dates say it better."""
    return often(v, entry.schedule, day=day) if entry.schedule else ""


def place_of(directory: Directory, each: Occurrence) -> Place | None:
    """Return where a date takes place."""
    return directory.places.get(each.place_id or "")


def _changed(v: Voice, each: Occurrence) -> list[Markup]:
    why = each.note.told(v.language).text
    usual = v.day(each.key.original_start.date(), today=each.start.date())
    lines = {
        Status.CANCELLED: [v.say("✕ <b>Cancelled.</b>")],
        Status.MOVED: [v.say("↷ <b>Moved</b>, it was planned for {day}.", day=usual)],
        Status.ADDED: [v.say("＋ An additional date.")],
    }.get(each.status, [])
    return [*lines, escape(why)] if lines and why else lines


def _people(v: Voice, entry: Entry) -> str:
    if entry.adults_only:
        return v.plain("adults only")
    if entry.months and entry.months[1] <= _MONTHS:
        youngest, oldest = entry.months
        return v.plain("{youngest} to {oldest} months", youngest=youngest, oldest=oldest)
    years = _years(v, entry.ages)
    names = audiences(v)
    told = (
        ""
        if "all" in entry.audience
        else ", ".join(names[each] for each in entry.audience if each in names)
    )
    return ", ".join(part for part in (told, years) if part)


def _years(v: Voice, ages: tuple[int, int] | None) -> str:
    if ages is None or ages == (0, _OLDEST):
        return ""
    youngest, oldest = ages
    if oldest >= _OLDEST:
        return v.plain("from {age} years", age=youngest)
    return v.plain("{youngest} to {oldest} years", youngest=youngest, oldest=oldest)


def _money(v: Voice, entry: Entry) -> list[Markup]:
    price = cards.price(v, entry.cost)
    lines = [v.say("<b>Price:</b> {fact}", fact=price)] if price else []
    material = cards.price(v, entry.material) if _costs(entry.material) else ""
    return [*lines, v.say("<b>Material:</b> {fact}", fact=material)] if material else lines


def _costs(cost: Cost | None) -> bool:
    return cost is not None and cost.chf != 0


def _then(v: Voice, each: Occurrence, following: Sequence[Occurrence]) -> list[Markup]:
    later = [other for other in following if other.start > each.start][:_THEN]
    if not later:
        return []
    days = " · ".join(short_day(v, other.start) for other in later)
    return [v.say("<b>Then:</b> {days}", days=days)]


def _buttons(v: Voice, row: Row, *, signs_up: bool, link: str, team: bool, full: bool) -> Buttons:
    key = row.occurrence.key
    where = f"{key.entry_id}:{key.stamp}"
    rows: list[tuple[Button, ...]] = []
    if signs_up and row.occurrence.takes_place:
        rows.append((Button(v.plain("✍️ Sign up"), f"rg:n:{where}"),))
    add = Button(v.plain("📅 To my calendar"), f"ag:i:{where}")
    on_map = row.place is not None and row.place.latitude is not None
    rows.append((add, Button(v.plain("🗺 Map"), f"ag:m:{where}")) if on_map else (add,))
    share = Button(v.plain("↗ Bring a neighbour"), url=_share(v, row, link))
    more = (
        Button(v.plain("‹ Less"), f"ag:d:{where}")
        if full
        else Button(v.plain("More"), f"ag:t:{where}")
    )
    rows.append((share, more))
    if team:
        rows.append((Button(v.plain("✏️ Change"), f"am:d:{where}"),))
    return (*rows, (_back(v),))


def _share(v: Voice, row: Row, link: str) -> str:
    """Return the address at which Telegram offers to send the card on to somebody."""
    each = row.occurrence
    title = row.entry.title.told(v.language).text
    day = v.day(each.start.date(), today=each.start.date())
    place = row.place.name.told(v.language).text if row.place else ""
    when = f"{day}, {v.span(each.start.time(), each.end.time())}"
    words = v.plain("Shall we go together? {title}", title=title)
    text = "\n".join(part for part in (words, when, place) if part)
    card_link = f"{link}?start=a{each.key.entry_id}"
    return f"https://t.me/share/url?url={quote(card_link, safe='')}&text={quote(text, safe='')}"


def _back(v: Voice) -> Button:
    return Button(v.plain("‹ Back to the agenda"), "ag:l")
