"""The terms of a poll as buttons: each says what holds now, and a tap turns to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.directory import Neighbourhood
from bot.domain.messages import Button, Message
from bot.domain.polls import Additions, Method, Poll, Results
from bot.i18n import Voice


def terms(v: Voice, poll: Poll) -> Iterator[Button]:
    """Yield a button for each thing that can be set for this kind of poll."""
    n, now = poll.number, poll.terms
    secret = v.plain("🔒 Secret") if not now.named else v.plain("👤 With names")
    yield Button(secret, f"pk:turn:{n}:named")
    yield Button(_results(v, now.results), f"pk:turn:{n}:results")
    if now.method in {Method.SINGLE, Method.MULTIPLE}:
        yield Button(_additions(v, now.additions), f"pk:turn:{n}:additions")
    if now.method is Method.MULTIPLE:
        yield Button(_bounds(v, poll), f"pk:turn:{n}:bounds")
    if now.method is Method.BUDGET:
        yield Button(v.plain("💰 Envelope: CHF {money}", money=now.envelope), f"pk:envelope:{n}")
        each = v.plain("Each person spends at most the envelope")
        free = v.plain("Each person chooses freely")
        yield Button(each if now.knapsack else free, f"pk:turn:{n}:knapsack")
    if not now.named:
        few = v.plain("Under 5 votes: only the leading answer")
        none = v.plain("Under 5 votes: no result")
        yield Button(few if now.few else none, f"pk:turn:{n}:few")
    yield Button(v.plain("📍 Who is asked"), f"pk:where:{n}")
    yield Button(v.plain("⏰ When it opens and closes"), f"pk:times:{n}")


def closing(v: Voice, closes: datetime | None) -> Markup:
    """Say when it closes."""
    if closes is None:
        return v.say("You close it by hand.")
    return v.say("It closes {day}, {time}.", day=v.day(closes.date()), time=v.clock(closes.time()))


def _results(v: Voice, when: Results) -> str:
    words = {
        Results.ALWAYS: v.plain("👁 Result: always shown"),
        Results.VOTED: v.plain("👁 Result: after one's own vote"),
        Results.CLOSED: v.plain("👁 Result: at the end"),
    }
    return words[when]


def _additions(v: Voice, how: Additions) -> str:
    words = {
        Additions.NONE: v.plain("➕ People add answers: no"),
        Additions.REVIEWED: v.plain("➕ People add answers: once we agree"),
        Additions.FREE: v.plain("➕ People add answers: yes"),
    }
    return words[how]


def _bounds(v: Voice, poll: Poll) -> str:
    most = min(poll.terms.most, max(len(poll.offered), 1))
    return v.plain("☑️ Answers: {least} to {most}", least=poll.terms.least, most=most)


def where(v: Voice, poll: Poll, neighbourhoods: Sequence[Neighbourhood]) -> Message:
    """Ask who is to answer: the whole town, or who lives in one neighbourhood."""
    n, chosen = poll.number, poll.terms.neighbourhood
    whole = v.plain("The whole town")
    rows = [(Button(f"✓ {whole}" if chosen is None else whole, f"pk:ask:{n}:"),)]
    for each in neighbourhoods:
        name = each.name.told(v.language).text
        rows.append((Button(f"✓ {name}" if chosen == each.id else name, f"pk:ask:{n}:{each.id}"),))
    rows.append((Button(v.plain("‹ Back"), f"pk:page:{n}"),))
    lines = [
        v.say("<b>Who is asked?</b>"),
        v.say("A neighbourhood asks those who named it as theirs."),
    ]
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def times(v: Voice, poll: Poll, *, opens: datetime | None, closes: datetime | None) -> Message:
    """Ask when it opens and closes, from now or from its opening."""
    n = poll.number
    begin = v.say("It opens when you say so.")
    if opens is not None:
        day, hour = v.day(opens.date()), v.clock(opens.time())
        begin = v.say("It opens by itself {day}, {time}.", day=day, time=hour)
    opening = (
        Button(v.plain("Open by hand"), f"pk:opens:{n}:0"),
        Button(v.plain("Tomorrow at 8"), f"pk:opens:{n}:1"),
        Button(v.plain("In a week at 8"), f"pk:opens:{n}:7"),
    )
    ends = (
        Button(v.plain("Close by hand"), f"pk:closes:{n}:0"),
        Button(v.plain("1 hour later"), f"pk:closes:{n}:1"),
        Button(v.plain("1 day later"), f"pk:closes:{n}:24"),
        Button(v.plain("3 days later"), f"pk:closes:{n}:72"),
        Button(v.plain("1 week later"), f"pk:closes:{n}:168"),
        Button(v.plain("2 weeks later"), f"pk:closes:{n}:336"),
    )
    rows = (opening[:1], opening[1:], ends[:2], ends[2:4], ends[4:])
    back = (Button(v.plain("‹ Back"), f"pk:page:{n}"),)
    lines = [v.say("<b>When does it open and close?</b>"), begin, closing(v, closes)]
    return Message(Markup("\n").join(lines), buttons=(*rows, back))
