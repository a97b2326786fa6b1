"""Photos and voice messages: fetched after sending, kept sealed, shown to the team, released one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.contribution_errors import PhotoError
from bot.domain.contribution_lists import Wanted
from bot.domain.contributions import Kind, Media
from bot.domain.errors import OutdatedError
from bot.domain.residents import Resident
from bot.formats import photos
from bot.services.contribution_access import handled
from storage import attachments, contribution_events
from storage.store import Store, Tx

MOST_VOICE: Final = 2 * 1024 * 1024
"""Bytes of a voice message: some ten minutes."""
_TRIES: Final = 6
_AGAIN_AFTER: Final = timedelta(minutes=5)


class ContributionMedia:
    """What came with contributions besides words; pixels are worked on in a thread of their own."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock

    async def wanted(self, limit: int = 10) -> Sequence[Wanted]:
        """Return the files to be fetched from Telegram now."""
        async with self._store.read() as tx:
            return await attachments.wanted(tx, now=self._clock.now(), limit=limit)

    async def store(self, wanted: Wanted, content: bytes) -> int | None:
        """Keep a file that was fetched; None if it is unusable or nobody wants it any more."""
        try:
            photo = await _ready(wanted.kind, content)
        except PhotoError:
            async with self._store.write() as tx:
                await attachments.later(tx, wanted.id, not_before=self._clock.now(), at_most=0)
            return None
        mime = "audio/ogg" if wanted.kind == "voice" else "image/jpeg"
        async with self._store.write() as tx:
            return await attachments.arrived(
                tx, wanted.id, photo.content, mime=mime, width=photo.width, height=photo.height
            )

    async def failed(self, wanted: Wanted) -> bool:
        """Note that fetching failed; False if it is given up."""
        async with self._store.write() as tx:
            later = self._clock.now() + _AGAIN_AFTER
            return await attachments.later(tx, wanted.id, not_before=later, at_most=_TRIES)

    async def of(self, resident: Resident, number: int) -> Sequence[Media]:
        """Return what came with a contribution, for the team, without the bytes."""
        async with self._store.read() as tx:
            await handled(tx, resident, number)
            return await attachments.of(tx, number)

    async def show(self, resident: Resident, media_id: int) -> Media:
        """Return one photo or voice message with its bytes, for the team."""
        async with self._store.read() as tx:
            return await self._handled(tx, resident, media_id)

    async def grid(self, resident: Resident, media_id: int) -> bytes:
        """Return a photo under its numbered grid of 6 by 4 cells."""
        photo = await self._photo(resident, media_id)
        return await asyncio.to_thread(photos.grid, photo.content)

    async def preview(self, resident: Resident, media_id: int, cells: Collection[int]) -> bytes:
        """Return how a photo would look with these cells hidden; nothing is changed."""
        photo = await self._photo(resident, media_id)
        return (await asyncio.to_thread(photos.blur, photo.content, cells)).content

    async def redact(
        self, cause: Cause, resident: Resident, media_id: int, cells: Collection[int]
    ) -> Media:
        """Hide these cells of a photo for good; what was beneath is gone."""
        before = await self._photo(resident, media_id)
        blurred = await asyncio.to_thread(photos.blur, before.content, cells)
        async with self._store.write(cause) as tx:
            found = await self._handled(tx, resident, media_id)
            if found.content != before.content:
                raise OutdatedError
            await attachments.replace(tx, media_id, blurred.content)
            await self._note(tx, found, "photo_redacted", resident)
        return replace(found, content=blurred.content)

    async def release(
        self, cause: Cause, resident: Resident, media_id: int, *, released: bool
    ) -> Media:
        """Let the board show a photo, or no longer; voices are never shown."""
        async with self._store.write(cause) as tx:
            found = await self._handled(tx, resident, media_id)
            contribution = await handled(tx, resident, found.contribution)
            if found.kind != "photo" or contribution.kind is Kind.OBSERVATION:
                raise OutdatedError
            await attachments.release(tx, media_id, released=released)
            kind = "photo_released" if released else "photo_hidden"
            await self._note(tx, found, kind, resident)
        return replace(found, released=released)

    async def _photo(self, resident: Resident, media_id: int) -> Media:
        found = await self.show(resident, media_id)
        if found.kind != "photo":
            raise OutdatedError
        return found

    async def _handled(self, tx: Tx, resident: Resident, media_id: int) -> Media:
        found = await attachments.get(tx, media_id)
        if found is None:
            raise OutdatedError
        await handled(tx, resident, found.contribution)
        return found

    async def _note(self, tx: Tx, found: Media, kind: str, by: Resident) -> None:
        await contribution_events.add(
            tx,
            found.contribution,
            kind,
            at=self._clock.now(),
            by=by.contact_id,
            about=found.id,
        )


async def _ready(kind: str, content: bytes) -> photos.Photo:
    if kind == "photo":
        return await asyncio.to_thread(photos.reencode, content)
    if not content or len(content) > MOST_VOICE:
        raise PhotoError("too_large")
    return photos.Photo(content, 0, 0)
