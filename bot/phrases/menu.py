"""The fixed keyboard, whose keys never move, and the help behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Key, Message
from bot.domain.roles import Staff
from bot.domain.town import Helpline, Town
from bot.i18n import Voice, voice
from bot.phrases.leaving import the_board

NAMES = {"fr": "Français", "de": "Deutsch"}
"""Each language by the name its own speakers use."""

_IN_COMMON = 2
"""Help lines with the same hours from which these are said once."""

Keys = tuple[tuple[Key, ...], ...]


def question_key(v: Voice) -> str:
    """Return the words on the key that invites a question."""
    return v.plain("❓ Question")


def agenda_key(v: Voice) -> str:
    """Return the words on the key to what takes place."""
    return v.plain("🗓 Agenda")


def contribution_key(v: Voice) -> str:
    """Return the words on the key to bring an idea or a concern."""
    return v.plain("💡 Idea or concern")


def polls_key(v: Voice) -> str:
    """Return the words on the key to the polls."""
    return v.plain("📊 Polls")


def things_key(v: Voice) -> str:
    """Return the words on the key to a resident's own things."""
    return v.plain("🗂 My things")


def help_key(v: Voice) -> str:
    """Return the words on the key for help and language."""
    return v.plain("🌐 Help and language")


def inbox_key(v: Voice) -> str:
    """Return the words on the team's key to what waits for an answer."""
    return v.plain("📥 To answer")


def contributions_key(v: Voice) -> str:
    """Return the words on the team's key to what residents have brought."""
    return v.plain("📋 Ideas")


def team_key(v: Voice) -> str:
    """Return the words on the key to the team itself."""
    return v.plain("👥 Team")


def in_every_language(label: Callable[[Voice], str]) -> list[str]:
    """Return one key's words in all languages: an old keyboard may still show the other one."""
    return [label(voice(language)) for language in LANGUAGES]


def keys(v: Voice, staff: Staff | None = None) -> Keys:
    """Return the fixed keyboard, on which each key has its place; the team has a row more."""
    rows: Keys = (
        (Key(question_key(v)), Key(agenda_key(v))),
        (Key(contribution_key(v)), Key(polls_key(v))),
        (Key(things_key(v)), Key(help_key(v))),
    )
    if staff:
        rows = (*rows, (Key(contributions_key(v)), Key(inbox_key(v)), Key(team_key(v))))
    return rows


def menu(v: Voice, staff: Staff | None = None) -> Message:
    """Return the keyboard with one line saying what to do with it."""
    return Message(
        v.say("What can I do for you? Just write, or tap a key below."), keys=keys(v, staff)
    )


def invite_question(v: Voice, examples: tuple[str, ...]) -> Message:
    """Invite a question in free words, with examples that have an answer."""
    lines = [v.say("<b>Write your question</b>, in your own words. For example:")]
    lines += [v.say("• {example}", example=example) for example in examples]
    return Message("\n".join(lines))


def help_page(v: Voice, town: Town, *, simple: bool, board: str | None = None) -> Message:
    """Say in a few lines how the bot works, with everything else one tap away."""
    lines = [
        v.say("<b>How it works</b>"),
        v.say("Write your question. I look in the town's directory."),
        v.say("If I find nothing, the team can answer you here."),
    ]
    if town.phone:
        lines.append(
            v.say("You would rather talk to somebody? Call {phone}.", phone=v.phone(town.phone))
        )
    rows = _help_buttons(v, simple=simple)
    return Message("\n".join(lines), buttons=(*rows, *the_board(v, board)))


def _help_buttons(v: Voice, *, simple: bool) -> tuple[tuple[Button, ...], ...]:
    switch = v.plain("Usual display") if simple else v.plain("🔤 Simple display")
    return (
        tuple(Button(NAMES[language], f"lang:{language}") for language in LANGUAGES),
        (
            Button(switch, f"simple:{'off' if simple else 'on'}"),
            Button(v.plain("🧭 I am new here"), "new:"),
        ),
        (Button(v.plain("☎️ Call somebody"), "call:"), Button(v.plain("🔒 My data"), "privacy:")),
    )


def numbers(v: Voice, town: Town) -> Message:
    """List whom one can call: the centres first, then help in an emergency."""
    lines = [v.say("<b>Talk to somebody</b>")]
    lines += [
        v.say(
            "{name}: {phone}", name=centre.name.told(v.language).text, phone=v.phone(centre.phone)
        )
        for centre in town.centres
        if centre.phone
    ]
    if town.phone:
        name = town.town.told(v.language).text
        lines.append(v.say("{name}: {phone}", name=name, phone=v.phone(town.phone)))
    lines += [Markup(""), v.say("<b>Emergencies and help</b>")]
    lines += helplines(v, town.helplines)
    return Message("\n".join(lines), buttons=((Button(v.plain("‹ Back"), "help:"),),))


def helplines(v: Voice, lines: Sequence[Helpline]) -> list[Markup]:
    """Return help lines, a number and who answers on each; the hours most have in common once."""
    hours = [line.hours.told(v.language).text for line in lines]
    usual, count = Counter(hours).most_common(1)[0] if hours else ("", 0)
    if count < _IN_COMMON:
        return [_helpline(v, line, own) for line, own in zip(lines, hours, strict=True)]
    told = [
        _helpline(v, line, "" if own == usual else own)
        for line, own in zip(lines, hours, strict=True)
    ]
    if count == len(lines):
        return [*told, v.say("All these numbers: {hours}.", hours=usual)]
    return [*told, v.say("The other numbers: {hours}.", hours=usual)]


def _helpline(v: Voice, line: Helpline, hours: str) -> Markup:
    """Return one help line: number, who answers, and when, where that is not said for all."""
    label = line.label.told(v.language).text
    if not hours:
        return Markup("<b>{}</b> {}").format(line.number, label)
    return v.say("<b>{number}</b> {label} ({hours})", number=line.number, label=label, hours=hours)
