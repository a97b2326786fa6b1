"""Three honest levels of a name: what each means, said before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.contributions import NameLevel
from bot.domain.messages import Button, Message
from bot.i18n import Voice


def level_name(v: Voice, level: NameLevel) -> str:
    """Return a level as it stands on a button."""
    return {
        NameLevel.HIDDEN: v.plain("not shown"),
        NameLevel.CONFIDENTIAL: v.plain("confidential"),
        NameLevel.UNLINKABLE: v.plain("unlinkable"),
    }[level]


def explained(v: Voice, level: NameLevel) -> Markup:
    """Return what a level means, in at most 200 characters: who sees what, and what is lost."""
    return {
        NameLevel.HIDDEN: v.say(
            "<b>Not shown:</b> the team sees a made-up name and your other contributions under it, and"
            " answers you here. Nobody else sees it. You can change this later."
        ),
        NameLevel.CONFIDENTIAL: v.say(
            "<b>Confidential:</b> the team sees what you send, no name at all. Only the bot knows where to"
            " bring the answer. You can change this later."
        ),
        NameLevel.UNLINKABLE: v.say(
            "<b>Unlinkable:</b> text and a rounded place only. No message back, a code instead. Final."
            " We keep nothing that leads to you; Telegram keeps its own record."
        ),
    }[level]


def choose(v: Voice, current: NameLevel) -> Message:
    """Let somebody choose a level before sending, each explained."""
    lines = [v.say("<b>Who may know that it comes from you?</b>")]
    lines += [explained(v, level) for level in NameLevel]
    rows = [(Button(_marked(v, level, current), f"ct:name:{level}"),) for level in NameLevel]
    back = (Button(v.plain("‹ Back"), "ct:preview"),)
    return Message(Markup("\n\n").join(lines), buttons=(*rows, back))


def choose_later(v: Voice, number: int, current: NameLevel) -> Message:
    """Let an author change between the two levels that may be changed after sending."""
    levels = (NameLevel.HIDDEN, NameLevel.CONFIDENTIAL)
    lines = [v.say("<b>Who may know that it comes from you?</b>")]
    lines += [explained(v, level) for level in levels]
    rows = [(Button(_marked(v, level, current), f"ct:level:{number}:{level}"),) for level in levels]
    back = (Button(v.plain("‹ Back"), f"ct:show:{number}"),)
    return Message(Markup("\n\n").join(lines), buttons=(*rows, back))


def carries_too_much(v: Voice, carries: Sequence[str]) -> Message:
    """Say why it cannot be unlinkable as it is, and what would make it so."""
    why = {
        "photos": v.say("A photo can show who took it, and where."),
        "voice": v.say("A voice can be recognised."),
        "address": v.say("An exact address can lead to you; a rounded place cannot."),
    }
    lines = [v.say("<b>It cannot be unlinkable with this:</b>")]
    lines += [why[part] for part in carries]
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("Leave that out"), "ct:bare"),),
            (Button(v.plain("Choose something else"), "ct:names"),),
        ),
    )


def code(v: Voice, code: str) -> Message:
    """Hand over the tracking code, the only way back to an unlinkable contribution."""
    lines = [
        v.say("✓ We have it. Nothing leads back to you."),
        v.say("Your code: <code>{code}</code>", code=code),
        v.say("Keep it well: I do not know it either. Write it to me to see how it stands."),
        v.say("Delete this message if others use your phone."),
    ]
    return Message(Markup("\n").join(lines))


def _marked(v: Voice, level: NameLevel, current: NameLevel) -> str:
    label = {
        NameLevel.HIDDEN: v.plain("Name not shown"),
        NameLevel.CONFIDENTIAL: v.plain("Confidential"),
        NameLevel.UNLINKABLE: v.plain("Unlinkable"),
    }[level]
    return f"✓ {label}" if level is current else label
