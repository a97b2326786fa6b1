"""What a text asks is heard in French, German and dialect: the fact, for whom, where, at what price."""

from __future__ import annotations

import pytest

from bot.answers.engine import Engine
from bot.domain.asked import Filters

FACTS = """
c'est quand ? · when
quel jour ? · when
wann findet das statt? · when
wenn isch das? · when
ab wenn? · when
quels sont les horaires ? · hours
bis wann offen? · hours
het das am Samschtig offe? · hours
c'est ouvert ? · open_now
ist jetzt offen? · open_now
isch itz offe? · open_now
combien ça coûte ? · cost
c'est gratuit ? · cost
was kostet das? · cost
u was choschtet das? · cost
wi tüür isch das? · cost
c'est où ? · where
c ou ? · where
quelle adresse ? · where
wo ist das? · where
wo isch das? · where
où est le plus proche ? · where nearest
wie komme ich dorthin? · where
comment s'inscrire ? · sign_up
und wie melde ich mich an? · sign_up
wie mäudi mi a? · sign_up
à partir de quel âge ? · age
ab welchem Alter? · age
ab welem Auter? · age
en quelle langue ? · language
in welcher Sprache? · language
weli Sprach? · language
en fauteuil roulant c'est possible ? · wheelchair
geht das mit dem Rollstuhl? · wheelchair
geits mitem Rollstuehl? · wheelchair
qui appeler ? · contact
welche Telefonnummer? · contact
wäm chani aalüte? · contact
quels papiers je dois apporter ? · documents
was muss ich mitbringen? · documents
was mues i mitnäh? · documents
c'est où et quand ? · where when
"""

FILTERS: list[tuple[str, Filters]] = [
    ("et pour les adultes ?", Filters(audience="adults")),
    ("und für Erwachsene?", Filters(audience="adults")),
    ("u für Erwachseni?", Filters(audience="adults")),
    ("pour un enfant de 8 ans", Filters(age=8)),
    ("für mein 8-jähriges Kind", Filters(age=8)),
    ("mis Chind isch 8", Filters(age=8)),
    ("mon fils a 6 ans", Filters(age=6)),
    ("ma fille de douze ans", Filters(age=12)),
    ("et à Mâche ?", Filters(neighbourhood="mett")),
    ("und in Mett?", Filters(neighbourhood="mett")),
    ("u z Bözige?", Filters(neighbourhood="boezingen")),
    ("dans la vieille ville", Filters(neighbourhood="zentrum")),
    ("et en français ?", Filters(language="fr")),
    ("und auf Arabisch?", Filters(language="ar")),
    ("uf dütsch?", Filters(language="de")),
    (
        "activités gratuites pour seniors à Mâche",
        Filters(audience="seniors", neighbourhood="mett", free=True),
    ),
    ("depuis 2 ans au chômage", Filters()),
    ("seit 3 Jahren allein", Filters()),
    ("cours de français", Filters()),
    ("au Centre de jour", Filters(neighbourhood="zentrum")),
]

LISTS = """
qu'est-ce qu'il y a mercredi pour un enfant de 8 ans ?
que faire ce week-end avec les enfants ?
activités gratuites pour seniors à Mâche
y a quoi samedi ?
mercredi pour un enfant de 8 ans ?
was läuft am Samstag?
was gibt es in den Ferien für Kinder?
gibt es am Sonntag etwas Kostenloses?
Veranstaltungen in Bözingen
was lauft am Samschtig
was louft morn z'Abe
gits öppis für chind am mittwuch?
"""

NO_LISTS = """
que faire de mon vieux canapé ?
wo ist die Ludothek?
was kostet das am Samstag?
après-midi des enfants
günstig Ferien machen mit der Familie
seid ihr im Herbst in den Ferien auch da
was machen wenn ich die Rechnung nicht zahlen kann
cours de français le soir
"""


def lines(table: str) -> list[str]:
    return [line for line in table.split("\n") if line]


@pytest.mark.parametrize("row", lines(FACTS))
def test_the_fact_that_is_asked(row: str, engine: Engine) -> None:
    text, _, facts = row.partition(" · ")
    assert " ".join(engine.hearing.hear(text).facts) == facts


@pytest.mark.parametrize(("text", "filters"), FILTERS)
def test_whom_it_must_suit(text: str, filters: Filters, engine: Engine) -> None:
    assert engine.hearing.hear(text).filters == filters


@pytest.mark.parametrize("text", lines(LISTS))
def test_a_list_is_asked_for(text: str, engine: Engine) -> None:
    assert engine.hearing.hear(text).alone().wants_list


@pytest.mark.parametrize("text", lines(NO_LISTS))
def test_one_thing_is_asked_for(text: str, engine: Engine) -> None:
    assert not engine.hearing.hear(text).alone().wants_list


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("c'est où ?", ()),
        ("u am Samschtig?", ()),
        ("combien coûte la ludothèque", ("ludothequ",)),
        ("wo isch d krippe", ("krippe",)),
        ("prix du sac taxé", ("sac", "taxe")),
        ("et pour les adultes ?", ()),
    ],
)
def test_what_remains_is_the_thing_itself(
    text: str, topic: tuple[str, ...], engine: Engine
) -> None:
    assert engine.hearing.hear(text).topic == topic
