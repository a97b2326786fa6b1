"""Photos and voices: fetched later, stripped, shown to the team, released one by one."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.clock import Clock
from bot.domain.contribution_lists import Wanted
from bot.domain.contributions import Draft, Kind
from bot.domain.errors import OutdatedError
from bot.domain.roles import Role
from storage import privacy
from storage.store import Store
from tests.contributing import BENCHES, House

ADA, CLARA = 101, 102


@pytest.fixture
def house(store: Store, clock: Clock) -> House:
    return House(store, clock)


def photo(colour: str = "white") -> bytes:
    out = BytesIO()
    Image.new("RGB", (2000, 1000), colour).save(out, "PNG")
    return out.getvalue()


async def test_a_photo_comes_later_and_reaches_the_board_when_it_is_released(
    house: House,
) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, replace(BENCHES, photos=("a", "b")))
    first, second = await house.media.wanted()
    assert await house.media.store(second, photo("red")) is not None
    kept = await house.media.store(first, photo())
    assert kept is not None
    assert await house.media.wanted() == []
    shown = await house.media.of(clara, number)
    assert [(each.width, each.height, each.released) for each in shown] == [
        (1600, 800, False),
        (1600, 800, False),
    ]
    assert shown[0].id == kept
    await house.release(clara, number)
    assert await house.board.photos(number) == []
    assert await house.board.photo(kept) is None
    await house.media.release(house.cause(), clara, kept, released=True)
    assert [each.id for each in await house.board.photos(number)] == [kept]
    public = await house.board.photo(kept)
    assert public is not None
    assert public.content.startswith(b"\xff\xd8\xff")
    await house.decisions.hide(house.cause(), clara, number)
    assert await house.board.photo(kept) is None


async def test_cells_are_hidden_for_good_after_a_preview(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    await house.sent(ada, replace(BENCHES, photos=("a",)))
    (wanted,) = await house.media.wanted()
    kept = await house.media.store(wanted, photo())
    assert kept is not None
    before = await house.media.show(clara, kept)
    assert await house.media.grid(clara, kept) != before.content
    preview = await house.media.preview(clara, kept, {3, 4})
    assert (await house.media.show(clara, kept)).content == before.content
    await house.media.redact(house.cause(), clara, kept, {3, 4})
    assert (await house.media.show(clara, kept)).content == preview


async def test_what_cannot_be_used_is_wanted_no_more(house: House) -> None:
    ada = await house.resident(ADA)
    await house.sent(ada, replace(BENCHES, photos=("a", "b")))
    first, second = await house.media.wanted()
    assert await house.media.store(first, b"no picture") is None
    for left in (True, True, True, True, True, False):
        assert await house.media.failed(second) is left
        assert await house.media.wanted() == []
    assert await house.media.store(Wanted(99, "photo", "x"), photo()) is None


async def test_voices_are_for_the_team_alone(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    await house.sent(ada, Draft(kind=Kind.WISH, voice="v"))
    (wanted,) = await house.media.wanted()
    kept = await house.media.store(wanted, b"OggS a voice")
    assert kept is not None
    assert (await house.media.show(clara, kept)).content == b"OggS a voice"
    with pytest.raises(OutdatedError):
        await house.media.release(house.cause(), clara, kept, released=True)
    with pytest.raises(OutdatedError):
        await house.media.grid(clara, kept)


async def test_of_someone_erased_only_released_photos_stay(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, replace(BENCHES, photos=("a", "b")))
    first, second = await house.media.wanted()
    kept, private = (
        await house.media.store(first, photo()),
        await house.media.store(second, photo("red")),
    )
    assert kept is not None
    assert private is not None
    await house.release(clara, number)
    await house.media.release(house.cause(), clara, kept, released=True)
    async with house.store.write() as tx:
        about = await privacy.everything_about(tx, ada.contact_id)
        assert [row["content_sealed"][:4] for row in about["attachment"]] == ["/9j/", "/9j/"]
        await privacy.erase(tx, ada.contact_id, house.clock.now())
    assert [each.id for each in await house.media.of(clara, number)] == [kept]
    assert await house.board.photo(kept) is not None


async def test_taken_back_the_photos_go_too(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    number = await house.sent(ada, replace(BENCHES, photos=("a", "b")))
    first, _ = await house.media.wanted()
    await house.media.store(first, photo())
    await house.contributions.withdraw(house.cause(), ada, number)
    assert await house.media.wanted() == []
    assert await house.media.of(clara, number) == []
