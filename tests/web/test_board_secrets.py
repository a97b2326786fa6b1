"""Nothing personal and nothing unreviewed is on any page of the board, whoever asks and wherever they look."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest_asyncio
import sqlalchemy as sa
from PIL import Image

from bot.domain.contribution_states import Decision, State
from bot.domain.contributions import Draft, Kind, NameLevel, Origin, Point
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.roles import Role
from storage import schema
from storage.sealing import Keyring
from tests.contributing import House
from tests.noticeboard import MAKER, Noticeboard, Pages, Skeleton, house_in, landscape, open_board

EXACT = Point(47.140337, 7.246591)
TITLE = Localized(fr="Un titre public", de="Ein öffentlicher Titel")
STARTS = ("/board", "/board?lang=de", "/board.atom", "/board/map.svg", "/board/poster")


@dataclass
class Leaks:
    """A town full of what must stay inside: each secret by what it is, and the pages to search."""

    house: House
    secrets: dict[str, str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    photos: int = 0

    def secret(self, what: str) -> str:
        """Return words to be found nowhere."""
        self.secrets[what] = f"Geheimnis{len(self.secrets)}x"
        return self.secrets[what]

    async def fill(self) -> None:
        """Bring in everything that could leak."""
        house = self.house
        author = await house.resident(777001)
        member = await house.member(777002, Role.COORDINATOR)
        board = Noticeboard(house, member)
        for level in NameLevel:
            await self._worded(board, author, level)
        await self._never_public(board, author)
        await self._taken_off(board, author)
        self.secrets |= {f"the person {n}": who for n, who in enumerate(await self._people())}

    async def _worded(self, board: Noticeboard, author: Resident, level: NameLevel) -> None:
        """Put something on the board whose own words, exact place and notes stay with the team."""
        house, member = self.house, board.member
        linkable = level is not NameLevel.UNLINKABLE
        draft = Draft(
            Kind.IDEA,
            self.secret(f"the author's own words, {level}"),
            "fr",
            photos=("a",) if linkable else (),
            point=EXACT,
            address=self.secret(f"the typed address, {level}") if linkable else "",
            level=level,
        )
        told = Decision(State.PLANNED, Localized(fr="Public"))
        number = await board.put(author, draft, title=TITLE, decision=told)
        if linkable:
            media = await board.photo(released=level is NameLevel.HIDDEN)
            self.photos = max(self.photos, media)
        await house.triage.note(
            house.cause(), member, number, text=self.secret(f"an internal note, {level}")
        )
        undecided = Localized(fr=self.secret(f"what is decided and not told, {level}"))
        await house.decisions.decide(
            house.cause(), member, number, Decision(State.IMPOSSIBLE, undecided)
        )
        await house.wording.redact(
            house.cause(), member, number, text=self.secret(f"words redacted away, {level}")
        )
        await house.wording.redact(house.cause(), member, number, text="Ce qui reste.")

    async def _never_public(self, board: Noticeboard, author: Resident) -> None:
        house, member = self.house, board.member
        unread = Draft(Kind.CONCERN, self.secret("what nobody has read yet"), "fr", point=EXACT)
        self.hidden.append(await house.sent(author, unread))
        titled = await house.sent(author, Draft(Kind.IDEA, "Idée", "fr"))
        await house.wording.translate(
            house.cause(), member, titled, language="fr", title=self.secret("a title not released")
        )
        self.hidden.append(titled)
        seen = Draft(Kind.OBSERVATION, self.secret("the team's observation"), "fr")
        self.hidden.append(
            await house.triage.enter_on_behalf(house.cause(), member, seen, origin=Origin.TEAM)
        )

    async def _taken_off(self, board: Noticeboard, author: Resident) -> None:
        """Let things stand on the board and go again: critical, hidden, taken back."""
        house, member = self.house, board.member

        async def stood(what: str) -> int:
            title = Localized(fr=self.secret(what))
            draft = Draft(Kind.IDEA, f"Idée {what}", "fr", photos=("a",), point=EXACT)
            number = await board.put(author, draft, title=title)
            self.photos = max(self.photos, await board.photo())
            self.hidden.append(number)
            return number

        critical = await stood("a critical title")
        await house.triage.mark(house.cause(), member, critical, critical=True)
        await house.decisions.hide(house.cause(), member, await stood("a hidden title"))
        await house.contributions.withdraw(house.cause(), author, await stood("a title taken back"))

    async def _people(self) -> list[str]:
        async with self.house.store.read() as tx:
            return list(await tx.connection.scalars(sa.select(schema.contact.c.id)))


@pytest_asyncio.fixture
async def leaks(sqlite_model: Path, tmp_path: Path) -> AsyncIterator[Leaks]:
    async with house_in(sqlite_model, Keyring.in_memory(), tmp_path) as house:
        town = Leaks(house)
        await town.fill()
        yield town


async def test_a_search_of_every_page_finds_nothing_that_belongs_to_the_team(
    leaks: Leaks,
) -> None:
    async with open_board(leaks.house) as pages:
        found = await walked(pages, extra=_guessed(leaks))
    assert len(found) > 20
    everything = b"\0".join(found.values()).decode("utf-8", "replace")
    assert "Un titre public" in everything
    assert "Ce qui reste." in everything

    assert [what for what, words in leaks.secrets.items() if words in everything] == []
    for degrees in (EXACT.lat, EXACT.lon):
        assert f"{degrees:.4f}" not in everything
    assert not re.search(r"77700[12]", everything)
    assert len(leaks.secrets) >= 18


async def test_what_is_not_on_the_board_is_at_no_address(leaks: Leaks) -> None:
    async with open_board(leaks.house) as pages:
        for number in leaks.hidden:
            for path in (f"/board/{number}", f"/board/code/{number}.svg"):
                assert (await pages.get(path)).status == 404, path
            drawn = (await pages.get(f"/board/map.svg?number={number}")).text
            assert "<a href=" not in drawn
        shown = [n for n in range(leaks.photos + 3) if (await _photo(pages, n)) is not None]
        assert len(shown) == 1


async def test_a_released_photo_tells_nothing_but_the_picture(leaks: Leaks) -> None:
    assert MAKER.encode() in landscape()
    async with open_board(leaks.house) as pages:
        (photo,) = [p for n in range(leaks.photos + 1) if (p := await _photo(pages, n))]
    assert MAKER.encode() not in photo
    assert not Image.open(BytesIO(photo)).getexif()


async def _photo(pages: Pages, number: int) -> bytes | None:
    page = await pages.get(f"/board/photo/{number}")
    return page.body if page.status == 200 else None


def _guessed(leaks: Leaks) -> Iterator[str]:
    last = max(leaks.hidden) + 2
    yield from (f"/board/{number}?lang={code}" for number in range(last) for code in ("fr", "de"))
    yield from (f"/board/photo/{number}" for number in range(leaks.photos + 3))
    yield from (f"/board/map.svg?number={number}" for number in range(last))


async def walked(pages: Pages, *, extra: Iterator[str]) -> dict[str, bytes]:
    """Return every page that can be reached from the board, and those somebody might guess."""
    found: dict[str, bytes] = {}
    waiting = [*STARTS, *extra]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        page = await pages.get(path)
        found[path] = page.body
        if page.headers["Content-Type"].startswith("text/html"):
            links = Skeleton(page.text).addresses
            waiting += [link for link in links if link.startswith("/board")]
    return found
