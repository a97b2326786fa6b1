"""What Telegram makes of a text: entities in UTF-16, refusals with the byte, limits."""

from __future__ import annotations

import pytest

from tests.sandbox.town import ALICE, Town
from web.sandbox.entities import styled
from web.sandbox.errors import ApiError
from web.sandbox.rendering import render


async def test_offsets_count_utf16_units(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call(
        "sendMessage",
        chat_id=ALICE,
        text="😀 <b>Grüezi</b> &lt;Biel&gt;",
        parse_mode="HTML",
    )
    assert sent["text"] == "😀 Grüezi <Biel>"
    assert sent["entities"] == [{"type": "bold", "offset": 3, "length": 6}]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>gras", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é <blink>x</blink>", 'Unsupported start tag "blink" at byte offset 3'),
        ("😀</b>", "Unexpected end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("ab <b", "Unclosed start tag at byte offset 3"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused_with_the_byte(town: Town, source: str, words: str) -> None:
    await town.starts(ALICE)
    said = await town.refusal("sendMessage", chat_id=ALICE, text=source, parse_mode="HTML")
    assert said == f"Bad Request: can't parse entities: {words}"


def test_every_tag_becomes_its_entity() -> None:
    source = (
        '<i>a</i><u>b</u><s>c</s><code>d</code><tg-spoiler>e</tg-spoiler><a href="https://x.ch">f</a>'
        '<blockquote expandable>g</blockquote><pre><code class="language-python">h</code></pre>'
    )
    _, entities = styled(source, "HTML", None)
    assert [(entity["type"], entity["offset"]) for entity in entities] == [
        ("italic", 0),
        ("underline", 1),
        ("strikethrough", 2),
        ("code", 3),
        ("spoiler", 4),
        ("text_link", 5),
        ("expandable_blockquote", 6),
        ("pre", 7),
    ]
    assert entities[5]["url"] == "https://x.ch"
    assert entities[7]["language"] == "python"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 &lt; 2 &amp;&amp; &quot;x&quot;", '1 < 2 && "x"'),
        ("&#8364; &#x1F600; &#xD800;", "€ 😀 &#xD800;"),
        ("R&D &nbsp; &", "R&D &nbsp; &"),
        ("a\x07b\r\nc", "ab\nc"),
    ],
)
def test_character_references(source: str, text: str) -> None:
    assert styled(source, "HTML", None)[0] == text


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        (
            "<a>biel.ch</a>",
            {"type": "text_link", "offset": 0, "length": 7, "url": "http://biel.ch"},
        ),
        (
            '<a href="tel:+41323261111">Anrufen</a>',
            {"type": "text_link", "offset": 0, "length": 7, "url": "tel:+41323261111"},
        ),
        (
            '<tg-emoji emoji-id="5">👍</tg-emoji>',
            {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "5"},
        ),
        (
            "<tg-time unix='1647531900' format=wDT>demain</tg-time>",
            {
                "type": "date_time",
                "offset": 0,
                "length": 6,
                "unix_time": 1647531900,
                "date_time_format": "wDT",
            },
        ),
        ("<SPAN class='tg-spoiler'>x</SPAN>", {"type": "spoiler", "offset": 0, "length": 1}),
    ],
)
def test_tags_with_attributes(source: str, entity: dict[str, object]) -> None:
    assert styled(source, "HTML", None)[1] == [entity]


def test_a_link_to_nowhere_is_only_text() -> None:
    assert styled('<a href="javascript:alert(1)">x</a>', "HTML", None) == ("x", [])


def test_commands_links_and_mentions_are_found() -> None:
    text, entities = styled("/aide ou @quartier_bot, biel-bienne.ch, a@b.ch", None, None)
    found = [
        (each["type"], text[each["offset"] : each["offset"] + each["length"]]) for each in entities
    ]
    assert found == [
        ("bot_command", "/aide"),
        ("mention", "@quartier_bot"),
        ("url", "biel-bienne.ch"),
        ("email", "a@b.ch"),
    ]


def test_spaces_around_are_cut_with_their_entities() -> None:
    text, entities = styled("\n  <b> Salut</b>  \n", "HTML", None)
    assert text == "Salut"
    assert entities == [{"type": "bold", "offset": 0, "length": 5}]


def test_given_entities_must_fit() -> None:
    bold = {"type": "bold", "offset": 0, "length": 3}
    assert styled("abc", None, [bold]) == ("abc", [bold])
    with pytest.raises(ApiError, match="ENTITY_BOUNDS_INVALID"):
        styled("ab", None, [bold])


async def test_a_text_has_at_most_4096_characters_after_parsing(town: Town) -> None:
    await town.starts(ALICE)
    full = "<b>" + "x" * 4096 + "</b>"
    await town.call("sendMessage", chat_id=ALICE, text=full, parse_mode="HTML")
    said = await town.refusal("sendMessage", chat_id=ALICE, text="x" * 4097)
    assert said == "Bad Request: message is too long"
    said = await town.refusal("sendMessage", chat_id=ALICE, text=" <b> </b>\n", parse_mode="HTML")
    assert said == "Bad Request: message text is empty"


async def test_another_markup_is_refused_rather_than_shown_raw(town: Town) -> None:
    await town.starts(ALICE)
    said = await town.refusal("sendMessage", chat_id=ALICE, text="*x*", parse_mode="MarkdownV2")
    assert said == "Bad Request: unsupported parse_mode"


def test_the_page_gets_safe_html() -> None:
    source = '<b>fett <i>und</i></b> <a href="https://x.ch/?a=1&amp;b=2">&lt;script&gt;</a>'
    text, entities = styled(source, "HTML", None)
    assert render(text, entities) == (
        "<b>fett <i>und</i></b> "
        '<a href="https://x.ch/?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">'
        "&lt;script&gt;</a>"
    )
    overlapping = [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "italic", "offset": 1, "length": 3},
    ]
    assert render("😀abc", overlapping[:1]) == "<b>😀a</b>bc"
    assert render("abcd", overlapping) == "<b>a<i>bc</i></b><i>d</i>"
    evil = [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}]
    assert render("x", evil) == "x"
