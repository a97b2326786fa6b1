"""The page around the phones: panels, languages, themes, small screens, barriers."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.town import ALICE, BEAT, HANDSET, LAPTOP, ColorScheme, begin, phone, say, town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_clock_panel_moves_the_time_of_every_phone(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        await page.locator(".tool-box.clock .trigger").click()
        panel = page.get_by_role("region", name="Horloge")
        await panel.get_by_role("button", name="Lundi prochain, 9 h 00").click()
        await expect(panel.get_by_role("status")).to_contain_text("lundi")
        await expect(panel.get_by_role("status")).to_contain_text("09:00")
        await expect(phone(page, ALICE).locator(".status-time")).to_have_text("09:00")
        await panel.get_by_role("button", name="+ 1 heure").click()
        await expect(phone(page, BEAT).locator(".status-time")).to_have_text("10:00")
        await panel.get_by_role("button", name="Revenir à maintenant").click()
        await expect(panel.get_by_role("button", name="Revenir à maintenant")).to_be_disabled()


async def test_the_fault_panel_breaks_one_answer_and_shows_what_is_left(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        trigger = page.locator(".tool-box.faults .trigger")
        await trigger.click()
        panel = page.get_by_role("region", name="Pannes")
        await panel.get_by_role("radio", name="Erreur du serveur (500)").check()
        await panel.get_by_role("radio", name="Jusqu’à l’arrêt").check()
        await panel.get_by_role("button", name="Activer").click()
        await expect(trigger.locator(".badge")).to_have_text("1")
        assert await bot.call("getMe") is None
        await panel.get_by_role("button", name="Tout arrêter").click()
        await expect(panel.get_by_text("Aucune panne n’est active.")).to_be_visible()
        assert (await bot.call("getMe"))["username"] == "quartierbot_demo_bot"


async def test_a_deep_link_has_a_qr_code_and_opens_on_the_chosen_phone(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        await page.locator(".tool-box.link .trigger").click()
        panel = page.get_by_role("region", name="Lien direct et QR")
        word = panel.get_by_label("Mot du lien, ou le lien entier")
        await word.fill("pas bon !")
        await expect(panel.get_by_role("alert")).to_be_visible()
        await word.fill("https://t.me/quartierbot_demo_bot?start=kafi-7")
        code = panel.get_by_role("img", name="https://t.me/quartierbot_demo_bot?start=kafi-7")
        assert await code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        await panel.get_by_label("Ouvrir sur le téléphone de").select_option("Beat Gerber")
        await panel.get_by_role("button", name="Ouvrir", exact=True).click()
        await expect(phone(page, BEAT).get_by_text("Bienvenue, kafi-7 !")).to_be_visible()


async def test_a_link_to_the_page_waits_in_the_panel_to_be_opened_on_a_phone(
    browser: Browser,
) -> None:
    async with town(browser) as (page, _bot):
        await page.goto(f"{page.url}?start=c12")
        panel = page.get_by_role("region", name="Lien direct et QR")
        await expect(panel.get_by_role("textbox")).to_have_value("c12")
        await panel.get_by_role("button", name="Ouvrir").click()
        await expect(phone(page, ALICE).get_by_text("Bienvenue, c12 !")).to_be_visible()


async def test_starting_over_asks_first_and_empties_the_phones(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        alice = await begin(page)
        await page.get_by_role("button", name="Recommencer").click()
        await page.get_by_role("dialog").get_by_role("button", name="Recommencer").click()
        await expect(alice.get_by_role("button", name="Démarrer")).to_be_visible()
        await expect(alice.locator(".message")).to_have_count(0)


async def test_the_page_speaks_three_languages(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        for code, words in (("DE", "Störungen"), ("EN", "Faults"), ("FR", "Pannes")):
            await page.get_by_role("button", name=f"{code} – ").click()
            await expect(page.get_by_role("button", name=words, exact=True)).to_be_visible()
            await expect(page.locator("html")).to_have_attribute("lang", code.lower())
            await expect(page.locator(".phone")).to_have_count(5)


async def test_evening_colours_stay_after_a_reload(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        await page.get_by_role("button", name="Couleurs du soir").click()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await page.reload()
        await expect(page.get_by_role("button", name="Couleurs du jour")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, HANDSET], ids=["laptop", "handset"])
async def test_the_page_is_free_of_barriers_axe_can_find(
    browser: Browser, size: ViewportSize, scheme: ColorScheme
) -> None:
    async with town(browser, size=size, scheme=scheme) as (page, _bot):
        await _barriers(page)
        alice = await begin(page)
        await say(alice, "salut")
        await alice.get_by_role("button", name="Plus").wait_for()
        await say(alice, "sondage")
        await alice.get_by_role("button", name="Jeudi").wait_for()
        await _barriers(page)
        for name in ("clock", "faults", "link"):
            if size is HANDSET:
                await page.get_by_role("button", name="Menu", exact=True).click()
            await page.locator(f".tool-box.{name} .trigger").click()
            await _barriers(page)
            await page.keyboard.press("Escape")
            await page.keyboard.press("Escape")


async def _barriers(page: Page) -> None:
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


async def test_nothing_sticks_out_and_targets_are_large_on_the_smallest_screen(
    browser: Browser,
) -> None:
    async with town(browser, size=HANDSET) as (page, _bot):
        alice = await begin(page)
        await say(alice, "x" * 300)
        await alice.get_by_role("button", name="Plus").wait_for()
        assert await page.evaluate("document.documentElement.scrollWidth") == HANDSET["width"]
        small = await page.evaluate(
            """() => [...document.querySelectorAll("button, select, textarea, a.inline-key")]
              .filter((node) => node.checkVisibility({ opacityProperty: true })
                && !node.closest(".message-tools"))
              .map((node) => [node.textContent || node.ariaLabel, node.getBoundingClientRect()])
              .filter(([, box]) => box.width < 44 || box.height < 44).map(([name]) => name)""",
        )
        assert small == []
