"""Named days become dates: in French, German and dialect, seen from a Wednesday and from holidays."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.answers import times
from bot.domain.asked import When
from bot.domain.calendar import Holidays
from bot.domain.directory import Directory

WEDNESDAY = datetime(2026, 11, 25, 10, 0)  # noqa: DTZ001 - wall time
CHRISTMAS_WEEK = datetime(2026, 12, 28, 10, 0)  # noqa: DTZ001

SINGLE = """
aujourd'hui · 11-25
c'est ouvert aujourdhui ? · 11-25
ce soir · 11-25 evening
cet après-midi · 11-25 afternoon
ce matin · 11-25 morning
demain · 11-26
dmain matin · 11-26 morning
demain matin · 11-26 morning
demain soir · 11-26 evening
après-demain · 11-27
apres demain · 11-27
mercredi · 11-25
le mercredi · 11-25
mercredi prochain · 12-02
mecredi apres-midi · 11-25 afternoon
jeudi · 11-26
vendredi soir · 11-27 evening
samedi · 11-28
le samedi matin · 11-28 morning
samedi 28 novembre · 11-28
dimanche en huit · 12-06
dimanche · 11-29
lundi · 11-30
tous les mardis · 12-01
ce vendredi · 11-27
le 3 décembre · 12-03
le 1er décembre · 12-01
le premier décembre · 12-01
3.12. · 12-03
le 28/11 · 11-28
le 28.11 · 11-28
dans 3 jours · 11-28
dans deux jours · 11-27
à Noël · 12-25
le 1er août · 2027-08-01
lundi de Pâques · 2027-03-29
maintenant · 11-25
mercredi de la semaine prochaine · 12-02
la semaine prochaine, le jeudi · 12-03
heute · 11-25
heute Abend · 11-25 evening
heute Nachmittag · 11-25 afternoon
heute Morgen · 11-25 morning
diesen Morgen · 11-25 morning
morgen · 11-26
morgen um 14 Uhr · 11-26
morgen früh · 11-26 morning
morgen Abend · 11-26 evening
übermorgen · 11-27
am Mittwoch · 11-25
nächsten Mittwoch · 12-02
Mittwochnachmittag · 11-25 afternoon
mittwochs · 11-25
am Donnerstag · 11-26
donnerstag abend · 11-26 evening
Freitagabend · 11-27 evening
diesen Freitag · 11-27
kommenden Freitag · 11-27
am Samstag · 11-28
Samstagmorgen · 11-28 morning
Samstag Morgen · 11-28 morning
samstags · 11-28
am Sonntag · 11-29
am Montag · 11-30
Dienstag · 12-01
am 3. Dezember · 12-03
am 3.12. · 12-03
am 3.12.2026 · 12-03
am 3.12.26 · 12-03
ab dem 5.1.2027 · 2027-01-05
am 3. Dezember 2027 · 2027-12-03
in 3 Tagen · 11-28
in zwei Tagen · 11-27
nächste Woche Mittwoch · 12-02
Mittwoch in einer Woche · 12-02
an Weihnachten · 12-25
Karfreitag · 2027-03-26
an Auffahrt · 2027-05-06
hüt · 11-25
hütt am Namittag · 11-25 afternoon
hüt z'Abe · 11-25 evening
hüt zabig · 11-25 evening
hinecht · 11-25 evening
morn · 11-26
mornemorge · 11-26 morning
morn am Morge · 11-26 morning
morn am Abe · 11-26 evening
übermorn · 11-27
am Mittwuch · 11-25
Mittwuchnami · 11-25 afternoon
am Donnschtig · 11-26
am Dunschtig · 11-26
am Fritig z'Abe · 11-27 evening
am Samschtig · 11-28
am Samschtigmorge · 11-28 morning
am Sunntig · 11-29
am Määntig · 11-30
am Zischtig · 12-01
dä Samschtig · 11-28
nächscht Mittwuch · 12-02
am 3. Dezämber · 12-03
itz · 11-25
"""

RANGES = """
ce week-end · 11-28 11-29
le week-end prochain · 11-28 11-29
cette semaine · 11-25 11-29
la semaine prochaine · 11-30 12-06
dans deux semaines · 12-07 12-13
en décembre · 12-01 12-31
ce mois · 11-25 11-30
le mois prochain · 12-01 12-31
du lundi au vendredi · 11-30 12-04
du 3 au 5 décembre · 12-03 12-05
pendant les vacances · 12-24 2027-01-10
pendant les vacances de Noël · 12-24 2027-01-10
durant les vacances de printemps · 2027-04-03 2027-04-18
vacances d'automne · 2027-09-18 2027-10-10
semaine de sport · 2027-02-06 2027-02-14
cet été · 2027-06-01 2027-08-31
à Pâques · 2027-03-26 2027-03-29
am Wochenende · 11-28 11-29
dieses Wochenende · 11-28 11-29
diese Woche · 11-25 11-29
nächste Woche · 11-30 12-06
übernächste Woche · 12-07 12-13
in zwei Wochen · 12-07 12-13
im Dezember · 12-01 12-31
nächsten Monat · 12-01 12-31
vom 3. bis 5. Dezember · 12-03 12-05
von Montag bis Freitag · 11-30 12-04
in den Ferien · 12-24 2027-01-10
in den Herbstferien · 2027-09-18 2027-10-10
in den Sportferien · 2027-02-06 2027-02-14
in den Frühlingsferien · 2027-04-03 2027-04-18
im Sommer · 2027-06-01 2027-08-31
in den nächsten Tagen · 11-25 12-01
am Wuchenänd · 11-28 11-29
di Wuche · 11-25 11-29
di nöchschti Wuche · 11-30 12-06
i zwöi Wuche · 12-07 12-13
im Dezämber · 12-01 12-31
i de Ferie · 12-24 2027-01-10
ir Sportwuche · 2027-02-06 2027-02-14
i de Herbschtferie · 2027-09-18 2027-10-10
i de Summerferie · 2027-07-03 2027-08-15
"""

NOTHING = """
Guten Morgen
guete Morge, chöit dir mir häufe
bonsoir, bonne journée
letzten Montag
il y a deux semaines
vor drei Tagen
24/7
14.30 Uhr
am 31.2.
mon mari
8 ans
par semaine
irgendwann
Ferien machen
der Wochenmarkt
un jour
"""


def day(written: str) -> date:
    return date.fromisoformat(written if len(written) > 5 else f"2026-{written}")


def rows(table: str) -> list[tuple[str, str]]:
    return [
        (text, meant) for text, _, meant in (r.partition(" · ") for r in table.split("\n")) if text
    ]


@pytest.fixture(scope="module")
def holidays(town: Directory) -> Holidays:
    return Holidays.of(town)


def found(text: str, holidays: Holidays, now: datetime = WEDNESDAY) -> When | None:
    return times.find(text, now=now, holidays=holidays)


@pytest.mark.parametrize(("text", "meant"), rows(SINGLE))
def test_a_day_in_residents_words(text: str, meant: str, holidays: Holidays) -> None:
    written, *part = meant.split()
    when = found(text, holidays)
    assert when is not None
    assert (when.single, when.part) == (
        day(written),
        part[0] if part and part[0].isalpha() else None,
    )


@pytest.mark.parametrize(("text", "meant"), rows(RANGES))
def test_a_stretch_of_days_in_residents_words(text: str, meant: str, holidays: Holidays) -> None:
    when = found(text, holidays)
    assert when is not None
    assert [(d.first, d.last) for d in when.days] == [tuple(day(each) for each in meant.split())]


@pytest.mark.parametrize("text", [text for text in NOTHING.split("\n") if text])
def test_what_is_not_a_day_stays_none(text: str, holidays: Holidays) -> None:
    assert found(text, holidays) is None


def test_two_days_are_two_days(holidays: Holidays) -> None:
    when = found("lundi et jeudi", holidays)
    assert when is not None
    assert [d.first for d in when.days] == [date(2026, 11, 26), date(2026, 11, 30)]


def test_a_part_of_the_day_alone_means_any_day(holidays: Holidays) -> None:
    assert found("yoga le soir", holidays) == When(part="evening")


def test_weekdays_within_holidays_are_those_days(holidays: Holidays) -> None:
    when = found("mercredi pendant les vacances de Noël", holidays)
    assert when is not None
    assert [d.first for d in when.days] == [date(2026, 12, 30), date(2027, 1, 6)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("i de Ferie", date(2026, 12, 28), date(2027, 1, 10)),
        ("am Mittwoch", date(2026, 12, 30), date(2026, 12, 30)),
        ("im Januar", date(2027, 1, 1), date(2027, 1, 31)),
        ("le 3 décembre", date(2027, 12, 3), date(2027, 12, 3)),
        ("à Noël", date(2027, 12, 25), date(2027, 12, 25)),
        ("cet hiver", date(2026, 12, 28), date(2027, 2, 28)),
        ("nächstes Wochenende", date(2027, 1, 2), date(2027, 1, 3)),
    ],
)
def test_in_the_holidays_nothing_that_is_over_is_meant(
    text: str, first: date, last: date, holidays: Holidays
) -> None:
    when = found(text, holidays, CHRISTMAS_WEEK)
    assert when is not None
    assert [(d.first, d.last) for d in when.days] == [(first, last)]
