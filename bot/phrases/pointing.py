"""Answering an open question with an entry of the directory, and keeping the person's words with it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.cards import Card
from bot.domain.messages import Button, Message
from bot.domain.questions import OpenQuestion
from bot.i18n import Voice
from bot.phrases import cards
from bot.text import one_line

Rows = tuple[tuple[Button, ...], ...]
_QUOTE = 300


def entries(v: Voice, number: int, found: Sequence[Card]) -> Rows:
    """Return a button for each entry that may answer a question already."""
    return tuple(
        (Button(f"› {_title(v, card)}", f"oq:is:{number}:{card.entry.id}"),) for card in found
    )


def search(v: Voice, question: OpenQuestion) -> Message:
    """Ask for the words to look for in the directory."""
    lines = [_quote(question.text), v.say("Write a few words, and I search the directory.")]
    return Message(Markup("\n").join(lines), buttons=(_back(v, question.number),))


def results(v: Voice, question: OpenQuestion, found: Sequence[Card]) -> Message:
    """Show what the words led to."""
    told = v.say("Which entry answers it? Tap it, or write other words.")
    if not found:
        told = v.say("Nothing found. Write other words.")
    rows = (*entries(v, question.number, found), _back(v, question.number))
    return Message(Markup("\n").join([_quote(question.text), told]), buttons=rows)


def preview(v: Voice, question: OpenQuestion, card: Card, wording: str) -> Message:
    """Show which entry will be sent, and which words of the person would stay with it."""
    lines = [v.say("<b>Send this entry as the answer?</b>"), _quote(question.text)]
    lines += [Markup("<b>{}</b>").format(_title(v, card)), *_summary(v, card)]
    number = question.number
    rows: list[tuple[Button, ...]] = []
    if wording:
        lines += [
            v.say("These words would help the next person find it: «{wording}»", wording=wording),
            v.say(
                "Do they say anything about a person? Then write them differently, or leave them out."
            ),
        ]
        rows.append((Button(v.plain("📨 Send and keep the words"), f"oq:give:{number}:words"),))
        rows.append((Button(v.plain("📨 Send without the words"), f"oq:give:{number}:bare"),))
    else:
        rows.append((Button(v.plain("📨 Send"), f"oq:give:{number}:bare"),))
    return Message(Markup("\n").join(lines), buttons=(*rows, _back(v, number)))


def sent(v: Voice, *, people: int, wording: str) -> Message:
    """Confirm that the entry is on its way, and what the directory has learnt."""
    lines = [v.plural("✓ Sent to {n} person.", "✓ Sent to {n} people.", people)]
    if wording:
        lines.append(
            v.say("📌 Whoever asks «{wording}» from now on finds this entry.", wording=wording)
        )
    return Message(
        Markup("\n").join(lines), buttons=((Button(v.plain("‹ All questions"), "oq:list:0"),),)
    )


def reply(v: Voice, question: OpenQuestion, card: Card, *, simple: bool) -> Message:
    """Return the entry as the person who asked gets it, their question quoted."""
    head = v.say(
        "💬 <b>Answer from the team</b> to your question No. {number}", number=question.number
    )
    shown = cards.card(v, card, simple=simple)
    text = Markup("\n").join([head, _quote(question.text), Markup(shown.text)])  # noqa: S704 - ours
    return Message(text, buttons=shown.buttons)


def _title(v: Voice, card: Card) -> str:
    return card.entry.title.told(v.language).text


def _summary(v: Voice, card: Card) -> list[Markup]:
    summary = card.entry.summary.told(v.language).text
    return [Markup("{}").format(summary)] if summary else []


def _back(v: Voice, number: int) -> tuple[Button, ...]:
    return (Button(v.plain("‹ Back"), f"oq:open:{number}"),)


def _quote(text: str) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(one_line(text, limit=_QUOTE))
