"""What the handlers of announcements share: the draft's page, its words in a reader's language, waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from bot.domain.audiences import CENTRE, NEIGHBOURHOOD, Audience
from bot.domain.broadcasts import Broadcast
from bot.domain.conversations import Conversation
from bot.phrases import broadcast_runs as running
from bot.phrases import broadcasts as phrases
from bot.telegram.visit import Visit
from bot.text import plain

_OURS = "broadcast_"
"""How the names of these dialogues begin."""

_TELLING = 20
"""Characters from which on a text tells its language well enough to ask about it."""


def audience_name(visit: Visit, audience: Audience) -> str:
    """Return whom it is for, in the visitor's language."""
    place = ""
    if audience.kind == CENTRE:
        centre = visit.town.centre(audience.value)
        place = centre.name.told(visit.language).text if centre else ""
    elif audience.kind == NEIGHBOURHOOD:
        known = visit.services.asking.directory.neighbourhoods.get(audience.value)
        place = known.name.told(visit.language).text if known else ""
    return phrases.audience_name(visit.voice, audience, place)


def when(visit: Visit, moment: datetime | None) -> str:
    """Return a moment in the town's time, in words; "" for none."""
    if moment is None:
        return ""
    zone = visit.services.audit.zone
    return running.moment(visit.voice, moment.astimezone(zone), today=now_here(visit))


def now_here(visit: Visit) -> datetime:
    """Return the present moment in the town's time."""
    return visit.services.broadcasts.now()


def entry_title(visit: Visit, draft: Broadcast) -> str:
    """Return the title of what the button leads to."""
    entry = visit.services.asking.directory.entries.get(draft.entry or "")
    return entry.title.told(visit.language).text if entry else ""


def show_card(visit: Visit, draft: Broadcast, *, note: Markup | None = None) -> None:
    """Show the draft in place of what was pressed, else below."""
    if note is None and any(_looks_foreign(visit, *text) for text in draft.text.items()):
        note = phrases.looks_foreign(visit.voice)
    message = phrases.card(
        visit.voice,
        draft,
        audience=audience_name(visit, draft.audience),
        entry=entry_title(visit, draft),
        when=when(visit, draft.send_at),
        note=note,
    )
    visit.edit(message)


def _looks_foreign(visit: Visit, language: str, html: str) -> bool:
    words = plain(html)
    return len(words) > _TELLING and visit.services.asking.written_in(words) != language


async def expect(visit: Visit, flow: str, number: int, *, language: str = "") -> None:
    """Take the next message for what `flow` waits for."""
    data = {"number": number, "language": language}
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(flow, "words", data)
    )


async def stop(visit: Visit) -> None:
    """Wait for words no longer; what the person has begun elsewhere is left alone."""
    if visit.conversation is not None and visit.conversation.flow.startswith(_OURS):
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


def languages_first(visit: Visit, lacking: tuple[str, ...]) -> Iterator[str]:
    """Yield the languages still to be written, the visitor's own first."""
    yield from sorted(lacking, key=lambda code: code != visit.language)
