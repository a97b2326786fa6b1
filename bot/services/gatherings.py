"""Gatherings (k'fé): joining by a code, ideas, topics and rounds, what was agreed, and the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import compare_digest

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import OutdatedError, TooMuchError
from bot.domain.localized import Localized
from bot.domain.messages import Message
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.domain.sessions import (
    IDEAS_EACH,
    LASTS_AT_MOST,
    LONGEST_IDEA,
    Idea,
    IdeaState,
    Scene,
    Session,
    Task,
    new_code,
)
from bot.i18n import Voice, voice
from bot.services import notices
from bot.services.poll_access import member
from bot.services.session_access import idea_of, run_by
from storage import gatherings, polls
from storage.store import Store, Tx

Words = Callable[[Voice], Message]
LATEST = 8


class Gatherings:
    """Sessions for who takes part and for who runs them; roles are looked at again each time."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def begin(self, cause: Cause, resident: Resident, *, title: Localized) -> Session:
        """Start a session for the animator's centre, with a code nobody else uses now."""
        async with self._store.write(cause) as tx:
            me = await member(tx, resident)
            code = new_code()
            while await gatherings.by_code(tx, code):
                code = new_code()
            new = Session(
                number=0,
                title=title,
                code=code,
                centre=me.centre,
                started_at=self._clock.now(),
                created_by=me.contact_id,
            )
            return replace(new, number=await gatherings.begin(tx, new))

    async def join(self, cause: Cause, resident: Resident, code: str) -> Session:
        """Be there; OutdatedError if no session of this code is running."""
        async with self._store.write(cause) as tx:
            found = await gatherings.by_code(tx, code)
            if found is None or not found.running(self._clock.now()):
                raise OutdatedError
            await gatherings.join(tx, found.number, resident.contact_id)
        return found

    async def suggest(self, cause: Cause, resident: Resident, number: int, text: str) -> Session:
        """Send an idea to a session one has joined; TooMuchError beyond what one person may send."""
        async with self._store.write(cause) as tx:
            session = await self._running(tx, number)
            me = resident.contact_id
            if number not in await gatherings.joined(tx, me):
                raise OutdatedError
            if await gatherings.count_ideas_of(tx, number, me) >= IDEAS_EACH:
                raise TooMuchError
            idea = Idea(
                number=0,
                text=" ".join(text.split())[:LONGEST_IDEA],
                language=resident.language,
                state=IdeaState.WAITING,
                round=session.round,
            )
            await gatherings.add_idea(tx, number, idea, author=me)
        return session

    async def note(
        self, cause: Cause, resident: Resident, number: int, texts: Sequence[str]
    ) -> None:
        """Put ideas on the wall that were said or written in the room (staff)."""
        async with self._store.write(cause) as tx:
            session = await run_by(tx, resident, number)
            for text in texts:
                idea = Idea(
                    number=0,
                    text=" ".join(text.split())[:LONGEST_IDEA],
                    language=resident.language,
                    state=IdeaState.SHOWN,
                    round=session.round,
                    source="room",
                )
                await gatherings.add_idea(tx, number, idea, author=None)

    async def scene(self, resident: Resident, number: int) -> Scene:
        """Return everything about a session for who may run it."""
        async with self._store.read() as tx:
            return await _scene(tx, await run_by(tx, resident, number, ended=True))

    def wall_path(self, session: Session) -> str:
        """Return the end of the wall's address, which nobody can guess."""
        return f"{session.number}-{self._store.keyring.sign(f'wall {session.number}')}"

    async def wall(self, path: str) -> Scene:
        """Return what the wall at `path` shows; ideas that nobody accepted are left out.

        OutdatedError if there is no such wall.
        """
        head = path.partition("-")[0]
        number = int(head[:12]) if head.isdecimal() else 0
        signed = f"{number}-{self._store.keyring.sign(f'wall {number}')}"
        if not compare_digest(signed, path):
            raise OutdatedError
        async with self._store.read() as tx:
            session = await gatherings.get(tx, number)
            if session is None:
                raise OutdatedError
            scene = await _scene(tx, session)
        shown = tuple(each for each in scene.ideas if each.state is IdeaState.SHOWN)
        return replace(scene, ideas=shown)

    async def latest(self, resident: Resident) -> Sequence[Session]:
        """Return the sessions somebody may run, the newest first."""
        async with self._store.read() as tx:
            me = await member(tx, resident)
            centre = None if me.role is Role.COORDINATOR else me.centre
            return await gatherings.latest(tx, centre=centre, limit=LATEST)

    async def settle(
        self, cause: Cause, resident: Resident, number: int, idea: int, state: IdeaState
    ) -> None:
        """Show an idea on the wall, or set it aside."""
        async with self._store.write(cause) as tx:
            found = await idea_of(tx, resident, number, idea)
            await gatherings.put_idea(tx, replace(found, state=state, joined=None))

    async def group(
        self, cause: Cause, resident: Resident, number: int, idea: int, *, onto: int
    ) -> None:
        """Put an idea on the card of another; both are shown then."""
        async with self._store.write(cause) as tx:
            found = await idea_of(tx, resident, number, idea)
            other = await gatherings.idea(tx, number, onto)
            if other is None or other.number == found.number or other.joined is not None:
                raise OutdatedError
            await gatherings.put_idea(
                tx, replace(found, state=IdeaState.SHOWN, joined=other.number)
            )

    async def go_on(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        topic: Localized,
        words: Callable[[Voice, Session], Message],
    ) -> Session:
        """Begin the next round with its topic, and tell everybody who is there."""
        async with self._store.write(cause) as tx:
            session = await run_by(tx, resident, number)
            changed = replace(session, topic=topic, round=session.round + 1, ends_at=None)
            await gatherings.save(tx, changed)
            key = f"k:{number}:r{changed.round}"
            await self._tell(tx, changed, lambda v: words(v, changed), key=key, but=resident)
        return changed

    async def time(self, cause: Cause, resident: Resident, number: int, *, minutes: int) -> Session:
        """Let the round end in so many minutes; 0 takes the end away."""
        async with self._store.write(cause) as tx:
            session = await run_by(tx, resident, number)
            ends = self._clock.now() + timedelta(minutes=minutes) if minutes else None
            changed = replace(session, ends_at=ends)
            await gatherings.save(tx, changed)
        return changed

    async def count_room(
        self, cause: Cause, resident: Resident, number: int, *, people: int
    ) -> Session:
        """Note how many people are in the room, with and without a phone."""
        async with self._store.write(cause) as tx:
            session = await run_by(tx, resident, number, ended=True)
            changed = replace(session, room=max(0, min(people, 9999)))
            await gatherings.save(tx, changed)
        return changed

    async def agree(self, cause: Cause, resident: Resident, number: int, task: Task) -> None:
        """Note who does what by when."""
        async with self._store.write(cause) as tx:
            await run_by(tx, resident, number, ended=True)
            await gatherings.add_task(tx, number, task)

    async def disagree(self, cause: Cause, resident: Resident, number: int, task: int) -> None:
        """Take back what was noted last."""
        async with self._store.write(cause) as tx:
            await run_by(tx, resident, number, ended=True)
            if not await gatherings.drop_task(tx, number, task):
                raise OutdatedError

    async def end(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        words: Callable[[Voice, Scene], Message],
    ) -> int:
        """End a session: everybody who was there gets the minutes, then nobody knows who it was."""
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            session = replace(await run_by(tx, resident, number), ended_at=now, ends_at=None)
            await gatherings.save(tx, session)
            scene = await _scene(tx, session)
            people = await self._tell(
                tx, session, lambda v: words(v, scene), key=f"k:{number}:end", but=resident
            )
            await self._count_members(tx, session)
            await gatherings.forget_members(tx, number)
        return people

    async def end_forgotten(self) -> int:
        """End sessions that nobody ended, without a word, and forget who was there (a tick)."""
        now = self._clock.now()
        async with self._store.write() as tx:
            numbers = await gatherings.over(tx, now - LASTS_AT_MOST)
            for number in numbers:
                session = await gatherings.get(tx, number)
                if session is not None:
                    await self._count_members(tx, replace(session, ended_at=now))
                    await gatherings.forget_members(tx, number)
        return len(numbers)

    @staticmethod
    async def _count_members(tx: Tx, session: Session) -> None:
        """Keep how many there were: with a phone at least."""
        phones = await gatherings.count_members(tx, session.number)
        await gatherings.save(tx, replace(session, room=max(session.room, phones)))

    async def _tell(
        self, tx: Tx, session: Session, words: Words, *, key: str, but: Resident | None
    ) -> int:
        now: datetime = self._clock.now()
        people = await gatherings.members(tx, session.number)
        asked = [each for each in people if each.reachable and each != but]
        for each in asked:
            message = words(voice(each.language))
            await notices.queue(
                tx, each.contact_id, message, key=f"{key}:{each.contact_id}", now=now
            )
        return len(asked)

    async def _running(self, tx: Tx, number: int) -> Session:
        session = await gatherings.get(tx, number)
        if session is None or not session.running(self._clock.now()):
            raise OutdatedError
        return session


async def _scene(tx: Tx, session: Session) -> Scene:
    number = session.number
    return Scene(
        session,
        await gatherings.count_members(tx, number) or session.room,
        await gatherings.ideas(tx, number),
        await gatherings.tasks(tx, number),
        tuple(await polls.of_session(tx, number)),
    )
