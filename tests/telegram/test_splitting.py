"""Long texts arrive whole, in messages that Telegram takes, cut where a reader would cut."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.splitting import length, split
from bot.text import escape, plain


class _Balance(HTMLParser):
    """Fails where a tag is closed that is not the open one, or where one stays open."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


_words = st.text(st.sampled_from("aé<&\"' 🥐ß"), min_size=1, max_size=30).map(escape)
_marked = st.tuples(
    st.sampled_from(
        ["b", "i", "blockquote expandable", 'a href="https://example.org/?a=1&amp;b=2"']
    ),
    _words,
).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>")
_nested = st.tuples(_words, _marked).map(lambda pair: f"<b>{pair[0]}{pair[1]}</b>")
_texts = st.lists(
    st.one_of(_words, _marked, _nested, st.sampled_from(["\n\n", "\n", " "])), max_size=60
).map("".join)


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(text=_texts, limit=st.integers(8, 120))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_nothing_is_lost_too_long_or_left_open(text: str, limit: int) -> None:
    parts = split(text, limit=limit)
    assert all(length(part) <= limit for part in parts)
    assert _letters("".join(plain(part) for part in parts)) == _letters(plain(text))
    for part in parts:
        _Balance(part)


def test_it_cuts_between_paragraphs_and_keeps_bold_words_whole() -> None:
    first = "Un <b>très beau paragraphe</b> avec des mots."
    second = "Et un <b>deuxième paragraphe assez long</b> pour ne plus tenir."
    assert split(f"{first}\n\n{second}", limit=60) == [first, second]


def test_emoji_count_twice_as_on_a_phone() -> None:
    assert length("<b>🥐</b> &amp; thé") == 8
    assert [length(part) for part in split("🥐" * 4097)] == [4096, 4096, 2]


def test_a_mark_longer_than_a_message_is_closed_and_opened_again() -> None:
    assert split("<b>eins zwei drei</b>", limit=10) == ["<b>eins zwei</b>", "<b>drei</b>"]


def test_a_short_text_stays_as_it_is() -> None:
    assert split("Bonjour <b>Alice</b>\n\n") == ["Bonjour <b>Alice</b>\n\n"]
