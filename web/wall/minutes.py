"""The minutes of a gathering as a page in both languages, to be read or printed; it names no resident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.disclosure import Veil
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.poll_views import Seen
from bot.domain.polls import Method, Poll
from bot.domain.sessions import Scene, cards
from bot.i18n import voice
from bot.phrases import wall as phrases
from web.wall.stage import Bar, bars, both, templates


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one poll stands in the minutes."""

    poll: Poll
    bars: tuple[Bar, ...]
    votes: int
    people: int
    counts: bool
    hidden: bool
    waits: bool


def minutes(scene: Scene, polls: Sequence[Seen], *, day: date, style: str) -> str:
    """Return the page; `polls` are those of the session that have been opened."""
    session = scene.session
    return templates.get_template("minutes.html").render(
        session=session,
        people=max(scene.people, session.room),
        day=Localized({code: voice(code).day(day) for code in LANGUAGES}),
        cards=cards(scene.ideas),
        polls=[_outcome(each) for each in polls],
        tasks=scene.tasks,
        words=phrases.furniture(),
        both=both,
        style=style,
    )


def _outcome(seen: Seen) -> Outcome:
    result = seen.result
    return Outcome(
        poll=seen.poll,
        bars=bars(result.lines, seen) if result else (),
        votes=seen.poll.votes,
        people=result.people if result else 0,
        counts=seen.poll.terms.method is Method.COUNT,
        hidden=seen.veil in {Veil.TOO_FEW, Veil.LEADER_ONLY},
        waits=seen.veil in {Veil.VOTE_FIRST, Veil.WHEN_CLOSED},
    )
