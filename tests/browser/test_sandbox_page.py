"""The sandbox page in a real browser: what a person sees and can do on the phones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.echo import EchoBot, echo_bot
from tests.sandbox.server import running
from web.sandbox.app import DEMO_TOKEN, create_sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ColorScheme = Literal["light", "dark"]
ALICE, BEAT, GROUP = "1001", "1002", "-1001000000001"
LAPTOP = ViewportSize(width=1440, height=900)
HANDSET = ViewportSize(width=320, height=640)


@asynccontextmanager
async def town(
    browser: Browser, *, size: ViewportSize = LAPTOP, scheme: ColorScheme = "light"
) -> AsyncIterator[tuple[Page, EchoBot]]:
    """Open the page on a fresh sandbox with the echo bot; any script error fails the test."""
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
    assert errors == []


def _refused(line: str) -> bool:
    return "Content Security Policy" in line


def phone(page: Page, key: str) -> Locator:
    return page.locator(f'[data-phone="{key}"]')


async def say(on: Locator, text: str) -> None:
    await on.get_by_role("textbox").fill(text)
    await on.get_by_role("button", name="Envoyer", exact=True).click()


async def begin(page: Page, key: str = ALICE) -> Locator:
    """Press Start on a phone and wait for the welcome."""
    on = phone(page, key)
    await on.get_by_role("button", name="Démarrer").click()
    await expect(on.get_by_text("Bienvenue, personne !")).to_be_visible()
    return on


async def test_a_person_starts_writes_and_is_answered(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        alice = await begin(page)
        await say(alice, "où est la <b>ludothèque</b> & le parc ?")
        answer = alice.locator(".message.of-bot").last
        await expect(answer).to_contain_text("Écho : où est la <b>ludothèque</b> & le parc ?")
        await expect(alice.locator(".message.mine")).to_have_count(2)
        assert [update["message"]["text"] for update in bot.seen] == [
            "/start",
            "où est la <b>ludothèque</b> & le parc ?",
        ]
        await expect(phone(page, BEAT).locator(".message")).to_have_count(0)


async def test_a_pressed_button_changes_the_message_in_its_place(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        alice = await begin(page)
        await say(alice, "salut")
        more = alice.get_by_role("button", name="Plus")
        await more.wait_for()
        before = await alice.locator(".message.of-bot").last.get_attribute("data-id")
        await more.press("Enter")
        await expect(alice.get_by_text("C'est fait")).to_be_visible()
        changed = alice.locator(".message.of-bot").last
        await expect(changed).to_contain_text("Voici la suite.")
        await expect(changed).to_contain_text("modifié")
        assert await changed.get_attribute("data-id") == before
        await expect(alice.get_by_role("button", name="Retour")).to_be_focused()


async def test_an_alert_waits_to_be_read(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        alice = await begin(page)
        await say(alice, "salut")
        await alice.get_by_role("button", name="Alerte").click()
        alert = page.get_by_role("dialog")
        await expect(alert).to_contain_text("À mardi !")
        await alert.get_by_role("button", name="OK").click()
        await expect(alert).to_have_count(0)


async def test_a_link_to_the_bot_opens_on_the_same_phone(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        alice = await begin(page)
        await say(alice, "salut")
        await alice.get_by_role("link", name="Ouvrir", exact=True).click()
        await expect(alice.get_by_text("Bienvenue, affiche !")).to_be_visible()
        assert len(page.context.pages) == 1


async def test_the_keys_at_the_bottom_send_their_words(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        alice = await begin(page)
        keys = alice.get_by_role("group", name="Touches de réponse")
        await keys.get_by_role("button", name="Agenda").click()
        await expect(alice.get_by_text("Écho : Agenda")).to_be_visible()
        await expect(keys).to_be_visible()
        await alice.get_by_role("button", name="Masquer les touches").click()
        await expect(keys).to_be_hidden()


async def test_a_location_leaves_only_after_a_yes(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        alice = await begin(page)
        await alice.get_by_role("button", name="Ma position").click()
        question = page.get_by_role("dialog", name="Partager une position ?")
        await question.get_by_role("button", name="Annuler").click()
        await expect(question).to_have_count(0)
        assert not [update for update in bot.seen if "location" in update.get("message", {})]
        await alice.get_by_role("button", name="Ma position").click()
        await page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
        venue = alice.locator(".message.of-bot").last
        await expect(venue).to_contain_text("Votre quartier")
        link = venue.get_by_role("link", name="Ouvrir dans OpenStreetMap")
        address = await link.get_attribute("href") or ""
        assert address.startswith("https://www.openstreetmap.org/?mlat=47.14")


async def test_a_photo_and_a_voice_message_are_shown_and_reach_the_bot(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        alice = await begin(page)
        for row, word in (("Photo d’exemple", "photo"), ("Message vocal d’exemple", "voice")):
            await alice.get_by_role("button", name="Joindre").click()
            await alice.get_by_role("button", name=row).click()
            await expect(alice.get_by_text(f"Écho : {word}")).to_be_visible()
        picture = alice.locator(".photo img")
        assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        await alice.get_by_role("button", name="Agrandir la photo").click()
        await expect(page.get_by_role("dialog", name="Photo")).to_be_visible()
        await page.keyboard.press("Escape")
        await alice.get_by_role("button", name="Écouter").click()
        await expect(alice.get_by_role("button", name="Pause")).to_be_visible()


async def test_a_vote_is_cast_shown_and_taken_back(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        alice = await begin(page)
        await say(alice, "sondage")
        await alice.get_by_role("button", name="Jeudi").click()
        await expect(alice.locator(".result.chosen")).to_contain_text("Jeudi")
        await expect(alice.locator(".poll-foot")).to_contain_text("1 vote")
        await alice.get_by_role("button", name="Retirer mon vote").click()
        await expect(alice.get_by_role("button", name="Jeudi")).to_be_visible()
        votes = [
            update["poll_answer"]["option_ids"] for update in bot.seen if "poll_answer" in update
        ]
        assert votes == [[1], []]


async def test_a_blocked_bot_says_so_and_comes_back(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        alice = await begin(page)
        await alice.get_by_role("button", name="Autres actions pour Alice Favre").click()
        await alice.get_by_role("button", name="Bloquer le bot").click()
        await expect(alice.get_by_text("Alice Favre a bloqué le bot.")).to_be_visible()
        await expect(alice.get_by_role("textbox")).to_be_hidden()
        await alice.get_by_role("button", name="Débloquer le bot").click()
        await say(alice, "me revoilà")
        await expect(alice.get_by_text("Écho : me revoilà")).to_be_visible()
        changes = [update["my_chat_member"] for update in bot.seen if "my_chat_member" in update]
        assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]


async def test_commands_follow_the_language_of_the_person(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        for code, words in (("fr", "Vos données"), ("de", "Ihre Daten")):
            commands = [{"command": "privacy", "description": words}]
            await bot.call("setMyCommands", commands=commands, language_code=code)
        alice = await begin(page)
        await alice.get_by_role("combobox", name="Langue de Alice Favre").select_option("de")
        await expect(alice.locator(".code")).to_have_text("de")
        await alice.get_by_role("textbox").fill("/pri")
        await alice.get_by_role("button", name="/privacy Ihre Daten").click()
        await expect(alice.get_by_text("Écho : /privacy")).to_be_visible()
        assert bot.seen[-1]["message"]["from"]["language_code"] == "de"


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


async def test_in_the_group_one_chooses_who_speaks(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        await page.get_by_role("button", name="K'fé Mâche · Kafi Mett", exact=True).click()
        group = phone(page, GROUP)
        await group.get_by_role("button", name="Beat Gerber").click()
        await say(group, "hoi @quartierbot_demo_bot")
        await expect(group.get_by_text("Écho : hoi")).to_be_visible()
        assert bot.seen[-1]["message"]["from"]["first_name"] == "Beat"
        await group.get_by_role("button", name="Alice Favre").click()
        await expect(group.locator(".message.of-person .sender")).to_have_text("Beat Gerber")


async def test_a_phone_out_of_sight_shows_that_something_came(browser: Browser) -> None:
    async with town(browser, size=HANDSET) as (page, bot):
        await bot.call("sendMessage", chat_id=-1001000000001, text="Bonsoir")
        key = page.get_by_role("button", name="K'fé Mâche · Kafi Mett, 1 à lire")
        await key.click()
        await expect(phone(page, GROUP).get_by_text("Bonsoir")).to_be_visible()
        await expect(key).to_have_count(0)
        await expect(phone(page, ALICE)).to_be_hidden()


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
