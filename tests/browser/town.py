"""Opens the sandbox page with the echo bot behind it, and speaks of it in people's words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.echo import EchoBot, echo_bot
from tests.sandbox.server import running
from web.sandbox.app import DEMO_TOKEN, create_sandbox

ColorScheme = Literal["light", "dark"]
ALICE, BEAT, GROUP = "1001", "1002", "-1001000000001"
LAPTOP = ViewportSize(width=1440, height=900)
HANDSET = ViewportSize(width=320, height=640)


@asynccontextmanager
async def town(
    browser: Browser,
    *,
    size: ViewportSize = LAPTOP,
    scheme: ColorScheme = "light",
    refusals: bool = False,
) -> AsyncIterator[tuple[Page, EchoBot]]:
    """Open the page on a fresh sandbox with the echo bot; any script error fails the test.

    So does anything the content security policy refuses, unless the test provokes `refusals`.
    """
    errors: list[str] = []
    async with running(create_sandbox()) as address, echo_bot(address, DEMO_TOKEN) as bot:
        context = await browser.new_context(
            viewport=size, color_scheme=scheme, locale="fr-CH", reduced_motion="reduce"
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if _refused(line.text) else None)
        await page.goto(address)
        await expect(page.locator(".phone")).to_have_count(5)
        yield page, bot
        await context.close()
    assert [line for line in errors if not (refusals and _refused(line))] == []


def _refused(line: str) -> bool:
    return "Content Security Policy" in line


def phone(page: Page, key: str) -> Locator:
    """Find a phone by its owner."""
    return page.locator(f'[data-phone="{key}"]')


async def say(on: Locator, text: str) -> None:
    """Write and send on a phone."""
    await on.get_by_role("textbox").fill(text)
    await on.get_by_role("button", name="Envoyer", exact=True).click()


async def begin(page: Page, key: str = ALICE) -> Locator:
    """Press Start on a phone and wait for the welcome."""
    on = phone(page, key)
    await on.get_by_role("button", name="Démarrer").click()
    await expect(on.get_by_text("Bienvenue, personne !")).to_be_visible()
    return on
