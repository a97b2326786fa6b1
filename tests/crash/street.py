"""People who live through the crashes: residents who ask the team, a coordinator who answers a few.

They behave as people do: who sees nothing happen tries again. What they did is written down, to be
compared with what the database holds in the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.i18n import voice
from bot.phrases.menu import inbox_key
from tests.process.house import House
from web.sandbox import phones
from web.sandbox.history import Message
from web.sandbox.people import Person

RETO = 3001
INBOX = inbox_key(voice("de"))
FIRST = 7001
QUESTIONS_EACH = 6
PATIENCE = 1.5
"""Seconds after which a person tries again; a crash may have swallowed the reply."""


@dataclass
class Street:
    """Everybody in it, what they have asked and what is still to be asked or answered."""

    house: House
    asked: dict[str, int] = field(default_factory=dict)
    presses: int = 0
    to_ask: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    answered: set[int] = field(default_factory=set)
    under_way: set[asyncio.Task[object]] = field(default_factory=set)
    before_press: Callable[[], None] | None = None
    _count: int = 0

    def think_of_a_question(self) -> None:
        """Let somebody have a question that no directory answers."""
        self._count += 1
        self.to_ask.put_nowait(f"Wo gibt es Fallschirmspringen, Kurs {self._count}?")

    async def ask_all(self) -> None:
        """Ask one question after the other, for ever."""
        while True:
            text = await self.to_ask.get()
            person = FIRST + len(self.asked) // QUESTIONS_EACH
            if person not in self.house.world.people:
                self.house.world.add_person(Person(person, "P", language_code="de"))
            await self._ask(person, text)
            self.to_ask.task_done()

    async def _ask(self, person: int, text: str) -> None:
        """Ask until the offer to pass it on is there, and take it."""
        while True:
            self.house.says(person, text)
            mine = partial(_quotes, original=self._messages(person)[-1].id)
            if await self._press(person, "ask:team", under=mine):
                self.asked[text] = person
                self.presses += 1
                return

    async def answer_some(self) -> None:
        """Answer the questions that are the coordinator's, for ever."""
        while True:
            for number in self._noticed():
                if is_answered(number) and number not in self.answered:
                    await self._answer(number)
                    self.answered.add(number)
            await asyncio.sleep(0.02)

    def _noticed(self) -> list[int]:
        actions = (data for m in self._messages(RETO) for data in _actions(m))
        return sorted({int(data.split(":")[2]) for data in actions if data.startswith("oq:open:")})

    async def _answer(self, number: int) -> None:
        words = f"In der Halle {number}."
        while not self._delivered(words):
            if not await self._press(RETO, f"oq:open:{number}"):
                self.house.says(RETO, INBOX)
                continue
            if await self._press(RETO, f"oq:answer:{number}"):
                self.house.says(RETO, words)
                await self._press(RETO, f"oq:send:{number}")
            await self._until(lambda: self._delivered(words))

    def _delivered(self, words: str) -> bool:
        everybody = set(self.asked.values())
        return any(words in text for person in everybody for text in self.house.told(person))

    async def _press(
        self, person: int, action: str, *, under: Callable[[Message], bool] = lambda _m: True
    ) -> bool:
        """Press the newest button that does this as soon as it is there; False if it does not come."""

        def found() -> Message | None:
            shown = reversed(self._messages(person))
            return next((m for m in shown if action in _verbs(m) and under(m)), None)

        if not await self._until(lambda: found() is not None):
            return False
        message = found()
        assert message is not None
        data = next(each for each in _actions(message) if _verb(each) == action)
        if self.before_press is not None:
            self.before_press()
        world = self.house.world
        pressing = phones.press(
            world, world.people[person], world.chats[person], message, data=data
        )
        task: asyncio.Task[object] = asyncio.get_running_loop().create_task(pressing)
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)
        await asyncio.sleep(0)
        return True

    async def _until(self, condition: Callable[[], bool]) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():  # noqa: ASYNC110 - people look, nobody tells them
                    await asyncio.sleep(0.01)
        except TimeoutError:
            return False
        return True

    def _messages(self, person: int) -> list[Message]:
        return list(self.house.world.chats[person].history)

    def close(self) -> None:
        """Stop waiting for answers to presses."""
        for task in list(self.under_way):
            task.cancel()


def is_answered(number: int) -> bool:
    """Tell whether a question gets an answer; all of them would take longer than the crashes."""
    return number % 6 == 1


def _quotes(message: Message, *, original: int) -> bool:
    return bool(message.json.get("reply_to_message", {}).get("message_id") == original)


def _actions(message: Message) -> list[str]:
    rows = message.json.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _verbs(message: Message) -> set[str]:
    return {_verb(data) for data in _actions(message)}


def _verb(data: str) -> str:
    """Return what a button does and to which question, without what else it carries."""
    return ":".join(data.split(":")[:3]).rstrip(":")
