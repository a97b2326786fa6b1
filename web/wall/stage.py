"""What the wall shows at one moment, gathered for its template; nothing in it names a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.disclosure import Veil
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.poll_views import Seen
from bot.domain.polls import Method, Option, Poll, PollState
from bot.domain.sessions import Scene, cards, spoken_code
from bot.domain.tallies import Line
from bot.i18n import voice
from bot.phrases import wall as phrases
from bot.phrases.poll_results import option

_NEWEST: Final = 24
"""As many cards as can be read from the last row."""

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a result: its words in each language, its number, and its length in percent."""

    texts: Sequence[tuple[str, str]]
    amount: int
    percent: int
    hands: int
    paper: int
    leads: bool
    funded: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything on the wall: `ends_at` in milliseconds of the town's clock, 0 without an end."""

    scene: Scene
    poll: Poll | None
    bars: tuple[Bar, ...]
    votes: int
    people: int
    veil: Veil
    ends_at: int
    now: int


def stage(scene: Scene, seen: Seen | None, now: datetime) -> Stage:
    """Return what hangs on the wall of `scene` when its latest poll is `seen`."""
    ends = scene.session.ends_at
    result = seen.result if seen else None
    return Stage(
        scene=scene,
        poll=seen.poll if seen else None,
        bars=bars(result.lines, seen) if result and seen else (),
        votes=seen.as_of if seen else 0,
        people=result.people if result else 0,
        veil=seen.veil if seen else Veil.NONE,
        ends_at=round(ends.timestamp() * 1000) if ends else 0,
        now=round(now.timestamp() * 1000),
    )


def asked_last(scene: Scene) -> Poll | None:
    """Return the poll to show: the latest that is open, else the latest that was closed in this round."""
    begun = [each for each in scene.polls if each.state is not PollState.DRAFT]
    still = [each for each in begun if each.state is PollState.OPEN]
    latest = still or begun
    return latest[-1] if latest else None


def fragment(shown: Stage) -> str:
    """Return what changes on the wall, as HTML."""
    hanging = cards(shown.scene.ideas)[-_NEWEST:]
    return templates.get_template("stage.html").render(
        stage=shown,
        session=shown.scene.session,
        cards=hanging,
        words=phrases.furniture(),
        both=both,
        counts=shown.poll is not None and shown.poll.terms.method is Method.COUNT,
        hidden=shown.veil in {Veil.TOO_FEW, Veil.LEADER_ONLY},
        waits=shown.veil in {Veil.VOTE_FIRST, Veil.WHEN_CLOSED},
        closed=shown.poll is not None and shown.poll.state is PollState.CLOSED,
        voting=shown.poll is not None and shown.poll.state is PollState.OPEN,
        sources=any(bar.hands or bar.paper for bar in shown.bars),
    )


def page(shown: Stage, *, path: str, style: str, script: str, joins: bool) -> str:
    """Return the whole page."""
    return templates.get_template("wall.html").render(
        stage=shown,
        session=shown.scene.session,
        code=spoken_code(shown.scene.session.code),
        inside=fragment(shown),
        words=phrases.furniture(),
        both=both,
        path=path,
        style=style,
        script=script,
        joins=joins,
    )


def both(text: Localized) -> Sequence[tuple[str, str]]:
    """Return the texts with their languages, one only where both say the same."""
    told = [(code, text[code]) for code in LANGUAGES if code in text]
    return told[:1] if len({words for _, words in told}) == 1 else told


def bars(lines: Sequence[Line], seen: Seen) -> tuple[Bar, ...]:
    """Return the lines of a result as bars, the longest as long as there is room."""
    most = max((line.amount for line in lines), default=0)
    return tuple(
        Bar(
            texts=_option(line.option),
            amount=line.amount,
            percent=round(100 * line.amount / most) if most else 0,
            hands=line.sources.get("hands", 0),
            paper=line.sources.get("paper", 0),
            leads=line.leads and seen.poll.state is PollState.CLOSED,
            funded=line.funded,
        )
        for line in lines
    )


def _option(each: Option) -> Sequence[tuple[str, str]]:
    spoken = Localized({code: option(voice(code), each) for code in LANGUAGES})
    return both(spoken if each.starts or not each.text else _known(each, spoken))


def _known(each: Option, spoken: Localized) -> Localized:
    return Localized({code: spoken[code] for code in LANGUAGES if code in each.text})
