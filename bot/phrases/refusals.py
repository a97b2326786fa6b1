"""What people are told when something may not or cannot be done: one place, in their words."""

from __future__ import annotations

from datetime import datetime

from bot.domain import contribution_errors, errors
from bot.domain.messages import Button, Message
from bot.domain.town import Town
from bot.i18n import Voice
from bot.phrases import broadcasts, registering


def refused(v: Voice, error: errors.RefusedError) -> Message:
    """Return the words for `error`, saying what to do instead."""
    special = registering.refused(v, error)
    if special is not None:
        return special
    match error:
        case errors.NotAllowedError():
            return Message(v.say("Only the team can do this."))
        case errors.InvitationError():
            return Message(
                v.say(
                    "This invitation is no longer valid. Ask for a new one; it works once and for one day."
                )
            )
        case errors.TooMuchError():
            return Message(
                v.say(
                    "You have sent us a lot today. Please try again tomorrow, or call your centre."
                )
            )
        case contribution_errors.LimitedError():
            return _limited(v, error.until)
        case _:
            return broadcasts.refused(v, error) or outdated(v)


def _limited(v: Voice, until: datetime | None) -> Message:
    if until is None:
        return Message(
            v.say(
                "The team has asked you to pause with ideas and concerns. Please talk to your centre."
            )
        )
    return Message(
        v.say(
            "The team has asked you to pause with ideas and concerns until {day}. Your centre explains why.",
            day=v.date(until.date()),
        )
    )


def outdated(v: Voice) -> Message:
    """Answer an old button kindly."""
    return Message(
        v.say(
            "This button is from an older message; things have moved on. Just write what you need."
        )
    )


def only_private(v: Voice, link: str) -> Message:
    """Ask in a group to continue where nobody else reads along."""
    button = Button(v.plain("Write to me"), url=link)
    return Message(v.say("This concerns only you. Please write to me alone."), buttons=((button,),))


def our_fault(v: Voice, town: Town) -> Message:
    """Apologise for an error of ours, with a person to call."""
    if town.phone:
        return Message(
            v.say(
                "Sorry, something went wrong on our side. Please try again, or call {phone}.",
                phone=v.phone(town.phone),
            )
        )
    return Message(v.say("Sorry, something went wrong on our side. Please try again in a moment."))


def unavailable(v: Voice) -> Message:
    """Say that the bot cannot take anything in right now, so that nobody believes it did."""
    return Message(v.say("I cannot note anything right now. Please try again in a few minutes."))
