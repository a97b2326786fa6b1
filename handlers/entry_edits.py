"""Mending the directory: find an entry, change one text, try how it is found, add, take out."""

from __future__ import annotations

from telegram import Update

from bot.domain.conversations import Conversation
from bot.domain.entry_edits import FIELDS, NEW, Seen, TextEdit, TooLongTextError, read_text
from bot.domain.errors import OutdatedError, RefusedError
from bot.domain.localized import LANGUAGES, Localized
from bot.phrases import entry_edits as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit
from bot.text import one_line

_OURS = "entry_"
SEARCHING, WRITING, ADDING, TRYING = "entry_find", "entry_text", "entry_new", "entry_try"


async def home(_update: Update, visit: Visit) -> None:
    """Ask what to look for."""
    visit.only_in_private()
    await visit.services.entry_edits.allowed(visit.resident)
    await _keep(visit, SEARCHING, {})
    visit.edit(phrases.home(visit.voice))


async def take_search(_update: Update, visit: Visit) -> None:
    """Offer the entries that come nearest to what was typed."""
    visit.begun(SEARCHING)
    await _still_of_the_team(visit)
    if visit.text:
        found = [each.entry for each in visit.services.asking.nearest(visit.text)]
        visit.say(phrases.found(visit.voice, found))


async def show(_update: Update, visit: Visit) -> None:
    """Show an entry with all that may be done to it."""
    entry = await _looked(visit)
    visit.edit(phrases.page(visit.voice, entry))


async def ask_text(_update: Update, visit: Visit) -> None:
    """Ask for one text in one language."""
    code, language = argument(visit, 1), argument(visit, 2)
    entry = await _looked(visit, 3)
    if code not in FIELDS[entry.kind] or language not in LANGUAGES:
        raise OutdatedError
    data = {"entry": entry.id, "code": code, "language": language, "version": entry.version}
    await _keep(visit, WRITING, {**data, "text": ""})
    visit.edit(phrases.ask_text(visit.voice, entry, code, language))


async def take_text(_update: Update, visit: Visit) -> None:
    """Show what was typed as it would read."""
    begun = dict(visit.begun(WRITING))
    await _still_of_the_team(visit)
    if not visit.text:
        return
    try:
        begun["text"] = read_text(begun["code"], visit.text)
    except TooLongTextError as error:
        visit.say(phrases.too_long(visit.voice, error))
        return
    await _keep(visit, WRITING, begun)
    visit.say(phrases.preview(visit.voice, TextEdit(**begun)))


async def save(_update: Update, visit: Visit) -> None:
    """Let the new text hold."""
    visit.only_in_private()
    edit = TextEdit(**visit.begun(WRITING))
    if not edit.text or edit.stamp != argument(visit):
        raise OutdatedError
    entry = await visit.services.entry_edits.change(visit.cause, visit.resident, edit)
    await _stop(visit)
    visit.edit(phrases.page(visit.voice, entry, note=phrases.saved(visit.voice)))


async def begin_new(_update: Update, visit: Visit) -> None:
    """Ask for the question in the first language."""
    visit.only_in_private()
    await visit.services.entry_edits.allowed(visit.resident)
    await _ask_next(visit, [])


async def take_new(_update: Update, visit: Visit) -> None:
    """Take one text after the other, then show the whole."""
    texts = list(visit.begun(ADDING)["texts"])
    await _still_of_the_team(visit)
    if not visit.text or len(texts) == len(NEW):
        return
    try:
        texts.append(read_text(NEW[len(texts)][0], visit.text))
    except TooLongTextError as error:
        visit.say(phrases.too_long(visit.voice, error))
        return
    await _ask_next(visit, texts)


async def add(_update: Update, visit: Visit) -> None:
    """Make it an entry."""
    visit.only_in_private()
    texts = list(visit.begun(ADDING)["texts"])
    if len(texts) != len(NEW):
        raise OutdatedError
    said = _by_code(texts)
    entry = await visit.services.entry_edits.add(
        visit.cause, visit.resident, question=said["q"], answer=said["a"]
    )
    await _stop(visit)
    visit.edit(phrases.page(visit.voice, entry, note=phrases.saved(visit.voice)))


async def check(_update: Update, visit: Visit) -> None:
    """Note that it is still true."""
    visit.only_in_private()
    service = visit.services.entry_edits
    entry = await service.checked(visit.cause, visit.resident, argument(visit))
    visit.edit(phrases.page(visit.voice, entry, note=phrases.saved(visit.voice)))


async def ask_out(_update: Update, visit: Visit) -> None:
    """Ask before it is taken out."""
    visit.edit(phrases.confirm_out(visit.voice, await _looked(visit)))


async def move(_update: Update, visit: Visit) -> None:
    """Take it out, or put it back."""
    visit.only_in_private()
    entry = await visit.services.entry_edits.retire(
        visit.cause, visit.resident, argument(visit), out=visit.args[0] == "gone"
    )
    visit.edit(phrases.page(visit.voice, entry))


async def ask_question(_update: Update, visit: Visit) -> None:
    """Ask for a question to try."""
    entry = await _looked(visit)
    await _keep(visit, TRYING, {"entry": entry.id, "words": ""})
    visit.edit(phrases.ask_question(visit.voice, entry))


async def take_question(_update: Update, visit: Visit) -> None:
    """Say how the question fares."""
    entry_id = str(visit.begun(TRYING)["entry"])
    await _still_of_the_team(visit)
    if not visit.text:
        return
    words, service = one_line(visit.text, limit=120), visit.services.entry_edits
    entry = await service.look(visit.resident, entry_id)
    await _keep(visit, TRYING, {"entry": entry_id, "words": words})
    visit.say(phrases.placed(visit.voice, entry, words, service.placed(entry_id, words)))


async def teach(_update: Update, visit: Visit) -> None:
    """Let the entry be found by the words that were tried."""
    visit.only_in_private()
    begun, service = visit.begun(TRYING), visit.services.entry_edits
    entry_id, words = str(begun["entry"]), str(begun["words"])
    if entry_id != argument(visit) or not words:
        raise OutdatedError
    await service.teach(visit.cause, visit.resident, entry_id, words)
    entry = await service.look(visit.resident, entry_id)
    visit.edit(phrases.placed(visit.voice, entry, words, service.placed(entry_id, words)))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await _stop(visit)


async def _ask_next(visit: Visit, texts: list[str]) -> None:
    await _keep(visit, ADDING, {"texts": texts})
    if len(texts) < len(NEW):
        code, language = NEW[len(texts)]
        visit.edit(phrases.ask_text(visit.voice, None, code, language))
    else:
        visit.say(phrases.preview_new(visit.voice, _by_code(texts)))


def _by_code(texts: list[str]) -> dict[str, Localized]:
    said: dict[str, Localized] = {code: Localized() for code in FIELDS["faq"]}
    for (code, language), text in zip(NEW, texts, strict=True):
        said[code][language] = text
    return said


async def _looked(visit: Visit, position: int = 1) -> Seen:
    """Return the entry a button names; nothing is waited for any more."""
    visit.only_in_private()
    entry = await visit.services.entry_edits.look(visit.resident, argument(visit, position))
    await _stop(visit)
    return entry


async def _still_of_the_team(visit: Visit) -> None:
    try:
        await visit.services.entry_edits.allowed(visit.resident)
    except RefusedError:
        await _stop(visit)
        raise


async def _keep(visit: Visit, flow: str, data: dict[str, object]) -> None:
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(flow, "words", data)
    )


async def _stop(visit: Visit) -> None:
    if visit.conversation is not None and visit.conversation.flow.startswith(_OURS):
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


HANDLERS = (
    on_press(r"^ed:home$", home),
    on_press(r"^ed:open:", show),
    on_press(r"^ed:text:", ask_text),
    on_press(r"^ed:save:", save),
    on_press(r"^ed:new$", begin_new),
    on_press(r"^ed:add$", add),
    on_press(r"^ed:checked:", check),
    on_press(r"^ed:out:", ask_out),
    on_press(r"^ed:(gone|in):", move),
    on_press(r"^ed:try:", ask_question),
    on_press(r"^ed:teach:", teach),
)
FLOWS = {SEARCHING: take_search, WRITING: take_text, ADDING: take_new, TRYING: take_question}
PARKS = dict.fromkeys(FLOWS, park)
