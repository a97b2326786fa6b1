"""What a message looks like on the wire, and that its words arrive whatever Telegram finds fault with."""

from __future__ import annotations

import json

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.domain.messages import Attachment, Button, Key, Message, Pin
from bot.domain.payloads import from_payload, to_payload
from bot.telegram.sending import edit, send
from tests.telegram.far_end import FarEnd, refused

ALICE = 1001
CANNOT_PARSE = refused(400, "Bad Request: can't parse entities: Unmatched end tag at byte offset 9")
EVERYTHING = Message(
    "<b>Bonjour</b>",
    buttons=((Button("Oui", "q:yes"), Button("Carte", url="https://example.org")),),
    keys=((Key("Question"), Key("Ici", wants_location=True)),),
    pin=Pin(47.1, 7.2, "Maison", "Rue 1"),
    attachment=Attachment("mes-données.json", b"\x00{}"),
    quiet=True,
)


async def test_text_buttons_and_manners(far: FarEnd, bot: Bot) -> None:
    message = Message(
        "<b>Bonjour</b>", buttons=((Button("Oui", "q:yes"), Button("Site", url="https://e.org")),)
    )
    assert await send(bot, ALICE, message, quoting=17) == 1
    assert far.arrived[0].params == {
        "chat_id": ALICE,
        "text": "<b>Bonjour</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_parameters": {"message_id": 17, "allow_sending_without_reply": True},
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "Oui", "callback_data": "q:yes"},
                    {"text": "Site", "url": "https://e.org"},
                ]
            ]
        },
    }


async def test_the_fixed_keyboard_stays_and_is_small(far: FarEnd, bot: Bot) -> None:
    await send(
        bot,
        ALICE,
        Message("Menu", keys=((Key("Agenda"), Key("Ici", wants_location=True)),), quiet=True),
    )
    params = far.arrived[0].params
    assert params["disable_notification"] is True
    assert params["reply_markup"] == {
        "keyboard": [[{"text": "Agenda"}, {"text": "Ici", "request_location": True}]],
        "is_persistent": True,
        "resize_keyboard": True,
    }


async def test_a_place_follows_its_text_and_stands_alone_without_one(far: FarEnd, bot: Bot) -> None:
    pin = Pin(47.14, 7.24, "Maison du quartier", "Rue de l'Avenir 5")
    assert await send(bot, ALICE, Message("C'est ici :", pin=pin)) == 1
    assert await send(bot, ALICE, Message("", pin=pin, buttons=((Button("Merci", "x"),),))) == 3
    assert [call.method for call in far.arrived] == ["sendMessage", "sendVenue", "sendVenue"]
    assert far.arrived[2].params["title"] == "Maison du quartier"
    assert "reply_markup" in far.arrived[2].params


async def test_a_file_has_its_caption_or_a_message_before_it(far: FarEnd, bot: Bot) -> None:
    file = Attachment("mes-données.json", b"{}")
    await send(bot, ALICE, Message("Vos <b>données</b>", attachment=file))
    assert far.arrived[0].params["caption"] == "Vos <b>données</b>"
    assert far.arrived[0].params["document"] == ("mes-données.json", "application/json", b"{}")
    await send(bot, ALICE, Message("long " * 300, attachment=file))
    assert [call.method for call in far.arrived[1:]] == ["sendMessage", "sendDocument"]
    assert "caption" not in far.arrived[2].params


async def test_a_long_text_comes_in_parts_with_the_buttons_last(far: FarEnd, bot: Bot) -> None:
    text = "\n\n".join(f"Paragraphe {number} " + "mot " * 150 for number in range(12))
    assert await send(bot, ALICE, Message(text, buttons=((Button("OK", "x"),),))) == 2
    first, last = (call.params for call in far.arrived)
    assert first["text"].startswith("Paragraphe 0")
    assert last["text"].startswith("Paragraphe 6")
    assert ("reply_markup" in first, "reply_markup" in last) == (False, True)


async def test_where_the_markup_is_refused_the_words_arrive_plain(far: FarEnd, bot: Bot) -> None:
    far.answer(ALICE, CANNOT_PARSE)
    await send(bot, ALICE, Message("<b>Prix &lt; 5 &amp; gratuit</i>"))
    assert far.texts() == ["Prix < 5 & gratuit"]
    assert "parse_mode" not in far.arrived[0].params
    far.answer(ALICE, CANNOT_PARSE)
    assert await edit(bot, ALICE, 1, Message("<b>Neu</i>"))
    assert far.texts()[-1] == "Neu"


async def test_an_edit_changes_the_message_in_place(far: FarEnd, bot: Bot) -> None:
    assert await edit(bot, ALICE, 5, Message("Neu", buttons=((Button("Zurück", "b"),),)))
    assert (far.arrived[0].method, far.arrived[0].params["message_id"]) == ("editMessageText", 5)


async def test_an_edit_that_changes_nothing_is_fine(far: FarEnd, bot: Bot) -> None:
    far.answer(ALICE, refused(400, "Bad Request: message is not modified: specified new …"))
    assert await edit(bot, ALICE, 5, Message("Neu"))
    assert far.texts() == []


@pytest.mark.parametrize("reason", ["message to edit not found", "message can't be edited"])
async def test_what_cannot_be_edited_is_sent_anew(far: FarEnd, bot: Bot, reason: str) -> None:
    far.answer(ALICE, refused(400, f"Bad Request: {reason}"))
    assert not await edit(bot, ALICE, 5, Message("Neu"))
    assert [call.method for call in far.arrived] == ["sendMessage"]


@pytest.mark.parametrize(
    "message", [EVERYTHING, Message("a", keys=((Key("b"),),)), Message("a" * 5000)]
)
async def test_what_an_edit_cannot_bring_is_sent_anew(
    far: FarEnd, bot: Bot, message: Message
) -> None:
    assert not await edit(bot, ALICE, 5, message)
    assert "editMessageText" not in {call.method for call in far.calls}


async def test_other_refusals_are_told_to_the_caller(far: FarEnd, bot: Bot) -> None:
    far.answer(ALICE, refused(400, "Bad Request: BUTTON_DATA_INVALID"))
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await edit(bot, ALICE, 5, Message("Neu"))


@pytest.mark.parametrize("message", [EVERYTHING, Message("Kurz")])
def test_a_message_survives_being_put_away_as_json(message: Message) -> None:
    assert from_payload(json.loads(json.dumps(to_payload(message)))) == message
