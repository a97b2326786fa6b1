"""Exports: what coordinators and the public get of contributions, and what nobody ever gets."""

from __future__ import annotations

import csv
import json
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.domain.contribution_lists import Filters
from bot.domain.contribution_states import Decision, State
from bot.domain.contributions import Draft, Kind, NameLevel, Origin, Point
from bot.domain.errors import NotAllowedError
from bot.domain.exports import Delivery, Exported, Form, Progress, Wanted
from bot.domain.geography import rounded
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.services import contribution_exports
from bot.services.audit import Audit
from bot.services.contribution_exports import Exports, TooLargeError
from storage import contribution_reports
from storage.store import Store
from tests.contributing import House
from tests.hostile import STRINGS

ADA, BEN, CLARA, DORA = 4_503_599_627_370_496, 4_503_599_627_370_497, 103, 104
SPOT = Point(47.136912, 7.247123)
SECRET = Draft(
    kind=Kind.CONCERN,
    text="On me menace ici",
    level=NameLevel.UNLINKABLE,
    point=SPOT,
    language="fr",
)
QUIET = Draft(
    kind=Kind.WISH, text="=Weniger Lärm, bitte", level=NameLevel.CONFIDENTIAL, language="de"
)
BENCHES = Draft(
    kind=Kind.IDEA, text="Des bancs près de l'eau", point=SPOT, address="12, quai", language="fr"
)


class Desk(House):
    """The town hall with the desk for exports, and a coordinator."""

    async def opens(self) -> Desk:
        """Let everybody come in; return the desk."""
        self.exports = Exports(self.store, self.clock)
        self.ada, self.ben = await self.resident(ADA), await self.resident(BEN, "de")
        self.clara = await self.member(CLARA, Role.COORDINATOR)
        self.dora = await self.member(DORA, Role.ANIMATOR)
        return self

    async def writes(self, folder: Path, form: Form, **how: object) -> Exported:
        """Return what was written in this form."""
        wanted = replace(Wanted(form), **how)  # type: ignore[arg-type]
        done: list[object] = []
        async with aclosing(self.exports.write(wanted, folder / f"out.{form}", by=None)) as steps:
            done = [step async for step in steps]
        assert isinstance(done[-1], Exported)
        return done[-1]

    async def delivers(self, who: Resident, wanted: Wanted) -> Delivery:
        """Return what this person is handed."""
        async with aclosing(self.exports.for_coordinator(who, wanted)) as steps:
            done = [step async for step in steps]
        assert isinstance(done[-1], Delivery)
        return done[-1]

    async def shows(self, number: int, *, fr: str, de: str) -> None:
        """Give it titles and put it on the board."""
        for language, title in (("fr", fr), ("de", de)):
            await self.wording.translate(
                self.cause(), self.clara, number, language=language, title=title
            )
        await self.decisions.release(self.cause(), self.clara, number)


@pytest.fixture
async def desk(store: Store, clock: Clock) -> Desk:
    return await Desk(store, clock).opens()


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


async def test_nothing_in_any_file_leads_to_a_person(desk: Desk, tmp_path: Path) -> None:
    numbers = [await desk.sent(desk.ada, draft) for draft in (BENCHES, SECRET, QUIET)]
    await desk.supports.join(desk.cause(), desk.ben, numbers[0])
    await desk.contributions.change_level(
        desk.cause(), desk.ada, numbers[2], level=NameLevel.CONFIDENTIAL
    )
    for number in numbers:
        await desk.triage.note(desk.cause(), desk.dora, number, text="Vu sur place.")
        await desk.triage.assign(desk.cause(), desk.clara, number, to=desk.dora.contact_id)
        await desk.shows(number, fr="Titre", de="Titel")
        await desk.publish(desk.clara, number, State.PLANNED)
    people = (desk.ada, desk.ben, desk.clara, desk.dora)

    for public in (False, True):
        for form in Form:
            done = await desk.writes(tmp_path, form, public=public, language="de")
            content = b"".join(map(_unpacked, done.files)).decode("utf-8", "replace")
            assert done.rows == 3
            for person in people:
                assert person.contact_id not in content
            assert str(ADA) not in content
            assert str(BEN) not in content
            assert "10:00" not in content  # the hour at which all of it came
            assert ("On me menace" in content) is (not public and form is not Form.DECIDIM)
            assert ("Vu sur place" in content) is (not public and form in {Form.XLSX, Form.JSON})
            if public or form in {Form.GEOJSON, Form.DECIDIM}:
                assert str(SPOT.lat) not in content
                assert "quai" not in content


async def test_what_cannot_be_linked_came_on_a_day_like_all_the_others(
    desk: Desk, tmp_path: Path
) -> None:
    for draft in (BENCHES, SECRET, QUIET):
        await desk.sent(desk.ada, draft)
    done = await desk.writes(tmp_path, Form.JSON)
    shown = json.loads(done.files[0].read_text("utf-8"))["contributions"]

    moments = [each["received_on"] for each in shown]
    moments += [event["day"] for each in shown for event in each["events"]]
    assert set(moments) == {"2026-11-25"}
    assert not any("author" in key or "contact" in key for each in shown for key in each)
    assert [each["name_level"] for each in shown] == ["hidden", "unlinkable", "confidential"]
    assert (shown[1]["latitude"], shown[1]["longitude"]) == (
        rounded(SPOT).lat,
        rounded(SPOT).lon,
    )


async def test_the_workbook_holds_four_sheets_with_both_languages(
    desk: Desk, tmp_path: Path
) -> None:
    number = await desk.sent(desk.ada, BENCHES)
    await desk.sent(desk.ben, QUIET)
    await desk.supports.join(desk.cause(), desk.ben, number)
    await desk.shows(number, fr="Des bancs à l'ombre", de="Bänke im Schatten")
    await desk.publish(desk.clara, number, State.PLANNED)
    done = await desk.writes(tmp_path, Form.XLSX, language="fr")
    book = openpyxl.load_workbook(done.files[0])

    main, events, supports, figures = (list(each.values) for each in book.worksheets)
    first = dict(zip(main[0], main[1], strict=True))
    assert (first["Titre (fr)"], first["Titre (de)"]) == (
        "Des bancs à l'ombre",
        "Bänke im Schatten",
    )
    assert (first["Type"], first["État"]) == ("idée", "prévu")
    assert first["Reçu le"] == datetime(2026, 11, 25)  # noqa: DTZ001 - a day
    assert main[2][main[0].index("Texte d'origine")] == QUIET.text
    assert all(cell.data_type != "f" for row in book.worksheets[0].rows for cell in row)
    assert {row[0] for row in events[1:]} == {1, 2}
    assert supports[1:] == [
        (1, "Des bancs à l'ombre", "Bänke im Schatten", 1),
        (2, None, None, 0),
    ]
    assert ("En tout", "contributions", 2) in figures
    assert ("Contributions par langue", "français", "masqué") in figures


async def test_the_public_learns_what_was_told_and_not_what_was_decided(
    desk: Desk, tmp_path: Path
) -> None:
    shown, hidden = await desk.sent(desk.ada, BENCHES), await desk.sent(desk.ben, QUIET)
    await desk.shows(shown, fr="Des bancs", de="Bänke")
    secret = Decision(State.IMPOSSIBLE, Localized(fr="Secret.", de="Geheim."))
    await desk.decisions.decide(desk.cause(), desk.clara, shown, secret)
    await desk.triage.note(desk.cause(), desk.clara, hidden, text="Intern")

    for form in Form:
        done = await desk.writes(tmp_path, form, public=True)
        content = b"".join(map(_unpacked, done.files)).decode("utf-8", "replace")
        assert done.rows == 1
        for word in ("Secret", "Geheim", "impossible", "rejected", "Intern", "près de l'eau"):
            assert word not in content, (form, word)
    by_state = Filters(states=(State.IMPOSSIBLE,), open_only=False)
    done = await desk.writes(tmp_path, Form.CSV, public=True, filters=by_state)
    assert done.rows == 0


async def test_filters_narrow_down_by_day_place_state_and_theme(desk: Desk, tmp_path: Path) -> None:
    first = await desk.sent(desk.ada, replace(BENCHES, neighbourhood="mett"))
    await desk.triage.classify(desk.cause(), desk.clara, first, category="green")
    desk.clock.offset += timedelta(days=3)
    await desk.sent(desk.ben, QUIET)
    later = desk.clock.now() - timedelta(days=1)

    async def found(**narrow: object) -> list[str]:
        filters = replace(Filters(open_only=False), **narrow)  # type: ignore[arg-type]
        done = await desk.writes(tmp_path, Form.CSV, filters=filters, language="fr")
        return [row["Numéro"] for row in table(done.files[0])]

    assert await found() == ["1", "2"]
    assert await found(since=later) == ["2"]
    assert await found(until=later) == ["1"]
    assert await found(neighbourhood="mett") == ["1"]
    assert await found(category="green") == ["1"]
    assert await found(states=(State.RECEIVED,)) == ["1", "2"]
    assert await found(states=(State.DONE,)) == []


async def test_coordinators_alone_export_and_it_leaves_a_trace_of_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.sent(desk.ada, BENCHES)
    for who in (desk.ada, desk.dora):
        with pytest.raises(NotAllowedError):
            await desk.delivers(who, Wanted())
    with capture_logs() as logs:
        delivery = await desk.delivers(desk.clara, Wanted(Form.DECIDIM))
    assert [file.name for file in delivery.files] == [
        "idees-et-soucis-2026-11-25.csv",
        "idees-et-soucis-2026-11-25-answers.csv",
    ]
    assert logs == [
        {
            "event": "contributions exported",
            "log_level": "info",
            "by": "coordinator",
            "form": "decidim",
            "columns": "public",
            "rows": 0,
        }
    ]
    monkeypatch.setattr(contribution_exports, "LARGEST", 10)
    with pytest.raises(TooLargeError):
        await desk.delivers(desk.clara, Wanted())


async def test_critical_ones_never_reach_the_public(desk: Desk, tmp_path: Path) -> None:
    number = await desk.sent(desk.ada, BENCHES)
    await desk.shows(number, fr="Des bancs", de="Bänke")
    await desk.triage.mark(desk.cause(), desk.clara, number, critical=True)

    assert (await desk.writes(tmp_path, Form.JSON, public=True)).rows == 0
    assert (await desk.writes(tmp_path, Form.JSON)).rows == 1


async def test_it_goes_portion_by_portion_and_says_how_far_it_is(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contribution_reports, "PORTION", 3)
    for words in STRINGS[:7]:
        await desk.triage.enter_on_behalf(
            desk.cause(), desk.dora, replace(BENCHES, text=f"x {words}"), origin=Origin.PAPER
        )
    steps = desk.exports.write(Wanted(Form.CSV), tmp_path / "x.csv", by=None)
    async with aclosing(steps):
        told = [step async for step in steps]

    assert told[:-1] == [Progress(3, 7), Progress(6, 7), Progress(7, 7)]
    assert [row["Numéro"] for row in table(tmp_path / "x.csv")] == list("1234567")


async def test_every_export_is_written_down(desk: Desk, tmp_path: Path) -> None:
    await desk.sent(desk.ada, BENCHES)
    await desk.delivers(desk.clara, Wanted(Form.JSON))
    await desk.writes(tmp_path, Form.CSV, public=True)

    lines = [line async for line in Audit(desk.store, desk.clock).everything()]
    assert [(line.action, line.actor, dict(line.details)) for line in lines] == [
        ("data.exported", desk.clara.contact_id, {"form": "json", "public": False, "rows": 1}),
        ("data.exported", None, {"form": "csv", "public": True, "rows": 0}),
    ]


def _unpacked(path: Path) -> bytes:
    """Return the bytes of a file, of a workbook the words in it."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    book = openpyxl.load_workbook(path)
    cells = [
        cell.date().isoformat() if isinstance(cell, datetime) else str(cell)
        for sheet in book.worksheets
        for row in sheet.values
        for cell in row
        if cell is not None
    ]
    return "\n".join(cells).encode()
