"""An editor's mistakes are named with file, line, key and remedy: all of them, not only the first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import OperatorError
from bot.domain.town import NATIONAL_HELPLINES, Town
from bot.formats.directory_files import load
from tests.formats.town_files import FILES, write_town

SAMPLE = Path(__file__).parents[2] / "sample"
TODAY = date(2026, 11, 20)


def test_the_sample_town_is_sound_and_its_gaps_are_named() -> None:
    loaded = load(SAMPLE, today=TODAY)
    assert loaded.problems.errors == ()
    kinds = [entry.kind for entry in loaded.directory.entries.values()]
    assert [kinds.count(kind) for kind in ("service", "activity", "faq")] == [66, 52, 44]
    assert len(loaded.problems.warnings) == 23
    assert str(loaded.problems[0]) == (
        "activities.yaml:717: warning: activities[act-jugendkochen]: only in `de`: title, summary,"
        " description, keywords. Readers of the other language see it in this one,"
        " and are told so."
    )


def test_the_small_town_is_read_as_it_is_meant(tmp_path: Path) -> None:
    loaded = load(write_town(tmp_path), today=TODAY)
    assert list(loaded.problems.lines()) == []
    desk = loaded.directory.entries["svc-desk"]
    assert (desk.cost and desk.cost.chf, desk.hours[0].closes.hour) == (2.5, 0)
    assert loaded.directory.entries["act-cafe"].waiting == 4
    assert loaded.directory.places["hall"].wheelchair == "via courtyard"
    town = Town.of(loaded.town or {})
    assert {line.number for line in town.helplines} == {line.number for line in NATIONAL_HELPLINES}
    assert town.centres[0].name["fr"] == "Mâche"


# file, what stands there, what an editor makes of it, what the editor is told
MISTAKES = [
    ("services", "  category: social", "", "13: services[svc-desk]: the key `category` is missing"),
    ("services", "category:", "catgory:", "14: services[svc-desk].catgory: this key is not known"),
    ("services", "category:", "catgory:", "Did you mean `category`?"),
    (
        "services",
        "  place: hall",
        "  place: hal",
        "21: services[svc-desk].place: there is no place",
    ),
    ("services", "  place: hall", "  place: hal", "Did you mean `hall`?"),
    ("services", "hood: mett", "hood: mat", "no neighbourhood `mat`. Known here: mett."),
    ("services", "[mo, tu]", "[mo, di]", "23: services[svc-desk].hours[0].days[1]: `di` is not"),
    ("services", "[mo, tu]", "[mo, mo]", "hours[0].days: name each weekday once"),
    ("services", "[mo, tu]", "[]", "hours[0].days: name each weekday once"),
    ("services", '"08:30"', '"8h30"', "hours[0].from: `8h30` is not a time of day"),
    ("services", '"24:00"', '"24:30"', "hours[0].to: `24:30` is not a time of day"),
    ("services", '"24:00"', '"08:30"', "hours[0]: opening and closing time are the same"),
    ("services", "chf: 2.50", "chf: two", "cost.chf: here should be a number from 0 to"),
    ("services", "chf: 2.50", "chf: -1", "cost.chf: here should be a number from 0 to"),
    ("services", "[fr, de, ti]", "[fr, xx]", "languages[1]: `xx` is not a language code"),
    ("services", "channel: desk", "channel: fax", "signup.channel: `fax` is not possible here"),
    ("services", "required: true", "required: yes", "signup.required: here should be true or"),
    ("services", "+41 32 000 01 01", "call us", "contact.phone: `call us` does not look like"),
    ("services", "desk@example.org", "desk.example.org", "contact.email: `desk.example.org` does"),
    ("services", "lat: 47.14", "lat: 147.14", "9: places.hall.lat: here should be a number from"),
    ("services", "    lat: 47.14\n", "", "places.hall: lat and lon belong together"),
    ("services", "fr: Guichet", "ft: Guichet", "title.ft: `ft` is not a language of this dir"),
    ("services", "{fr: Guichet, de: Schalter}", "{}", "title: there is no text in any language"),
    ("services", "{fr: Guichet, de: Schalter}", "Guichet", "title: here should be texts by lang"),
    ("services", "fr: Guichet", "fr: ''", "title.fr: the text is empty"),
    ("services", "fr: Guichet", f"fr: {'x' * 121}", "title.fr: the text has 121 characters"),
    ("services", "fr: Aide,", f"fr: {'x' * 301},", "summary.fr: the text has 301 characters"),
    ("services", "fr: Guichet", 'fr: "Gui\\u202Echet"', "title.fr: there is an invisible control"),
    ("services", "fr: Guichet", 'fr: "Gui\\nchet"', "title.fr: there is a line break or tab"),
    ("services", "id: svc-desk", "id: Svc Desk", "services[Svc Desk].id: `Svc Desk` is not usable"),
    ("services", "2026-09-01", "2026-09-31", "updated: `2026-09-31` is not a day of the calendar"),
    ("services", "2026-09-01", "2026-11-21", "updated: 2026-11-21 lies in the future"),
    ("services", "audience: [all]", "audience: all", "audience: here should be a list of words"),
    ("services", "- id: svc", "- id: x\n  id: svc", "this key is written twice. The first stands"),
    ("services", "services:\n", "serivces:\n", "12: serivces: this part is not known here. Did"),
    ("services", "  hall:", "  Hall 1:", "4: places.Hall 1: `Hall 1` is not usable as an id"),
    ("activities", "from: 6", "from: 100", "ages: from 100 is more than to 99. Exchange them"),
    ("activities", "capacity: 12", "capacity: 0", "capacity: here should be a whole number from 1"),
    ("activities", "FREQ=WEEKLY", "FREQ=SECONDLY", "17: activities[act-cafe].schedule.rrule: FREQ"),
    ("activities", "BYDAY=WE", "BYDAY=XX", "`FREQ=WEEKLY;BYDAY=XX` is not a recurrence rule"),
    (
        "activities",
        "2026-08-19",
        "2026-08-20",
        "13: activities[act-cafe].schedule.first: the first",
    ),
    ("activities", '"11:00"', '"09:00"', "schedule: start and end are the same"),
    (
        "activities",
        "id: act-cafe",
        "id: svc-desk",
        "the id `svc-desk` is used twice, first at serv",
    ),
    (
        "faq",
        "related: [svc-desk]",
        "related: [svc-des]",
        "7: faq[faq-what].related[0]: there is no",
    ),
    ("faq", "question: {fr", "question: {fr: a: b", "4: "),
    ("faq", "  category", "\tcategory", "3: a tab where spaces belong. Indent with spaces only"),
    ("faq", "[svc-desk]", "*a", "7: found undefined alias"),
    (
        "holidays",
        "2026-12-24",
        "2026-10-11",
        "7: school_holidays[winter]: it overlaps with `autumn`",
    ),
    ("holidays", "2026-10-11", "2026-09-11", "it ends on 2026-09-11, before it begins"),
    ("holidays", "2027-01-01", "2026-12-25", "public_holidays[2026-12-25]: this day stands twice"),
    ("holidays", "public_holidays", "free_days", "free_days: this part is not known here"),
    ("town", "canton: BE", "canton: BRN", "9: canton: `BRN` is not possible here"),
    ("town", "[svc-desk]", "[svc-desk, svc-desk]", "10: first_cards: name at most 5 different"),
    ("town", "phone:", "fone:", "2: fone: this key is not known here. Did you mean `phone`?"),
    ("town", "place: hall", "place: haus", "centres[mett].place: there is no place `haus`"),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    name = f"{file}.yaml"
    folder = write_town(tmp_path, file=name, old=old, new=new)
    lines = [str(problem) for problem in load(folder, today=TODAY).problems.errors]
    assert any(line.startswith(name) and told in line for line in lines), lines
    assert not any("\n" in line for line in lines)


def test_every_mistake_is_named_at_once_and_the_rest_is_still_read(tmp_path: Path) -> None:
    write_town(tmp_path, file="services.yaml", old="place: hall", new="place: hal")
    faq = FILES["faq.yaml"].replace("faq-what", "faq what").replace("2026-09-01", "soon")
    (tmp_path / "faq.yaml").write_text(faq, encoding="utf-8")
    loaded = load(tmp_path)
    where = [(problem.file, problem.key) for problem in loaded.problems]
    assert where == [
        ("faq.yaml", "faq[faq what].id"),
        ("faq.yaml", "faq[faq what].updated"),
        ("services.yaml", "services[svc-desk].place"),
        ("services.yaml", "services[svc-desk].related[0]"),
    ]
    assert "act-cafe" in loaded.directory.entries
    with pytest.raises(OperatorError, match=r"and 3 more.*directory check"):
        loaded.sound()


def test_warnings_do_not_fail(tmp_path: Path) -> None:
    write_town(tmp_path, file="services.yaml", old="{fr: [aide], de: [Hilfe]}", new="{}")
    (tmp_path / "service.yml").write_text("x: 1")
    old = FILES["faq.yaml"].replace("2026-09-01", "2025-11-01").replace(", de: Was?", "")
    (tmp_path / "faq.yaml").write_text(old, encoding="utf-8")
    lines = list(load(tmp_path, today=TODAY).sound().problems.lines())
    assert [line.split(". ")[0] for line in lines] == [
        "faq.yaml:2: warning: faq[faq-what]: only in `fr`: question",
        "faq.yaml:8: warning: faq[faq-what].updated: nobody has checked this since 2025-11-01",
        "service.yml: warning: this file is not read",
        "services.yaml:13: warning: services[svc-desk]: there are no keywords",
    ]


def test_a_file_that_cannot_be_read_blames_nothing_else(tmp_path: Path) -> None:
    write_town(tmp_path)
    (tmp_path / "services.yaml").unlink()
    (tmp_path / "faq.yaml").write_bytes(b"faq:\n- id: \xff\n")
    (tmp_path / "holidays.yaml").write_text("school_holidays: []\npublic_holidays: [\x07]")
    assert [str(problem).split(". ")[0] for problem in load(tmp_path).problems] == [
        "faq.yaml:2: a letter is not stored as UTF-8",
        "holidays.yaml:2: a control character, which nobody can see",
        "services.yaml: this file is missing",
    ]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "faq\n", "[" * 5000, "? [a]\n: b\n"])
def test_what_is_no_directory_at_all_is_said_calmly(tmp_path: Path, text: str) -> None:
    write_town(tmp_path)
    (tmp_path / "faq.yaml").write_text(text)
    assert [problem.file for problem in load(tmp_path).problems if "faq" in problem.file]


def test_a_folder_that_is_not_there_is_said_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"no directory folder.*QUARTIERBOT_DIRECTORY"):
        load(tmp_path / "nowhere")


def test_a_town_without_settings_never_lacks_the_helplines() -> None:
    assert Town().helplines == Town.of({}).helplines == NATIONAL_HELPLINES
    assert "privacy.text" in Town().missing()
    assert Town.of(load(SAMPLE).town or {}).missing() == ()
