"""Checks `reply_markup` as Telegram does and says whose phone shows which keyboard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from web.sandbox.errors import Json, bad_request
from web.sandbox.markup import utf16_length
from web.sandbox.people import Chat

MOST_BUTTONS = 100
MOST_DATA_BYTES = 64
LONGEST_PLACEHOLDER = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
PRIVATE_ONLY = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_users": "users",
    "request_chat": "chats",
}
STYLES = {"danger", "success", "primary"}


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked `reply_markup`: what the message carries, or what the phones show."""

    inline: Json | None = None
    reply: Json | None = None
    remove: bool = False
    selective: bool = False


NO_MARKUP = Markup()


def read_markup(markup: Json | None, *, private: bool) -> Markup:
    """Check a keyboard, or raise Telegram's 400."""
    if markup is None:
        return NO_MARKUP
    selective = markup.get("selective") is True
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        return Markup(reply=_reply(markup, private=private), selective=selective)
    if markup.get("remove_keyboard") is True:
        return Markup(remove=True, selective=selective)
    if markup.get("force_reply") is True:
        shown = {"force_reply": True} | _placeholder(markup)
        return Markup(reply=shown, selective=selective)
    return NO_MARKUP


def _rows(rows: object) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be of type Array of Arrays')
    kept: list[list[Json]] = []
    for row in filter(None, rows):
        buttons = [{"text": each} if isinstance(each, str) else each for each in row]
        if not all(isinstance(button, dict) for button in buttons):
            raise bad_request("KeyboardButton must be an Object")
        kept.append(buttons)
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in (button for row in kept for button in row):
        if not isinstance(button.get("text"), str) or not button["text"].strip():
            raise bad_request("button text must be non-empty")
        if "style" in button and str(button["style"]) not in STYLES:
            raise bad_request("BUTTON_STYLE_INVALID")
    return kept


def _inline(rows: object) -> Markup:
    kept = _rows(rows)
    for button in (button for row in kept for button in row):
        actions = [name for name in ACTIONS if name in button]
        if not actions:
            raise bad_request("text buttons are unallowed in the inline keyboard")
        if len(actions) > 1:
            raise bad_request("BUTTON_TYPE_INVALID")
        if "callback_data" in button:
            _check_data(button["callback_data"])
        if "url" in button:
            _check_url(str(button["url"]))
    return Markup(inline={"inline_keyboard": kept}) if kept else NO_MARKUP


def _check_data(data: object) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    if url.startswith("tg://"):
        return
    if not _web_address(url if "://" in url else f"http://{url}"):
        sentence = f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
        raise bad_request(sentence)


def _web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(re.search(r".\..", host))


def _reply(markup: Json, *, private: bool) -> Json:
    kept = _rows(markup["keyboard"])
    if not kept:
        raise bad_request("reply keyboard must be non-empty")
    for button in (button for row in kept for button in row):
        for name, words in PRIVATE_ONLY.items():
            if button.get(name) and not private:
                raise bad_request(f"{words} can be requested in private chats only")
    shown: Json = {"keyboard": kept} | _placeholder(markup)
    for name in ("is_persistent", "resize_keyboard", "one_time_keyboard"):
        if markup.get(name) is True:
            shown[name] = True
    return shown


def _placeholder(markup: Json) -> Json:
    text = markup.get("input_field_placeholder")
    if text is None:
        return {}
    if not 1 <= utf16_length(str(text)) <= LONGEST_PLACEHOLDER:
        raise bad_request("input field placeholder must be 1-64 characters long")
    return {"input_field_placeholder": text}


def show(chat: Chat, markup: Markup, message_id: int, *, addressed: set[int]) -> bool:
    """Change the phones' keyboards after a message; True when one changed.

    `addressed` are the people whom a selective keyboard is for.
    """
    if markup.reply is None and not markup.remove:
        return False
    for person in addressed if markup.selective and not chat.private else chat.members:
        if markup.reply is None:
            chat.keyboards.pop(person, None)
        else:
            chat.keyboards[person] = markup.reply | {"message_id": message_id}
    return True


def used(chat: Chat, person: int, message: Json) -> bool:
    """Put a one-time keyboard or a reply box away once the person used it."""
    shown = chat.keyboards.get(person)
    if shown is None:
        return False
    force = shown.get("force_reply") is True
    if force or (shown.get("one_time_keyboard") and _is_pressed(shown, message)):
        del chat.keyboards[person]
        return True
    return False


def _is_pressed(shown: Json, message: Json) -> bool:
    buttons = [button for row in shown["keyboard"] for button in row]
    if "location" in message:
        return any(button.get("request_location") for button in buttons)
    if "contact" in message:
        return any(button.get("request_contact") for button in buttons)
    return any(button["text"] == message.get("text") for button in buttons)


def forget(chat: Chat, message_id: int) -> bool:
    """Take a keyboard away with the message that brought it."""
    gone = [who for who, shown in chat.keyboards.items() if shown["message_id"] == message_id]
    for person in gone:
        del chat.keyboards[person]
    return bool(gone)
