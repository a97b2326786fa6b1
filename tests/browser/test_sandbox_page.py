"""The phones in a real browser: what a person sees and can do in a chat."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser.town import ALICE, BEAT, GROUP, HANDSET, begin, phone, say, town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_person_starts_writes_and_is_answered(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        alice = await begin(page)
        await say(alice, "où est la <b>ludothèque</b> & le parc ?")
        answer = alice.locator(".message.of-bot").last
        await expect(answer).to_contain_text("Écho : où est la <b>ludothèque</b> & le parc ?")
        await expect(alice.locator(".message.mine")).to_have_count(2)
        spoken = page.locator("[aria-live=polite]#news")
        await expect(spoken).to_contain_text("Quartierbot, pour Alice Favre : Écho : où est")
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
        # Only what comes after the page has read the group counts as unread.
        async with (
            page.expect_response(lambda answer: f"/chats/{GROUP}" in answer.url),
            page.expect_response(lambda answer: "/sandbox/events" in answer.url),
        ):
            await page.reload()
        await expect(page.locator(".phone")).to_have_count(5)
        await bot.call("sendMessage", chat_id=-1001000000001, text="Bonsoir")
        key = page.get_by_role("button", name="K'fé Mâche · Kafi Mett, 1 à lire")
        await key.click()
        await expect(phone(page, GROUP).get_by_text("Bonsoir")).to_be_visible()
        await expect(key).to_have_count(0)
        await expect(phone(page, ALICE)).to_be_hidden()


async def test_with_the_keyboard_alone_one_answers_a_message(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        alice = await begin(page)
        await say(alice, "salut")
        await expect(alice.get_by_text("Écho : salut")).to_be_visible()
        await alice.locator(".thread").focus()
        for key in ("ArrowUp", "ArrowUp", "ArrowDown", "Tab", "Enter"):
            await page.keyboard.press(key)
        await page.keyboard.type("merci")
        await page.keyboard.press("Enter")
        mine = alice.locator(".message.mine").last
        await expect(mine.locator(".quote")).to_have_text("Écho : salut")
        await expect(alice.get_by_text("Écho : merci")).to_be_visible()
        assert bot.seen[-1]["message"]["reply_to_message"]["text"] == "Écho : salut"


async def test_what_could_not_leave_says_so_and_leaves_later(browser: Browser) -> None:
    async with town(browser) as (page, _bot):
        alice = await begin(page)
        await page.route("**/send", lambda route: route.abort())
        await say(alice, "bonsoir")
        await expect(alice.get_by_text("Pas envoyé")).to_be_visible()
        await expect(alice.get_by_text("Le bac à sable ne répond pas.")).to_be_visible()
        await page.unroute("**/send")
        await alice.get_by_role("button", name="Réessayer").click()
        await expect(alice.get_by_text("Écho : bonsoir")).to_be_visible()
        await expect(alice.locator(".waiting")).to_have_count(0)


async def test_a_message_cannot_smuggle_markup_in(browser: Browser) -> None:
    smuggled = (
        "<img src=x onerror=alert(1)><b onclick=alert(1)>gras</b>"
        "<a href='javascript:alert(1)'>lien</a><script>alert(1)</script>"
    )

    async def doctor(route: Route) -> None:
        answer = await route.fetch()
        view = await answer.json()
        for message in view["messages"]:
            message["html"] = smuggled
        await route.fulfill(json=view)

    async with town(browser, refusals=True) as (page, _bot):
        await page.route("**/chats/1001", doctor)
        await phone(page, ALICE).get_by_role("button", name="Démarrer").click()
        text = phone(page, ALICE).locator(".text").last
        await expect(text).to_contain_text("graslien")
        inside = await text.evaluate("node => node.innerHTML")
        assert inside == "<b>gras</b>lienalert(1)"


async def test_two_hundred_messages_stay_at_the_newest(browser: Browser) -> None:
    async with town(browser) as (page, bot):
        alice = await begin(page)
        for number in range(200):
            await bot.call("sendMessage", chat_id=int(ALICE), text=f"Nouvelle {number}")
        await expect(alice.get_by_text("Nouvelle 199")).to_be_in_viewport()
        await alice.locator(".thread").evaluate("node => { node.scrollTop = 0 }")
        newest = alice.get_by_role("button", name="Aller au dernier message")
        await expect(newest).to_be_visible()
        await bot.call("sendMessage", chat_id=int(ALICE), text="Encore une")
        await expect(alice.get_by_text("Encore une")).to_have_count(1)
        await expect(alice.get_by_text("Encore une")).not_to_be_in_viewport()
        await newest.click()
        await expect(alice.get_by_text("Encore une")).to_be_in_viewport()
        await expect(newest).to_be_hidden()
