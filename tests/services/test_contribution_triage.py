"""The team finds, reads, words and assigns what came in; residents reach nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.domain.contribution_lists import BoardFilters, Filters
from bot.domain.contribution_states import Column, Decision, State
from bot.domain.contributions import Draft, Kind, NameLevel, Origin, Point
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.roles import Role
from storage.store import Store
from tests.contributing import BENCHES, House

ADA, BEN, CLARA, DORA = 101, 102, 103, 104


@pytest.fixture
def house(store: Store, clock: Clock) -> House:
    return House(store, clock)


async def test_opening_marks_it_read_and_tells_nobody(house: House) -> None:
    ada, dora = await house.resident(ADA), await house.member(DORA, Role.ANIMATOR)
    number = await house.sent(ada)
    assert (await house.triage.look(dora, number)).state is State.RECEIVED
    assert (await house.triage.open(house.cause(), dora, number)).state is State.READ
    await house.triage.open(house.cause(), dora, number)
    assert [e.kind for e in await house.triage.events(dora, number)] == ["submitted", "read"]
    assert (await house.contributions.see(ada, number)).state is State.READ
    assert await house.outbox(f"c:{number}:e") == []


async def test_residents_reach_nothing_of_the_team(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN)
    number, cause = await house.sent(ada), house.cause()
    attempts = [
        house.triage.inbox(ben, Filters()),
        house.triage.open(cause, ben, number),
        house.triage.look(ben, number),
        house.triage.events(ben, number),
        house.triage.assign(cause, ben, number, to=ben.contact_id),
        house.triage.note(cause, ben, number, text="x"),
        house.triage.prioritise(cause, ben, number, high=True),
        house.triage.mark(cause, ben, number, urgent=True),
        house.triage.classify(cause, ben, number, category="green"),
        house.triage.promise(cause, ben, number, by=None),
        house.triage.enter_on_behalf(cause, ben, BENCHES, origin=Origin.PAPER),
        house.triage.limit(cause, ben, number, until=None, reason="x"),
        house.triage.unlimit(cause, ben, number),
        house.triage.limited(ben, number),
        house.triage.team(ben),
        house.triage.morning(ben),
        house.decisions.decide(cause, ben, number, Decision(State.DONE)),
        house.decisions.publish(cause, ben, number),
        house.decisions.release(cause, ben, number),
        house.decisions.hide(cause, ben, number),
        house.decisions.reopen(cause, ben, number),
        house.decisions.merge(cause, ben, number, into=number),
        house.decisions.split(cause, ben, number, text="x"),
        house.decisions.link(cause, ben, number, other=number),
        house.decisions.unlink(cause, ben, number, other=number),
        house.decisions.linked(ben, number),
        house.wording.translate(cause, ben, number, language="fr", title="x"),
        house.wording.redact(cause, ben, number, text="x"),
        house.wording.transcribe(cause, ben, number, text="x"),
        house.media.of(ben, number),
    ]
    for attempt in attempts:
        cause.settled = False
        with pytest.raises(NotAllowedError):
            await attempt


async def test_what_is_critical_is_the_coordinators_alone(house: House) -> None:
    ada = await house.resident(ADA)
    clara = await house.member(CLARA, Role.COORDINATOR)
    dora = await house.member(DORA, Role.ANIMATOR)
    number = await house.sent(ada)
    await house.release(clara, number)
    with pytest.raises(NotAllowedError):
        await house.triage.mark(house.cause(), dora, number, urgent=True)
    await house.triage.mark(house.cause(), clara, number, critical=True)
    assert await house.board.one(number) is None
    assert (await house.triage.inbox(dora, Filters())).items == []
    assert (await house.triage.inbox(dora, Filters(coordinator=True))).total == 0
    assert (await house.triage.inbox(clara, Filters())).total == 1
    with pytest.raises(NotAllowedError):
        await house.triage.look(dora, number)
    with pytest.raises(NotAllowedError):
        await house.triage.assign(house.cause(), clara, number, to=dora.contact_id)


async def test_the_board_goes_on_where_the_last_page_ended(house: House) -> None:
    clara = await house.member(CLARA, Role.COORDINATOR)
    sent = []
    for number in range(45):
        entered = await house.triage.enter_on_behalf(
            house.cause(), clara, replace(BENCHES, text=f"{number}"), origin=Origin.PAPER
        )
        await house.release(clara, entered)
        sent.append(entered)
    seen: list[int] = []
    page = await house.board.page()
    while page.following:
        seen += [each.number for each in page.items]
        page = await house.board.page(following=page.following)
    seen += [each.number for each in page.items]
    assert seen == sent[::-1]
    assert (await house.board.page(BoardFilters(column=Column.DONE))).items == []
    assert len((await house.board.page(following="nonsense-x")).items) == 20


async def test_the_to_do_list_of_translations_empties_as_they_come(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada)
    await house.release(clara, number)
    todo = Filters(untranslated=True)
    assert [c.number for c in (await house.triage.inbox(clara, todo)).items] == [number]
    await house.wording.redact(house.cause(), clara, number, text="Des bancs, svp")
    for text in ("title", "summary"):
        await house.wording.translate(
            house.cause(), clara, number, language="de", title="Bänke", summary=text
        )
    assert (await house.triage.inbox(clara, todo)).total == 0


async def test_a_voice_is_typed_by_people_and_confirmed_by_its_author(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, Draft(kind=Kind.WISH, voice="v"))
    with pytest.raises(OutdatedError):
        await house.wording.transcribe(house.cause(), clara, number, text="Trop tôt")
    (wanted,) = await house.media.wanted()
    assert await house.media.store(wanted, b"OggS voice") is not None
    await house.wording.transcribe(house.cause(), clara, number, text="Un marché le samedi")
    await house.contributions.answer_transcript(house.cause(), ada, number, right=False)
    assert [n.to for n in await house.outbox(f"c:{number}:script")] == [clara.contact_id]
    await house.wording.transcribe(house.cause(), clara, number, text="Un marché le dimanche")
    await house.contributions.answer_transcript(house.cause(), ada, number, right=True)
    with pytest.raises(OutdatedError):
        await house.contributions.answer_transcript(house.cause(), ada, number, right=False)
    assert (await house.contributions.see(ada, number)).text == "Un marché le dimanche"
    assert len(await house.outbox(f"c:{number}:transcript")) == 2


async def test_the_morning_list_and_the_reminders_forget_nothing(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    dora = await house.member(DORA, Role.ANIMATOR)
    late = await house.sent(ada, replace(BENCHES, kind=Kind.CONCERN))
    await house.triage.assign(house.cause(), clara, late, to=dora.contact_id)
    assert await house.reminders.remind_due() == 0
    house.clock.offset += timedelta(days=6)
    assert await house.reminders.remind_due() == 1
    assert await house.reminders.remind_due() == 0
    assert [note.to for note in await house.outbox("c:due")] == [dora.contact_id]
    house.clock.offset += timedelta(days=3)
    new = await house.sent(ada, replace(BENCHES, text="Nouveau"))
    promise = house.clock.now() + timedelta(days=1)
    await house.triage.promise(house.cause(), clara, new, by=promise)
    morning = await house.triage.morning(clara)
    numbers = [
        [each.number for each in page.items]
        for page in (morning.new, morning.overdue, morning.promised, morning.untold)
    ]
    assert numbers == [[late, new], [late], [new], []]
    assert await house.reminders.remind_due() == 2
    house.clock.offset += timedelta(hours=12)
    assert await house.reminders.remind_due() == 0


async def test_the_inbox_narrows_down(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    dora = await house.member(DORA, Role.ANIMATOR)
    plain = await house.sent(ada)
    special = await house.sent(
        ada,
        Draft(kind=Kind.CONCERN, text="Trop vite", neighbourhood="madretsch", category="traffic"),
    )
    await house.triage.assign(house.cause(), clara, special, to=dora.contact_id)
    await house.triage.mark(house.cause(), clara, special, urgent=True)
    everything = await house.triage.inbox(clara, Filters())
    assert [c.number for c in everything.items] == [special, plain]
    since = house.clock.now() - timedelta(hours=1)
    for only_special in (
        Filters(kind=Kind.CONCERN),
        Filters(category="traffic"),
        Filters(neighbourhood="madretsch"),
        Filters(assignee=dora.contact_id),
        Filters(urgent=True),
    ):
        found = await house.triage.inbox(dora, only_special)
        assert [c.number for c in found.items] == [special], only_special
    for only_plain in (Filters(unassigned=True), Filters(kind=Kind.IDEA)):
        found = await house.triage.inbox(dora, only_plain)
        assert [c.number for c in found.items] == [plain], only_plain
    for both in (
        Filters(states=(State.RECEIVED,)),
        Filters(origin=Origin.BOT),
        Filters(since=since),
    ):
        assert (await house.triage.inbox(dora, both)).total == 2
    assert (await house.triage.inbox(dora, Filters(until=since))).total == 0


async def test_alike_is_offered_by_words_and_place_and_joined_once(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN)
    clara = await house.member(CLARA, Role.COORDINATOR)
    market = Point(47.1371, 7.2471)
    number = await house.sent(ada, replace(BENCHES, point=market))
    concern = Draft(kind=Kind.CONCERN, text=BENCHES.text, point=market)
    await house.sent(ada, concern)
    draft = Draft(kind=Kind.WISH, text="Il manque des bancs au marché", point=market)
    (alike,) = await house.supports.similar(ben, draft)
    assert (alike.number, alike.metres, alike.reviewed, alike.title) == (number, 0, False, {})
    assert await house.supports.similar(ada, draft) == []
    far = replace(draft, text="Une piscine couverte", point=Point(47.2, 7.3))
    assert await house.supports.similar(ben, far) == []
    await house.release(clara, number)
    (alike,) = await house.supports.similar(ben, draft)
    assert alike.title == {"fr": "Des bancs à l'ombre"}
    joined = await house.supports.join(house.cause(), ben, number)
    assert (joined.supports, joined.text, joined.author) == (1, "", None)
    assert (await house.supports.join(house.cause(), ben, number)).supports == 1
    assert await house.supports.similar(ben, draft) == []
    assert [c.number for c in await house.supports.supported(ben)] == [number]
    await house.supports.leave(house.cause(), ben, number)
    with pytest.raises(OutdatedError):
        await house.supports.leave(house.cause(), ben, number)
    with pytest.raises(OutdatedError):
        await house.supports.join(house.cause(), ada, number)
    with pytest.raises(OutdatedError):
        await house.contributions.see(ben, number)


async def test_what_is_confidential_is_not_offered_unreviewed(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(BEN)
    await house.sent(ada, replace(BENCHES, level=NameLevel.CONFIDENTIAL))
    assert await house.supports.similar(ben, BENCHES) == []


async def test_the_board_says_how_long_people_wait(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    quick = await house.sent(ada)
    slow = await house.sent(ada, replace(BENCHES, kind=Kind.CONCERN, text="Trop vite"))
    house.clock.offset += timedelta(days=2)
    await house.publish(clara, quick, State.PLANNED)
    house.clock.offset += timedelta(days=8)
    await house.publish(clara, slow, State.PLANNED)
    figure = await house.board.answered_within()
    assert (figure.answered, figure.median_days, figure.in_time_percent) == (2, 6, 50)
