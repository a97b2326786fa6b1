"""The public wording and the photos of a contribution: titles, public texts, what is hidden on a photo."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.contributions import Contribution, Media
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Attachment, Button, Message
from bot.i18n import Voice
from bot.phrases.casework import back
from bot.phrases.menu import NAMES
from bot.phrases.triage import Rows, pairs

CELLS, COLUMNS = 24, 6
"""The cells of the grid over a photo, row by row."""

_WORDS = 1500


def words(v: Voice, found: Contribution, *, note: Markup | None = None) -> Message:
    """Show title and public text in both languages, what is missing one tap away."""
    lines = [note] if note else []
    lines.append(v.say("<b>No. {number}: what everybody may read</b>", number=found.number))
    for language in LANGUAGES:
        title, text = found.title.get(language, "–"), found.summary.get(language, "–")
        lines.append(Markup("\n<b>— {} —</b>").format(NAMES[language]))
        lines += [Markup("<b>{}</b>").format(title), Markup("{}").format(text)]
    n = found.number
    titles = {"fr": v.plain("Title, French"), "de": v.plain("Title, German")}
    texts = {"fr": v.plain("Text, French"), "de": v.plain("Text, German")}
    rows: Rows = (
        tuple(Button(_mark(titles[a], a in found.title), f"tr:title:{n}:{a}") for a in LANGUAGES),
        tuple(Button(_mark(texts[a], a in found.summary), f"tr:text:{n}:{a}") for a in LANGUAGES),
    )
    if not found.summary and found.text:
        rows = (*rows, (Button(v.plain("Take the author's words as they are"), f"tr:asis:{n}"),))
    if found.title and not found.public and not found.critical:
        rows = (*rows, (Button(v.plain("Show on the board"), f"tr:board:{n}:on"),))
    return Message(Markup("\n").join(lines), buttons=(*rows, (back(v, n),)))


def needs_title(v: Voice) -> Markup:
    """Say what is missing before something may stand on the board."""
    return v.say("ℹ️ Please give it a title first; then it can stand on the board.")


def on_board(v: Voice, found: Contribution) -> Message:
    """Confirm that everybody can see it now, or no longer."""
    text = (
        v.say("✓ No. {number} stands on the board.", number=found.number)
        if found.public
        else v.say("✓ No. {number} is off the board.", number=found.number)
    )
    return Message(text, buttons=((back(v, found.number),),))


def ask_title(v: Voice, found: Contribution, language: str) -> Message:
    """Ask for the public title in one language."""
    ask = (
        v.say("<b>Write a short title in German</b>, without anything that points to a person.")
        if language == "de"
        else v.say(
            "<b>Write a short title in French</b>, without anything that points to a person."
        )
    )
    return _ask(v, found, ask, found.title.told(v.language).text)


def ask_text(v: Voice, found: Contribution, language: str) -> Message:
    """Ask for the public text in one language."""
    ask = (
        v.say("<b>Write the public text in German</b>, without anything that points to a person.")
        if language == "de"
        else v.say(
            "<b>Write the public text in French</b>, without anything that points to a person."
        )
    )
    return _ask(v, found, ask, found.summary.told(v.language).text)


def ask_transcript(v: Voice, number: int) -> Message:
    """Ask for what a voice message says."""
    text = v.say(
        "<b>Write what the voice message says.</b> Its author is asked whether it is right."
    )
    return Message(text, buttons=((Button(v.plain("Cancel"), f"tr:show:{number}"),),))


def transcribed(v: Voice, number: int) -> Message:
    """Confirm what was typed."""
    text = v.say("✓ Written down. The author of No. {number} is asked to confirm.", number=number)
    return Message(text, buttons=((back(v, number),),))


def listen(v: Voice, media: Media) -> Message:
    """Hand over a voice message."""
    n = media.contribution
    name = v.plain("voice message {number}.ogg", number=n)
    write = Button(v.plain("⌨️ Write it down"), f"tr:script:{n}")
    return Message(
        v.say("🎧 Voice message of No. {number}", number=n),
        buttons=((write,), (back(v, n),)),
        attachment=Attachment(name, media.content),
    )


def photo(v: Voice, media: Media) -> Message:
    """Hand over one photo with what can be done about it."""
    n = media.contribution
    state = v.say("on the board") if media.released else v.say("not on the board")
    toggle = (
        Button(v.plain("Take off the board"), f"tr:photo:{media.id}:off")
        if media.released
        else Button(v.plain("Show on the board"), f"tr:photo:{media.id}:on")
    )
    head = v.say("📷 Photo {position} of No. {number}", position=media.position + 1, number=n)
    return Message(
        Markup("{}: {}").format(head, state),
        buttons=((Button(v.plain("🔲 Hide parts"), f"tr:grid:{media.id}"), toggle), (back(v, n),)),
        attachment=Attachment(_file(v, media), media.content),
    )


def not_there(v: Voice, number: int) -> Message:
    """Say that the files are still on their way."""
    text = v.say("They are still being fetched. Please try again in a minute.")
    return Message(text, buttons=((back(v, number),),))


def gridded(v: Voice, media: Media, picture: bytes) -> Message:
    """Hand over a photo under its numbered grid."""
    return Message(
        v.say("Tap below the numbers of what must not be seen: faces, number plates, names."),
        attachment=Attachment(_file(v, media), picture),
    )


def cells(v: Voice, media: int, number: int, hidden: frozenset[int]) -> Message:
    """Show the cells of the grid as buttons, the chosen ones marked."""
    buttons = [
        Button(f"■ {cell}" if cell in hidden else str(cell), _cell(media, hidden ^ {cell}))
        for cell in range(1, CELLS + 1)
    ]
    look: Rows = ()
    if hidden:
        look = ((Button(v.plain("👁 Preview"), f"tr:blur:{media}:{mask(hidden)}"),),)
    return Message(
        v.plural("<b>{n} part hidden</b>", "<b>{n} parts hidden</b>", len(hidden)),
        buttons=(*pairs(buttons, wide=COLUMNS), *look, (back(v, number),)),
    )


def preview(v: Voice, media: Media, picture: bytes, hidden: frozenset[int]) -> Message:
    """Hand over how the photo will look."""
    return Message(
        v.say("<b>Hide this for good?</b> What is beneath will be gone."),
        buttons=(
            (Button(v.plain("Yes, hide it"), f"tr:hide:{media.id}:{mask(hidden)}"),),
            (Button(v.plain("‹ Other parts"), _cell(media.id, hidden)),),
        ),
        attachment=Attachment(_file(v, media), picture),
    )


def hidden_for_good(v: Voice, media: Media) -> Message:
    """Confirm, and offer to show the photo on the board."""
    release = Button(v.plain("Show on the board"), f"tr:photo:{media.id}:on")
    rows = ((release,), (back(v, media.contribution),))
    return Message(v.say("✓ Hidden for good."), buttons=rows)


def photo_shown(v: Voice, media: Media) -> Message:
    """Confirm that the board may show a photo, or no longer."""
    text = (
        v.say(
            "✓ The board shows this photo as soon as No. {number} stands there.",
            number=media.contribution,
        )
        if media.released
        else v.say("✓ The board shows this photo no longer.")
    )
    return Message(text, buttons=((back(v, media.contribution),),))


def mask(hidden: frozenset[int]) -> str:
    """Return chosen cells as a button carries them."""
    return f"{sum(1 << (cell - 1) for cell in hidden):x}"


def unmask(code: str) -> frozenset[int]:
    """Return the chosen cells of a button; nothing for what is no mask."""
    try:
        bits = int(code[:8], 16)
    except ValueError:
        return frozenset()
    return frozenset(cell for cell in range(1, CELLS + 1) if bits >> (cell - 1) & 1)


def _cell(media: int, hidden: frozenset[int]) -> str:
    return f"tr:cell:{media}:{mask(hidden)}"


def _file(v: Voice, media: Media) -> str:
    return v.plain("photo {number}-{id}.jpg", number=media.contribution, id=media.id)


def _ask(v: Voice, found: Contribution, ask: Markup, now: str) -> Message:
    lines = (
        [Markup("<blockquote>{}</blockquote>").format(found.text[:_WORDS])] if found.text else []
    )
    lines += [v.say("So far: «{text}»", text=now)] if now else []
    leave = Button(v.plain("Cancel"), f"tr:words:{found.number}")
    return Message(Markup("\n").join([*lines, ask]), buttons=((leave,),))


def _mark(label: str, is_said: bool) -> str:  # noqa: FBT001 - a mark before a label
    return f"✓ {label}" if is_said else f"✍️ {label}"
