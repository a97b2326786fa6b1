"""More than a thousand hostile updates, built rather than listed: sound ones, each broken in one place.

`MARK` stands in every text, so that a log can be searched for words that must not be there.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from telegram.ext import CallbackQueryHandler

from handlers import desk

Json = dict[str, Any]
Path = tuple[str | int, ...]

MARK = "Gehaimnis"
MALLORY, CHAT, GROUP = 6001, 6001, -1001000000001
ANONYMOUS, SERVICE, CHANNEL = 1087968824, 777000, 136817688


def deep(levels: int) -> list[Any]:
    """Return a list in a list in a list."""
    nest: list[Any] = []
    for _ in range(levels):
        nest = [nest]
    return nest


WRONG: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**52 + 1,
    2**63,
    10**40,
    1.5,
    "",
    "3001",
    f"{MARK}\x00",
    [],
    {},
    [[]],
    {"id": "x"},
    deep(60),
)
"""What may stand where something else belongs."""

TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\x00",
    f"{MARK}\x00\x1b[31m\x07",
    f"{MARK} \ud83d",
    f"\udc00{MARK}",
    f"\u202e{MARK}\u2066\u2067",
    f"{MARK}\u200b\u200d\ufeff",
    "\u200b\u2060\u3164",
    MARK + "a" + "\u0301" * 500,
    MARK * 600,
    MARK + "𝕬" * 4096,
    f"{MARK}\r\n.\r\n\u2028\u2029\x85",
    f"<b>{MARK}</b><a href='tg://user?id=3001'>x</a>",
    f"</b>{MARK}&lt;&#0;&amp",
    f"{MARK} {{0.__class__}} {{phone}} %s %(x)s $x",
    f"'; DROP TABLE contact; -- {MARK}",
    f"{MARK} % _ \\ * OR NEAR(a, 99)",
    f"=cmd|' /C calc'!A0 {MARK}",
    f"https://127.0.0.1:1/{MARK} file:///etc/passwd",
    f"👩‍👩‍👧‍👦🏳️‍🌈{MARK}🇨🇭" * 50,
    "/start",
    f"/start {MARK}",
    "/start s-",
    "/start s-" + "A" * 22,
    "/start s-" + "%00" * 20,
    f"/start s-{MARK}\x00",
    "/" + "x" * 64,
    f"/ask@{MARK}_bot x",
    "/delete",
    "/mydata",
    "/cancel",
    "/lang",
    "/stop",
    "📥 Pendenzen",
    "📥 À traiter",
    "👥 Team",
    "👥 L'équipe",
)
"""Texts that have broken somebody's program before, and the words on the team's keys."""

ARGUMENTS: tuple[str, ...] = (
    "",
    ":",
    "0",
    "1",
    "-1",
    "9" * 40,
    "٣",
    "²",
    "fr",
    "de",
    "xx",
    "on",
    "\x00",
    "../../x",
    "' OR 1=1 --",
    f"{MARK}",
    "1:2:3:4:5:6:7:8",
    "1:fr",
    "1:xx:",
    "R-00000000",
    "1:all:",
    "1:00000000:again",
    "1:202611281430",
    "é" * 40,
)
"""What may follow the verb of a button that was forged."""


def verbs() -> list[str]:
    """Return the beginning of every button that our handlers know, from the handlers themselves."""
    found = {"", "none", "\x00", MARK}
    for handler in desk().handlers:
        behind = getattr(handler.wants, "__self__", None)
        if isinstance(behind, CallbackQueryHandler) and isinstance(behind.pattern, re.Pattern):
            plain = behind.pattern.pattern.lstrip("^").rstrip("$")
            head, _, choice = plain.partition("(")
            found |= {head + each for each in choice.rstrip(")").split("|")}
    return sorted(found)


def person(number: Any = MALLORY) -> Json:  # noqa: ANN401 - hostile
    """Return somebody nobody knows."""
    return {"id": number, "is_bot": False, "first_name": MARK, "language_code": "fr"}


def message(**more: Any) -> Json:  # noqa: ANN401 - hostile
    """Return a private message, changed by `more`."""
    chat = {"id": CHAT, "type": "private", "first_name": MARK}
    return {"message_id": 7, "date": 1_764_000_000, "chat": chat, "from": person()} | more


def pressed(data: Any, **more: Any) -> Json:  # noqa: ANN401 - hostile
    """Return a press on a button that a resident forged."""
    shown = message(
        text="?",
        reply_to_message=message(text=f"{MARK}?"),
        **{"from": person(42) | {"is_bot": True}},
    )
    query = {"id": "77", "from": person(), "chat_instance": "1", "data": data, "message": shown}
    return {"callback_query": query | more}


def _group(**more: Any) -> Json:  # noqa: ANN401 - hostile
    return message(chat={"id": GROUP, "type": "supergroup", "title": MARK}, **more)


def _command(text: str) -> Json:
    length = len(text.split(maxsplit=1)[0]) if text.startswith("/") and text.strip("/") else 0
    entities = [{"type": "bot_command", "offset": 0, "length": length}] if length else []
    return message(text=text, entities=entities)


def sound() -> list[Json]:
    """Return sound updates of every kind, those that are to be broken."""
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    member = {"status": "member", "user": person(42)}
    change = {"chat": message()["chat"], "from": person(), "date": 1}
    options = [{"text": MARK, "voter_count": 0, "persistent_id": "1"}]
    poll = {"id": "1", "question": MARK, "options": options, "total_voter_count": 0}
    poll |= {"is_closed": False, "is_anonymous": False, "type": "regular"}
    poll |= {"allows_multiple_answers": False, "allows_revoting": False}
    origin = {"type": "user", "date": 1, "sender_user": person(3001)}
    return [
        {"message": message(text=f"{MARK}?")},
        {"message": _command("/start s-AAAA")},
        {"edited_message": message(text=MARK, edit_date=2)},
        {"message": message(photo=photo, caption=MARK)},
        {"message": message(text=MARK, forward_origin=origin)},
        {"message": message(text=MARK, reply_to_message=message(text=MARK))},
        {"message": _group(text=f"@quartierbot_demo_bot {MARK}")},
        {"message": _group(text=MARK, sender_chat={"id": GROUP, "type": "supergroup"})},
        {"message": _group(migrate_to_chat_id=-1001000000002)},
        {"message": _group(new_chat_members=[person(42)])},
        {"channel_post": message(text=MARK, chat={"id": -1, "type": "channel", "title": MARK})},
        {"my_chat_member": change | {"old_chat_member": member, "new_chat_member": member}},
        {"poll": poll},
        {"poll_answer": {"poll_id": "1", "user": person(), "option_ids": [0]}},
        {"inline_query": {"id": "1", "from": person(), "query": MARK, "offset": ""}},
        pressed("oq:open:1"),
        {"message": message(location={"latitude": 47.1, "longitude": 7.2})},
        {"message": message(contact={"phone_number": "1", "first_name": MARK})},
    ]


def paths(value: Any, before: Path = ()) -> Iterator[Path]:  # noqa: ANN401 - any JSON
    """Yield the way to every place inside."""
    inside: Any = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for key, inner in inside:
        yield (*before, key)
        yield from paths(inner, (*before, key))


def broken_at(update: Json, path: Path, wrong: Any) -> Json:  # noqa: ANN401 - hostile
    """Return a copy with something else in that place."""
    changed = copy.deepcopy(update)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong
    return changed


def missing_at(update: Json, path: Path) -> Json:
    """Return a copy without that place."""
    changed = copy.deepcopy(update)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return changed


def _broken() -> Iterator[Json]:
    for update in sound():
        for path in paths(update):
            yield missing_at(update, path)
            for wrong in WRONG:
                yield broken_at(update, path, wrong)


def _worded() -> Iterator[Json]:
    for text in TEXTS:
        yield {"message": _command(text)}
        yield {"message": message(caption=text)}
        yield {"message": message(text="x", **{"from": person() | {"first_name": text}})}
        yield {"message": _group(text=f"@quartierbot_demo_bot {text}")}
        yield pressed(text)
        entity = {"type": "mention", "offset": 10**9, "length": -5}
        yield {"message": _group(text=text, entities=[entity])}


def _forged() -> Iterator[Json]:
    for verb in verbs():
        for argument in ARGUMENTS:
            yield pressed(verb + argument)
        yield pressed(verb + "1", message=None)
        yield pressed(verb + "1", message={"chat": message()["chat"], "message_id": 1, "date": 0})
        yield pressed(verb + "1", inline_message_id="x")


def _masked() -> Iterator[Json]:
    """Yield words of people who are none, or who pretend to be of the team."""
    for number in (ANONYMOUS, SERVICE, CHANNEL, 0, -5, 3001):
        somebody = person(number) | {"is_bot": number == 3001}
        for text in ("/delete", "📥 Pendenzen", MARK):
            yield {"message": message(text=text, **{"from": somebody})}
            yield {"message": _group(text=text, **{"from": somebody})}
        yield pressed("oq:send:1", **{"from": somebody})
    for kind in ("business_message", "message_reaction", "chat_boost", "unknown_kind", MARK):
        for wrong in (*WRONG, message(text=MARK)):
            yield {kind: wrong}
    yield {}


def forged() -> list[Json]:
    """Return what anybody might get through to us: sound in form, hostile in content."""
    return [*_worded(), *_forged(), *_masked()]


def broken() -> list[Json]:
    """Return what no Telegram would send: sound updates with one place missing or of a wrong type."""
    return list(_broken())
