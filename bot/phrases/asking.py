"""What a question leads to: a card, three suggestions, or the offer to ask the team."""

from __future__ import annotations

from bot.domain.cards import Card, Found
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.domain.town import Town
from bot.i18n import Voice, voice
from bot.phrases import cards, critical, listings, menu

SUGGESTIONS = 3
"""How many entries are offered when no single one is sure."""


def reply(found: Found, town: Town, *, simple: bool = False, private: bool = True) -> Message:
    """Return what a question is answered with, in the language it is answered in."""
    v = voice(found.language)
    if found.care:
        return critical.first(found, found.care, town, simple=simple, private=private)
    if found.foreign and found.outcome != "answer":
        return foreign(found.foreign, found.language)
    if found.listing:
        return listings.listed(v, found.listing, private=private)
    if found.outcome == "answer" and found.cards:
        return answer(v, found, simple=simple, private=private)
    if found.outcome == "suggest" and found.cards:
        return suggest(v, found.cards, private=private)
    return nothing(v, town, private=private)


def answer(v: Voice, found: Found, *, simple: bool, private: bool = True) -> Message:
    """Return the card of the best entry, with a way out when it is not what was meant."""
    rows: list[tuple[Button, ...]] = []
    if private and any(fact.fact == "sign_up" for fact in found.cards[0].leads):
        rows.append((Button(v.plain("Ask the team to sign me up"), "ask:team"),))
    if private:
        rows.append((Button(v.plain("That is not what I meant"), "ask:other"),))
    return cards.card(v, found.cards[0], simple=simple, rows=tuple(rows), along=private)


def suggest(v: Voice, shown: tuple[Card, ...], *, private: bool = True) -> Message:
    """Offer the most likely entries as buttons, and the team behind them."""
    rows = [
        (Button(c.entry.title.told(v.language).text, f"card:{c.entry.id}:q"),)
        for c in shown[:SUGGESTIONS]
    ]
    if private:
        rows.append((Button(v.plain("None of these: ask the team"), "ask:team"),))
    return Message(v.say("Did you mean one of these?"), buttons=tuple(rows))


def nothing(v: Voice, town: Town, *, private: bool = True) -> Message:
    """Say honestly that there is no answer, and offer to ask the team."""
    lines = [v.say("I have no answer to that in the directory.")]
    if private:
        lines.append(v.say("Shall I ask the team? You get the answer here."))
    if town.phone:
        lines.append(v.say("Or call {phone}.", phone=v.phone(town.phone)))
    yes = Button(v.plain("Yes, ask the team"), "ask:team")
    no = Button(v.plain("No, thank you"), "ask:no")
    return Message("\n".join(lines), buttons=((yes, no),) if private else ())


def left_it(v: Voice) -> Message:
    """Accept that nobody should be asked."""
    return Message(v.say("All right. Write to me whenever you like."))


def write_again(v: Voice) -> Message:
    """Ask for the question once more when the old one is out of reach."""
    return Message(v.say("I no longer have your question. Please write it once more."))


def foreign(sentence: str, first: str) -> Message:
    """Return the sentence in the reader's own language, with the languages on offer as buttons."""
    order = sorted(LANGUAGES, key=lambda language: language != first)
    buttons = tuple(Button(menu.NAMES[language], f"lang:{language}") for language in order)
    return Message(sentence, buttons=(buttons,))


def offer_switch(v: Voice) -> Message:
    """Offer, in the language of the question, to speak it from now on."""
    return Message(
        v.say("Shall I always write to you in English?"),
        buttons=((Button(v.plain("Yes, in English"), f"lang:{v.language}"),),),
    )
