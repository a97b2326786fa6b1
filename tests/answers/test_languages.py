"""The bot hears which language it is spoken to in, and does not guess where nothing is said."""

from __future__ import annotations

import pytest

from bot.answers.answer import Context
from bot.answers.engine import Engine
from bot.answers.foreign import Tongues


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je cherche un appart pas cher", "fr"),
        ("ca coute combien", "fr"),
        ("ich suche eine günstige Wohnung", "de"),
        ("wann ist die bibliothek geoeffnet", "de"),
        ("wo chan i mis chind aamälde", "gsw"),
        ("i ha kes dach übere chopf hüt znacht", "gsw"),
    ],
)
def test_three_languages_are_told_apart(engine: Engine, text: str, language: str) -> None:
    answer = engine.ask(text)
    assert (answer.language, answer.clear) == (language, True)


def test_dialect_is_answered_in_german(engine: Engine) -> None:
    assert engine.ask("was choschtet d chita").reply_language == "de"


@pytest.mark.parametrize(("text", "reply"), [("oui", "fr"), ("bonjour", "fr"), ("ja", "de")])
def test_one_small_word_is_enough(engine: Engine, text: str, reply: str) -> None:
    answer = engine.ask(text, context=Context(language="de" if reply == "fr" else "fr"))
    assert (answer.reply_language, answer.clear, answer.foreign) == (reply, True, None)


@pytest.mark.parametrize("text", ["Kita", "yoga", "Madretsch", "ok", "🙂", "14:00"])
def test_where_a_text_does_not_say_the_resident_s_language_holds(engine: Engine, text: str) -> None:
    for language in ("fr", "de"):
        answer = engine.ask(text, context=Context(language=language))
        assert (answer.reply_language, answer.clear, answer.foreign) == (language, False, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("where can I learn french?", "en"),
        ("my husband hits me", "en"),
        ("is there anything for kids on wednesday", "en"),
        ("dove posso imparare il francese?", "it"),
        ("cerco un appartamento", "it"),
        ("preciso de ajuda com os impostos", "pt"),
        ("há alguém que fala português?", "pt"),
        ("cuánto cuesta la guardería", "es"),
        ("hola, quiero inscribir a mi hijo en la escuela", "es"),
        ("ku mund të mësoj frëngjisht?", "sq"),
        ("ku mund te mesoj gjermanisht", "sq"),
        ("Fransızca nerede öğrenebilirim?", "tr"),
        ("cocugum icin bir kurs ariyorum", "tr"),
        ("أين يمكنني تعلم الفرنسية؟", "ar"),
        ("ፈረንሳይኛ ኣበይ ክመሃር ይኽእል?", "ti"),
        ("мені потрібна допомога", "uk"),
    ],
)
def test_nine_other_languages_are_recognised(engine: Engine, text: str, code: str) -> None:
    answer = engine.ask(text)
    assert (answer.foreign, answer.language, answer.clear) == (code, "other", False)


@pytest.mark.parametrize(
    "text",
    [
        "come",
        "San Marco",
        "no idea",
        "Pizzeria La Dolce Vita",
        "ok thanks",
        "open air kino",
        "Noël au canoë",
        "je cherche le yoga en ville",
        "où est le repair café",
    ],
)
def test_a_name_or_a_borrowed_word_is_not_foreign(engine: Engine, text: str) -> None:
    assert engine.ask(text).foreign is None


@pytest.mark.parametrize(
    "text", ["где можно выучить французский?", "这里有什么", "من کجا یاد بگیرم"]
)
def test_a_language_nobody_listed_is_other_without_a_name(engine: Engine, text: str) -> None:
    answer = engine.ask(text)
    assert (answer.language, answer.foreign, answer.clear) == ("other", None, False)


def test_every_foreign_sentence_names_the_service_and_its_number(tongues: Tongues) -> None:
    assert set(tongues.by_code) == {"en", "it", "pt", "es", "sq", "tr", "ar", "ti", "uk"}
    for tongue in tongues.by_code.values():
        said = tongue.says(service="Polyglotte", phone="+41 32 000 00 00")
        assert "Polyglotte" in said
        assert "+41 32 000 00 00" in said
        assert "{" not in said


def test_the_sentences_are_heard_as_the_languages_they_are_in(tongues: Tongues) -> None:
    heard = {code: tongues.heard(t.sentence) for code, t in tongues.by_code.items()}
    assert heard == {code: code for code in tongues.by_code}
