"""python-telegram-bot over real HTTP: everything it sends and parses passes the facts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypedDict

import pytest
import telegram
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
)

from tests.sandbox.oracle import check_request
from tests.sandbox.test_files import picture
from tests.sandbox.town import ALICE, BEAT, GROUP, Town
from web.sandbox.app import DEMO_TOKEN


class Place(TypedDict):
    """Which message a call is about."""

    chat_id: int
    message_id: int


KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data="yes")]])


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[Bot]:
    """The library's bot, allowed to write to Alice and Beat."""
    await town.starts(ALICE, BEAT)
    made = Bot(DEMO_TOKEN, base_url=f"{town.url}/bot", base_file_url=f"{town.url}/file/bot")
    async with made:
        yield made


async def check_calls(town: Town) -> int:
    calls = (await town.get("calls"))["calls"]
    for call in calls:
        check_request(call["method"], call["params"])
    return len(calls)


async def test_messages_of_every_kind(town: Town, bot: Bot) -> None:
    text = await bot.send_message(
        ALICE,
        "<b>Grüezi</b> 😀 <i>Biel</i>",
        parse_mode=ParseMode.HTML,
        reply_markup=KEYS,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
    )
    assert [text.parse_entity(entity) for entity in text.entities] == ["Grüezi", "Biel"]
    reply = ReplyParameters(text.message_id)
    assert (await bot.send_location(ALICE, 47.1, 7.2, reply_parameters=reply)).location
    assert (await bot.send_venue(ALICE, 47.1, 7.2, "Maison", "Rue 1")).venue
    assert (await bot.send_contact(ALICE, "0323261111", "InfoQuartier")).contact
    photo = await bot.send_photo(ALICE, picture(3), caption="a & b", protect_content=True)
    assert photo.has_protected_content
    document = await bot.send_document(ALICE, b"BEGIN:VCALENDAR", filename="termin.ics")
    assert document.document is not None
    assert document.document.file_name == "termin.ics"
    voice = await bot.send_voice(ALICE, b"OggS", duration=3)
    assert voice.voice is not None
    fetched = await bot.get_file(document.document.file_id)
    assert await fetched.download_as_bytearray() == b"BEGIN:VCALENDAR"
    album = await bot.send_media_group(ALICE, [InputMediaPhoto(picture(n)) for n in (1, 2)])
    assert len({message.media_group_id for message in album}) == 1
    assert await bot.send_chat_action(ALICE, "typing")
    assert await check_calls(town) == 11


async def test_changes_of_every_kind(town: Town, bot: Bot) -> None:
    sent = await bot.send_message(ALICE, "un", reply_markup=KEYS)
    place: Place = {"chat_id": ALICE, "message_id": sent.message_id}
    edited = await bot.edit_message_text("deux", **place, reply_markup=KEYS)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
        await bot.edit_message_text("deux", **place, reply_markup=KEYS)
    assert await bot.edit_message_reply_markup(**place)
    document = await bot.send_document(ALICE, b"1", filename="a.txt")
    place["message_id"] = document.message_id
    assert await bot.edit_message_caption(**place, caption="neu")
    assert await bot.edit_message_media(InputMediaDocument(b"2"), **place)
    assert (await bot.forward_message(BEAT, ALICE, sent.message_id)).forward_origin
    assert (await bot.copy_message(BEAT, ALICE, sent.message_id)).message_id
    assert await bot.pin_chat_message(ALICE, sent.message_id)
    assert (await bot.get_chat(ALICE)).pinned_message
    assert await bot.unpin_chat_message(ALICE)
    assert await bot.delete_messages(ALICE, [sent.message_id])
    assert await bot.delete_message(ALICE, document.message_id)
    await check_calls(town)


async def test_the_profile_and_the_groups(town: Town, bot: Bot) -> None:
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("aide", "Aide")], scope=scope, language_code="fr")
    (command,) = await bot.get_my_commands(scope=scope, language_code="fr")
    assert command.command == "aide"
    assert await bot.delete_my_commands(scope=scope, language_code="fr")
    await bot.set_my_name("Quartier", language_code="de")
    assert (await bot.get_my_name("de")).name == "Quartier"
    await bot.set_my_description("Frag uns")
    await bot.set_my_short_description("Kurz")
    assert (await bot.get_my_description("fr")).description == "Frag uns"
    assert (await bot.get_my_short_description()).short_description == "Kurz"
    await bot.set_chat_menu_button(ALICE, MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(ALICE), MenuButtonCommands)
    assert (await bot.get_chat_member(GROUP, ALICE)).status == "member"
    assert len(await bot.get_chat_administrators(GROUP)) == 1
    assert await bot.get_chat_member_count(GROUP) == 5
    assert await bot.leave_chat(GROUP)
    await check_calls(town)


async def test_polls_and_all_updates_are_understood(town: Town, bot: Bot) -> None:
    sent = await bot.send_poll(GROUP, "On mange ?", ["Pizza", "Soupe"], is_anonymous=False)
    place = {"chat": GROUP, "message_id": sent.message_id}
    await town.post(f"phones/{ALICE}/vote", options=[1], **place)
    await town.post(f"phones/{ALICE}/vote", options=[], **place)
    await town.post(f"phones/{BEAT}/block", blocked=True)
    for more in ({"photo": True}, {"voice": True}, {"contact": True}):
        await town.post(f"phones/{ALICE}/send", **more)
    await town.post(f"phones/{ALICE}/send", location={"lat": 47.1, "lon": 7.2})
    pressing = town.pressing(
        ALICE,
        (await bot.send_message(ALICE, "?", reply_markup=KEYS)).to_dict(),
        "yes",
    )
    while len(updates := await bot.get_updates(timeout=5)) < 10:
        continue
    given, withdrawn = [update.poll_answer for update in updates if update.poll_answer]
    assert (given.option_ids, withdrawn.option_ids) == ((1,), ())
    assert len(given.option_persistent_ids or ()) == 1
    (query,) = [update.callback_query for update in updates if update.callback_query]
    assert await query.answer("Merci")
    assert (await pressing)["text"] == "Merci"
    with pytest.raises(telegram.error.BadRequest, match="Query is too old"):
        await query.answer("Merci")
    assert (await bot.stop_poll(GROUP, sent.message_id)).is_closed
    await check_calls(town)
    for update in await town.updates():
        assert not Update.de_json(update, bot).api_kwargs


async def test_refusals_become_the_right_exceptions(town: Town, bot: Bot) -> None:
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.send_message(999, "x")
    await town.post(f"phones/{BEAT}/block", blocked=True)
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(BEAT, "x")
    old = (await town.post("chats", type="group", title="Atelier", members=[ALICE]))["id"]
    new = (await town.post(f"chats/{old}/migrate"))["id"]
    with pytest.raises(telegram.error.ChatMigrated) as moved:
        await bot.send_message(old, "x")
    assert moved.value.new_chat_id == new
    await town.post("faults", rules=[{"kind": "429", "seconds": 9, "times": 1}])
    with pytest.raises(telegram.error.RetryAfter) as paused:
        await bot.send_message(ALICE, "x")
    assert paused.value.retry_after == 9
    for kind in ("502html", "lost", "drop", "500"):
        await town.post("faults", rules=[{"kind": kind, "times": 1}])
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(ALICE, "x")


async def greet(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_chat is not None
    menu = ReplyKeyboardMarkup([[KeyboardButton("Ici", request_location=True)]], is_persistent=True)
    await update.effective_chat.send_message(
        f"Salut {(context.args or ['?'])[0]}", reply_markup=menu
    )
    await update.effective_chat.send_message("D'accord ?", reply_markup=KEYS)


async def agree(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("C'est noté")
    await update.callback_query.edit_message_text("Oui !")


async def test_a_whole_application_runs_by_polling(town: Town) -> None:
    app = (
        ApplicationBuilder()
        .token(DEMO_TOKEN)
        .base_url(f"{town.url}/bot")
        .base_file_url(f"{town.url}/file/bot")
        .build()
    )
    app.add_handlers([CommandHandler("start", greet), CallbackQueryHandler(agree)])
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling(timeout=5)
        await town.post(f"phones/{ALICE}/start", payload="kfe")

        async def answered() -> bool:
            return len((await town.phone(ALICE))["messages"]) == 3

        await town.until(answered)
        phone = await town.phone(ALICE)
        assert [view["text"] for view in phone["messages"][1:]] == ["Salut kfe", "D'accord ?"]
        assert phone["keyboard"]["is_persistent"] is True
        number = phone["messages"][-1]["id"]
        pressed = await town.post(
            f"phones/{ALICE}/press",
            chat=ALICE,
            message_id=number,
            data="yes",
        )
        assert pressed["text"] == "C'est noté"
        await app.updater.stop()
        await app.stop()
    assert (await town.phone(ALICE))["messages"][-1]["text"] == "Oui !"
    await check_calls(town)
