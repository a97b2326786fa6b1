"""A resident's own things: their questions, settings, data, and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.domain.messages import Attachment, Button, Message
from bot.domain.questions import OpenQuestion
from bot.domain.residents import Resident
from bot.domain.town import Town
from bot.i18n import Voice
from bot.phrases import questions

ON_PAGE = 5
"""Contributions listed among one's things; the others are one tap away."""


def page(
    v: Voice,
    resident: Resident,
    asked: Sequence[OpenQuestion],
    *,
    brought: Sequence[Markup],
    neighbourhood: str,
    booked: Sequence[Markup] = (),
) -> Message:
    """Show what belongs to the resident: dates, questions, contributions, how the bot is set for them."""
    lines = [v.say("<b>My things</b>")]
    if booked:
        lines += [v.say("<b>My registrations</b>"), *booked[:ON_PAGE], Markup("")]
    lines += questions.mine(v, asked) or [v.say("You have no questions with the team.")]
    if brought:
        lines += [Markup(""), v.say("<b>My ideas and concerns</b>"), *brought[:ON_PAGE]]
    lines.append(Markup(""))
    lines.append(
        v.say("Neighbourhood: {name}", name=neighbourhood)
        if neighbourhood
        else v.say("Neighbourhood: not said")
    )
    if resident.paused:
        lines.append(v.say("I do not write to you unasked."))
    pause = (
        Button(v.plain("Write to me again"), "resume:")
        if resident.paused
        else Button(v.plain("Write less"), "stop:")
    )
    back = tuple(
        (Button(v.plain("Take No. {number} back", number=q.number), f"oq:back:{q.number}"),)
        for q in asked
        if q.state == "open"
    )
    read = tuple(
        (
            Button(
                v.plain("Read the answer to No. {number}", number=q.number), f"oq:read:{q.number}"
            ),
        )
        for q in asked
        if q.answer
    )
    return Message(
        Markup("\n").join(lines),
        buttons=(
            *(((Button(v.plain("📅 My registrations"), "rg:mine"),),) if booked else ()),
            *back,
            *read,
            *(((Button(v.plain("💡 My ideas and concerns"), "ct:mine"),),) if brought else ()),
            (Button(v.plain("🔔 What I receive"), "sub:page"),),
            (Button(v.plain("Change neighbourhood"), "where:"), pause),
            (Button(v.plain("🔒 My data"), "privacy:"), Button(v.plain("🗑 Delete all"), "delete:")),
        ),
    )


def privacy(v: Voice, town: Town) -> Message:
    """Say who is responsible, what is kept, for how long and who sees it; the town's own words first."""
    text = town.privacy.text.told(v.language).text
    lines = [v.say("<b>What happens with your data</b>")]
    lines += [Markup("{}").format(text)] if text else []
    lines += [
        v.say("<b>What for:</b> to answer you, and to write to you only if you want it."),
        v.say(
            "<b>What is kept:</b> your language and settings, your neighbourhood if you name it, "
            "what you want to receive, your questions to the team, "
            "the ideas and concerns you bring or support with their photos, voice messages and places, "
            "and your Telegram id, encrypted."
        ),
        v.say(
            "Your name is not kept. But when something fails on our side, the message, "
            "with your name, stays encrypted for 7 days at most."
        ),
        v.say(
            "What you register for, with the name and number you give, only the team of that activity"
            " sees; it is erased 30 days after the last date."
        ),
        v.say("<b>Who sees it:</b> the team sees your questions and ideas, not who you are."),
        v.say(
            "You choose with each idea how far you are hidden; what is unlinkable leads nowhere, not even"
            " for us."
        ),
        v.say(
            "<b>How long:</b> until you delete it, at the latest 24 months after your last message."
        ),
        v.say(
            "The words, photos and exact place of an idea go when you take it back, at the latest"
            " 24 months after it is closed (a concern: 6). A draft waits 7 days."
        ),
        v.say(
            "The public board shows only what the team has reviewed, a place rounded to 100 m,"
            " and never you."
        ),
        v.say(
            "<b>Polls:</b> in a secret poll nobody sees what you chose; that you voted is forgotten"
            " once you have the result. In a named one the team sees it for 30 days."
        ),
        v.say("Ideas you send to a session are kept without you once it is over."),
        v.say("The messages pass through Telegram, a company abroad. It could read them."),
        v.say("At the counter and on the telephone you are served just as well."),
        v.say("This is not an emergency service; nobody reads along at night."),
    ]
    lines += _responsible(v, town)
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (
                Button(v.plain("📄 Get my data"), "mydata:"),
                Button(v.plain("🗑 Delete all"), "delete:"),
            ),
        ),
    )


def privacy_changed(v: Voice) -> Message:
    """Tell once what is new about people's data."""
    lines = [
        v.say("ℹ️ <b>New about your data:</b> you can bring ideas and concerns."),
        v.say("They are kept with their photos and places. Who sees what, and how long: /privacy"),
    ]
    return Message(Markup("\n").join(lines))


def my_data(v: Voice, content: bytes, *, today: date) -> Message:
    """Hand over one file with everything kept about the person."""
    name = v.plain("my-data-{day}.json", day=f"{today:%Y-%m-%d}")
    return Message(
        v.say("This is everything that is kept about you."), attachment=Attachment(name, content)
    )


def confirm_deletion(v: Voice, counts: int) -> Message:
    """Say what would go, and ask for the second tap."""
    lines = [
        v.say("<b>Delete everything about you?</b>"),
        v.say(
            "Your settings, your questions, your registrations, your ideas and concerns go."
            " What is public already stays, without any link to you."
        ),
        v.plural("That is {n} record.", "That is {n} records.", counts),
        v.say("You then have ten minutes to change your mind."),
    ]
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (
                Button(v.plain("Yes, delete all"), "delete:yes"),
                Button(v.plain("Cancel"), "delete:no"),
            ),
        ),
    )


def deletion_noted(v: Voice) -> Message:
    """Say in place of the question that the wish was heard; the receipt follows."""
    return Message(v.say("I have noted your wish."))


def deletion_set(v: Voice, due: datetime) -> Message:
    """Confirm the deletion, with the way back for ten minutes."""
    return Message(
        v.say(
            "Everything about you is deleted at {time}. After that I do not know you any more.",
            time=v.clock(due.time()),
        ),
        buttons=((Button(v.plain("Do not delete"), "delete:undo"),),),
    )


def deletion_undone(v: Voice) -> Message:
    """Confirm that nothing is deleted."""
    return Message(v.say("✓ Nothing is deleted."))


def deletion_too_late(v: Voice) -> Message:
    """Say that there was nothing to stop."""
    return Message(
        v.say(
            "There is nothing left to stop: all is deleted already, or the deletion has been stopped."
        )
    )


def _responsible(v: Voice, town: Town) -> list[Markup]:
    lines = []
    if town.privacy.responsible:
        lines.append(v.say("<b>Responsible:</b> {name}", name=town.privacy.responsible))
    if town.privacy.contact:
        lines.append(v.say("<b>Contact:</b> {contact}", contact=town.privacy.contact))
    return lines
