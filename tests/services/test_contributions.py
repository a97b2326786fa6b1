"""A resident brings something, changes it, follows it and takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.contribution_errors import LimitedError, UnfinishedError, UnlinkableError
from bot.domain.contribution_states import State
from bot.domain.contributions import Draft, Kind, NameLevel, Origin, Point
from bot.domain.conversations import Conversation
from bot.domain.errors import NotAllowedError, OutdatedError, RepeatedError, TooMuchError
from bot.domain.roles import Role
from bot.services.alike_index import AlikeIndex
from bot.words import likeness
from storage import attachments, contribution_erasure, conversations, privacy, schema
from storage.store import Store
from tests.contributing import BENCHES, House

ADA, BEN, CLARA, DORA = 101, 102, 103, 104


@pytest.fixture
def house(store: Store, clock: Clock) -> House:
    return House(store, clock)


async def test_a_contribution_is_kept_with_its_receipt_and_the_team_hears_of_it(
    house: House,
) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    await house.member(DORA, Role.ANIMATOR)
    receipt = await house.contributions.submit(house.cause(), ada, BENCHES)
    assert receipt.code is None
    assert receipt.due_at is not None
    assert (receipt.due_at - house.clock.now()).days == 13
    assert [(note.to, note.key) for note in await house.outbox()] == [
        (clara.contact_id, f"c:{receipt.number}:new:{clara.contact_id}"),
        (ada.contact_id, f"c:{receipt.number}:receipt:1"),
    ]
    (mine,) = await house.contributions.mine(ada)
    assert (mine.number, mine.state, mine.text) == (receipt.number, State.RECEIVED, BENCHES.text)


async def test_sending_forgets_the_draft_and_wants_its_files(house: House) -> None:
    ada = await house.resident(ADA)
    draft = replace(BENCHES, photos=("photo-1", "photo-2"), voice="voice-1")
    me = ada.contact_id
    async with house.store.write() as tx:
        begun = Conversation("contributing", "preview", draft.to_json())
        later = house.clock.now() + timedelta(days=7)
        await conversations.put(tx, begun, chat=me, person=me, expires_at=later)
    await house.sent(ada, draft)
    async with house.store.read() as tx:
        assert await conversations.get(tx, chat=me, person=me, now=house.clock.now()) is None
    wanted = await house.media.wanted()
    assert [(each.kind, each.file_id) for each in wanted] == [
        ("photo", "photo-1"),
        ("photo", "photo-2"),
        ("voice", "voice-1"),
    ]


async def test_the_same_words_twice_a_day_are_one_contribution(house: House) -> None:
    ada = await house.resident(ADA)
    assert await house.sent(ada) == await house.sent(ada)
    house.clock.offset += timedelta(days=2)
    assert await house.sent(ada) == 2


async def test_a_repeated_update_brings_nothing_twice(house: House) -> None:
    ada, cause = await house.resident(ADA), house.cause()
    await house.contributions.submit(cause, ada, BENCHES)
    cause.settled = False
    with pytest.raises(RepeatedError):
        await house.contributions.submit(cause, ada, replace(BENCHES, text="Autre chose"))
    assert len(await house.contributions.mine(ada)) == 1


async def test_ten_a_day_are_enough(house: House) -> None:
    ada = await house.resident(ADA)
    for number in range(10):
        await house.sent(ada, replace(BENCHES, text=f"Idée {number}"))
    with pytest.raises(TooMuchError):
        await house.sent(ada, replace(BENCHES, text="Encore une"))


async def test_an_empty_draft_and_an_observation_are_refused(house: House) -> None:
    ada = await house.resident(ADA)
    with pytest.raises(UnfinishedError):
        await house.sent(ada, Draft(kind=Kind.WISH))
    with pytest.raises(NotAllowedError):
        await house.sent(ada, replace(BENCHES, kind=Kind.OBSERVATION))


async def test_words_change_until_the_team_has_reviewed_them(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN)
    clara = await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada)
    changed = await house.contributions.edit(
        house.cause(), ada, number, text="Des bancs\u202e et un arbre"
    )
    assert changed.text == "Des bancs et un arbre"
    with pytest.raises(OutdatedError):
        await house.contributions.edit(house.cause(), ben, number, text="Non")
    await house.wording.redact(house.cause(), clara, number, text="Des bancs")
    with pytest.raises(OutdatedError):
        await house.contributions.edit(house.cause(), ada, number, text="Trop tard")


async def test_taken_back_nothing_of_the_words_is_left_and_supporters_hear_of_it(
    house: House,
) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN, "de")
    clara = await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, replace(BENCHES, point=Point(47.13, 7.24), address="Rue 7"))
    await house.release(clara, number)
    await house.supports.join(house.cause(), ben, number)
    await house.triage.note(house.cause(), clara, number, text="habite à côté")
    await house.contributions.withdraw(house.cause(), ada, number)
    (mine,) = await house.contributions.mine(ada)
    assert mine.state is State.WITHDRAWN
    assert (mine.text, mine.title, mine.point, mine.near, mine.address) == ("", {}, None, None, "")
    assert await house.board.one(number) is None
    assert all(not event.private_note for event in await house.triage.events(clara, number))
    ends = {note.to: note.error for note in await house.outbox(f"c:{number}:e")}
    assert ends == {ada.contact_id: "own_act", ben.contact_id: None}
    with pytest.raises(OutdatedError):
        await house.contributions.withdraw(house.cause(), ada, number)


async def test_the_level_changes_both_ways_and_the_team_sees_it_at_once(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada)
    assert (await house.triage.look(clara, number)).author == ada.contact_id
    for level, seen in ((NameLevel.CONFIDENTIAL, None), (NameLevel.HIDDEN, ada.contact_id)):
        await house.contributions.change_level(house.cause(), ada, number, level=level)
        assert (await house.triage.look(clara, number)).author == seen
    with pytest.raises(OutdatedError):
        await house.contributions.change_level(
            house.cause(), ada, number, level=NameLevel.UNLINKABLE
        )


async def test_nothing_the_team_sees_names_a_confidential_author(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, replace(BENCHES, level=NameLevel.CONFIDENTIAL))
    await house.contributions.edit(house.cause(), ada, number, text="Autrement dit")
    await house.publish(clara, number, State.DONE)
    done = next(n for n in await house.outbox(f"c:{number}:e") if n.to == ada.contact_id)
    event = int(done.key.split(":")[2][1:])
    await house.supports.answer_done(house.cause(), ada, number, event=event, really=False)
    from_the_team = (
        await house.triage.look(clara, number),
        await house.triage.events(clara, number),
        await house.triage.morning(clara),
        await house.decisions.linked(clara, number),
    )
    assert ada.contact_id not in repr(from_the_team)


async def test_who_must_pause_brings_nothing_until_it_is_over(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    dora = await house.member(DORA, Role.ANIMATOR)
    number = await house.sent(ada, replace(BENCHES, level=NameLevel.CONFIDENTIAL))
    until = house.clock.now() + timedelta(days=3)
    with pytest.raises(NotAllowedError):
        await house.triage.limit(house.cause(), dora, number, until=until, reason="Injures")
    await house.triage.limit(house.cause(), clara, number, until=until, reason="Injures")
    for level in NameLevel:
        with pytest.raises(LimitedError):
            await house.sent(ada, Draft(kind=Kind.WISH, text="Encore", level=level))
    limit = await house.triage.limited(clara, number)
    assert limit is not None
    assert limit.reason == "Injures"
    house.clock.offset += timedelta(days=4)
    await house.sent(ada, Draft(kind=Kind.WISH, text="Encore"))
    await house.triage.unlimit(house.cause(), clara, number)
    paper = replace(BENCHES, text="Papier")
    entered = await house.triage.enter_on_behalf(house.cause(), clara, paper, origin=Origin.PAPER)
    with pytest.raises(UnlinkableError):
        await house.triage.limit(house.cause(), clara, entered, until=None, reason="x")


async def test_my_data_and_delete_cover_contributions(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    ben = await house.resident(BEN)
    private = await house.sent(ada, replace(BENCHES, text="Rien que pour vous"))
    public = await house.sent(ada, replace(BENCHES, text="Chez moi, rue 7", address="rue 7"))
    theirs = await house.sent(ben, replace(BENCHES, text="De Ben"))
    for number in (public, theirs):
        await house.release(clara, number)
    await house.supports.join(house.cause(), ada, theirs)
    async with house.store.write() as tx:
        await attachments.want(
            tx, public, [("photo", "f")], author=ada.contact_id, now=house.clock.now()
        )
        about = repr(await privacy.everything_about(tx, ada.contact_id))
        assert all(words in about for words in ("Rien que pour vous", "rue 7", "'f'"))
        assert "De Ben" not in about
        await privacy.erase(tx, ada.contact_id, house.clock.now())
    async with house.store.read() as tx:
        rows = (
            await tx.connection.execute(
                sa.select(schema.contribution).order_by(schema.contribution.c.id)
            )
        ).all()
        assert [(row.id, row.text, row.author_contact) for row in rows] == [
            (public, "", None),
            (theirs, "De Ben", ben.contact_id),
        ]
        wanted = (await tx.connection.execute(sa.select(schema.media_wanted))).all()
    assert wanted == []
    shown = await house.board.one(public)
    assert shown is not None
    assert shown.title == {"fr": "Des bancs à l'ombre"}
    kept = await house.board.one(theirs)
    assert kept is not None
    assert kept.supports == 1
    assert private not in {row.id for row in rows}


async def test_old_authorship_ends_by_itself(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN)
    clara = await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, replace(BENCHES, point=Point(47.13, 7.24)))
    await house.release(clara, number)
    await house.supports.join(house.cause(), ben, number)
    await house.publish(clara, number, State.DONE)
    for days, forgotten in ((729, 0), (731, 1), (731, 0)):
        then = house.clock.now() + timedelta(days=days)
        async with house.store.write() as tx:
            two_years, half_a_year = then - timedelta(days=730), then - timedelta(days=183)
            gone = await contribution_erasure.forget_closed(
                tx, before=two_years, concerns_before=half_a_year
            )
        assert gone == forgotten
    assert await house.contributions.mine(ada) == []
    seen = await house.triage.look(clara, number)
    assert (seen.author, seen.text, seen.point, seen.supports) == (None, "", None, 1)
    assert seen.near is not None


async def test_the_like_is_found_in_the_other_language_however_old_it_is(
    store: Store, clock: Clock
) -> None:
    house = House(store, clock, similarity=likeness())
    ada, ben = await house.resident(ADA), await house.resident(BEN, "de")
    benches = await house.sent(ada)
    for day in range(4):
        house.clock.offset += timedelta(days=1)
        for nth in range(9):
            await house.sent(ada, Draft(Kind.WISH, f"Un cours de poterie le soir, {day}/{nth}"))
    wanted = Draft(Kind.IDEA, "Mehr Sitzbänke beim Markt, im Schatten", language="de")
    (found,) = await house.supports.similar(ben, wanted)
    named = [name["de"] for name in found.shared]
    assert (found.number, named, found.title) == (benches, ["Sitzbank", "Schatten", "Markt"], {})

    await house.contributions.withdraw(house.cause(), ada, benches)
    assert not await house.supports.similar(ben, wanted)


async def test_what_was_there_before_the_start_is_read_bit_by_bit(
    house: House, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.alike_index.AT_ONCE", 2)
    ada = await house.resident(ADA)
    numbers = [await house.sent(ada, Draft(Kind.WISH, text)) for text in ("Un", "Deux", "Trois")]
    index = AlikeIndex(store, likeness())
    assert [await index.catch_up() for _ in range(3)] == [2, 1, 0]
    await house.contributions.edit(house.cause(), ada, numbers[0], text="Un banc")
    assert await index.keep_up() == 0  # a tick that found something would be logged with its moment
    assert await index.nearest("eine Sitzbank") == [numbers[0]]
