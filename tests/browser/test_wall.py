"""The wall before three hundred voters: equal to the tally at its last step, readable, without names."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from bot.clock import Clock
from bot.domain.localized import Localized
from bot.domain.polls import Poll, Terms
from bot.domain.sessions import Session
from bot.services.gatherings import Gatherings
from storage.sealing import Keyring
from storage.store import Store, migrate
from tests.polling import GAMES, SOUP, Hall
from tests.sandbox.server import running
from web.app import create_web
from web.wall.app import Projected, wall_routes

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = Localized(fr="K'fé des habitant·es", de="Quartierkafi")
VOTERS = 300


@dataclass
class Room:
    """A session with the wall's address, and everybody who may come."""

    hall: Hall
    gatherings: Gatherings
    session: Session
    address: str

    async def idea(self, text: str) -> None:
        """Hang an idea that was said in the room."""
        keeper = await self.hall.animator()
        await self.gatherings.note(self.hall.cause(), keeper, self.session.number, [text])

    async def asks(self) -> Poll:
        """Open a secret poll of the session."""
        keeper = await self.hall.animator()
        return await self.hall.opened(keeper, SOUP, GAMES, session=self.session.number)

    async def votes(self, poll: Poll, people: int) -> None:
        """Let so many people join and vote at once, two thirds for the soup."""
        await asyncio.gather(*(self._vote(poll, number) for number in range(people)))

    async def _vote(self, poll: Poll, number: int) -> None:
        who = await self.hall.resident(5000 + number, "fr" if number % 2 else "de")
        await self.gatherings.join(self.hall.cause(), who, self.session.code)
        await self.hall.votes(who, poll, 1 if number % 3 == 0 else 0)


@asynccontextmanager
async def room(folder: Path) -> AsyncIterator[Room]:
    """Open a session and serve its wall."""
    url, clock = f"sqlite:///{folder / 'hall.db'}", Clock()
    await migrate(url)
    store = await Store.open(url, Keyring.in_memory(), clock=clock)
    try:
        hall, gatherings = Hall(store, clock), Gatherings(store, clock)
        session = await gatherings.begin(hall.cause(), await hall.animator(), title=TITLE)
        shown = Projected(
            gatherings, hall.polls, now=clock.now, bot_link=lambda: "https://t.me/demo_bot"
        )
        async with running(create_web([], pages=wall_routes(shown))) as address:
            path = gatherings.wall_path(session)
            yield Room(hall, gatherings, session, f"{address}/wall/{path}")
    finally:
        await store.close()


@asynccontextmanager
async def projector(
    browser: Browser, *, theme: Literal["light", "dark"] = "light", width: int = 1280
) -> AsyncIterator[Page]:
    """Open a page; whatever the policy refuses or cannot be loaded fails the test."""
    troubles: list[str] = []
    async with await browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=theme
    ) as context:
        page = await context.new_page()
        page.on("console", lambda line: troubles.append(line.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        yield page
    assert [line for line in troubles if "favicon" not in line and "404" not in line] == []


async def test_three_hundred_vote_and_the_wall_equals_the_tally(
    browser: Browser, tmp_path: Path
) -> None:
    async with room(tmp_path) as held, projector(browser) as page:
        await page.goto(held.address)
        await page.get_by_text("Ihre Ideen erscheinen hier.").wait_for()
        await held.idea("Un four à <b>pain</b>")
        await page.get_by_text("Un four à <b>pain</b>").wait_for()
        poll = await held.asks()
        await page.get_by_role("heading", name="Was machen wir?").wait_for()
        await held.votes(poll, VOTERS)
        await page.get_by_text(f"{VOTERS} voix").wait_for()
        live = await page.locator(".bars b").all_inner_texts()
        assert sum(map(int, live)) <= VOTERS - 3
        await held.hall.keeping.close(held.hall.cause(), await held.hall.animator(), poll.number)
        await page.get_by_text("geschlossen").wait_for()
        assert await page.locator(".bars .answer").all_inner_texts() == [
            "Soupe\nSuppe",
            "Jeux\nSpiele",
        ]
        assert await page.locator(".bars b").all_inner_texts() == ["200", "100"]
        assert "R-" not in await page.content()
        await page.goto(f"{held.address}/minutes")
        assert await page.locator("tbody tr").all_inner_texts() == [
            "SoupeSuppe\t200\t\t",
            "JeuxSpiele\t100\t\t",
        ]
        found = await Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(
    browser: Browser, tmp_path: Path, theme: Literal["light", "dark"]
) -> None:
    async with room(tmp_path) as held:
        await held.idea("Des bancs")
        poll = await held.asks()
        await held.hall.polls.room(
            held.hall.cause(), await held.hall.animator(), poll.number, "hands", {1: 7, 2: 3}
        )
        for width in (1280, 320):
            async with projector(browser, theme=theme, width=width) as page:
                await page.goto(held.address)
                await page.get_by_text("✋ 7").wait_for()
                found = await Axe().run(page)
                assert found.violations_count == 0, found.generate_report()
                assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_the_keyboard_changes_light_and_size_and_a_guessed_wall_is_none(
    browser: Browser, tmp_path: Path
) -> None:
    async with room(tmp_path) as held, projector(browser) as page:
        await page.goto(held.address)
        await page.keyboard.press("d")
        await page.keyboard.press("+")
        shown = await page.evaluate("({...document.documentElement.dataset})")
        assert shown == {"theme": "dark", "size": "1"}
        answer = await page.goto(held.address[:-1] + ("0" if held.address[-1] != "0" else "1"))
        assert answer is not None
        assert answer.status == 404
        assert Terms().session is None
