"""The whole state of the sandbox, in memory and bounded; it knows no HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from web.sandbox.calls import CallLog
from web.sandbox.changes import Changes
from web.sandbox.clock import SandboxClock
from web.sandbox.errors import Json
from web.sandbox.faults import Faults
from web.sandbox.files import FileStore
from web.sandbox.limits import RateLimits
from web.sandbox.people import BotAccount, Chat, Person, chat_json
from web.sandbox.polls import Poll
from web.sandbox.profile import Profile
from web.sandbox.updates import UpdateQueue
from web.sandbox.webhook import WebhookDelivery

MOST_QUERIES = 1000
MOST_POLLS = 2000


@dataclass(slots=True)
class CallbackQuery:
    """A pressed button whose answer is awaited."""

    id: str
    pressed: float
    answer: asyncio.Future[Json]


@dataclass(slots=True)
class Counters:
    """Numbers that only go up."""

    message: int = 0
    person: int = 4000
    group: int = 5000
    supergroup: int = 1_000_000_000_001
    query: int = field(default_factory=lambda: time.time_ns() // 1000)


class World:
    """People, chats, files, polls, waiting updates, faults and the clock."""

    def __init__(self, bot: BotAccount | None = None) -> None:
        """Start with an empty town and a bot."""
        self.bot = bot or BotAccount(42, "quartierbot_demo_bot", "Quartierbot")
        self.clock = SandboxClock()
        # Above every number of an earlier sandbox, which the bot may remember.
        self.updates = UpdateQueue(first_id=int(time.time()))
        self.webhook = WebhookDelivery(self.updates, self.clock)
        self.changes = Changes()
        self.build()

    def build(self) -> None:
        """Make everything a reset forgets."""
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.polls: OrderedDict[str, Poll] = OrderedDict()
        self.queries: OrderedDict[str, CallbackQuery] = OrderedDict()
        self.profile = Profile()
        self.faults = Faults()
        self.limits = RateLimits(self.monotonic())
        self.calls = CallLog()
        self.counters = Counters()

    def add_person(self, person: Person) -> Person:
        """Let somebody move in; the private chat exists but is not started."""
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private", members=[person.id])
        return person

    def add_chat(self, chat: Chat) -> Chat:
        """Add a group."""
        self.chats[chat.id] = chat
        return chat

    def monotonic(self) -> float:
        """Give the time by which deadlines and limits are measured; moving the clock leaves it."""
        return time.monotonic()

    def next_message_id(self, chat: Chat) -> int:
        """Give a new message its number: supergroups count alone, all other chats together."""
        if chat.type == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        self.counters.message += 1
        return self.counters.message

    def next_group_id(self, kind: str) -> int:
        """Find an id for a new group of this type."""
        if kind == "supergroup":
            self.counters.supergroup += 1
            return -self.counters.supergroup
        self.counters.group += 1
        return -self.counters.group

    def chat_json(self, chat: Chat) -> Json:
        """Describe a chat as messages do."""
        return chat_json(chat, self.people[chat.id] if chat.private else None)

    def chat_instance(self, chat: Chat) -> str:
        """Give the number that stands for a chat in callback queries, the same for ever."""
        digest = hashlib.sha256(f"{self.bot.id}:{chat.id}".encode()).digest()
        return str(int.from_bytes(digest[:8], signed=True))

    def remember_poll(self, poll: Poll) -> None:
        """Keep a poll, forgetting the oldest beyond the bound."""
        self.polls[poll.id] = poll
        if len(self.polls) > MOST_POLLS:
            self.polls.popitem(last=False)

    def remember_query(self, query: CallbackQuery) -> None:
        """Keep a pressed button, forgetting the oldest beyond the bound."""
        self.queries[query.id] = query
        if len(self.queries) > MOST_QUERIES:
            self.queries.popitem(last=False)

    def reset(self) -> None:
        """Go back to the default town; updates keep counting, the clock keeps its offset."""
        for query in self.queries.values():
            query.answer.cancel()
        self.updates.clear()
        self.build()
        furnish(self)
        self.changes.publish(None, "state")

    async def close(self) -> None:
        """Let every waiting request end: long polls, listening pages, the webhook."""
        self.updates.release()
        self.changes.close()
        for query in self.queries.values():
            query.answer.cancel()
        await self.webhook.stop()


def furnish(world: World) -> World:
    """Fill a world with the default town: four people and their group."""
    for person in (
        Person(1001, "Alice", "Favre", "fr", "resident", "#b5473c"),
        Person(1002, "Beat", "Gerber", "de", "resident", "#2f6f8f"),
        Person(2001, "Samira", "Kaya", "fr", "animator", "#6b7d2a"),
        Person(3001, "Reto", "Moser", "de", "coordinator", "#8a4f8f"),
    ):
        world.add_person(person)
    title = "K'fé Mâche · Kafi Mett"
    world.add_chat(Chat(-1001000000001, "supergroup", title, [2001, 3001, 1001, 1002]))
    return world
