"""The team changes activities and single dates: within its rights, and everybody concerned is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.date_changes import Wish
from bot.domain.documents import fingerprint
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.localized import Localized
from bot.domain.occurrences import OccurrenceKey, Status
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.services.activities import Activities, UnsoundError
from bot.services.agenda import Agenda, OccurrenceChange
from bot.services.directory import DirectoryService
from bot.services.residents import Residents
from bot.services.town import TownSettings
from storage import staff
from storage.store import Store, Tx
from tests.formats.town_files import write_town
from tests.rhythms import at

KAFI = "act-cafe"
WHY = Localized(fr="L'animatrice est malade.", de="Die Leiterin ist krank.")


@dataclass
class Office:
    """The services, two members of the team and what was told."""

    activities: Activities
    agenda: Agenda
    directory: DirectoryService
    samira: Resident
    luca: Resident
    alice: Resident
    told: list[OccurrenceChange] = field(default_factory=list)
    updates: int = 0

    @property
    def cause(self) -> Cause:
        """An update of its own, each time."""
        self.updates += 1
        return Cause(self.updates)

    async def change(self, who: Resident, words: str, kind: Any, **more: Any) -> None:  # noqa: ANN401
        """Change one date of the café."""
        key = OccurrenceKey(KAFI, at(words))
        await self.activities.change(self.cause, who, Wish(key, kind, **more))

    async def days(self, entry_id: str, count: int = 4) -> list[str]:
        """Return the next dates of an activity."""
        return [
            f"{each.start:%a %d.%m. %H:%M}" for each in await self.agenda.of(entry_id, count=count)
        ]


@pytest.fixture
async def office(store: Store, clock: Clock, tmp_path: Path) -> Office:
    clock.start_at(datetime.fromisoformat("2026-11-20T10:00"))
    directory, town = DirectoryService(store, clock), TownSettings(store, clock)
    await directory.import_folder(write_town(tmp_path / "town"))
    await town.load()
    agenda = Agenda(store, clock, directory=directory)
    people = Residents(store, clock)
    residents = [await people.meet(number, "fr") for number in range(1, 4)]
    samira, luca, alice = residents
    async with store.write() as tx:
        for who, centre in ((samira, "mett"), (luca, "madretsch")):
            member = Staff(who.contact_id, Role.ANIMATOR, centre, clock.now())
            await staff.appoint(tx, member, invited_by=None)
    activities = Activities(store, clock, directory=directory, agenda=agenda, town=town)
    office = Office(activities, agenda, directory, samira, luca, alice)

    async def listen(_tx: Tx, change: OccurrenceChange) -> None:
        office.told.append(change)

    agenda.on_change(listen)
    return office


async def test_one_date_is_cancelled_moved_added_and_put_back(office: Office) -> None:
    await office.change(office.samira, "2026-11-25T09:00", "cancelled", note=WHY)
    await office.change(
        office.samira,
        "2026-12-02T09:00",
        "moved",
        span=(at("2026-12-03T08:00"), at("2026-12-03T10:30")),
        place="hall",
    )
    extra = (at("2026-12-05T09:00"), at("2026-12-05T12:00"))
    await office.change(office.samira, "2026-12-05T09:00", "added", span=extra)
    assert await office.days(KAFI) == [
        *("Thu 03.12. 08:00", "Sat 05.12. 09:00", "Wed 09.12. 09:00", "Wed 16.12. 09:00")
    ]
    kinds = [(each.kind, each.before is None, each.after is None) for each in office.told]
    assert kinds == [("cancelled", False, True), ("moved", False, False), ("added", True, False)]
    assert office.told[0].note == WHY
    assert office.told[0].by == office.samira.contact_id

    with pytest.raises(OutdatedError):  # it is cancelled already
        await office.change(office.samira, "2026-11-25T09:00", "cancelled", note=WHY)
    await office.change(office.samira, "2026-11-25T09:00", "restored")
    await office.change(office.samira, "2026-12-05T09:00", "cancelled")
    gone = await office.agenda.occurrence(OccurrenceKey(KAFI, at("2026-12-05T09:00")))
    assert gone is not None
    assert gone.status is Status.CANCELLED  # whoever came for it sees what became of it
    await office.change(office.samira, "2026-12-05T09:00", "restored")
    assert (await office.days(KAFI))[:3] == [
        *("Wed 25.11. 09:00", "Thu 03.12. 08:00", "Sat 05.12. 09:00")
    ]
    for words in ("2026-11-18T09:00", "2026-11-26T09:00"):  # it is over; it never was
        with pytest.raises(OutdatedError):
            await office.change(office.samira, words, "cancelled")


async def test_only_the_own_centre_may(office: Office) -> None:
    for who in (office.luca, office.alice):
        with pytest.raises(NotAllowedError):
            await office.change(who, "2026-11-25T09:00", "cancelled")
        with pytest.raises(NotAllowedError):
            await office.activities.document(who, KAFI)
        with pytest.raises(NotAllowedError):
            await office.activities.retire(office.cause, who, KAFI)
    assert office.told == []
    assert KAFI in [each.id for each in await office.activities.managed(office.samira)]
    assert KAFI not in [each.id for each in await office.activities.managed(office.luca)]


async def test_from_a_day_on_it_is_thursday_and_every_date_says_so(
    office: Office, tmp_path: Path
) -> None:
    document = await office.activities.document(office.samira, KAFI)
    thursday = {"from": "2026-12-07", "rrule": "FREQ=WEEKLY;BYDAY=TH"}
    changed = {**document, "schedule": {**document["schedule"], "changes": [thursday]}}
    over = fingerprint(document)
    await office.activities.publish(office.cause, office.samira, changed, over=over)
    assert await office.days(KAFI) == [
        *("Wed 25.11. 09:00", "Wed 02.12. 09:00", "Thu 10.12. 09:00", "Thu 17.12. 09:00")
    ]
    first = office.told[0]
    assert (first.kind, first.before and first.before.start) == ("replaced", at("2026-12-09T09:00"))
    assert first.after is not None
    assert first.after.key == OccurrenceKey(KAFI, at("2026-12-10T09:00"))
    # 23 December is the last Wednesday before the holidays; the Thursday after it lies in them.
    by_week = {each.before.start: each.after for each in office.told if each.before}
    assert by_week[at("2026-12-23T09:00")] is None
    with pytest.raises(OutdatedError):  # somebody has changed it meanwhile
        await office.activities.publish(office.cause, office.samira, changed, over=over)

    plan = await office.directory.import_folder(tmp_path / "town")  # the chat's version stays
    assert plan.changed == ()
    assert (await office.days(KAFI))[2] == "Thu 10.12. 09:00"
    await office.directory.export_folder(tmp_path / "out")
    assert (await office.directory.plan_folder(tmp_path / "out")).conflicts == ()


async def test_a_new_activity_is_an_entry_like_any_other(office: Office, tmp_path: Path) -> None:
    text = {"fr": "Échecs du mardi", "de": "Schach am Dienstag"}
    document: dict[str, Any] = {
        "category": "leisure",
        "audience": ["all"],
        "neighbourhood": "mett",
        "title": text,
        "summary": text,
        "description": text,
        "place": "hall",
        "cost": {"chf": 0},
        "schedule": {
            "first": "2026-11-24",
            "start": "18:00",
            "end": "20:00",
            "rrule": "FREQ=WEEKLY;BYDAY=TU",
            "exclude_school_holidays": True,
        },
        "contact": {"phone": "+41 32 000 02 01"},
    }
    entry_id = await office.activities.publish(office.cause, office.samira, document)
    assert entry_id.startswith("act-echecs-du-mardi-")
    assert (await office.days(entry_id, 1)) == ["Tue 24.11. 18:00"]
    await office.directory.export_folder(tmp_path / "out")
    assert (await office.directory.import_folder(tmp_path / "out")).added == ()

    with pytest.raises(NotAllowedError):
        await office.activities.publish(office.cause, office.luca, document)
    wrong = {**document, "schedule": {**document["schedule"], "first": "2026-11-25"}}
    with pytest.raises(UnsoundError, match="does not follow the rule"):
        await office.activities.publish(office.cause, office.samira, wrong)

    await office.activities.retire(office.cause, office.samira, entry_id)
    assert office.agenda.activity(entry_id) is None
    assert {each.kind for each in office.told} == {"replaced"}
    assert all(each.after is None for each in office.told)
    ahead = [each.before.start for each in office.told if each.before]
    assert max(ahead) < at("2026-11-20") + timedelta(days=400)


async def test_files_that_move_a_series_tell_of_its_dates_too(
    office: Office, tmp_path: Path
) -> None:
    folder = write_town(
        tmp_path / "moved",
        file="activities.yaml",
        old="exclude_school_holidays: true",
        new="exclude_school_holidays: true\n    except: [2026-12-09]",
    )
    await office.directory.import_folder(folder)
    assert [(each.kind, each.key.original_start, each.after) for each in office.told] == [
        ("replaced", at("2026-12-09T09:00"), None)
    ]
    office.told.clear()
    write_town(folder, file="holidays.yaml", old="2026-12-24", new="2026-12-23")
    await office.directory.import_folder(folder)  # the holidays begin a day earlier
    told = {each.key.original_start: each.kind for each in office.told}
    assert told == {at("2026-12-23T09:00"): "replaced"}
