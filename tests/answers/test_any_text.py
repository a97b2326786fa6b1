"""Whatever somebody sends, the engine neither stumbles nor changes its mind."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.engine import Engine

_WORDS = st.sampled_from(
    [
        "je",
        "cherche",
        "la",
        "crèche",
        "ich",
        "chind",
        "gäud",
        "🙂",
        "the",
        "dhe",
        "мені",
        "ß",
        "İ",
        "ﷺ",
    ],
)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300) | st.lists(_WORDS, max_size=12).map(" ".join))
def test_any_text_has_a_sober_answer(engine: Engine, text: str) -> None:
    answer = engine.ask(text)
    ids = [ranked.entry_id for ranked in answer.ranking]
    assert answer == engine.ask(text)
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.reply_language in {"fr", "de"}
    assert len(ids) == len(set(ids)) <= 5
    assert set(ids) <= set(engine.directory.entries)
    if answer.outcome != "none":
        assert ids


def test_the_longest_message_is_answered_too(engine: Engine) -> None:
    assert (
        engine.ask("Kinderkrippe " * 308).ranking[0].entry_id.startswith(("svc-kita", "faq-kita"))
    )
    assert engine.ask("x" * 4000).outcome == "none"
