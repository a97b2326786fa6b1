"""Deciding tells nobody, publishing tells everybody concerned once, or says why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.clock import Clock
from bot.domain.contribution_errors import IncompleteError, UnreviewedError
from bot.domain.contribution_lists import Filters
from bot.domain.contribution_states import Column, Decision, Missing, State
from bot.domain.contributions import Draft, Kind, Origin
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.localized import Localized
from bot.domain.roles import Role
from storage.store import Store
from tests.contributing import BENCHES, BOTH, House, Note

ADA, BEN, CLARA, DORA = 101, 102, 103, 104


@pytest.fixture
def house(store: Store, clock: Clock) -> House:
    return House(store, clock)


def told(notes: Sequence[Note]) -> dict[str, str]:
    """Return how it stands with each person's notice: why there is none, else its state."""
    return {note.to: note.error or note.state for note in notes}


async def test_deciding_tells_nobody_publishing_everybody_once(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN, "de")
    clara = await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada)
    await house.release(clara, number)
    await house.supports.join(house.cause(), ben, number)
    plan = Decision(State.PLANNED, BOTH)
    assert await house.decisions.decide(house.cause(), clara, number, plan) == ()
    assert await house.outbox(f"c:{number}:e") == []
    assert (await house.contributions.see(ada, number)).state is State.READ
    assert (await house.triage.inbox(clara, Filters(untold=True))).total == 1
    result = await house.decisions.publish(house.cause(), clara, number)
    assert (result.people, result.withheld) == (2, {})
    notes = await house.outbox(f"c:{number}:e")
    assert told(notes) == {ada.contact_id: "queued", ben.contact_id: "queued"}
    assert (await house.contributions.see(ada, number)).reason == BOTH
    assert (await house.contributions.see(ben, number)).state is State.PLANNED
    with pytest.raises(OutdatedError):
        await house.decisions.publish(house.cause(), clara, number)
    shown = await house.board.one(number)
    assert shown is not None
    assert (shown.column, shown.decision.reason) == (Column.PROGRESS, BOTH)


async def test_a_refusal_without_its_german_reason_is_not_published(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada)
    refusal = Decision(State.IMPOSSIBLE, Localized(fr="Trop cher", de=" \u200b "))
    assert await house.decisions.decide(house.cause(), clara, number, refusal) == (
        Missing.REASON_DE,
    )
    with pytest.raises(IncompleteError) as refused:
        await house.decisions.publish(house.cause(), clara, number)
    assert refused.value.missing == (Missing.REASON_DE,)
    assert (await house.contributions.see(ada, number)).state is State.READ
    assert await house.outbox(f"c:{number}:e") == []
    full = replace(refusal, reason=BOTH)
    await house.decisions.decide(house.cause(), clara, number, full)
    assert (await house.decisions.publish(house.cause(), clara, number)).people == 1


async def test_who_gets_no_notice_has_the_reason_on_record(house: House) -> None:
    ada = await house.resident(ADA)
    clara = await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, replace(BENCHES, wants_reply=False))
    await house.release(clara, number)
    gone = await house.resident(201, reachable=False)
    quiet = await house.resident(202, paused=True)
    for person in (gone, quiet):
        await house.supports.join(house.cause(), person, number)
    await house.publish(clara, number, State.PROGRESS)
    assert told(await house.outbox(f"c:{number}:e")) == {
        ada.contact_id: "not_wanted",
        gone.contact_id: "unreachable",
        quiet.contact_id: "paused",
    }
    assert {note.state for note in await house.outbox(f"c:{number}:e")} == {
        "cancelled",
        "unreachable",
    }


async def test_not_really_done_opens_it_again(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN)
    clara = await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada)
    await house.release(clara, number)
    await house.supports.join(house.cause(), ben, number)
    await house.publish(clara, number, State.DONE)
    event = int((await house.outbox(f"c:{number}:e"))[0].key.split(":")[2][1:])
    stranger = await house.resident(300)
    with pytest.raises(OutdatedError):
        await house.supports.answer_done(house.cause(), stranger, number, event=event, really=False)
    await house.supports.answer_done(house.cause(), ada, number, event=event, really=True)
    assert (await house.triage.look(clara, number)).state is State.DONE
    await house.supports.answer_done(house.cause(), ben, number, event=event, really=False)
    reopened = await house.triage.look(clara, number)
    assert (reopened.state, reopened.published_state) == (State.DISCUSSION, State.DONE)
    assert [n.to for n in await house.outbox(f"c:{number}:doubt")] == [clara.contact_id]
    with pytest.raises(OutdatedError):
        await house.supports.answer_done(house.cause(), ben, number, event=event, really=True)
    await house.decisions.publish(house.cause(), clara, number)
    with pytest.raises(OutdatedError):
        await house.supports.answer_done(house.cause(), ben, number, event=event, really=True)


async def test_merging_unites_supports_and_everybody_follows_the_one(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN, "de")
    clara = await house.member(CLARA, Role.COORDINATOR)
    both, only = await house.resident(201), await house.resident(202)
    first = await house.sent(ada)
    second = await house.sent(ben, replace(BENCHES, text="Schattige Bänke auf dem Markt"))
    for number in (first, second):
        await house.release(clara, number)
        await house.supports.join(house.cause(), both, number)
    await house.supports.join(house.cause(), only, second)
    await house.supports.join(house.cause(), ada, second)
    result = await house.decisions.merge(house.cause(), clara, second, into=first)
    assert result.people == 4
    assert (await house.triage.look(clara, first)).supports == 3
    assert (await house.contributions.see(ben, first)).number == first
    assert [c.number for c in await house.decisions.linked(clara, first)] == [second]
    joined = await house.supports.join(house.cause(), await house.resident(203), second)
    assert joined.number == first
    seen = await house.board.one(second)
    assert seen is not None
    assert seen.number == first
    await house.publish(clara, first, State.PLANNED)
    latest = [note for note in await house.outbox(f"c:{first}:e") if note.state == "queued"]
    assert sorted(note.to for note in latest) == sorted(
        person.contact_id for person in (ada, ben, both, only, await house.resident(203))
    )
    for number, into in ((second, first), (first, first), (first, second)):
        with pytest.raises(OutdatedError):
            await house.decisions.merge(house.cause(), clara, number, into=into)


async def test_several_points_get_numbers_of_their_own(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, replace(BENCHES, text="Des bancs. Et on roule trop vite."))
    part = await house.decisions.split(
        house.cause(), clara, number, text="On roule trop vite.", kind=Kind.CONCERN
    )
    seen = await house.contributions.see(ada, part)
    assert (seen.text, seen.kind, seen.split_from) == ("On roule trop vite.", Kind.CONCERN, number)
    assert [note.to for note in await house.outbox(f"c:{part}:e")] == [ada.contact_id]
    await house.decisions.link(house.cause(), clara, part, other=number)
    assert [c.number for c in await house.decisions.linked(clara, number)] == [part]
    await house.decisions.unlink(house.cause(), clara, number, other=part)
    with pytest.raises(OutdatedError):
        await house.decisions.unlink(house.cause(), clara, number, other=part)


async def test_the_board_waits_for_a_title_and_never_shows_what_is_the_teams(
    house: House,
) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada)
    with pytest.raises(UnreviewedError):
        await house.decisions.release(house.cause(), clara, number)
    seen = Draft(kind=Kind.OBSERVATION, text="Une lampe cassée")
    own = await house.triage.enter_on_behalf(house.cause(), clara, seen, origin=Origin.TEAM)
    with pytest.raises(OutdatedError):
        await house.decisions.release(house.cause(), clara, own)
    with pytest.raises(NotAllowedError):
        await house.triage.enter_on_behalf(house.cause(), clara, seen, origin=Origin.PAPER)
    await house.release(clara, number)
    assert [s.number for s in (await house.board.page()).items] == [number]
    assert await house.board.counts() == {Column.PROPOSED: 1}
    await house.decisions.hide(house.cause(), clara, number)
    assert (await house.board.page()).items == []
