"""A gathering as somebody meets it who takes part with their phone."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.sessions import Session
from bot.i18n import Voice


def joined(v: Voice, session: Session) -> Message:
    """Welcome somebody to a session and say what to do."""
    lines = [v.say("☕ <b>{title}</b>", title=session.title.told(v.language).text)]
    lines += _topic(v, session)
    lines += [
        v.say("Write your ideas here, one to a message."),
        v.say("The animator puts them on the wall. Nobody sees that they come from you."),
    ]
    return Message(Markup("\n").join(lines), buttons=(_leave(v, session),))


def idea_taken(v: Voice, session: Session) -> Message:
    """Thank for an idea; the next one may follow."""
    return Message(v.say("💡 Thank you! Another one? Just write."), buttons=(_leave(v, session),))


def only_words(v: Voice) -> Message:
    """Say that only words reach the wall."""
    return Message(v.say("Please write your idea in words, or say it in the room."))


def next_round(v: Voice, session: Session) -> Message:
    """Tell that a new topic begins."""
    lines = [v.say("➡️ <b>Next topic</b>"), *_topic(v, session), v.say("What do you think of it?")]
    return Message(Markup("\n").join(lines), buttons=(_leave(v, session),))


def left(v: Voice) -> Message:
    """Say that what follows is no idea any more."""
    return Message(v.say("You are out of the session. Just write when you have a question."))


def over(v: Voice) -> Message:
    """Say that the session has ended, and that nothing was passed on."""
    return Message(
        v.say(
            "This session is over; your message was not passed on. If it is a question, write it again."
        )
    )


def unknown_code(v: Voice) -> Message:
    """Say that no session has this code."""
    return Message(
        v.say("No session with this code is running. Please look at the wall once more.")
    )


def enough(v: Voice) -> Message:
    """Say that one person has sent many ideas."""
    return Message(v.say("You have sent many ideas already. Let others have their turn, too!"))


def _topic(v: Voice, session: Session) -> list[Markup]:
    told = session.topic.told(v.language).text
    return [v.say("Topic: {topic}", topic=told)] if told else []


def _leave(v: Voice, session: Session) -> tuple[Button, ...]:
    return (Button(v.plain("Leave the session"), f"kf:leave:{session.number}"),)
