"""The demo as somebody sees it who has just cloned the repository, in a real browser."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.town import ALICE, BEAT, LAPTOP, phone, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
ROOT = Path(__file__).resolve().parents[2]
RETO = "3001"


async def test_two_residents_ask_and_the_team_answers(browser: Browser, tmp_path: Path) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        alice = await newcomer(page, ALICE, "Français")
        beat = await newcomer(page, BEAT, "Deutsch")
        reto = phone(page, RETO)

        await say(alice, "où apprendre le français ?")
        await sees(alice, "Où apprendre le français ou l'allemand ?")
        await say(beat, "Wo kann ich Spielsachen ausleihen?")
        await sees(beat, "Über 1500 Spiele und Spielsachen zum Ausleihen.")
        await say(beat, "gits öppis für chind am mittwuch?")
        await sees(beat, "Kindernachmittag")

        await say(alice, "où jouer au curling ?")
        await press(alice, "Oui, demander à l'équipe")
        await sees(alice, "L'équipe a reçu votre question, n° 1.")
        await press(reto, "Öffnen")
        await press(reto, "✍️ Antworten")
        await say(reto, "Fragen Sie am Schalter, rue du Tilleul 1.")
        await sees(reto, "Diese Antwort senden?")
        await press(reto, "📨 Senden")
        await sees(reto, "An 1 Person gesendet.")
        await sees(alice, "Fragen Sie am Schalter, rue du Tilleul 1.")


async def newcomer(page: Page, key: str, language: str) -> Locator:
    """Press Start on a phone and choose a language."""
    on = phone(page, key)
    await on.get_by_role("button", name="Démarrer").click()
    await on.get_by_role("button", name=language, exact=True).click()
    await expect(on.locator(".key")).to_have_count(6)
    return on


async def press(on: Locator, label: str) -> None:
    """Press the newest button of that name."""
    await on.get_by_role("button", name=label, exact=True).last.click()


async def sees(on: Locator, words: str) -> None:
    """Wait until the bot has said these words."""
    await expect(on.locator(".message.of-bot", has_text=words).last).to_be_visible()


@asynccontextmanager
async def opened(browser: Browser, address: str) -> AsyncIterator[Page]:
    """Open the page in a French-speaking browser."""
    context = await browser.new_context(viewport=LAPTOP, locale="fr-CH", reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(address)
    yield page
    await context.close()


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """Run `quartierbot demo` as a process of its own and give its address."""
    port = _free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QUARTIERBOT_WEB_PORT": str(port)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo",
        cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            line = await process.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in line.decode()
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        async with asyncio.timeout(12):
            assert await process.wait() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
