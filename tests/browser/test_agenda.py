"""The agenda in a real browser: no violations, no scripts, small phones, and paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ViewportSize

from tests.web.test_agenda import serve_pages

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGES = (
    "/agenda",
    "/agenda?days=today&audience=seniors",
    "/agenda/act-cafe",
    "/agenda/act-cafe/leaflet",
    "/agenda/month?month=2026-12",
    "/agenda/act-gone",
)
SMALL, LAPTOP = ViewportSize(width=320, height=640), ViewportSize(width=1280, height=800)


async def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    browser: Browser, village: Path, tmp_path: Path
) -> None:
    refused: list[str] = []
    async with serve_pages(village, tmp_path) as address:
        for size, theme in ((SMALL, "light"), (LAPTOP, "dark")):
            context = await browser.new_context(viewport=size, color_scheme=theme, locale="de-CH")  # type: ignore[arg-type]
            page = await context.new_page()
            page.on("console", lambda line: refused.append(line.text))
            for path in PAGES:
                for language in ("fr", "de"):
                    mark = "&" if "?" in path else "?"
                    await page.goto(f"{address}{path}{mark}lang={language}")
                    found = await Axe().run(page)
                    assert found.violations_count == 0, (path, theme, found.generate_report())
                    wide = await page.evaluate("document.documentElement.scrollWidth")
                    assert wide <= size["width"], path
            await context.close()
    assert [line for line in refused if "404" not in line] == []


async def test_the_filters_work_without_scripts(
    browser: Browser, village: Path, tmp_path: Path
) -> None:
    async with serve_pages(village, tmp_path) as address:
        context = await browser.new_context(java_script_enabled=False, locale="fr-CH")
        page = await context.new_page()
        await page.goto(f"{address}/agenda")
        await page.get_by_text("Choisir").click()
        await page.get_by_label("Jours").select_option("today")
        await page.get_by_role("button", name="Afficher").click()
        assert "days=today" in page.url
        assert await page.locator(".day").count() == 1
        await page.get_by_role("link", name="Café").click()
        assert "act-cafe" in page.url
        await context.close()
