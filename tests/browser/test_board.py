"""The board in a real browser: no violations, no scripts, small phones, large letters, a keyboard, paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize

from storage.sealing import Keyring
from tests.noticeboard import LATER, house_in, open_board

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

Theme = Literal["light", "dark"]
PAGES = (
    "/board",
    "/board/1",
    "/board/2",
    "/board/poster",
    "/board/77",
    "/board?kind=thanks&column=done",
)
SMALL, LAPTOP = ViewportSize(width=320, height=640), ViewportSize(width=1280, height=800)


@asynccontextmanager
async def reader(
    browser: Browser,
    lively_town: tuple[Path, Keyring],
    folder: Path,
    *,
    size: ViewportSize = LAPTOP,
    theme: Theme = "light",
    scripts: bool = True,
) -> AsyncIterator[tuple[Page, str]]:
    """Open a browser beside the board; whatever the policy refuses or cannot be loaded fails the test."""
    troubles: list[str] = []
    async with (
        house_in(*lively_town, folder, first=LATER) as house,
        open_board(house) as pages,
        await browser.new_context(
            viewport=size, color_scheme=theme, java_script_enabled=scripts, locale="de-CH"
        ) as context,
    ):
        page = await context.new_page()
        page.on("console", lambda line: troubles.append(line.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("requestfailed", lambda request: troubles.append(request.url))
        page.on(
            "request", lambda r: None if r.url.startswith(pages.address) else troubles.append(r.url)
        )
        yield page, pages.address
    assert [line for line in troubles if "404" not in line] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_on_any_page_in_either_language(
    browser: Browser, lively_town: tuple[Path, Keyring], tmp_path: Path, theme: Theme
) -> None:
    async with reader(browser, lively_town, tmp_path, theme=theme) as (page, address):
        for path in PAGES:
            for code in ("fr", "de"):
                await page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={code}")
                found = await Axe().run(page)
                assert found.violations_count == 0, (path, found.generate_report())
        await page.goto(f"{address}/board/poster")
        found = await Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


async def test_without_scripts_a_small_phone_shows_filters_and_reads_it_all(
    browser: Browser, lively_town: tuple[Path, Keyring], tmp_path: Path
) -> None:
    async with reader(browser, lively_town, tmp_path, size=SMALL, scripts=False) as (page, address):
        for path in PAGES:
            await page.goto(f"{address}{path}")
            assert await page.evaluate(_TOO_WIDE) == [], path
        await page.goto(f"{address}/board")
        await page.get_by_text("Auswählen").click()
        await page.get_by_label("Quartier").select_option("Mett")
        await page.get_by_role("button", name="Anzeigen").click()
        assert "neighbourhood=mett" in page.url
        assert await page.locator(".card").count() == 3
        await page.get_by_role("link", name="Français").click()
        assert "neighbourhood=mett" in page.url
        assert await page.get_by_role("heading", level=2, name="En cours").count() == 1
        await page.get_by_role("link", name="Un passage piéton près de la crèche").click()
        assert await page.get_by_role("heading", level=1).inner_text() == (
            "Un passage piéton près de la crèche"
        )
        assert await page.locator("img.little").evaluate("image => image.naturalWidth") > 0


async def test_everything_is_reached_by_keyboard_and_one_sees_where_one_is(
    browser: Browser, lively_town: tuple[Path, Keyring], tmp_path: Path
) -> None:
    async with reader(browser, lively_town, tmp_path) as (page, address):
        await page.goto(f"{address}/board?lang=fr")
        links = await page.locator("a[href], summary, button:visible").count()
        reached = set()
        for _ in range(links + 4):
            await page.keyboard.press("Tab")
            at = await page.evaluate(_WHERE)
            if at:
                assert at[1] >= 2, at
                reached.add(at[0])
        assert len(reached) == links


async def test_the_poster_fills_its_sheet_and_prints_no_tools(
    browser: Browser, lively_town: tuple[Path, Keyring], tmp_path: Path
) -> None:
    async with reader(browser, lively_town, tmp_path) as (page, address):
        await page.goto(f"{address}/board/poster")
        await page.emulate_media(media="print")
        assert await page.locator(".tools").is_hidden()
        codes = page.locator(".codes img")
        assert [
            await code.evaluate("image => image.naturalWidth > 0") for code in await codes.all()
        ] == [
            True,
            True,
        ]
        for sheet in ("", "?size=a3", "?lang=de"):
            await page.goto(f"{address}/board/poster{sheet}")
            printed = await page.pdf(prefer_css_page_size=True, format="A4")
            assert printed.count(b"/Type /Page\n") == 1, sheet


_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
  .map((each) => each.outerHTML.slice(0, 80))"""
"""What sticks out at the side; the page itself must not scroll sideways either way."""

_WHERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at.tagName === "MAIN") return null;
  const all = [...document.querySelectorAll("*")];
  const style = getComputedStyle(at);
  return [all.indexOf(at), style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)];
}"""
