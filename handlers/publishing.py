"""What the public may see of a contribution: titles and texts in both languages, photos, the board."""

from __future__ import annotations

from telegram import Update

from bot.domain.contribution_errors import UnreviewedError
from bot.domain.contributions import Contribution
from bot.domain.errors import OutdatedError
from bot.domain.localized import LANGUAGES
from bot.phrases import publishing as phrases
from bot.telegram.casework import expect, looked, stop, words_taken, yes
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit

WORDING, TYPING = "triage_words", "triage_transcript"


async def show_words(_update: Update, visit: Visit) -> None:
    """Show titles and public texts, and what is missing."""
    visit.edit(phrases.words(visit.voice, await looked(visit)))


async def ask_words(_update: Update, visit: Visit) -> None:
    """Ask for title or public text in one language."""
    found, language = await looked(visit), argument(visit, 2)
    if language not in LANGUAGES:
        raise OutdatedError
    await _ask(visit, found, visit.args[0], language)


async def take_words(_update: Update, visit: Visit) -> None:
    """Keep what was written, and ask for the same in the other language while it is missing."""
    begun = visit.begun(WORDING)
    if not visit.text:
        return
    number, what, language = begun["number"], begun["what"], begun["language"]
    async with words_taken(visit):
        found = await visit.services.wording.translate(
            visit.cause,
            visit.resident,
            number,
            language=language,
            title=visit.text if what == "title" else None,
            summary=visit.text if what == "text" else None,
        )
    written = found.title if what == "title" else found.summary
    other = next((code for code in LANGUAGES if code not in written), None)
    if other is not None and language in written:
        await _ask(visit, found, what, other)
    else:
        visit.say(phrases.words(visit.voice, found))


async def take_as_is(_update: Update, visit: Visit) -> None:
    """Take the author's own words as the public text: there is nothing personal in them."""
    found = await looked(visit)
    if not found.text or found.summary:
        raise OutdatedError
    service = visit.services.wording
    changed = await service.redact(visit.cause, visit.resident, found.number, text=found.text)
    visit.edit(phrases.words(visit.voice, changed))


async def set_board(_update: Update, visit: Visit) -> None:
    """Let the board show it, or take it off; without a title ask for one."""
    visit.only_in_private()
    number, decisions = visit.number(1), visit.services.decisions
    act = decisions.release if yes(visit) else decisions.hide
    try:
        found = await act(visit.cause, visit.resident, number)
    except UnreviewedError:
        found = await looked(visit)
        note = phrases.needs_title(visit.voice)
        visit.edit(phrases.words(visit.voice, found, note=note))
    else:
        visit.edit(phrases.on_board(visit.voice, found))


async def show_photos(_update: Update, visit: Visit) -> None:
    """Send every photo with what can be done about it."""
    found = await looked(visit)
    media = await visit.services.media.of(visit.resident, found.number)
    photos = [each for each in media if each.kind == "photo"]
    if not photos:
        visit.edit(phrases.not_there(visit.voice, found.number))
    for each in photos:
        whole = await visit.services.media.show(visit.resident, each.id)
        visit.say(phrases.photo(visit.voice, whole))


async def listen(_update: Update, visit: Visit) -> None:
    """Send the voice message."""
    found = await looked(visit)
    media = await visit.services.media.of(visit.resident, found.number)
    voice = next((each for each in media if each.kind == "voice"), None)
    if voice is None:
        visit.edit(phrases.not_there(visit.voice, found.number))
        return
    whole = await visit.services.media.show(visit.resident, voice.id)
    visit.say(phrases.listen(visit.voice, whole))


async def ask_transcript(_update: Update, visit: Visit) -> None:
    """Ask for what the voice message says."""
    found = await looked(visit)
    await expect(visit, TYPING, found.number)
    visit.say(phrases.ask_transcript(visit.voice, found.number))


async def take_transcript(_update: Update, visit: Visit) -> None:
    """Keep what somebody has heard; the author is asked whether it is right."""
    number = visit.begun(TYPING)["number"]
    if not visit.text:
        return
    service = visit.services.wording
    async with words_taken(visit):
        await service.transcribe(visit.cause, visit.resident, number, text=visit.text)
    visit.say(phrases.transcribed(visit.voice, number))


async def show_grid(_update: Update, visit: Visit) -> None:
    """Send a photo under its grid, and the cells as buttons below."""
    visit.only_in_private()
    media_id = visit.number(1)
    media = await visit.services.media.show(visit.resident, media_id)
    picture = await visit.services.media.grid(visit.resident, media_id)
    visit.say(phrases.gridded(visit.voice, media, picture))
    visit.say(phrases.cells(visit.voice, media_id, media.contribution, frozenset()))


async def tap_cells(_update: Update, visit: Visit) -> None:
    """Mark what is to be hidden; a preview is one tap away."""
    visit.only_in_private()
    media_id, hidden = visit.number(1), phrases.unmask(argument(visit, 2))
    media = await visit.services.media.show(visit.resident, media_id)
    visit.edit(phrases.cells(visit.voice, media_id, media.contribution, hidden))


async def preview(_update: Update, visit: Visit) -> None:
    """Send how the photo will look."""
    visit.only_in_private()
    media_id, hidden = visit.number(1), phrases.unmask(argument(visit, 2))
    media = await visit.services.media.show(visit.resident, media_id)
    picture = await visit.services.media.preview(visit.resident, media_id, hidden)
    visit.say(phrases.preview(visit.voice, media, picture, hidden))


async def hide(_update: Update, visit: Visit) -> None:
    """Hide the marked parts for good."""
    visit.only_in_private()
    media_id, hidden = visit.number(1), phrases.unmask(argument(visit, 2))
    if not hidden:
        raise OutdatedError
    service = visit.services.media
    media = await service.redact(visit.cause, visit.resident, media_id, hidden)
    visit.say(phrases.hidden_for_good(visit.voice, media))


async def set_photo(_update: Update, visit: Visit) -> None:
    """Let the board show a photo, or no longer."""
    visit.only_in_private()
    media = await visit.services.media.release(
        visit.cause, visit.resident, visit.number(1), released=yes(visit)
    )
    visit.say(phrases.photo_shown(visit.voice, media))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await stop(visit)


async def _ask(visit: Visit, found: Contribution, what: str, language: str) -> None:
    await expect(visit, WORDING, found.number, what=what, language=language)
    ask = phrases.ask_title if what == "title" else phrases.ask_text
    visit.edit(ask(visit.voice, found, language))


HANDLERS = (
    on_press(r"^tr:words:", show_words),
    on_press(r"^tr:(title|text):", ask_words),
    on_press(r"^tr:asis:", take_as_is),
    on_press(r"^tr:board:", set_board),
    on_press(r"^tr:photos:", show_photos),
    on_press(r"^tr:listen:", listen),
    on_press(r"^tr:script:", ask_transcript),
    on_press(r"^tr:grid:", show_grid),
    on_press(r"^tr:cell:", tap_cells),
    on_press(r"^tr:blur:", preview),
    on_press(r"^tr:hide:", hide),
    on_press(r"^tr:photo:", set_photo),
)
FLOWS = {WORDING: take_words, TYPING: take_transcript}
PARKS = {WORDING: park, TYPING: park}
