"""Places: exact however many want them at once, kept in order, given back and passed on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.errors import OutdatedError, RefusedError
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import (
    FullError,
    InvitedOnlyError,
    KnownError,
    OverError,
    Party,
    PartyError,
    State,
    Who,
)
from bot.domain.reminding import Choice
from storage import privacy, registrations, rolls, schema
from storage.store import Store
from tests.registering import MICE, NEXT, ONE_CHILD, Club, activity, at

KEY = OccurrenceKey.stamped(MICE, NEXT)


async def test_two_hundred_at_once_for_twelve_places(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock)
    people = await club.residents(200)

    seats = await asyncio.gather(*(club.joins(person) for person in people))

    states = list((await club.states()).values())
    assert states == ["registered"] * 12 + ["waiting"] * 188
    assert await club.counters() == (12, 188)
    waiting = sorted(
        (seat for seat in seats if seat.registration.state is State.WAITING),
        key=lambda seat: seat.registration.arrived,
    )
    assert [seat.position for seat in waiting] == list(range(1, 189))
    assert len(await club.notes("reg:receipt")) == 200


async def test_fifty_want_the_last_place_again_and_again(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    people = await club.residents(50)
    for stamp in (NEXT, "2612021000", "2612091000"):
        seats = await asyncio.gather(*(club.joins(person, stamp) for person in people))
        winners = [seat for seat in seats if seat.registration.state is State.REGISTERED]
        assert len(winners) == 1
        assert winners[0].registration.arrived == 1


async def test_places_are_counted_in_the_unit_of_the_activity(store: Store, clock: Clock) -> None:
    signup = activity()["signup"]
    club = await Club.opened(
        store,
        clock,
        activity(capacity=3),
        activity("act-family", capacity=1, signup=signup | {"unit": "family"}),
        activity("act-all", capacity=5, ages=None, signup=signup | {"unit": "person"}),
    )
    ada, ben = await club.residents(2)
    two = Party(adults=1, children=2, ages=(24, 36))

    assert (await club.joins(ada, party=two)).registration.places == 2
    assert (await club.joins(ben, party=two)).registration.state is State.WAITING
    assert (await club.joins(ada, entry="act-family", party=two)).registration.places == 1
    assert (await club.joins(ada, entry="act-all", party=two)).registration.places == 3


async def test_what_does_not_fit_is_refused_and_changes_nothing(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    ada, ben = await club.residents(2)
    assert KEY
    register = club.office.registrations.register
    for party in (
        Party(children=1, ages=(24,)),
        Party(adults=1),
        Party(adults=1, children=1, ages=(6,)),
        Party(adults=1, children=1, ages=(5 * 12,)),
        Party(adults=5, children=4, ages=(24, 24, 24, 24)),
    ):
        with pytest.raises(PartyError):
            await register(club.cause(), ada, KEY, party=party, who=Who())
    number = (await club.joins(ada)).number
    with pytest.raises(KnownError) as known:
        await club.joins(ada)
    assert known.value.number == number
    with pytest.raises(FullError) as full:
        await register(club.cause(), ben, KEY, party=ONE_CHILD, who=Who())
    assert full.value.position == 1
    with pytest.raises(OutdatedError):
        await club.leaves(ben, number)
    at(clock, "2026-11-25T10:01")
    with pytest.raises(OverError):
        await club.joins(ben)
    assert await club.counters() == (1, 0)


async def test_a_freed_place_travels_down_the_list(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    ada, ben, cem, dea = await club.residents(4)
    at(clock, "2026-11-20T10:00")
    first, second, third, last = [
        (await club.joins(person)).number for person in (ada, ben, cem, dea)
    ]

    await club.leaves(ada, first)
    assert await club.notes("reg:offer") == [(ben.contact_id, f"reg:offer:1:{second}")]
    offered = await club.office.registrations.see(ben, second)
    assert offered.until is not None
    # Twelve hours end at 22:00, in the night: one hour after it, then.
    assert offered.until.isoformat(timespec="minutes") == "2026-11-21T09:00"
    assert KEY
    register, late = club.office.registrations.register, await club.resident(99)
    with pytest.raises(FullError):  # it is kept: nobody may jump the queue
        await register(club.cause(), late, KEY, party=ONE_CHILD, who=Who())
    waiting = club.office.waiting
    with pytest.raises(OutdatedError):
        await waiting.accept(club.cause(), second, offer=1, resident=cem)
    await waiting.decline(club.cause(), second, offer=1, resident=ben)
    assert (await club.notes("reg:offer"))[-1][0] == cem.contact_id
    at(clock, "2026-11-21T09:01")
    assert await waiting.look_after() == 1
    assert (await club.states())[third] == "expired"
    assert (await club.notes("reg:offer"))[-1][0] == dea.contact_id
    with pytest.raises(OutdatedError):
        await waiting.accept(club.cause(), third, offer=1, resident=cem)
    seat = await waiting.accept(club.cause(), last, offer=1, resident=dea)
    assert seat.registration.state is State.REGISTERED
    assert await club.counters() == (1, 0)


async def test_at_night_nobody_is_asked_and_shortly_before_three_at_once(
    store: Store, clock: Clock
) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    people = await club.residents(6)
    numbers = [(await club.joins(person)).number for person in people]
    at(clock, "2026-11-24T22:00")
    await club.leaves(people[0], numbers[0])
    assert await club.office.waiting.look_after() == 0
    at(clock, "2026-11-25T08:00")
    assert await club.office.waiting.look_after() == 3
    assert [to for to, _ in await club.notes("reg:offer")] == [
        person.contact_id for person in people[1:4]
    ]

    accept = club.office.waiting.accept
    won = await accept(club.cause(), numbers[2], offer=1, resident=people[2])
    assert won.registration.state is State.REGISTERED
    with pytest.raises(OutdatedError):
        await accept(club.cause(), numbers[1], offer=1, resident=people[1])
    assert (await club.states())[numbers[1]] == "waiting"
    assert await club.counters() == (1, 4)
    await club.leaves(people[2], numbers[2])
    assert (await club.states())[numbers[1]] == "offered"


async def test_yes_no_and_too_late_raced_give_one_outcome(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    people = await club.residents(8)
    at(clock, "2026-11-20T10:00")
    numbers = [(await club.joins(person, "2612161000")).number for person in people]
    await club.leaves(people[0], numbers[0])
    waiting = club.office.waiting
    for person, number in zip(people[1:-1], numbers[1:-1], strict=True):
        seat = await club.office.registrations.see(person, number)
        assert seat.until is not None
        clock.start_at(seat.until - timedelta(milliseconds=30))
        outcomes = await asyncio.gather(
            waiting.accept(club.cause(), number, offer=1, resident=person),
            waiting.decline(club.cause(), number, offer=1, resident=person),
            club.office.registrations.cancel(club.cause(), person, number),
            waiting.look_after(),
            return_exceptions=True,
        )
        assert all(isinstance(each, RefusedError) or each is not None for each in outcomes)
        state = (await club.states())[number]
        taken, queue = await club.counters()
        assert taken == 1  # taken, or kept for the next: never both, never lost
        assert queue == list((await club.states()).values()).count("waiting") + list(
            (await club.states()).values()
        ).count("offered")
        if state == "offered":  # neither was in time: it runs out now
            clock.start_at(seat.until + timedelta(seconds=1))
            await waiting.look_after()
        elif state == "registered":
            await club.leaves(person, number)
    assert (await club.states())[numbers[-1]] == "offered"


async def test_a_group_takes_only_who_was_invited(store: Store, clock: Clock) -> None:
    signup = activity()["signup"] | {"invited_only": True}
    club = await Club.opened(store, clock, activity(signup=signup))
    with pytest.raises(InvitedOnlyError):
        await club.joins(await club.resident(1))


async def test_appointments_are_taken_one_by_one(store: Store, clock: Clock) -> None:
    signup = {"required": True, "channel": "telegram", "slot": 20}
    club = await Club.opened(store, clock, activity(capacity=None, ages=None, signup=signup))
    ada, ben = await club.residents(2)
    alone = Party(adults=1)
    assert KEY
    free = club.office.registrations.free_slots
    assert await free(KEY, (0, 20, 40)) == [0, 20, 40]
    seat = await club.joins(ada, party=alone, slot=20)
    assert (seat.starts.hour, seat.starts.minute) == (10, 20)
    assert await free(KEY, (0, 20, 40)) == [0, 40]
    assert (await club.joins(ben, party=alone, slot=20)).registration.state is State.WAITING
    with pytest.raises(OverError):
        await club.joins(ben, party=alone, slot=13)


async def test_a_queue_goes_on_to_the_next_cycle_before_newcomers(
    store: Store, clock: Clock
) -> None:
    schedule = activity()["schedule"] | {
        "cycles": [
            {"id": "autumn", "first_day": "2026-08-19", "last_day": "2026-12-16"},
            {"id": "spring", "first_day": "2027-01-06", "last_day": "2027-03-31"},
        ]
    }
    signup = activity()["signup"] | {"per": "cycle"}
    club = await Club.opened(store, clock, activity(capacity=1, schedule=schedule, signup=signup))
    ada, ben, cem, new = await club.residents(4)
    at(clock, "2026-08-10T10:00")
    await club.joins(ada, "2608191000")
    for person in (ben, cem):
        await club.joins(person, "2608261000")
    early = await club.joins(new, "2701061000")
    assert early.registration.state is State.WAITING  # two wait since the cycle before

    at(clock, "2026-08-19T11:30")
    assert await club.office.waiting.look_after() > 0
    mine = {
        person.contact_id: (await club.office.registrations.mine(person))[0]
        for person in (ben, cem, new)
    }
    assert [seat.sitting.name for seat in mine.values()] == ["cycle:spring"] * 3
    assert [seat.registration.state for seat in mine.values()] == ["offered", "waiting", "waiting"]
    assert [seat.position for seat in mine.values()] == [1, 2, 3]
    assert mine[cem.contact_id].weeks is None
    assert len(await club.notes("reg:carried")) == 2


async def test_an_erased_person_leaves_their_place_to_the_next(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    ada, ben = await club.residents(2)
    await club.joins(ada)
    number = (await club.joins(ben)).number
    async with store.write() as tx:
        await privacy.erase(tx, ada.contact_id, clock.now())
    assert await club.counters() == (0, 1)
    await club.office.waiting.look_after()
    assert (await club.states())[number] == "offered"


async def test_who_leaves_leaves_no_name_behind(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock)
    ada = await club.resident(1)
    number = (await club.joins(ada, who=Who("Léa", "032 000 00 77"))).number
    async with store.read() as tx:
        kept = await registrations.get(tx, number)
        row = (await tx.connection.execute(sa.select(schema.registration))).one()
    assert kept
    assert kept.who == Who("Léa", "032 000 00 77")
    assert b"032" not in row.phone_sealed
    await club.leaves(ada, number)
    async with store.read() as tx:
        gone = await registrations.get(tx, number)
    assert gone
    assert gone.who == Who()


async def test_thirty_days_after_the_last_date_nothing_is_left(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock)
    ada = await club.resident(1)
    await club.joins(ada)
    at(clock, "2026-12-25T10:30")
    assert await club.office.registrations.clean_up() == 0
    at(clock, "2026-12-25T11:30")
    assert await club.office.registrations.clean_up() == 1
    assert await club.states() == {}


async def test_the_link_to_ones_own_calendar_is_secret_and_can_be_taken_back(
    store: Store, clock: Clock
) -> None:
    club = await Club.opened(store, clock)
    ada = await club.resident(1)
    await club.joins(ada)
    service = club.office.registrations
    secret = await service.calendar_link(club.cause(), ada)
    assert await service.occurrences_of(secret) == [KEY]
    assert await service.occurrences_of("guessed") is None
    other = await service.calendar_link(club.cause(), ada)
    assert await service.occurrences_of(secret) is None
    await service.unlink_calendar(club.cause(), ada)
    assert await service.occurrences_of(other) is None


async def test_free_places_are_told_to_the_agenda(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, activity(capacity=2), activity("act-open", signup=None))
    ada, ben, cem = await club.residents(3)
    assert KEY
    other = OccurrenceKey("act-open", KEY.original_start)
    await club.joins(ada)
    assert await club.agenda.free([KEY, other]) == {KEY: 1}
    await club.joins(ben)
    await club.joins(cem)
    assert await club.agenda.free([KEY]) == {KEY: 0}


async def test_what_somebody_chose_to_be_reminded_of_holds_for_all_of_it(
    store: Store, clock: Clock
) -> None:
    club = await Club.opened(store, clock)
    ada = await club.resident(1)
    await club.joins(ada, "2612021000")
    reminders = club.office.reminders
    await reminders.choose(club.cause(), ada, Choice(day=False, hours=True))
    async with store.read() as tx:
        rows = (await tx.connection.execute(schema.reminder.select())).all()
        roll = await rolls.get(tx, 1)
    assert [row.kind for row in rows] == ["hours"]
    assert replace(await reminders.choice(ada), day=True) == Choice()
    assert roll is not None
    assert roll.taken == 1
