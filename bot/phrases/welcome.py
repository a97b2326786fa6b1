"""The first words: which language, what the bot is for, what happens with what one writes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.directory import Entry, Neighbourhood
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.domain.roles import Staff
from bot.domain.town import Town
from bot.i18n import Voice, voice
from bot.phrases import menu


def choose_language(first: str, *, then: str = "") -> Message:
    """Ask for the language in both of them, the more likely one first; `then` is what waits behind it."""
    order = sorted(LANGUAGES, key=lambda language: language != first)
    greetings = [
        voice(language).say("Good day! In which language shall we talk?") for language in order
    ]
    behind = f":{then}" if then else ""
    buttons = tuple(Button(menu.NAMES[language], f"lang:{language}{behind}") for language in order)
    return Message("\n".join(greetings), buttons=(buttons,))


def language_chosen(v: Voice) -> Message:
    """Confirm the language in place of the question."""
    return Message(v.say("✓ I will write to you in English."))


def welcome(v: Voice, town: Town, *, staff: Staff | None = None) -> Message:
    """Say what the bot is for and, in one sentence, what happens with one's words."""
    name = town.town.told(v.language).text
    lines = [
        v.say("<b>Welcome!</b> I know the services and activities in {town}.", town=name)
        if name
        else v.say("<b>Welcome!</b> I know the services and activities near you."),
        v.say("Write me your question, just as you would say it."),
        "",
        v.say("I do not keep your name. What is kept and for how long: /privacy"),
    ]
    return Message("\n".join(lines), keys=menu.keys(v, staff))


def ask_neighbourhood(
    v: Voice, neighbourhoods: Sequence[Neighbourhood], *, back: bool = False
) -> Message:
    """Ask where somebody lives; it may stay open."""
    buttons = [Button(n.name.told(v.language).text, f"live:{n.id}") for n in neighbourhoods]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append((Button(v.plain("I would rather not say"), "live:"),))
    if not back:
        rows.append((Button(v.plain("🧭 I am new here"), "new:"),))
    return Message(
        v.say("In which neighbourhood do you live? You do not have to say."), buttons=tuple(rows)
    )


def neighbourhood_noted(v: Voice, name: str | None) -> Message:
    """Confirm the neighbourhood in place of the question."""
    text = (
        v.say("✓ Noted: {name}. Go ahead, write your first question.", name=name)
        if name
        else v.say("That is fine. Go ahead, write your first question.")
    )
    return Message(text, buttons=((Button(v.plain("🧭 I am new here"), "new:"),),))


def first_cards(v: Voice, entries: Sequence[Entry]) -> Message:
    """Show newcomers the cards that the town chose for them."""
    lines = [v.say("<b>Good to know when you are new here</b>"), Markup("")]
    lines += [v.say("• {title}", title=entry.title.told(v.language).text) for entry in entries]
    rows = tuple(
        (Button(entry.title.told(v.language).text, f"card:{entry.id}:new"),) for entry in entries
    )
    return Message("\n".join(lines), buttons=rows)


def welcome_back(v: Voice, staff: Staff | None = None) -> Message:
    """Greet somebody we know; messages that were stopped come again."""
    return Message(
        v.say("Good to see you again! Just write your question."), keys=menu.keys(v, staff)
    )


def simple_switched(v: Voice, *, simple: bool) -> Message:
    """Confirm the way cards are shown from now on."""
    text = (
        v.say("✓ From now on I show short cards with a picture before each line.")
        if simple
        else v.say("✓ From now on I show cards in full sentences.")
    )
    return Message(text)


def stopped(v: Voice) -> Message:
    """Confirm that nothing will be sent unasked."""
    return Message(
        v.say("✓ I will not write to you unasked any more. You can still ask me anything."),
        buttons=((Button(v.plain("Write to me again"), "resume:"),),),
    )


def resumed(v: Voice) -> Message:
    """Confirm that messages come again."""
    return Message(v.say("✓ I will write to you again when there is something for you."))


def cancelled(v: Voice, staff: Staff | None = None) -> Message:
    """Confirm that what was begun is dropped."""
    return Message(v.say("✓ Stopped. Nothing was sent."), keys=menu.keys(v, staff))


def only_words(v: Voice, town: Town, *, usable: bool = False) -> Message:
    """Answer a voice message, photo or sticker; what is `usable` may become an idea or a concern."""
    person = []
    if town.phone:
        call = v.say("You would rather talk to somebody? Call {phone}.", phone=v.phone(town.phone))
        person.append(call)
    if not usable:
        lines = [v.say("I can only read text. Please write your question in a few words.")]
        return Message("\n".join([*lines, *person]))
    lines = [
        v.say("<b>Is this an idea or a concern?</b> Then the team takes it just as it is."),
        v.say("A question I can only read as text: please write it in a few words."),
    ]
    button = Button(v.plain("💡 Give it to the team"), "ct:from")
    return Message("\n".join([*lines, *person]), buttons=((button,),))


def hello_group(name: str, link: str) -> Message:
    """Say in a group, when spoken to, what the bot can do there, in both languages."""
    texts = [
        voice(language).say(
            "Write @{name} and your question, and I answer here. For your own things, write to me alone.",
            name=name,
        )
        for language in LANGUAGES
    ]
    button = Button(
        " · ".join(voice(language).plain("Write to me") for language in LANGUAGES), url=link
    )
    return Message("\n\n".join(texts), buttons=((button,),))
