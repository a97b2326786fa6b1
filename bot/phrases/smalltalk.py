"""What politeness is answered with, so that nobody is sent to the team for a good morning."""

from __future__ import annotations

from bot.domain.cards import Card
from bot.domain.listings import Wanted
from bot.domain.messages import Button, Message
from bot.domain.smalltalk import Courtesy
from bot.domain.town import Town
from bot.i18n import Voice


def courtesy(v: Voice, heard: Courtesy, town: Town, *, nearest: tuple[Card, ...] = ()) -> Message:
    """Answer in kind, and say what one may do next; `nearest` is what may have been meant."""
    match heard.kind:
        case "greeting":
            return Message(v.say("Good day! Write me your question, just as you would say it."))
        case "thanks":
            return Message(v.say("You are welcome!"))
        case "goodbye":
            return Message(v.say("Goodbye, and take care!"))
        case "who":
            return _who(v, town)
        case "sign_up":
            return _sign_up(v, nearest)


def _sign_up(v: Voice, nearest: tuple[Card, ...]) -> Message:
    """Ask for what: whoever wants to sign up gets no further with a good guess."""
    rows = [(Button(v.plain("What is on in the next two weeks"), f"list:0:{Wanted().action}"),)]
    rows += [
        (Button(card.entry.title.told(v.language).text, f"card:{card.entry.id}:q"),)
        for card in nearest
    ]
    rows.append((Button(v.plain("Ask the team"), "ask:team"),))
    text = v.say("Sign up for what? Write me its name, or choose. Its card says how to sign up.")
    return Message(text, buttons=tuple(rows))


def _who(v: Voice, town: Town) -> Message:
    lines = [
        v.say("I am a computer program, not a person. I look for answers in the town's directory."),
        v.say("If I find nothing, people of the team can answer you here."),
    ]
    if town.phone:
        lines.append(
            v.say("You would rather talk to somebody? Call {phone}.", phone=v.phone(town.phone))
        )
    return Message("\n".join(lines))
