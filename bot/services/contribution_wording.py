"""The public wording: titles and summaries in both languages, redacted texts, voices typed by people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.anonymity import seen_by_team
from bot.domain.causes import Cause
from bot.domain.contributions import Contribution, Kind
from bot.domain.errors import OutdatedError
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.residents import Resident
from bot.domain.silences import silence
from bot.i18n import voice
from bot.phrases import contributions as phrases
from bot.services import notices
from bot.services.contribution_access import handled
from bot.text import clean, one_line
from storage import attachments, contribution_events, contributions, residents
from storage.store import Store, Tx

TITLE, SUMMARY = 120, 1500
"""Characters of a public title and a public summary."""


class Wording:
    """What the team writes so that everybody can read it; the author's own words are never touched."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock

    async def translate(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        language: str,
        title: str | None = None,
        summary: str | None = None,
    ) -> Contribution:
        """Set the public title or summary in one language; None leaves it, "" takes it away."""
        if language not in LANGUAGES:
            raise OutdatedError
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if found.final or found.kind is Kind.OBSERVATION:
                raise OutdatedError
            short = None if title is None else one_line(title, limit=TITLE)
            long = None if summary is None else clean(summary, limit=SUMMARY)
            changed = replace(
                found,
                title=_with(found.title, language, short),
                summary=_with(found.summary, language, long),
                reviewed_at=found.reviewed_at or self._clock.now(),
            )
            if changed.public and not changed.title:
                raise OutdatedError
            await contributions.save(tx, changed)
            await self._note(tx, number, f"worded_{language}", resident)
        return seen_by_team(changed)

    async def redact(
        self, cause: Cause, resident: Resident, number: int, *, text: str
    ) -> Contribution:
        """Set the public summary in the author's language: their text without what points to people."""
        async with self._store.read() as tx:
            language = (await handled(tx, resident, number)).language
        return await self.translate(cause, resident, number, language=language, summary=text)

    async def transcribe(
        self, cause: Cause, resident: Resident, number: int, *, text: str
    ) -> Contribution:
        """Type what a voice message says, below what its author wrote; the author is asked to confirm."""
        words, now = clean(text), self._clock.now()
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            media = await attachments.of(tx, number)
            if found.final or not words or not any(each.kind == "voice" for each in media):
                raise OutdatedError
            own = await self._own_words(tx, found)
            changed = replace(found, text=clean(f"{own}\n{words}"))
            await contributions.save(tx, changed)
            event = await contribution_events.add(
                tx, number, "transcribed", at=now, by=resident.contact_id, private_note=words
            )
            await self._ask_author(tx, changed, words, event, now=now)
        return seen_by_team(changed)

    async def _own_words(self, tx: Tx, found: Contribution) -> str:
        """Return the text without what was typed from the voice message before."""
        events = await contribution_events.of(tx, [found.number])
        typed = [event.private_note for event in events if event.kind == "transcribed"]
        return found.text.removesuffix(typed[-1]).rstrip() if typed else found.text

    async def _ask_author(
        self, tx: Tx, found: Contribution, words: str, event: int, *, now: datetime
    ) -> None:
        author = await residents.find(tx, found.author) if found.author else None
        if author is not None and silence(author, wants=True) is None:
            message = phrases.check_transcript(voice(author.language), found.number, words)
            key = f"c:{found.number}:transcript:{event}"
            await notices.queue(tx, author.contact_id, message, key=key, now=now)

    async def _note(self, tx: Tx, number: int, kind: str, by: Resident) -> None:
        await contribution_events.add(tx, number, kind, at=self._clock.now(), by=by.contact_id)


def _with(texts: Localized, language: str, text: str | None) -> Localized:
    return texts if text is None else Localized.of({**texts, language: text})
