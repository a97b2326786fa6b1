"""What the team does for others: lists, ticks, entering, calls to make, and closed groups."""

from __future__ import annotations

import pytest

from bot.clock import Clock
from bot.domain.errors import InvitationError, NotAllowedError, OutdatedError
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import InvitedOnlyError, Origin, State, Who
from bot.domain.roles import Role, Staff
from storage import residents, staff
from storage.store import Store
from tests.registering import MICE, NEXT, ONE_CHILD, Club, activity, at

KEY = OccurrenceKey.stamped(MICE, NEXT)
assert KEY


async def test_who_came_is_ticked_and_the_numbers_stay(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock)
    team = await club.member(99)
    people = await club.residents(3)
    numbers = [(await club.joins(person)).number for person in people]
    attendance = club.office.attendance
    assert KEY
    for number in (numbers[0], numbers[1], numbers[1], numbers[2], numbers[2], numbers[2]):
        await attendance.tap(club.cause(), team, KEY, number)
    sheet = await attendance.sheet(team, KEY)
    assert [line.came for line in sheet.lines] == [True, False, None]
    sheet = await attendance.count(club.cause(), team, KEY, what="v", by=1)
    sheet = await attendance.count(club.cause(), team, KEY, what="c", by=1)
    sheet = await attendance.count(club.cause(), team, KEY, what="a", by=-1)
    counted = (sheet.counted.all_children, sheet.counted.all_adults, sheet.counted.volunteers)
    assert counted == (2, 1, 1)
    assert sheet.counted.absent == 1

    at(clock, "2027-01-05T10:00")
    await club.office.registrations.clean_up()
    sheet = await attendance.sheet(team, KEY)
    assert sheet.lines == ()
    assert sheet.counted.all_children == 2


async def test_lists_are_for_the_team_of_the_activity_alone(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock)
    ada = await club.resident(1)
    number = (await club.joins(ada)).number
    other = await club.resident(50)
    async with store.write() as tx:
        member = Staff(other.contact_id, Role.ANIMATOR, "elsewhere", clock.now())
        await staff.appoint(tx, member, invited_by=None)
    attendance = club.office.attendance
    assert KEY
    for person in (ada, other):
        with pytest.raises(NotAllowedError):
            await attendance.sheet(person, KEY)
        with pytest.raises(NotAllowedError):
            await attendance.tap(club.cause(), person, KEY, number)
    assert await attendance.lists(other, most=5) == ([], 0)
    with pytest.raises(NotAllowedError):
        await attendance.lists(ada, most=5)
    with pytest.raises(NotAllowedError):
        await club.office.counter.calls(ada)


async def test_somebody_without_telegram_is_phoned_at_every_turn(
    store: Store, clock: Clock
) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    team, ada = await club.member(99), await club.resident(1)
    counter = club.office.counter
    at(clock, "2026-11-20T10:00")
    assert KEY
    first = await club.joins(ada)
    seat = await counter.enter(
        club.cause(),
        team,
        KEY,
        party=ONE_CHILD,
        who=Who("Frau Keller", "032 000 00 77"),
        origin=Origin.PHONE,
    )
    assert seat.registration.state is State.WAITING

    await club.leaves(ada, first.number)
    (to_call,) = await counter.calls(team)
    assert to_call.call.kind == "offer"
    assert to_call.seat.registration.who.phone == "032 000 00 77"
    await counter.called(club.cause(), team, to_call.call.id, takes=True)
    assert (await club.states())[seat.number] == "registered"
    with pytest.raises(OutdatedError):
        await counter.called(club.cause(), team, to_call.call.id, takes=True)

    at(clock, "2026-11-24T10:01")
    await club.office.reminders.remind_due()
    assert [each.call.kind for each in await counter.calls(team)] == ["reminder"]
    at(clock, "2026-11-25T08:01")
    assert await counter.calls(team) == []
    await counter.take_off(club.cause(), team, seat.number)
    assert await club.counters() == (0, 0)


async def test_an_offer_that_ran_out_is_no_call_any_more(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    team, ada, ben = await club.member(99), await club.resident(1), await club.resident(2)
    at(clock, "2026-11-20T10:00")
    assert KEY
    first = await club.joins(ada)
    await club.office.counter.enter(
        club.cause(), team, KEY, party=ONE_CHILD, who=Who("K", "032"), origin=Origin.COUNTER
    )
    await club.joins(ben)
    await club.leaves(ada, first.number)
    at(clock, "2026-11-21T09:01")
    await club.office.waiting.look_after()
    assert [each.call.kind for each in await club.office.counter.calls(team)] == ["expired"]
    assert [to for to, _ in await club.notes("reg:offer")] == [ben.contact_id]


async def test_who_blocks_the_bot_is_passed_over_but_keeps_the_position(
    store: Store, clock: Clock
) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    ada, ben, cem = await club.residents(3)
    at(clock, "2026-11-20T10:00")
    numbers = [(await club.joins(person, who=Who())).number for person in (ada, ben, cem)]
    async with store.write() as tx:
        await residents.retire(tx, ben.contact_id)
    await club.leaves(ada, numbers[0])
    assert list((await club.states()).values()) == ["cancelled", "waiting", "offered"]


async def test_a_group_is_joined_by_its_link(store: Store, clock: Clock) -> None:
    signup = activity()["signup"] | {"invited_only": True}
    club = await Club.opened(store, clock, activity(signup=signup))
    team, ada, ben = await club.member(99), await club.resident(1), await club.resident(2)
    counter = club.office.counter
    assert KEY
    link = await counter.invite(club.cause(), team, KEY)
    with pytest.raises(InvitedOnlyError):
        await club.joins(ada)
    assert await counter.join_group(club.cause(), ada, link) == MICE
    assert (await club.joins(ada)).registration.state is State.REGISTERED
    with pytest.raises(InvitationError):
        await counter.join_group(club.cause(), ben, "g-guessed")
    at(clock, "2026-12-25T10:00")
    with pytest.raises(InvitationError):
        await counter.join_group(club.cause(), ben, link)
