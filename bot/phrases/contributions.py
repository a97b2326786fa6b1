"""What people hear about contributions unasked: the receipt, each published change, the team's news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.domain.contribution_states import Decision, State
from bot.domain.contributions import Contribution, Kind, NameLevel
from bot.domain.localized import Localized
from bot.domain.messages import Button, Message
from bot.domain.town import Town
from bot.i18n import Voice
from bot.phrases.critical import duty
from bot.text import one_line

QUOTE = 200
"""Characters shown of somebody's words in a notice."""


def receipt(
    v: Voice, contribution: Contribution, *, due_on: date | None, today: date, town: Town
) -> Message:
    """Confirm a contribution: its number, what happens next and by when, who sees it."""
    number = contribution.number
    lines = [_received(v, contribution.kind, number), *_quoted(contribution.text)]
    if not contribution.wants_reply:
        lines.append(v.say("You wanted no answer. You can look here at any time how it stands."))
    elif due_on is not None:
        lines.append(
            v.say(
                "What happens next: the team reads it and answers you here by {day}.",
                day=v.day(due_on, today=today),
            )
        )
    else:
        lines.append(v.say("What happens next: the team reads it."))
    lines.append(who_sees(v, contribution.level))
    if contribution.critical:
        lines += [v.say("Of the team, only the coordinators read it."), *duty(v, town)]
    elif contribution.kind is Kind.CONCERN and town.phone:
        lines.append(v.say("If it is urgent, call {phone}.", phone=v.phone(town.phone)))
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("How it stands"), f"ct:show:{number}"),),
            (Button(v.plain("Take it back"), f"ct:back:{number}"),),
        ),
    )


def who_sees(v: Voice, level: NameLevel) -> Markup:
    """Say in one line who will see this."""
    match level:
        case NameLevel.HIDDEN:
            return v.say(
                "Who sees it: the team, under a made-up name. On the board never your name or your words"
                " unreviewed."
            )
        case NameLevel.CONFIDENTIAL:
            return v.say(
                "Who sees it: the team reads the text only. The bot alone knows whom to answer."
            )
        case NameLevel.UNLINKABLE:
            return v.say(
                "Who sees it: the team reads the text. Nobody, not even the bot, knows who wrote it."
            )


def notify_team(v: Voice, number: int, kind: Kind, text: str, *, critical: bool = False) -> Message:
    """Tell the team that something new has come in; what is critical makes a sound."""
    lines = [v.say("📥 New: {kind}, <b>No. {number}</b>", kind=kind_name(v, kind), number=number)]
    if critical:
        lines.append(v.say("🔴 It may be an emergency. Only coordinators hear of it."))
    return Message(
        Markup("\n").join([*lines, *_quoted(text)]),
        buttons=_for_team(v, number),
        quiet=not critical,
    )


def changed(
    v: Voice, contribution: Contribution, *, event: int, author: bool, today: date
) -> Message:
    """Tell author or supporter what has been decided and why."""
    decision = contribution.told or contribution.decision
    lines = [_about(v, contribution, author=author), *_state_of(v, decision, today=today)]
    buttons = [(Button(v.plain("How it stands"), f"ct:show:{contribution.number}"),)]
    if decision.state is State.DONE:
        lines.append(v.say("Is it really done?"))
        answer = f"ct:done:{contribution.number}:{event}"
        buttons.insert(0, (Button(v.plain("👍 Yes"), f"{answer}:yes"),))
        buttons.insert(1, (Button(v.plain("👎 No, not yet"), f"{answer}:no"),))
    return Message(Markup("\n").join(lines), buttons=tuple(buttons))


def merged(v: Voice, contribution: Contribution, *, into: Contribution, author: bool) -> Message:
    """Tell that something like it exists, that both go on as one, and that nothing is lost."""
    lines = [
        _about(v, contribution, author=author),
        v.say(
            "The team has joined it with No. {number}, which is about the same. Your voice counts"
            " there, and you hear its news.",
            number=into.number,
        ),
        *_titled(v, into.title),
    ]
    button = Button(v.plain("How it stands"), f"ct:show:{into.number}")
    return Message(Markup("\n").join(lines), buttons=((button,),))


def split(v: Voice, part: Contribution, *, source: int) -> Message:
    """Tell the author that one of their points goes on under a number of its own."""
    lines = [
        v.say(
            "Your No. {source} held several points. One of them is now <b>No. {number}</b>, so that it"
            " gets an answer of its own.",
            source=source,
            number=part.number,
        ),
        *_quoted(part.text),
    ]
    button = Button(v.plain("How it stands"), f"ct:show:{part.number}")
    return Message(Markup("\n").join(lines), buttons=((button,),))


def taken_back(v: Voice, number: int, title: Localized) -> Message:
    """Tell supporters that the author has taken it back."""
    lines = [
        v.say("No. {number}, which you support, was taken back by its author.", number=number),
        *_titled(v, title),
        v.say("If the matter is still yours, write your own; it counts like any other."),
    ]
    return Message(Markup("\n").join(lines))


def check_transcript(v: Voice, number: int, text: str) -> Message:
    """Ask the author whether the team has understood the voice message."""
    lines = [
        v.say(
            "🎧 The team has listened to your voice message (No. {number}) and wrote:",
            number=number,
        ),
        *_quoted(text, limit=2000),
        v.say("Is that what you said?"),
    ]
    answer = f"ct:script:{number}"
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("👍 Yes"), f"{answer}:yes"),),
            (Button(v.plain("👎 No"), f"{answer}:no"),),
        ),
    )


def transcript_refused(v: Voice, number: int) -> Message:
    """Tell the team to listen again."""
    text = v.say("🎧 No. {number}: the author says that is not what they said.", number=number)
    return Message(text, buttons=_for_team(v, number))


def doubted(v: Voice, number: int) -> Message:
    """Tell the team that somebody concerned says it is not done."""
    text = v.say(
        "🔁 No. {number} is open again: somebody concerned says that it is not done yet.",
        number=number,
    )
    return Message(text, buttons=_for_team(v, number))


def reminder(
    v: Voice, due: Sequence[tuple[Contribution, date]], *, total: int, today: date
) -> Message:
    """Remind the responsible person of what is due, the latest first."""
    head = v.plural("⏰ <b>{n} answer is due</b>", "⏰ <b>{n} answers are due</b>", total)
    rows = [
        (
            Button(
                v.plain(
                    "No. {number}, {day}", number=each.number, day=v.day(expected, today=today)
                ),
                f"tr:open:{each.number}",
            ),
        )
        for each, expected in due
    ]
    return Message(head, buttons=tuple(rows))


def assigned(v: Voice, contribution: Contribution) -> Message:
    """Tell somebody of the team that this is theirs now."""
    lines = [
        v.say("👤 You are responsible for <b>No. {number}</b>.", number=contribution.number),
        *(_titled(v, contribution.title) or _quoted(contribution.text)),
    ]
    return Message(Markup("\n").join(lines), buttons=_for_team(v, contribution.number))


def kind_name(v: Voice, kind: Kind) -> str:
    """Return what is brought, as a word."""
    return {
        Kind.IDEA: v.plain("idea"),
        Kind.WISH: v.plain("wish"),
        Kind.CONCERN: v.plain("concern"),
        Kind.THANKS: v.plain("thanks"),
        Kind.OFFER: v.plain("offer of help"),
        Kind.OBSERVATION: v.plain("observation"),
    }[kind]


def _received(v: Voice, kind: Kind, number: int) -> Markup:
    match kind:
        case Kind.IDEA:
            return v.say("✓ We have your idea, <b>No. {number}</b>.", number=number)
        case Kind.WISH:
            return v.say("✓ We have your wish, <b>No. {number}</b>.", number=number)
        case Kind.CONCERN:
            return v.say("✓ We have your concern, <b>No. {number}</b>.", number=number)
        case Kind.THANKS:
            return v.say("✓ We have your thanks, <b>No. {number}</b>.", number=number)
        case _:
            return v.say("✓ We have your offer of help, <b>No. {number}</b>.", number=number)


def _about(v: Voice, contribution: Contribution, *, author: bool) -> Markup:
    number = contribution.number
    head = (
        v.say("💬 <b>News about your No. {number}</b>", number=number)
        if author
        else v.say("💬 <b>News about No. {number}</b>, which you support", number=number)
    )
    quoted = _quoted(contribution.text) if author else _titled(v, contribution.title)
    return Markup("\n").join([head, *quoted])


def _state_of(v: Voice, decision: Decision, *, today: date) -> list[Markup]:
    lines = [state_sentence(v, decision, today=today)]
    if decision.helpers.wanted and decision.state is State.TOGETHER:
        lines.append(
            v.plural("{n} helper is wanted.", "{n} helpers are wanted.", decision.helpers.wanted)
        )
    reason = decision.reason.told(v.language)
    if reason.text:
        lines.append(Markup("{}").format(reason.text))
    if reason.foreign:
        lines.append(v.say("ℹ️ The team could say this in the other language only."))
    return lines


def state_sentence(v: Voice, decision: Decision, *, today: date) -> Markup:
    """Return how it stands, as a sentence."""
    match decision.state:
        case State.PASSED_ON:
            whom = decision.passed_to.told(v.language).text
            return v.say("It has been passed on to: {whom}", whom=whom)
        case State.TOGETHER:
            who, until = decision.helpers.who.told(v.language).text, decision.helpers.until
            if until is None:
                return v.say("We do it together: {who}", who=who)
            return v.say(
                "We do it together: {who}, until {day}", who=who, day=v.day(until, today=today)
            )
        case _:
            return _plain_state(v, decision.state)


def _plain_state(v: Voice, state: State) -> Markup:
    return {
        State.RECEIVED: v.say("The team has received it."),
        State.READ: v.say("The team has read it."),
        State.DISCUSSION: v.say("The team is discussing it."),
        State.PLANNED: v.say("It is planned."),
        State.PROGRESS: v.say("Work on it has begun."),
        State.DONE: v.say("It is done."),
        State.IMPOSSIBLE: v.say("It is not possible."),
        State.WITHDRAWN: v.say("It was taken back."),
        State.MERGED: v.say("It goes on together with another one."),
    }[state]


def _for_team(v: Voice, number: int) -> tuple[tuple[Button, ...], ...]:
    return (
        (
            Button(v.plain("Open"), f"tr:open:{number}"),
            Button(v.plain("All contributions"), "tr:list:0"),
        ),
    )


def _titled(v: Voice, title: Localized) -> list[Markup]:
    return _quoted(title.told(v.language).text)


def _quoted(text: str, *, limit: int = QUOTE) -> list[Markup]:
    if not text:
        return []
    return [Markup("<blockquote>{}</blockquote>").format(one_line(text, limit=limit))]
