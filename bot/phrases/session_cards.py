"""Cards of a gathering's wall as who runs it handles them: translated, set aside, put on the board."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.domain.sessions import Card, Idea, Scene, cards, unentered
from bot.i18n import Voice

_LISTED = 12


def wall(v: Voice, scene: Scene) -> Message:
    """Show the cards as they hang on the wall, each one tap from what can be done with it."""
    n, hanging = scene.session.number, cards(scene.ideas)
    lines = [v.say("🗒 <b>On the wall</b>")]
    for head, more in hanging:
        lines.append(Markup("• {}{}").format(head.text, _entered(head)))
        lines += [Markup("   + {}").format(each.text) for each in more]
    if not hanging:
        lines.append(v.say("Nothing hangs there yet."))
    rows: list[tuple[Button, ...]] = [
        (Button(head.text[:50], f"ks:card:{n}:{head.number}"),) for head, _ in hanging[:_LISTED]
    ]
    left = unentered(scene.ideas)
    if left:
        label = v.plain("📌 All to the board ({n})", n=len(left))
        rows.append((Button(label, f"ks:board:{n}"),))
    rows.append((Button(v.plain("‹ Back"), f"ks:page:{n}"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def card(v: Voice, number: int, shown: Card) -> Message:
    """Show one card with what can be done with it."""
    head, more = shown
    words = head.words
    lines = [Markup("🗒 <b>{}</b>").format(head.text)]
    lines += [Markup("({})").format(words[code]) for code in words if code != head.language]
    lines += [Markup("+ {}").format(each.text) for each in more]
    if head.contribution is not None:
        lines.append(v.say("📌 On the board as No. {n}.", n=head.contribution))
    at = f"{number}:{head.number}"
    rows: list[tuple[Button, ...]] = [
        (Button(v.plain("🌍 Translate"), f"ks:speak:{at}"),),
        (Button(v.plain("✗ Off the wall"), f"ks:aside:{at}"),),
    ]
    if head.contribution is None:
        rows.insert(1, (Button(v.plain("📌 To the board"), f"ks:board:{at}"),))
    rows.append((Button(v.plain("‹ The wall"), f"ks:wall:{number}"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def ask_translation(v: Voice, number: int, idea: Idea) -> Message:
    """Ask for the words in the other language."""
    other = next(code for code in LANGUAGES if code != idea.language)
    into = {"fr": v.say("<b>How is it said in French?</b>")}
    lines = [
        into.get(other, v.say("<b>How is it said in German?</b>")),
        v.say("<blockquote>{text}</blockquote>", text=idea.text),
    ]
    back = Button(v.plain("‹ Back"), f"ks:card:{number}:{idea.number}")
    return Message(Markup("\n").join(lines), buttons=((back,),))


def entered(v: Voice, number: int, numbers: Sequence[int], board: str | None) -> Message:
    """Say under which numbers the cards stand on the board, and what follows."""
    named = ", ".join([v.plain("No. {n}", n=each) for each in numbers])
    lines = [
        v.plural(
            "📌 {n} card is on the board: {numbers}.",
            "📌 {n} cards are on the board: {numbers}.",
            len(numbers),
            numbers=named,
        ),
        v.say("Everybody can support them there. You answer them under 📋 Ideas."),
    ]
    rows: list[tuple[Button, ...]] = []
    if board:
        rows.append((Button(v.plain("🌍 The board"), url=board),))
    rows.append((Button(v.plain("‹ The wall"), f"ks:wall:{number}"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def _entered(idea: Idea) -> str:
    return f" 📌 {idea.contribution}" if idea.contribution is not None else ""
