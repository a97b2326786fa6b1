"""How a poll stands, in words: bars, numbers with their source, or why there are none yet."""

from __future__ import annotations

from collections.abc import Iterator

from babel.dates import format_date
from markupsafe import Markup

from bot.domain.disclosure import FLOOR, Veil
from bot.domain.messages import Button, Message
from bot.domain.poll_views import Seen
from bot.domain.polls import Method, Option, Poll
from bot.domain.tallies import Line, Result
from bot.i18n import Voice

_WIDTH = 8


def told(v: Voice, end: Seen) -> Message:
    """Tell somebody who took part how a poll has ended."""
    lines = [v.say("📊 <b>The poll is closed.</b> Thank you for taking part!"), Markup("")]
    lines += [_question(v, end), *standing(v, end)]
    again = Button(v.plain("See the result again"), f"po:see:{end.poll.number}")
    return Message(Markup("\n").join(lines), buttons=((chart_key(v, end.poll), again),))


def chart_key(v: Voice, poll: Poll) -> Button:
    """Return the way to the result as a picture."""
    return Button(v.plain("📊 Chart"), f"po:chart:{poll.number}")


def opened(v: Voice, poll: Poll) -> Message:
    """Bring a poll to somebody who is at its session."""
    question = poll.question.told(v.language).text
    button = Button(v.plain("🗳 Vote now"), f"po:see:{poll.number}")
    return Message(v.say("🗳 <b>{question}</b>", question=question), buttons=((button,),))


def standing(v: Voice, seen: Seen) -> list[Markup]:
    """Return the lines that say how a poll stands, or why that is not shown."""
    numbers = list(_lines(v, seen, seen.result)) if seen.result else []
    if seen.veil is Veil.NONE:
        return [*numbers, _votes(v, seen)]
    return [*numbers, *_hidden(v, seen)]


def option(v: Voice, each: Option) -> str:
    """Return an option in the reader's language; a date with its weekday, a project with its cost."""
    if each.starts is not None:
        day = format_date(each.starts, "EEE d MMM", locale=v.language)
        time = v.clock(each.starts.time())
        return v.plain("{day}, {time}", day=day, time=time)
    text = each.text.told(v.language).text
    return v.plain("{text} (CHF {cost})", text=text, cost=each.cost) if each.cost else text


def _question(v: Voice, seen: Seen) -> Markup:
    return v.say("<b>{question}</b>", question=seen.poll.question.told(v.language).text)


def _hidden(v: Voice, seen: Seen) -> Iterator[Markup]:
    if seen.veil is Veil.VOTE_FIRST:
        yield v.say("You see how it stands once you have voted.")
    elif seen.veil is Veil.WHEN_CLOSED:
        yield v.say("The result is shown when the poll is closed.")
    elif seen.leading:
        names = ", ".join(option(v, each) for each in seen.leading)
        yield v.say("In front with the votes: <b>{options}</b>", options=names)
    if seen.veil in {Veil.TOO_FEW, Veil.LEADER_ONLY}:
        yield v.say(
            "So that nobody's vote can be guessed, votes are shown once enough people have voted: "
            "{floor} at least.",
            floor=FLOOR,
        )


def _lines(v: Voice, seen: Seen, result: Result) -> Iterator[Markup]:
    if seen.poll.terms.method is Method.COUNT:
        yield v.plural("<b>{n} person</b>", "<b>{n} people</b>", result.people)
        return
    most = max((line.amount for line in result.lines), default=0)
    for line in result.lines:
        yield _line(v, seen, line, most)
    if seen.poll.terms.method is Method.BUDGET:
        yield v.say("✓ = paid from the envelope. CHF {left} are left.", left=result.left)


def _line(v: Voice, seen: Seen, line: Line, most: int) -> Markup:
    full = round(_WIDTH * line.amount / most) if most else 0
    bar = "▰" * full + "▱" * (_WIDTH - full)
    mark = "✓ " if line.funded else ""
    text = v.say(
        "{bar} <b>{amount}</b> {mark}{option}",
        bar=bar,
        amount=line.amount,
        mark=mark,
        option=option(v, line.option),
    )
    extras = [*_second(v, seen, line), *_sources(v, line)]
    return text + Markup(" · ").join([Markup(""), *extras]) if extras else text


def _second(v: Voice, seen: Seen, line: Line) -> Iterator[Markup]:
    if seen.poll.terms.method is Method.DATE and line.second:
        yield v.say("if need be: {n}", n=line.second)


def _sources(v: Voice, line: Line) -> Iterator[Markup]:
    if line.sources.get("hands"):
        yield v.say("of which hands: {n}", n=line.sources["hands"])
    if line.sources.get("paper"):
        yield v.say("of which on paper: {n}", n=line.sources["paper"])


def _votes(v: Voice, seen: Seen) -> Markup:
    return v.plural("{n} vote", "{n} votes", seen.as_of)
