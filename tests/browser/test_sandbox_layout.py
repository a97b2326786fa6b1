"""What stands in a chat stays inside it, however long the words."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, ViewportSize

from tests.browser.town import ALICE, HANDSET, LAPTOP, begin, say, town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "Où puis-je apprendre le français le soir, après le travail, avec une garde d'enfants ? "
ROWS = [
    ["Ce n'est pas ce que je voulais dire", "Donaudampfschifffahrtsgesellschaft", "Itinéraire"],
    ["W" * 60],
]
KEYBOARD = [[{"text": words, "callback_data": "more"} for words in row] for row in ROWS]


@pytest.mark.parametrize("size", [LAPTOP, HANDSET], ids=["laptop", "handset"])
async def test_nothing_makes_a_chat_wider_than_its_phone(
    browser: Browser, size: ViewportSize
) -> None:
    async with town(browser, size=size) as (page, bot):
        alice = await begin(page)
        await say(alice, "ok")
        await say(alice, QUESTION * 2)
        await alice.get_by_role("button", name="Plus").last.wait_for()
        asked = await alice.locator(".message.mine").last.get_attribute("data-id")
        for text in ("Réponse " + "x" * 90, "!"):
            await bot.call(
                "sendMessage",
                chat_id=int(ALICE),
                text=text,
                reply_parameters={"message_id": int(asked or 0)},
                reply_markup={"inline_keyboard": KEYBOARD},
            )
        await alice.get_by_text("!", exact=True).wait_for()
        wide, shown = await alice.locator(".thread").evaluate(
            "thread => [thread.scrollWidth, thread.clientWidth]"
        )
        assert wide <= shown
