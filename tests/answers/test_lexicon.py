"""The lexicon's files are sound, broad, and mean the same to us as to any reader of YAML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.answers.engine import Engine
from bot.answers.lexicon import WRITTEN, Lexicon, LexiconError
from bot.answers.matching import Matcher
from bot.answers.spelling import words
from bot.domain.directory import Directory

_FOLDER = Path(__file__).resolve().parents[2] / "locales" / "lexicon"
_CONCEPT = 'tea:\n  fr: ["thé"]\n  de: ["Tee"]\n  gsw: ["Tee",\n    "Tey"]\n  near: []\n'


def meant(matcher: Matcher, said: str, side: str) -> set[str]:
    return {h.concept for h in matcher.hits(words(said), "fr" if side == "fr" else "de")}


def test_there_are_words_for_a_whole_town(matcher: Matcher) -> None:
    concepts = matcher.lexicon.concepts.values()
    written = {lang: sum(len(c.terms[lang]) for c in concepts) for lang in WRITTEN}
    assert len(concepts) >= 600
    assert sum(written.values()) >= 8000
    assert written["gsw"] >= 2000


def test_our_quick_reader_reads_what_any_yaml_reader_reads(matcher: Matcher) -> None:
    for file in sorted(_FOLDER.glob("*.yaml")):
        for concept_id, row in YAML(typ="safe").load(file).items():
            concept = matcher.lexicon.concepts[concept_id]
            assert {lang: tuple(row[lang]) for lang in WRITTEN} == concept.terms
            assert tuple(row.get("near", ())) == concept.near
            assert tuple(row.get("served", ())) == concept.served
            assert (row.get("critical", ""), row.get("facet", "")) == (
                concept.critical,
                concept.facet,
            )


def test_critical_topics_have_words_for_those_who_write(matcher: Matcher) -> None:
    known = YAML(typ="safe").load(_FOLDER.parent / "critical.yaml")
    assert {c.critical for c in matcher.lexicon.concepts.values() if c.critical} <= set(known)
    alarms = YAML(typ="safe").load(_FOLDER.parent / "alarms.yaml")
    assert {*alarms["rows"], *alarms["together"]} - {"harmless", "any"} <= set(known)


def test_a_list_may_run_over_lines() -> None:
    lexicon = Lexicon.read({"drinks.yaml": _CONCEPT})
    assert lexicon.concepts["tea"].terms["gsw"] == ("Tee", "Tey")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_CONCEPT + _CONCEPT, "tea is defined twice"),
        (_CONCEPT.replace("near: []", 'near: ["coffee"]'), "tea: coffee does not exist"),
        (_CONCEPT.replace('  fr: ["thé"]\n', ""), "no fr"),
        (_CONCEPT.replace('["Tee"]', "[Tee]"), "a list is written as"),
        ("  fr thé\n", "neither a concept nor its words"),
        ("tea: hot\n", "ids stand at the margin"),
    ],
)
def test_a_broken_file_is_named(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        Lexicon.read({"drinks.yaml": text})


@pytest.mark.parametrize(
    ("said", "side", "concept"),
    [
        ("place en crèche", "fr", "child-care"),
        ("creche", "fr", "child-care"),
        ("crehce", "fr", "child-care"),
        ("chrippeplatz", "de", "child-care"),
        ("wo isch d kita", "fr", "child-care"),
        ("gäud", "de", "money-worries"),
        ("Steuererklärungsformular", "de", "tax-declaration"),
        ("mon natel est complètement cassé", "fr", "phone-repair"),
    ],
)
def test_words_are_understood_in_many_spellings(
    matcher: Matcher, said: str, side: str, concept: str
) -> None:
    assert concept in meant(matcher, said, side)


def test_a_phrase_hides_the_words_it_is_made_of() -> None:
    cup = _CONCEPT.replace("tea:", "saucer:").replace("thé", "tasse de thé")
    drinks = Matcher.build(Lexicon.read({"drinks.yaml": _CONCEPT + cup}))
    hits = drinks.hits(words("une tasse de thé"), "fr", asked=False)
    assert [(hit.concept, hit.start, hit.end) for hit in hits] == [("saucer", 1, 4)]


def test_a_concept_can_be_taken_out(matcher: Matcher) -> None:
    smaller = matcher.lexicon.without(["child-care"])
    assert "child-care" not in smaller.concepts
    assert all("child-care" not in concept.near for concept in smaller.concepts.values())
    assert "child-care" not in meant(Matcher.build(smaller), "crèche", "fr")


def test_who_has_no_entry_of_their_own_is_sent_where_they_are_served(
    town: Directory, matcher: Matcher
) -> None:
    def scores(*left_out: str) -> dict[str, float]:
        entries = {key: entry for key, entry in town.entries.items() if key not in left_out}
        engine = Engine.build(replace(town, entries=entries), matcher=matcher)
        return {
            ranked.entry_id: ranked.score for ranked in engine.ask("ich wurde entlassen").ranking
        }

    assert "legal-advice" in matcher.lexicon.concepts["dismissal"].served
    whole, smaller = scores(), scores("faq-arbeitslos")
    assert next(iter(whole)) == "faq-arbeitslos"
    assert next(iter(smaller)) == "svc-rechtsberatung"
    assert smaller["svc-rechtsberatung"] > 1.5 * whole["svc-rechtsberatung"]


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("où dormir cette nuit", "svc-notschlafstelle"),
        ("tricoter avec d'autres", "act-stricken"),
        ("wohin mit alten Büchern", "svc-buecherkabine"),
        ("ich fühle mich einsam", "faq-einsam"),
    ],
)
def test_an_entry_written_in_the_other_language_is_found(
    engine: Engine, said: str, entry: str
) -> None:
    assert len(engine.directory.entries[entry].title) == 1
    assert entry in [ranked.entry_id for ranked in engine.ask(said).ranking[:3]]
