"""How the bot introduces itself: commands by scope and language, texts by language."""

from __future__ import annotations

from tests.sandbox.town import ALICE, BEAT, GROUP, RETO, SAMIRA, Town


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


async def seen(town: Town, person: int, chat: int | None = None) -> list[str]:
    return [command["command"] for command in (await town.phone(person, chat))["commands"]]


async def test_commands_are_found_in_telegrams_order(town: Town) -> None:
    steps = [
        ({"type": "default"}, "", "any", {ALICE: "any", BEAT: "any"}),
        ({"type": "default"}, "de", "alle", {ALICE: "any", BEAT: "alle"}),
        ({"type": "all_private_chats"}, "", "private", {ALICE: "private", BEAT: "private"}),
        ({"type": "all_private_chats"}, "fr", "prive", {ALICE: "prive", BEAT: "private"}),
        ({"type": "chat", "chat_id": BEAT}, "", "beat", {ALICE: "prive", BEAT: "beat"}),
    ]
    await town.starts(ALICE, BEAT)
    for scope, language, name, expected in steps:
        await town.call(
            "setMyCommands",
            commands=commands(name),
            scope=scope,
            language_code=language,
        )
        assert {person: (await seen(town, person))[0] for person in (ALICE, BEAT)} == expected
    await town.call("deleteMyCommands", scope={"type": "chat", "chat_id": BEAT})
    assert await seen(town, BEAT) == ["private"]


async def test_group_commands_know_administrators_and_members(town: Town) -> None:
    group = {"chat_id": GROUP}
    for scope, name in (
        ({"type": "all_group_chats"}, "group"),
        ({"type": "all_chat_administrators"}, "heads"),
        ({"type": "chat", **group}, "here"),
        ({"type": "chat_administrators", **group}, "heads_here"),
        ({"type": "chat_member", **group, "user_id": RETO}, "reto"),
    ):
        await town.call("setMyCommands", commands=commands(name), scope=scope)
    assert await seen(town, ALICE, GROUP) == ["here"]
    assert await seen(town, SAMIRA, GROUP) == ["heads_here"]
    assert await seen(town, RETO, GROUP) == ["reto"]


async def test_asking_for_commands_does_not_fall_back(town: Town) -> None:
    await town.call("setMyCommands", commands=commands("aide", "menu"))
    assert await town.call("getMyCommands") == commands("aide", "menu")
    assert await town.call("getMyCommands", language_code="de") == []


async def test_a_regional_language_uses_the_two_letters(town: Town) -> None:
    await town.post(f"phones/{BEAT}/language", language_code="de-CH")
    await town.call("setMyCommands", commands=commands("hilfe"), language_code="de")
    assert await seen(town, BEAT) == ["hilfe"]


async def test_wrong_commands_are_refused(town: Town) -> None:
    async def setting(*wanted: dict[str, str], **more: object) -> str:
        return await town.refusal("setMyCommands", commands=list(wanted), **more)

    capital = {"command": "Événements", "description": "x"}
    assert await setting(capital) == "Bad Request: BOT_COMMAND_INVALID"
    silent = {"command": "x", "description": ""}
    assert await setting(silent) == "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"
    assert await setting(*commands("x") * 101) == "Bad Request: BOT_COMMANDS_TOO_MUCH"
    assert await setting(language_code="deutsch") == "Bad Request: LANG_CODE_INVALID"


async def test_texts_fall_back_to_those_without_a_language(town: Town) -> None:
    for name, method in (
        ("name", "Name"),
        ("description", "Description"),
        ("short_description", "ShortDescription"),
    ):
        await town.call(f"setMy{method}", **{name: "Quartier"})
        await town.call(f"setMy{method}", **{name: "Quartierbot Biel"}, language_code="de")
        told = [
            (await town.call(f"getMy{method}", language_code=language))[name]
            for language in ("", "de", "fr")
        ]
        assert told == ["Quartier", "Quartierbot Biel", "Quartier"]
        await town.call(f"setMy{method}", **{name: ""}, language_code="de")
        assert (await town.call(f"getMy{method}", language_code="de"))[name] == "Quartier"
    assert (await town.call("getMe"))["first_name"] == "Quartier"
    assert (await town.phone(ALICE))["description"] == "Quartier"
    said = await town.refusal("setMyName", name="x" * 65)
    assert said == "Bad Request: BOT_NAME_TOO_LONG"


async def test_the_menu_button_is_for_all_or_for_one(town: Town) -> None:
    await town.starts(ALICE)
    assert await town.call("getChatMenuButton") == {"type": "commands"}
    await town.call("setChatMenuButton", chat_id=ALICE, menu_button={"type": "default"})
    assert await town.call("getChatMenuButton", chat_id=ALICE) == {"type": "default"}
    assert (await town.phone(ALICE))["menu_button"] == {"type": "default"}
    said = await town.refusal("setChatMenuButton", chat_id=GROUP, menu_button={"type": "default"})
    assert said == "Bad Request: menu button can be set only in private chats"
