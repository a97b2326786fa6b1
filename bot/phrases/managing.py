"""The team's pages about activities: the list, one activity, one date, and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup, escape

from bot.domain.dated import Status
from bot.domain.directory import Directory, Entry
from bot.domain.messages import Button, Message
from bot.domain.occurrences import Occurrence
from bot.i18n import Voice
from bot.phrases.activities import facts, moment, place_of, rhythm_of
from bot.phrases.agenda import short_day

Buttons = tuple[tuple[Button, ...], ...]

PAGE = 8


def listed(v: Voice, entries: Sequence[Entry], *, page: int, waiting: bool, lists: bool) -> Message:
    """Return the activities somebody may change, a button for each."""
    pages = max(1, -(-len(entries) // PAGE))
    page = min(page, pages - 1)
    shown = entries[page * PAGE : (page + 1) * PAGE]
    heading = v.say("<b>Your activities</b>")
    text = heading if entries else v.say("There is no activity yet.")
    rows: list[tuple[Button, ...]] = []
    if waiting:
        rows.append((Button(v.plain("▶️ Go on with what you began"), "am:p"),))
    rows.append((Button(v.plain("＋ New activity"), "am:new"),))
    rows.append((Button(v.plain("📥 Take over a calendar"), "am:in"),))
    if lists:
        rows.append((Button(v.plain("📒 Lists of those registered"), "rt:lists"),))
    rows += [(Button(each.title.told(v.language).text, f"am:e:{each.id}"),) for each in shown]
    turn = []
    if page > 0:
        turn.append(Button(v.plain("‹ Before"), f"am:l:{page - 1}"))
    if page + 1 < pages:
        turn.append(Button(v.plain("More ›"), f"am:l:{page + 1}"))
    back = (Button(v.plain("‹ Back to the agenda"), "ag:l"),)
    return Message(text, buttons=(*rows, *((tuple(turn),) if turn else ()), back))


def activity(
    v: Voice,
    entry: Entry,
    coming: Sequence[Occurrence],
    *,
    directory: Directory,
    now: datetime,
    leaflet: str = "",
) -> Message:
    """Return one activity with its next dates, and all that can be done to it.

    `leaflet` is the address of its leaflet, if there are pages.
    """
    lines = [
        *titles(entry),
        *facts(v, entry, directory.places.get(entry.place or "")),
        *dates(v, entry, coming, directory=directory, now=now),
    ]
    key = entry.id
    days = tuple(
        Button(short_day(v, each.start), f"am:d:{key}:{each.key.stamp}") for each in coming
    )
    return Message(
        Markup("\n").join(lines),
        buttons=(
            *(days[at : at + 3] for at in range(0, len(days), 3)),
            (Button(v.plain("🔁 Another day or time"), f"am:s:{key}"),),
            (Button(v.plain("＋ Add a date"), f"am:a:{key}"),),
            (Button(v.plain("✏️ Texts and details"), f"am:f:{key}"),),
            *(((Button(v.plain("🖨 A leaflet to print"), url=leaflet),),) if leaflet else ()),
            (Button(v.plain("🗑 Take it out"), f"am:z:{key}"),),
            (Button(v.plain("‹ All activities"), "am:l:0"),),
        ),
    )


def titles(entry: Entry) -> list[Markup]:
    """Return title and summary in both languages, as residents will read them."""
    lines = []
    for code, title in entry.title.items():
        lines.append(Markup("<b>{}</b>").format(title))
        summary = entry.summary.get(code) or entry.description.get(code)
        lines += [escape(summary)] if summary else []
    return lines


def dates(
    v: Voice,
    entry: Entry,
    coming: Sequence[Occurrence],
    *,
    directory: Directory,
    now: datetime,
) -> list[Markup]:
    """Return the rhythm and the next dates of an activity, each where it takes place."""
    often = rhythm_of(v, entry, day=coming[0].start.date() if coming else now.date())
    lines = [Markup("")]
    if often:
        lines.append(v.say("<b>How often:</b> {fact}", fact=often))
    if not coming:
        return [*lines, v.say("There is no date to come.")]
    lines.append(v.say("<b>The next dates:</b>"))
    return [*lines, *(_date(v, each, entry, directory, now) for each in coming)]


def date_page(v: Voice, entry: Entry, each: Occurrence, *, now: datetime, lists: bool) -> Message:
    """Return one date with what can be done to it."""
    lines = [
        Markup("<b>{}</b>").format(entry.title.told(v.language).text),
        escape(moment(v, each, now=now)),
    ]
    state = _state(v, each)
    lines += [escape(state)] if state else []
    why = each.note.told(v.language).text
    lines += [escape(why)] if why else []
    guest = next((g for g in entry.guests if g.day == each.start.date()), None)
    if guest:
        lines.append(v.say("<b>Guest:</b> {fact}", fact=guest.name.told(v.language).text))
    key = f"{entry.id}:{each.key.stamp}"
    rows: list[tuple[Button, ...]] = []
    if each.takes_place:
        rows.append((Button(v.plain("✕ Cancel this date"), f"am:c:{key}"),))
        rows.append((Button(v.plain("↷ Move this date"), f"am:m:{key}"),))
        rows.append((Button(v.plain("🎤 A guest comes"), f"am:g:{key}"),))
    if each.status in {Status.CANCELLED, Status.MOVED}:
        rows.append((Button(v.plain("↺ As planned after all"), f"am:r:{key}"),))
    if lists:
        rows.append((Button(v.plain("📒 List"), f"rt:d:{key}"),))
    rows.append((Button(v.plain("‹ Back to the activity"), f"am:e:{entry.id}"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def changed(v: Voice, entry: Entry, each: Occurrence, *, now: datetime, lists: bool) -> Message:
    """Say what became of a date, and who hears of it."""
    said = {
        Status.CANCELLED: v.say("✓ Cancelled. Those registered are told at once."),
        Status.MOVED: v.say("✓ Moved. Those registered are told at once."),
        Status.ADDED: v.say("✓ Added. It stands in the agenda."),
    }.get(each.status, v.say("✓ It takes place as planned. Those registered are told."))
    page = date_page(v, entry, each, now=now, lists=lists)
    return Message(Markup("{}\n\n{}").format(said, Markup(page.text)), buttons=page.buttons)  # noqa: S704 - ours


def published(v: Voice, entry: Entry, *, new: bool) -> Message:
    """Say that an activity stands in the directory."""
    title = entry.title.told(v.language).text
    if new:
        text = v.say("✓ <b>{title}</b> is in the agenda. Everybody sees it now.", title=title)
    else:
        text = v.say("✓ <b>{title}</b> is changed. Everybody sees it now.", title=title)
    rows = (
        (Button(v.plain("See it as residents do"), f"ag:e:{entry.id}"),),
        (Button(v.plain("‹ All activities"), "am:l:0"),),
    )
    return Message(text, buttons=rows)


def confirm_retiring(v: Voice, entry: Entry) -> Message:
    """Ask for the second tap before an activity is taken out."""
    title = entry.title.told(v.language).text
    text = v.say(
        "Take <b>{title}</b> out of the agenda? Those registered for its dates are told.",
        title=title,
    )
    rows = (
        (Button(v.plain("Yes, take it out"), f"am:zz:{entry.id}"),),
        (Button(v.plain("‹ Back to the activity"), f"am:e:{entry.id}"),),
    )
    return Message(text, buttons=rows)


def retired(v: Voice) -> Message:
    """Say that an activity is gone."""
    back = Button(v.plain("‹ All activities"), "am:l:0")
    return Message(v.say("✓ It is no longer in the agenda."), buttons=((back,),))


def _date(v: Voice, each: Occurrence, entry: Entry, directory: Directory, now: datetime) -> Markup:
    elsewhere = place_of(directory, each) if each.place_id != entry.place else None
    parts = [moment(v, each, now=now), _state(v, each)]
    parts += [elsewhere.name.told(v.language).text] if elsewhere else []
    parts += [
        f"🎤 {guest.name.told(v.language).text}"
        for guest in entry.guests
        if guest.day == each.start.date()
    ]
    return Markup("• {}").format(" · ".join(part for part in parts if part))


def _state(v: Voice, each: Occurrence) -> str:
    return {
        Status.CANCELLED: v.plain("cancelled"),
        Status.MOVED: v.plain("moved"),
        Status.ADDED: v.plain("added"),
    }.get(each.status, "")
