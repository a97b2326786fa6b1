"""Votes are exact, secret where that was said, and everybody hears how it ended."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock
from bot.domain.ballots import Choice, counted
from bot.domain.disclosure import STEP, Disclosure, Snapshot, Veil
from bot.domain.errors import NotAllowedError, OutdatedError, RepeatedError
from bot.domain.localized import Localized
from bot.domain.polls import Additions, LackingError, NotInvitedError, Results, Standing
from storage import ballots, privacy, schema
from storage.store import Store
from tests.polling import GAMES, MUSIC, QUESTION, SOUP, Hall, amounts


@pytest.fixture
def hall(store: Store, clock: Clock) -> Hall:
    return Hall(store, clock)


async def test_ten_french_and_ten_german_voters_make_one_tally_of_twenty(hall: Hall) -> None:
    asked = await hall.opened(await hall.animator(), SOUP, GAMES)
    people = [await hall.resident(n, "fr" if n <= 10 else "de") for n in range(1, 21)]
    await asyncio.gather(*(hall.votes(each, asked, n % 2) for n, each in enumerate(people)))
    keeper = await hall.animator()
    await hall.keeping.close(hall.cause(), keeper, asked.number)
    end = await hall.polls.see(people[0], asked.number)
    assert (end.as_of, amounts(end)) == (20, {"Soupe": 10, "Jeux": 10})
    assert await hall.keeping.due() >= 20
    assert {key.split(":")[2] for _, key in await hall.notices()} == {"result"}
    assert len(await hall.notices()) == 20
    assert await hall.keeping.due() == 0
    async with hall.store.read() as tx:
        left = await tx.connection.scalar(
            sa.select(sa.func.count()).select_from(schema.poll_turnout)
        )
        keys = await tx.connection.scalar(sa.select(sa.func.count()).select_from(schema.poll_key))
    assert (left, keys) == (0, 0)


async def test_the_last_choice_counts_and_a_replay_does_nothing(hall: Hall) -> None:
    asked = await hall.opened(await hall.animator(), SOUP, GAMES, named=True)
    ada = await hall.resident(1)
    await hall.votes(ada, asked, 0)
    again = hall.cause()
    choice = Choice((asked.options[1].id,))
    await hall.polls.vote(again, ada, asked.number, choice)
    again.settled = False
    with pytest.raises(RepeatedError):
        await hall.polls.vote(again, ada, asked.number, choice)
    now = await hall.polls.see(ada, asked.number)
    assert (now.as_of, amounts(now), now.mine) == (1, {"Jeux": 1, "Soupe": 0}, choice)


async def test_a_secret_poll_hides_its_numbers_until_enough_have_voted(hall: Hall) -> None:
    asked = await hall.opened(await hall.animator(), SOUP, GAMES)
    states = []
    for number in range(1, 13):
        seen = await hall.votes(await hall.resident(number), asked, 0)
        states.append((seen.veil, seen.as_of))
    assert states[6] == (Veil.TOO_FEW, 0)
    assert [as_of for _, as_of in states[7:]] == [5, 5, 5, 8, 8]


async def test_under_five_voters_only_the_leading_option_and_only_if_announced(hall: Hall) -> None:
    keeper = await hall.animator()
    for few, veil in ((False, Veil.TOO_FEW), (True, Veil.LEADER_ONLY)):
        asked = await hall.opened(keeper, SOUP, GAMES, few=few)
        ada, ben, eve = [await hall.resident(number) for number in (1, 2, 3)]
        await hall.votes(ada, asked, 1)
        await hall.votes(ben, asked, 1)
        await hall.votes(eve, asked, 0)
        await hall.keeping.close(hall.cause(), keeper, asked.number)
        end = await hall.polls.see(ada, asked.number)
        shown = [option.text["fr"] for option in end.leading]
        assert (end.veil, end.result, shown) == (veil, None, ["Jeux"] if few else [])


async def test_results_wait_for_ones_own_vote_or_for_the_end(hall: Hall) -> None:
    keeper, ada, ben = await hall.animator(), await hall.resident(1), await hall.resident(2)
    after = await hall.opened(keeper, SOUP, GAMES, named=True, results=Results.VOTED)
    assert (await hall.votes(ada, after, 0)).veil is Veil.NONE
    assert (await hall.polls.see(ben, after.number)).veil is Veil.VOTE_FIRST
    late = await hall.opened(keeper, SOUP, GAMES, named=True, results=Results.CLOSED)
    assert (await hall.votes(ada, late, 0)).veil is Veil.WHEN_CLOSED


async def test_it_opens_and_closes_by_itself_and_no_vote_counts_outside(hall: Hall) -> None:
    keeper, ada = await hall.animator(), await hall.resident(1)
    number = await hall.keeping.draft(
        hall.cause(), keeper, question=QUESTION, options=(SOUP, GAMES)
    )
    now = hall.clock.now()
    await hall.keeping.schedule(
        hall.cause(),
        keeper,
        number,
        opens_at=now + timedelta(hours=1),
        closes_at=now + timedelta(hours=3),
    )
    with pytest.raises(OutdatedError):
        await hall.polls.see(ada, number)
    hall.clock.offset += timedelta(hours=1)
    assert await hall.keeping.due() == 1
    asked = (await hall.polls.running(ada))[0].poll
    await hall.votes(ada, asked, 0)
    hall.clock.offset += timedelta(hours=2)
    with pytest.raises(OutdatedError):
        await hall.votes(ada, asked, 1)
    assert await hall.keeping.due() == 2
    told = [f"p:{number}:result:{each.contact_id}" for each in (ada, keeper)]
    assert [key for _, key in await hall.notices()] == told


async def test_only_who_may_hold_it_changes_it_and_only_before_it_opens(hall: Hall) -> None:
    here, there = await hall.animator(901, "mett"), await hall.animator(902, "boujean")
    ada = await hall.resident(1)
    number = await hall.keeping.draft(hall.cause(), here, question=QUESTION, options=(SOUP,))
    for stranger in (there, ada):
        with pytest.raises(NotAllowedError):
            await hall.keeping.open(hall.cause(), stranger, number)
    with pytest.raises(LackingError):
        await hall.keeping.open(hall.cause(), here, number)
    asked = await hall.keeping.add_options(hall.cause(), here, number, [GAMES])
    await hall.keeping.open(hall.cause(), here, number)
    with pytest.raises(OutdatedError):
        await hall.keeping.drop_option(hall.cause(), here, number, asked.options[0].id)
    local = await hall.opened(here, SOUP, GAMES, neighbourhood="mett")
    with pytest.raises(NotInvitedError):
        await hall.votes(ada, local, 0)


async def test_a_proposed_option_waits_for_the_team_where_that_was_said(hall: Hall) -> None:
    keeper, ada = await hall.animator(), await hall.resident(1)
    asked = await hall.opened(keeper, SOUP, GAMES, additions=Additions.REVIEWED, named=True)
    changed, standing = await hall.polls.propose(hall.cause(), ada, asked.number, "Pétanque")
    assert (standing, len(changed.offered)) == (Standing.WAITING, 2)
    both = Localized(fr="Pétanque", de="Boccia")
    option = changed.options[-1].id
    accepted = await hall.keeping.settle(
        hall.cause(), keeper, asked.number, option, offered=True, text=both
    )
    assert accepted.offered[-1].text == both
    seen = await hall.votes(ada, accepted, 2)
    assert amounts(seen)["Pétanque"] == 1
    hands = {accepted.offered[0].id: 7, option: 2}
    room = await hall.polls.room(hall.cause(), keeper, asked.number, "hands", hands)
    assert amounts(room) == {"Soupe": 7, "Pétanque": 3, "Jeux": 0}


async def test_no_row_tells_whose_secret_ballot_is_whose(hall: Hall) -> None:
    keeper = await hall.animator()
    asked = await hall.opened(keeper, SOUP, GAMES, MUSIC)
    ada, ben = await hall.resident(1), await hall.resident(2)
    await hall.votes(ada, asked, 0)
    await hall.votes(ben, asked, 1)
    async with hall.store.read() as tx:
        rows = (await tx.connection.execute(sa.select(schema.poll_ballot))).all()
        about = await privacy.everything_about(tx, ada.contact_id)
        by_hand: dict[tuple[int, str], int] = {}
        for choice in await ballots.recount(tx, asked.number):
            for slot, amount in counted(asked, choice).items():
                by_hand[slot] = by_hand.get(slot, 0) + amount
        assert by_hand == await ballots.tally(tx, asked.number)
    assert {row.contact_id for row in rows} == {None}
    assert not any(ada.contact_id in row.voter or ben.contact_id in row.voter for row in rows)
    assert set(about) & {"poll_ballot", "poll_tally", "poll_key"} == set()
    before = await hall.polls.see(ada, asked.number)
    assert before.mine == Choice((asked.options[0].id,))
    await hall.keeping.close(hall.cause(), keeper, asked.number)
    assert (await hall.polls.see(ada, asked.number)).mine is None


@given(st.lists(st.sampled_from("abc"), max_size=60))
def test_two_states_that_can_be_compared_lie_three_votes_apart(choices: list[str]) -> None:
    seen, states = Disclosure(), list[int]()
    for votes, _ in enumerate(choices, start=1):
        if seen.wants(votes):
            tally = {(ord(each), "yes"): choices[:votes].count(each) for each in "abc"}
            seen = seen.after(Snapshot(votes, tally))
        if seen.shown is not None and (not states or states[-1] != seen.shown.votes):
            states.append(seen.shown.votes)
    steps = [
        after - before for before, after in zip(states, [*states[1:], len(choices)], strict=False)
    ]
    assert all(step >= STEP for step in steps)
