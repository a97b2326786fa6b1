"""What only the team may do stays undone: stolen, forwarded and guessed buttons, links, removed people."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.roles import Role
from tests.front import Front, open_front, text_from
from tests.fuzz.corpus import MALLORY, Json, message
from tests.fuzz.watch import ALICE, RETO, Siege, logged
from tests.neighbours import press
from web.sandbox.people import Person

pytestmark = pytest.mark.fuzz

SEED = int(os.environ.get("QUARTIERBOT_TEST_SEED", "1"))
SAMIRA, OTHER = 2001, 3002
_OF_THE_TEAM = ("bc:", "team:", "audit:", "oq:", "tr:", "set:", "ed:")
SLICE, MANY = 300, 10_000


@dataclass
class Heist:
    """A town with announcements under way, and every button that its team has ever seen."""

    siege: Siege
    seen: set[str] = field(default_factory=set)

    @property
    def stolen(self) -> list[str]:
        """Every button the team has ever been shown, always in the same order."""
        return sorted(self.seen)

    @property
    def front(self) -> Front:
        """The reception."""
        return self.siege.front

    async def prepare(self) -> None:
        """Let the team work: drafts, one on its way, one that waits for a second person."""
        await self.siege.prepare()
        front, team = self.front, self.front.archive.services.team
        front.world.add_person(Person(OTHER, "P", language_code="fr"))
        for person in (SAMIRA, OTHER):
            front.meets(person)
        await self.takes(text_from(SAMIRA, f"/start {await team.invite(Role.ANIMATOR, None)}"))
        await self.takes(text_from(OTHER, f"/start {await team.invite(Role.COORDINATOR, None)}"))
        await self.takes(press(ALICE, "sub:yes"))
        for person in (RETO, OTHER):
            await self._announce(person)
        for verb in ("team:page", "bc:list:0", "audit:0:all", "bc:show:1", "bc:card:3", "ed:new"):
            await self.takes(press(RETO, verb))
        for text in ("Où ?", "Wo?", "Ici.", "Hier."):
            await self.takes(text_from(RETO, text))
        await self.takes(press(RETO, "ed:add"))
        for verb in (_newest(front, RETO, "ed:out:"), "set:page", "set:edit:phone"):
            await self.takes(press(RETO, verb))
        await self.takes(text_from(RETO, "+41 32 000 00 00"))
        await self.takes(press(SAMIRA, "bc:list:0"))
        await self._remove(SAMIRA)
        self.siege.before = await self.siege.effects()

    async def _announce(self, person: int) -> None:
        for verb in ("new", "send"):
            await self.takes(press(person, "bc:new"))
            await self.takes(text_from(person, f"Fête {person} {verb}"))
            await self.takes(text_from(person, f"Fest {person} {verb}"))
            number = _newest(self.front, person, "bc:look:").split(":")[2]
            await self.takes(press(person, f"bc:look:{number}"))
            if verb == "send":
                await self.takes(press(person, _newest(self.front, person, "bc:send:")))

    async def _remove(self, person: int) -> None:
        people = self.front.archive.services.residents
        gone = await people.meet(person, "fr")
        await self.takes(press(RETO, f"team:removed:{gone.contact_id}"))

    async def takes(self, update: Json) -> None:
        """Hand over one sound update, and look at every button that the team is shown."""
        assert await self.front.receive(update)
        for person in (RETO, OTHER):
            self.seen |= set(_shown(self.front, person))

    def tries(self, many: int) -> Iterator[Json]:
        """Yield what strangers and a removed animator do with what they have seen or guess."""
        dice, stolen = random.Random(SEED), self.stolen
        for _ in range(many):
            data, who = dice.choice(stolen), dice.choice((MALLORY, SAMIRA, ALICE))
            match dice.randrange(5):
                case 0:
                    yield press(who, data)
                case 1:
                    yield _forwarded(who, data)
                case 2:
                    yield press(who, _guessed(data, dice))
                case 3:
                    yield text_from(who, f"/start s-{_noise(dice, 22)}")
                case _:
                    yield text_from(who, dice.choice(("👥 Team", "📥 À traiter", "Fête !")))


def _shown(front: Front, person: int) -> Iterator[str]:
    """Yield every action that has ever stood under a message in somebody's chat."""
    for each in front.world.chats[person].history:
        for row in each.json.get("reply_markup", {}).get("inline_keyboard", ()):
            for button in row:
                data = str(button.get("callback_data", ""))
                if data.startswith(_OF_THE_TEAM):
                    yield data


def _newest(front: Front, person: int, verb: str) -> str:
    return [data for data in _shown(front, person) if data.startswith(verb)][-1]


def _forwarded(who: int, data: str) -> Json:
    """Return a press on a message that came from somebody else's chat."""
    update = press(who, data)
    origin = {
        "type": "user",
        "date": 1,
        "sender_user": {"id": RETO, "is_bot": False, "first_name": "R"},
    }
    update["callback_query"]["message"] = message(text="?", forward_origin=origin)
    return update


def _guessed(data: str, dice: random.Random) -> str:
    """Return the same verb with other numbers and versions."""
    head, *rest = data.split(":")
    parts = [str(dice.randrange(9)) if part.isdecimal() else part for part in rest]
    if dice.random() < 0.3:
        parts[-1:] = [_noise(dice, 8)]
    return ":".join([head, *parts])


def _noise(dice: random.Random, many: int) -> str:
    return "".join(dice.choice("0123456789abcdefABCDEF_-") for _ in range(many))


@pytest_asyncio.fixture
async def heist(village: Path, tmp_path: Path) -> AsyncIterator[Heist]:
    """The town with its team, and what a thief knows."""
    with logged() as log:
        async with open_front(village, tmp_path) as front:
            opened = Heist(Siege(front, log))
            await opened.prepare()
            yield opened


async def _nothing_happens(heist: Heist, many: int) -> None:
    verbs = {data.split(":")[1] for data in heist.stolen if data.startswith("bc:")}
    assert verbs >= {"send", "undo", "look", "write", "drop", "who", "when", "list", "new"}
    others = {data.rpartition(":")[0] for data in heist.stolen}
    assert others >= {"set:save", "set:edit", "ed:gone", "ed:checked", "team:remove"}
    for update in heist.tries(many):
        await heist.siege.throw(update)
    assert heist.siege.escaped == {}
    assert heist.siege.unaccepted == []
    assert heist.siege.stumbles() == {}
    assert await heist.siege.effects() == heist.siege.before


async def test_what_a_thief_has_seen_or_guesses_does_nothing(heist: Heist) -> None:
    await _nothing_happens(heist, SLICE)


@pytest.mark.heavy
async def test_ten_thousand_tries_do_nothing(heist: Heist) -> None:
    await _nothing_happens(heist, MANY)


async def test_an_old_button_of_the_team_does_not_do_it_again(heist: Heist) -> None:
    sent = ("bc:send:2:", "bc:send:4:")
    old = [data for data in heist.stolen if data.startswith(sent)]
    assert len(old) == len(sent)
    for data in old:
        for person in (RETO, OTHER):
            await heist.takes(press(person, data))
    assert await heist.siege.effects() == heist.siege.before
