"""Critical topics: help lines first, then what the directory has, then the offer of a person.

Nothing here says that anything has been passed on before it has.
"""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.cards import Card, Found
from bot.domain.critical import Care
from bot.domain.messages import Button, Message
from bot.domain.town import Town
from bot.i18n import Voice, voice
from bot.phrases import cards, menu

OFFERED = 3
"""Entries named when no single one is sure."""

_QUOTE = 1500


def first(found: Found, care: Care, town: Town, *, simple: bool, private: bool) -> Message:
    """Return the help lines, then the entry, then one button: to speak with a person.

    In a group there are only the help lines: nobody is to see there what somebody may need.
    """
    v = voice(found.language)
    lines = _help(v, care, town)
    if not private:
        lines += [Markup(""), v.say("Write to me alone: there nobody else reads along.")]
        return Message(Markup("\n").join(lines))
    entry = _entry(v, found, simple=simple)
    if entry:
        lines += [Markup(""), entry]
    if found.foreign:
        lines += [Markup(""), Markup("{}").format(found.foreign)]
    person = Button(v.plain("Talk to a person"), f"sos:talk:{found.language}")
    return Message(Markup("\n").join(lines), buttons=((person,),))


def offer_person(v: Voice, town: Town) -> Message:
    """Say whom to call, and ask before anything is passed on: what it is, and to whom."""
    lines = [
        *duty(v, town),
        v.say("<b>Shall I pass your message on to the team?</b>"),
        v.say("• What: your words as you wrote them, and your language. Not your name."),
        v.say("• To whom: the coordinators, at once. The whole team can read it."),
        v.say("• They answer you here, but nobody is there day and night."),
    ]
    yes = Button(v.plain("Yes, pass it on"), f"sos:pass:{v.language}")
    no = Button(v.plain("No, pass nothing on"), f"sos:no:{v.language}")
    return Message(Markup("\n").join(lines), buttons=((yes,), (no,)))


def before_sending(v: Voice, care: Care, town: Town) -> Message:
    """Put the help lines before a contribution that tells of distress; to go on with it stays one tap."""
    lines = [
        *_help(v, care, town),
        *duty(v, town),
        Markup(""),
        v.say("You can still send it. Only the coordinators read it, but not day and night.")
        if care.for_few
        else v.say("You can still send it. The team reads it, but not day and night."),
    ]
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("Go on with my message ›"), "ct:still"),),
            (Button(v.plain("Send nothing"), "ct:cancel"),),
        ),
    )


def beside(v: Voice, care: Care, town: Town) -> Message:
    """Give the help lines to somebody whose words the team has been given already."""
    lines = [*_help(v, care, town), *duty(v, town)]
    if care.for_few:
        lines.append(v.say("Of the team, only the coordinators read it."))
    return Message(Markup("\n").join(lines))


def only_call(v: Voice, town: Town) -> Message:
    """Say whom to call where the words themselves are out of reach."""
    lines = [
        *duty(v, town),
        v.say("I no longer have your message. Write it once more if you want me to pass it on."),
    ]
    return Message(Markup("\n").join(lines))


def kept_to_oneself(v: Voice, town: Town) -> Message:
    """Confirm that nothing was passed on; the numbers stay."""
    lines = [*duty(v, town), v.say("All right: I have passed nothing on and kept nothing.")]
    return Message(Markup("\n").join(lines))


def handed_over(v: Voice, town: Town) -> Message:
    """Say in place of the offer that it was taken; the receipt follows, the numbers stay."""
    return Message(
        Markup("\n").join([*duty(v, town), v.say("I am passing your message on.")]),
    )


def receipt(v: Voice, number: int, town: Town) -> Message:
    """Confirm that the team has the message, and what to do if it cannot wait."""
    lines = [
        v.say("✓ The team has your message, <b>No. {number}</b>, marked as urgent.", number=number),
        v.say("You get the answer here, as a message."),
        *duty(v, town),
        v.say("If it is dangerous now, call <b>{number}</b>.", number="112"),
    ]
    back = Button(v.plain("Take my message back"), f"oq:back:{number}")
    return Message(Markup("\n").join(lines), buttons=((back,),))


def notify_team(v: Voice, number: int, text: str, *, language: str) -> Message:
    """Tell the coordinators that somebody asked for a person, in that person's words."""
    lines = [
        v.say("🔴 <b>Urgent: somebody wants to talk to a person</b> (No. {number})", number=number),
        reads(v, language),
        Markup("<blockquote>{}</blockquote>").format(text[:_QUOTE]),
        v.say("Your answer reaches this person here, without either of you seeing a name."),
    ]
    return Message(
        Markup("\n").join(lines), buttons=((Button(v.plain("Open"), f"oq:open:{number}"),),)
    )


def reads(v: Voice, language: str) -> Markup:
    """Say which language somebody reads."""
    if language == "de":
        return v.say("The person reads German.")
    return v.say("The person reads French.")


def _help(v: Voice, care: Care, town: Town) -> list[Markup]:
    return [
        Markup("{}").format(care.words.told(v.language).text),
        v.say("If it is dangerous now, call <b>{number}</b>.", number=care.danger),
        *menu.helplines(v, care.lines(town)),
    ]


def _entry(v: Voice, found: Found, *, simple: bool) -> Markup | None:
    if not found.cards:
        return None
    if found.outcome == "answer":
        return Markup(cards.card(v, found.cards[0], simple=simple).text)  # noqa: S704 - ours
    if found.outcome == "suggest":
        named = [_named(v, card) for card in found.cards[:OFFERED]]
        return Markup("\n").join([v.say("In the directory:"), *named])
    return None


def _named(v: Voice, card: Card) -> Markup:
    title = card.entry.title.told(v.language).text
    contact = (card.service or card).entry.contact
    if contact and contact.phone:
        return v.say("• {title}: {phone}", title=title, phone=v.phone(contact.phone))
    return Markup("• {}").format(title)


def duty(v: Voice, town: Town) -> list[Markup]:
    """Return whom one can call: the person on duty, or else the town."""
    if town.duty.phone:
        phone, hours = v.phone(town.duty.phone), town.duty.hours.told(v.language).text
        if hours:
            said = v.say("Talk to a person: <b>{phone}</b> ({hours})", phone=phone, hours=hours)
        else:
            said = v.say("Talk to a person: <b>{phone}</b>", phone=phone)
        return [said]
    if town.phone:
        return [v.say("Talk to a person: <b>{phone}</b>", phone=v.phone(town.phone))]
    return []
