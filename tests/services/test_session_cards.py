"""Cards of a gathering: a word in the other language, and onto the board exactly once."""

from __future__ import annotations

import asyncio

import pytest

from bot.clock import Clock
from bot.domain.contributions import Contribution, Origin
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.sessions import IdeaState, Session
from bot.services.gatherings import Gatherings
from bot.services.session_cards import SessionCards
from bot.services.town import TownSettings
from storage import contributions
from storage.store import Store
from tests.polling import Hall

TITLE = Localized(fr="K'fé", de="Kafi")


class Wall:
    """A running session with its services, and who runs it."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.gatherings = Gatherings(hall.store, hall.clock)
        town = TownSettings(hall.store, hall.clock)
        self.cards = SessionCards(hall.store, hall.clock, town=town)

    async def begins(self, *ideas: str) -> tuple[Session, Resident]:
        """Hang these ideas on the wall of a new session."""
        keeper = await self.hall.animator()
        session = await self.gatherings.begin(self.hall.cause(), keeper, title=TITLE)
        await self.gatherings.note(self.hall.cause(), keeper, session.number, ideas)
        return session, keeper

    async def enter(self, who: Resident, session: Session, only: int | None = None) -> list[int]:
        """Put cards on the board; whoever speaks of "bad" things is in distress."""
        return await self.cards.enter(
            self.hall.cause(), who, session.number, distress=lambda text: "bad" in text, only=only
        )

    async def kept(self, number: int) -> Contribution:
        """Return a contribution as it is kept."""
        async with self.hall.store.read() as tx:
            found = await contributions.get(tx, number)
        assert found is not None
        return found


async def test_two_who_tap_at_once_enter_every_card_once(store: Store) -> None:
    wall = Wall(Hall(store, Clock()))
    session, keeper = await wall.begins("Bancs", "Four", "bad news")
    other = await wall.hall.animator(901)
    taps = [wall.enter(who, session) for who in (keeper, other, keeper)]
    done = await asyncio.gather(*taps, return_exceptions=True)
    assert sorted(len(each) for each in done if isinstance(each, list)) == [3]
    assert sum(isinstance(each, OutdatedError) for each in done) == 2
    scene = await wall.gatherings.scene(keeper, session.number)
    assert [each.contribution for each in scene.ideas] == [1, 2, 3]
    assert [(await wall.kept(n)).public for n in (1, 2, 3)] == [True, True, False]


async def test_a_card_takes_its_translation_and_its_neighbours_along(store: Store) -> None:
    wall = Wall(Hall(store, Clock()))
    hall = wall.hall
    session, keeper = await wall.begins("Bancs", "Des bancs", "Four")
    first, second, third = (
        each.number for each in (await wall.gatherings.scene(keeper, session.number)).ideas
    )
    await wall.gatherings.group(hall.cause(), keeper, session.number, second, onto=first)
    await wall.cards.translate(hall.cause(), keeper, session.number, first, "Bänke")
    await wall.gatherings.settle(hall.cause(), keeper, session.number, third, IdeaState.ASIDE)
    assert await wall.enter(keeper, session, first) == [1]
    kept = await wall.kept(1)
    assert kept.title == Localized(fr="Bancs", de="Bänke")
    assert (kept.text, kept.origin, kept.author) == ("Bancs\nDes bancs", Origin.SESSION, None)
    with pytest.raises(OutdatedError):
        await wall.enter(keeper, session)
    with pytest.raises(NotAllowedError):
        await wall.enter(await hall.resident(1), session)
