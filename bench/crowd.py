"""People who ask a bot at its webhook, so many at once, and wait for what comes back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, cycle
from time import perf_counter

from bench.far_end import FarEnd
from bench.plan import Load, language_of
from bench.programs import SECRET, Program

_PATIENCE = 30.0


class Crowd:
    """All people in front of one bot, each with the questions of their language."""

    def __init__(
        self,
        far: FarEnd,
        bot: Program,
        *,
        people: Sequence[int],
        questions: Mapping[str, Sequence[str]],
    ) -> None:
        self._far = far
        self._people = people
        self.bot = bot
        self._questions = {language: cycle(texts) for language, texts in questions.items()}
        self._numbers = count(1)

    async def ask(self, questions: int, *, at_once: int) -> Load:
        """Ask so many questions, `at_once` of them under way, and return what they cost the bot."""
        waits: list[float] = []
        lines = [await _Line.open(self.bot.port) for _ in range(at_once)]
        before, started = self.bot.cpu(), perf_counter()
        async with asyncio.timeout(_PATIENCE + questions / 10), asyncio.TaskGroup() as group:
            for nth, line in enumerate(lines):
                people = cycle(self._people[nth::at_once])
                share = len(range(nth, questions, at_once))
                group.create_task(self._one(line, people, share, waits))
        wall, cpu = perf_counter() - started, self.bot.cpu() - before
        for line in lines:
            line.close()
        return Load(questions, cpu, wall, tuple(waits))

    async def _one(
        self, line: _Line, people: Iterator[int], share: int, waits: list[float]
    ) -> None:
        for _ in range(share):
            person = next(people)
            update = self._update(person)
            answer, began = self._far.answer_in(person), perf_counter()
            await line.post(update)
            await answer
            waits.append(perf_counter() - began)

    def _update(self, person: int) -> bytes:
        number, language = next(self._numbers), language_of(person)
        name = {"id": person, "first_name": "Alice"}
        message = {
            "message_id": number,
            "date": 1_770_000_000,
            "chat": {**name, "type": "private"},
            "from": {**name, "is_bot": False, "language_code": language},
            "text": next(self._questions[language]),
        }
        return json.dumps({"update_id": number, "message": message}).encode()


class _Line:
    """One connection to the webhook, kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> _Line:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, body: bytes) -> None:
        """Hand over one update; anything but 200 is an error."""
        head = (
            "POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = answer.partition(b"content-length:")[2].partition(b"\r\n")[0]
        await self._reader.readexactly(int(length))
        if not answer.startswith(b"http/1.1 200"):
            raise RuntimeError(f"the bot did not take an update: {answer.splitlines()[0]!r}")

    def close(self) -> None:
        """Hang up."""
        self._writer.close()
