"""What each page shows, gathered for its template."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.anonymity import Shown
from bot.domain.contribution_states import Column, State
from bot.domain.contributions import CATEGORIES, RESIDENTS_KINDS, Event, Media
from bot.domain.localized import LANGUAGES, Localized
from bot.i18n import Voice, voice
from bot.phrases import board as phrases
from bot.phrases.categories import category_name
from bot.phrases.contributed import state_word
from bot.phrases.contributions import kind_name
from bot.phrases.menu import NAMES
from bot.services.contribution_board import PAGE, Board
from web.board.views import Card, Option, Section, Viewer
from web.board.wishes import Wish

COLUMNS: Final = tuple(Column)
"""The headings in the order in which they stand."""

_IN_OVERVIEW = 5
_ON_POSTER = 3

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading with how much stands under it, and the way there."""

    name: str
    total: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Half:
    """The poster in one language: the headings with what they show, and the neighbourhood if chosen."""

    v: Voice
    words: Mapping[str, str]
    sections: tuple[Section, ...]
    where: str


def render(template: str, facts: Mapping[str, object]) -> str:
    """Return a page; every text in it is escaped unless it is markup of ours."""
    return _templates.get_template(template).render(names=NAMES, languages=LANGUAGES, **facts)


async def overview(board: Board, view: Viewer, wish: Wish) -> list[Section]:
    """Return all headings, each with its latest few."""
    return [await _section(board, view, wish.within(c), most=_IN_OVERVIEW) for c in COLUMNS]


async def column(board: Board, view: Viewer, wish: Wish) -> Section:
    """Return one page of one heading."""
    return await _section(board, view, wish, most=PAGE)


async def poster_halves(
    board: Board, viewer: Callable[[str], Viewer], wish: Wish, *, only: str | None
) -> list[Half]:
    """Return the poster in one language or in both, the reader's first."""
    others = [code for code in LANGUAGES if code != wish.language and not only]
    found: list[Half] = []
    for code in (wish.language, *others):
        view = viewer(code)
        sections = [
            await _section(board, view, wish.spoken(code).within(c), most=_ON_POSTER)
            for c in COLUMNS
        ]
        where = view.neighbourhood(wish.filters.neighbourhood)
        found.append(Half(view.v, phrases.furniture(view.v), tuple(sections), where))
    return found


def poster_facts(
    halves: Sequence[Half], wish: Wish, *, only: str | None, size: str | None
) -> dict[str, Any]:
    """Return what the poster's template needs: what is printed, and what one may choose before."""
    tools = phrases.printing(voice(wish.language))
    return {
        "halves": halves,
        "tools": tools,
        "ways": [(None, tools["both"]), *NAMES.items()],
        "only": only,
        "size": size,
    }


def board_facts(
    view: Viewer, wish: Wish, sections: Sequence[Section], *, places: Mapping[str, Localized]
) -> dict[str, Any]:
    """Return what the board's template needs."""
    return {
        "choosing": phrases.choosing(view.v),
        "choices": _choices(view, wish, places),
        "sections": sections,
        "any_card": any(section.cards for section in sections),
        "map_alt": phrases.map_of(view.v),
        "title": phrases.furniture(view.v)["board"],
    }


def contribution_facts(
    view: Viewer, shown: Shown, *, history: Sequence[Event], photos: Sequence[Media]
) -> dict[str, Any]:
    """Return what the page of one contribution needs."""
    card = view.card(shown)
    return {
        "card": card,
        "shown": shown,
        "title": f"{card.label}: {card.title.words}",
        "summary": view.text(shown.summary),
        "other_titles": view.others(shown.title),
        "other_summaries": view.others(shown.summary),
        "only": view.only(shown.title),
        "news": view.news(history),
        "received": view.v.date(shown.received_on),
        "arrived": state_word(view.v, State.RECEIVED),
        "where": view.neighbourhood(shown.neighbourhood),
        "map_alt": phrases.map_for(view.v, shown.number),
        "photos": [
            (photo, phrases.photo_of(view.v, n, shown.number))
            for n, photo in enumerate(photos, start=1)
        ],
    }


def missing_facts(first: str) -> list[tuple[str, Mapping[str, str]]]:
    """Return what stands where nothing stands, in every language, the likelier one first."""
    order = sorted(LANGUAGES, key=lambda code: code != first)
    return [(code, phrases.missing(voice(code))) for code in order]


def heading(v: Voice, wish: Wish, which: Column, total: int) -> Heading:
    """Return a heading as a link; the chosen one leads back to all."""
    chosen = wish.filters.column is which
    there = wish.within(None if chosen else which)
    return Heading(phrases.column_name(v, which), str(total), there.query(), chosen)


async def _section(board: Board, view: Viewer, wish: Wish, *, most: int) -> Section:
    page = await board.page(wish.filters, wish.following, most=most)
    assert wish.filters.column is not None  # noqa: S101 - only called for one heading
    cards: tuple[Card, ...] = tuple(view.card(each) for each in page.items)
    name = phrases.column_name(view.v, wish.filters.column)
    more = wish.after(page.following).query() if page.following else None
    return Section(wish.filters.column, name, cards, more, wish.after(None).query())


def _choices(
    view: Viewer, wish: Wish, places: Mapping[str, Localized]
) -> list[tuple[str, list[Option]]]:
    filters, v = wish.filters, view.v
    return [
        (
            "column",
            [Option(c, phrases.column_name(v, c), c is filters.column) for c in COLUMNS],
        ),
        ("kind", [Option(k, kind_name(v, k), k is filters.kind) for k in RESIDENTS_KINDS]),
        ("category", [Option(c, category_name(v, c), c == filters.category) for c in CATEGORIES]),
        (
            "neighbourhood",
            [
                Option(key, name.told(v.language).text, key == filters.neighbourhood)
                for key, name in places.items()
            ],
        ),
    ]
