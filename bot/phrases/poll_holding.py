"""Holding a poll: how it stands, what was counted in the room, what residents propose, its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.messages import Button, Message
from bot.domain.poll_views import Seen
from bot.domain.polls import Method, Poll, PollState, Standing
from bot.i18n import Voice
from bot.phrases.poll_drafting import all_polls
from bot.phrases.poll_results import chart_key, option, standing
from bot.phrases.poll_terms import closing

Rows = tuple[tuple[Button, ...], ...]


def running(v: Voice, seen: Seen, link: str, *, closes: datetime | None) -> Message:
    """Show a poll that is open, or how it ended, to who holds it."""
    poll = seen.poll
    is_open = poll.state is PollState.OPEN
    head = v.say("🗳 <b>Open</b>: {question}", question=poll.question.told(v.language).text)
    ended = v.say("🗳 <b>Closed</b>: {question}", question=poll.question.told(v.language).text)
    lines = [head if is_open else ended]
    lines.append(v.plural("{n} person has voted here.", "{n} people have voted here.", poll.votes))
    lines += [Markup(""), *standing(v, seen)]
    if is_open:
        lines += [Markup(""), closing(v, closes), v.say("To forward: {link}", link=link)]
    return Message(Markup("\n").join(lines), buttons=_running_buttons(v, poll))


def ask_room(v: Voice, poll: Poll, source: str) -> Message:
    """Ask for the numbers counted in the room."""
    hands = v.say("<b>How many hands?</b> Write the numbers in this order:")
    lines = [
        hands
        if source == "hands"
        else v.say("<b>How many slips?</b> Write the numbers in this order:")
    ]
    if poll.terms.method is Method.COUNT:
        lines.append(v.say("Only one number: the people in the room."))
    lines += [Markup("{}. {}").format(n, option(v, each)) for n, each in enumerate(poll.offered, 1)]
    lines.append(v.say("For example: <i>7 3 2</i>. It replaces what was written before."))
    leave = (Button(v.plain("Cancel"), f"pk:page:{poll.number}"),)
    return Message(Markup("\n").join(lines), buttons=(leave,))


def numbers_wanted(v: Voice, wanted: int) -> Message:
    """Say how many numbers are needed."""
    return Message(v.say("☝️ I need {n} numbers, for example: 7 3 2", n=wanted))


def confirm_close(v: Voice, poll: Poll) -> Message:
    """Ask before a poll is closed."""
    lines = [
        v.say("<b>Close this poll?</b>"),
        v.say("It cannot be opened again. Everybody who took part gets the result."),
    ]
    rows = (
        (Button(v.plain("⏹ Close now"), f"pk:closed_now:{poll.number}"),),
        (Button(v.plain("‹ Back"), f"pk:page:{poll.number}"),),
    )
    return Message(Markup("\n").join(lines), buttons=rows)


def confirm_discard(v: Voice, poll: Poll) -> Message:
    """Ask before a draft is thrown away."""
    rows = (
        (Button(v.plain("🗑 Throw away"), f"pk:gone:{poll.number}"),),
        (Button(v.plain("‹ Back"), f"pk:page:{poll.number}"),),
    )
    return Message(v.say("<b>Throw this draft away?</b>"), buttons=rows)


def proposed(v: Voice, poll: Poll) -> Message:
    """Show what residents propose, to be offered or refused."""
    waiting = [each for each in poll.options if each.standing is Standing.WAITING]
    lines = [v.say("<b>Proposed by residents</b>")]
    lines += [Markup("• {}").format(each.text.told(v.language).text) for each in waiting]
    if not waiting:
        lines.append(v.say("Nothing is waiting."))
    rows: list[tuple[Button, ...]] = []
    for each in waiting:
        name = each.text.told(v.language).text
        offer = Button(f"✓ {name}", f"pk:offer:{poll.number}:{each.id}")
        rows.append((offer, Button("✗", f"pk:refuse:{poll.number}:{each.id}")))
    rows.append((Button(v.plain("‹ Back"), f"pk:page:{poll.number}"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def names(v: Voice, poll: Poll, voters: Sequence[tuple[str, str]]) -> Message:
    """List who chose what in a named poll."""
    lines = [v.say("<b>Who chose what</b>")]
    lines += [Markup("<b>{}</b>: {}").format(name, what) for name, what in voters[:60]]
    if not voters:
        lines.append(v.say("Nobody has voted yet."))
    back = (Button(v.plain("‹ Back"), f"pk:page:{poll.number}"),)
    return Message(Markup("\n").join(lines), buttons=(back,))


def _running_buttons(v: Voice, poll: Poll) -> Rows:
    n = poll.number
    if poll.state is PollState.CLOSED:
        return (_away(v, poll), _ways_back(v, poll))
    rows: list[tuple[Button, ...]] = [(Button(v.plain("🔄 How it stands"), f"pk:page:{n}"),)]
    rows.append(_away(v, poll))
    if poll.terms.method is not Method.RANKING:
        hands = Button(v.plain("✋ Hands"), f"pk:room:{n}:hands")
        rows.append((hands, Button(v.plain("📄 Slips"), f"pk:room:{n}:paper")))
    waiting = sum(each.standing is Standing.WAITING for each in poll.options)
    if waiting:
        label = v.plain("💡 Proposed ({n})", n=waiting)
        rows.append((Button(label, f"pk:proposed:{n}"),))
    if poll.terms.named:
        rows.append((Button(v.plain("👤 Who chose what"), f"pk:names:{n}"),))
    if poll.terms.session is None:
        rows.append((Button(v.plain("📢 Announce it"), f"bc:poll:{n}"),))
    rows.append((Button(v.plain("⏹ Close"), f"pk:close:{n}"), *_ways_back(v, poll)))
    return tuple(rows)


def _away(v: Voice, poll: Poll) -> tuple[Button, ...]:
    return (chart_key(v, poll), Button(v.plain("📤 File"), f"pf:forms:{poll.number}"))


def _ways_back(v: Voice, poll: Poll) -> tuple[Button, ...]:
    """Return the way to the session where the poll is held, else to all polls."""
    if poll.terms.session is None:
        return (all_polls(v),)
    return (Button(v.plain("☕ To the session"), f"ks:page:{poll.terms.session}"),)
