"""Whatever is written, the board shows it as words: the bones of every page stay those of a harmless one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import aiohttp

from bot.domain.anonymity import Shown
from bot.domain.contribution_lists import AnsweredWithin, BoardFilters, BoardPage
from bot.domain.contribution_states import Column, Decision, Helpers, State
from bot.domain.contributions import Event, Kind, Media, Point
from bot.domain.localized import Localized
from bot.services.contribution_board import NO_FILTERS, Board
from bot.text import clean, one_line
from storage.sealing import Keyring
from tests.contributing import House
from tests.hostile import STRINGS
from tests.noticeboard import Pages, Skeleton, house_in, public
from tests.sandbox.server import running
from web.app import create_web
from web.board.app import board_routes

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SHOWN = [text[:5000] for text in STRINGS if clean(text)]
"""What has anything to read, longer than the door lets in; of the others nothing is left there."""

OURS = re.compile(
    r"/board[\w./?&=-]*|#content|https://t\.me/quartierbot_demo_bot(\?start=c\d+)?"
    r"|https://www\.openstreetmap\.org/\?mlat=[\d.]+&mlon=[\d.]+#map=17/[\d.]+/[\d.]+"
)
SHAPES = 12
"""After so many, state and languages come in the same order again."""

STATES = (State.PASSED_ON, State.TOGETHER, State.IMPOSSIBLE, State.DONE)


class Scribbled(Board):
    """A board on which somebody has written these texts everywhere, past the door that cleans."""

    def __init__(self, house: House, texts: Sequence[str]) -> None:
        """Show one contribution for each text."""
        super().__init__(house.store, house.clock)
        self.texts = texts

    async def page(
        self,
        filters: BoardFilters = NO_FILTERS,
        following: str | None = None,  # noqa: ARG002 - as inherited
        *,
        most: int = 20,  # noqa: ARG002 - as inherited
    ) -> BoardPage:
        """Return all of one heading."""
        every = [self._shown_at(n) for n in range(1, len(self.texts) + 1)]
        return BoardPage([e for e in every if filters.column in {None, e.column}])

    async def pins(self, filters: BoardFilters = NO_FILTERS) -> Sequence[Shown]:
        """Return all of them."""
        return (await self.page(filters)).items

    async def one(self, number: int) -> Shown | None:
        """Return one of them."""
        return self._shown_at(number)

    async def history(self, number: int) -> Sequence[Event]:
        """Return one change with a note."""
        note = self._text(number)
        return [Event(1, number, NOON, "published", new=State.PLANNED, public_note=note)]

    async def photos(self, number: int) -> Sequence[Media]:  # noqa: ARG002 - as inherited
        """Return nothing."""
        return []

    async def counts(self) -> Mapping[Column, int]:
        """Return some figures."""
        return dict.fromkeys(Column, 1)

    async def answered_within(self) -> AnsweredWithin:
        """Return nothing."""
        return AnsweredWithin(0)

    def _text(self, number: int) -> Localized:
        text = self.texts[number - 1]
        return Localized(de=text) if number % 3 else Localized(fr=text, de=text)

    def _shown_at(self, number: int) -> Shown:
        text, state = self._text(number), STATES[number % 4]
        column = (Column.PROGRESS, Column.PROGRESS, Column.IMPOSSIBLE, Column.DONE)[number % 4]
        near = Point(47.13 + number / 1e5, 7.25)
        told = Decision(state, text, text, Helpers(text, date(2027, 1, 1), 2))
        return Shown(
            number, Kind.IDEA, state, column, "fr", text, text, "space", "mett", near, 5, told,
            NOON.date(), NOON, None,
        )  # fmt: skip


@asynccontextmanager
async def scribbled(house: House, texts: Sequence[str]) -> AsyncIterator[Pages]:
    """Serve a board full of these texts."""
    pages = replace(public(house), board=Scribbled(house, texts))
    app = create_web([], pages=board_routes(pages))
    async with running(app) as address, aiohttp.ClientSession() as http:
        yield Pages(address, http)


async def test_four_hundred_hostile_texts_are_only_words(
    sqlite_model: Path, tmp_path: Path
) -> None:
    assert len(STRINGS) > 300
    async with house_in(sqlite_model, Keyring.in_memory(), tmp_path) as house:
        async with scribbled(house, SHOWN) as pages:
            hostile = await _read(pages, len(SHOWN))
        async with scribbled(house, ["Banc"] * len(SHOWN)) as pages:
            harmless = await _read(pages, SHAPES)
    for path, page in hostile.items():
        like = harmless[path if path in harmless else _alike(path)]
        if path.startswith(("/board.atom", "/board/map")):
            _same_xml(page, like)
        else:
            assert Skeleton(page).bones == Skeleton(like).bones, path
            assert [a for a in Skeleton(page).addresses if not OURS.fullmatch(a)] == [], path
        assert [char for char in set(page) - {"\n", "\t"} if _unseen(char)] == [], path
    for number, text in enumerate(SHOWN, start=1):
        words = " ".join(Skeleton(hostile[f"/board/{number}?lang=de"]).words.split())
        assert " ".join(clean(text).split()) in words, text


def test_what_is_nothing_but_invisible_is_nothing() -> None:
    assert {clean(text) for text in STRINGS} - {clean(text) for text in SHOWN} == {""}


async def _read(pages: Pages, many: int) -> dict[str, str]:
    got = {path: await pages.get(path) for path in _paths(many)}
    return {path: page.text.replace(pages.address, "") for path, page in got.items()}


def _alike(path: str) -> str:
    """Return the page of the same shape among the first few."""
    number = int(path.removeprefix("/board/").removesuffix("?lang=de"))
    return f"/board/{number % SHAPES or SHAPES}?lang=de"


def _paths(many: int) -> list[str]:
    fixed = ("/board", "/board.atom", "/board/map.svg", "/board/poster")
    every = [f"{path}?lang={code}" for path in fixed for code in ("fr", "de")]
    return [*every, *(f"/board/{number}?lang=de" for number in range(1, many + 1))]


def _same_xml(page: str, harmless: str) -> None:
    """Check that both are well-formed with the same elements, attributes and addresses."""
    one, other = (ET.fromstring(text.encode()) for text in (page, harmless))  # noqa: S314 - ours
    assert [(e.tag, sorted(e.attrib)) for e in one.iter()] == [
        (e.tag, sorted(e.attrib)) for e in other.iter()
    ]
    assert [e.get("href") for e in one.iter()] == [e.get("href") for e in other.iter()]
    titles = " ".join(e.text or "" for e in one.iter() if e.tag.endswith("}title"))
    read = " ".join(titles.split())
    assert [text for text in SHOWN if len(text) < 50 and one_line(text) not in read] == []


def _unseen(char: str) -> bool:
    """Tell whether a character may turn, break or end what stands around it."""
    return unicodedata.category(char) in {"Cc", "Cs"} or char in "\u202d\u202e\u2066\u2067\u2068"
