"""The town's settings in the chat: how they stand, asking for a new value, looking before it holds."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.localized import LANGUAGES, Localized
from bot.domain.messages import Button, Message
from bot.domain.town import Town
from bot.domain.town_edits import Edit, Field, current
from bot.i18n import Voice
from bot.phrases.menu import NAMES
from bot.text import one_line

_GLIMPSE = 60


def page(v: Voice, town: Town, *, note: Markup | None = None) -> Message:
    """Show how the town is set, each value a tap away."""
    lines = [note] if note else []
    lines.append(v.say("<b>Settings of the town</b>"))
    for field in Field:
        value = current(town, field).told(v.language).text if current(town, field) else ""
        shown = one_line(_readable(field, value), limit=_GLIMPSE) or v.plain("nothing yet")
        lines.append(Markup("{}: <b>{}</b>").format(name(v, field), shown))
    rows = [(Button(f"✍️ {name(v, field)}", f"set:edit:{field}"),) for field in Field]
    rows.append((Button(v.plain("‹ Team"), "team:page"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def name(v: Voice, field: Field) -> str:
    """Return what a value is, in words."""
    return {
        Field.PHONE: v.plain("Telephone of the town"),
        Field.DUTY_PHONE: v.plain("Telephone of the person on duty"),
        Field.DUTY_HOURS: v.plain("Hours of the person on duty"),
        Field.QUIET: v.plain("Quiet hours"),
        Field.SECOND: v.plain("Two coordinators for more than … people"),
        Field.PRIVACY: v.plain("Words on privacy"),
    }[field]


def ask(v: Voice, field: Field, town: Town, language: str) -> Message:
    """Ask for a new value."""
    lines = [Markup("<b>{}</b>").format(name(v, field))]
    now = current(town, field).get(language, "")
    if now:
        lines.append(v.say("So far: «{text}»", text=_readable(field, now)))
    lines.append(_how(v, field, language))
    return Message(Markup("\n").join(lines), buttons=(_cancel(v),))


def preview(v: Voice, edit: Edit, before: Localized) -> Message:
    """Show the old and the new value before it holds."""
    lines = [Markup("<b>{}</b>").format(name(v, edit.field))]
    for code in [each for each in ("", *LANGUAGES) if each in edit.typed]:
        mark = Markup("<b>— {} —</b>").format(NAMES[code]) if code else Markup("")
        old = _readable(edit.field, before.get(code, ""))
        new = _readable(edit.field, edit.typed[code])
        lines += [mark] if mark else []
        lines.append(v.say("Until now: {old}", old=old or v.plain("nothing yet")))
        lines.append(v.say("From now on: <b>{new}</b>", new=new))
    save = Button(v.plain("✓ Save"), f"set:save:{edit.version}")
    return Message(Markup("\n").join(lines), buttons=((save, *_cancel(v)),))


def saved(v: Voice) -> Markup:
    """Confirm that it holds."""
    return v.say("✓ Saved. It holds at once.")


def unreadable(v: Voice) -> Message:
    """Say that what was typed is no such value."""
    text = v.say("I cannot read this. Please write it like the example, or cancel.")
    return Message(text, buttons=(_cancel(v),))


def _how(v: Voice, field: Field, language: str) -> Markup:
    if language:
        return (
            v.say("<b>Write it in German:</b>")
            if language == "de"
            else v.say("<b>Write it in French:</b>")
        )
    return {
        Field.QUIET: v.say("Write from when to when, such as: 20:00-08:00"),
        Field.SECOND: v.say("Write a number, such as: 300"),
    }.get(field, v.say("Write the number, such as: +41 32 000 00 00"))


def _readable(field: Field, value: str) -> str:
    return value.replace("-", " – ") if field is Field.QUIET else value


def _cancel(v: Voice) -> tuple[Button, ...]:
    return (Button(v.plain("Cancel"), "set:page"),)
