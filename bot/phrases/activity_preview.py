"""Everything as it will stand in the agenda, before anything is published or changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup, escape

from bot.domain.activity_forms import Form
from bot.domain.directory import Directory, Entry
from bot.domain.localized import Localized
from bot.domain.messages import Button, Message
from bot.domain.occurrences import Occurrence
from bot.i18n import Voice
from bot.phrases.activities import facts, moment
from bot.phrases.managing import dates, titles


def preview(
    v: Voice,
    form: Form,
    entry: Entry,
    coming: Sequence[Occurrence],
    *,
    directory: Directory,
    now: datetime,
) -> Message:
    """Show an activity as it will be, with its next dates."""
    place = directory.places.get(entry.place or "")
    lines = [
        v.say("<i>So it will stand in the agenda:</i>"),
        *titles(entry),
        *facts(v, entry, place),
        *dates(v, entry, coming, directory=directory, now=now),
    ]
    if entry.capacity:
        lines.append(
            v.plural(
                "{n} place, sign-up in this chat",
                "{n} places, sign-up in this chat",
                entry.capacity,
            )
        )
    go = v.plain("✓ Publish") if form.purpose == "new" else v.plain("✓ Save")
    rows = [(Button(go, "am:ok"),)]
    if form.purpose not in {"shift", "guest"}:
        rows.append((Button(v.plain("✏️ Change or add"), "am:more"),))
    rows.append((Button(v.plain("✕ Cancel"), "am:no"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def confirm_date(
    v: Voice,
    form: Form,
    entry: Entry,
    before: Occurrence | None,
    span: tuple[datetime, datetime] | None,
    *,
    directory: Directory,
    now: datetime,
) -> Message:
    """Show what will become of a date, and ask for the second tap."""
    title = entry.title.told(v.language).text
    heading = {
        "cancel": v.say("Cancel this date?"),
        "move": v.say("Move this date?"),
        "add": v.say("Add this date?"),
    }[form.purpose]
    lines = [heading, Markup("<b>{}</b>").format(title)]
    if before is not None:
        lines.append(escape(moment(v, before, now=now)))
    if span is not None:
        new = Occurrence(before.key, *span) if before else None
        told = moment(v, new, now=now) if new else _moment(v, span, now)
        lines.append(Markup("→ {}").format(told) if before else escape(told))
    place = directory.places.get(form.values.get("day_place") or "")
    lines += [escape(place.name.told(v.language).text)] if place else []
    lines += _reasons(form.note())
    rows = [(Button(_go(v, form), "am:ok"),)]
    if form.purpose != "cancel":
        rows.append((Button(v.plain("📍 Another place"), "am:q:day_place"),))
    rows.append((Button(v.plain("✕ No, leave it"), "am:no"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def dropped(v: Voice) -> Message:
    """Say that nothing was changed."""
    back = Button(v.plain("‹ All activities"), "am:l:0")
    return Message(v.say("✓ Nothing was changed."), buttons=((back,),))


def waits(v: Voice) -> Message:
    """Say that what was begun waits."""
    go_on = Button(v.plain("▶️ Go on with what you began"), "am:p")
    return Message(v.say("Your activity waits, nothing is lost."), buttons=((go_on,),))


def unsound(v: Voice) -> Message:
    """Say that what was put together does not fit."""
    rows = (
        (Button(v.plain("✏️ Change or add"), "am:more"),),
        (Button(v.plain("✕ Cancel"), "am:no"),),
    )
    text = v.say("Something does not fit together, for example the days and the end. Please check.")
    return Message(text, buttons=rows)


def _go(v: Voice, form: Form) -> str:
    return {
        "cancel": v.plain("Yes, cancel it and tell people"),
        "move": v.plain("Yes, move it and tell people"),
        "add": v.plain("Yes, add it"),
    }[form.purpose]


def _reasons(note: Localized) -> list[Markup]:
    return [Markup("<i>{}</i>").format(text) for text in note.values()]


def _moment(v: Voice, span: tuple[datetime, datetime], now: datetime) -> str:
    day = v.day(span[0].date(), today=now.date())
    return f"{day}, {v.span(span[0].time(), span[1].time())}"
