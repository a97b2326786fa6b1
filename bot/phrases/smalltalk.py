"""What politeness is answered with, so that nobody is sent to the team for a good morning."""

from __future__ import annotations

from bot.domain.messages import Message
from bot.domain.smalltalk import Courtesy
from bot.domain.town import Town
from bot.i18n import Voice


def courtesy(v: Voice, heard: Courtesy, town: Town) -> Message:
    """Answer in kind, and say what one may do next where somebody has just come."""
    match heard.kind:
        case "greeting":
            return Message(v.say("Good day! Write me your question, just as you would say it."))
        case "thanks":
            return Message(v.say("You are welcome!"))
        case "goodbye":
            return Message(v.say("Goodbye, and take care!"))
        case "who":
            return _who(v, town)


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
