"""Composing an announcement: the draft with what is missing, the choices, and the letter itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain import broadcasts as domain
from bot.domain.audiences import CATEGORY, CENTRE, EVERYBODY, NEIGHBOURHOOD, Audience
from bot.domain.broadcasts import Broadcast, Letter, Missing
from bot.domain.directory import Entry
from bot.domain.errors import RefusedError
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases import subscriptions
from bot.phrases.menu import NAMES
from bot.text import one_line, plain

_SAID = {EVERYBODY: "a", NEIGHBOURHOOD: "n", CENTRE: "c", CATEGORY: "t"}
"""Kinds of audiences as a button names them: it has 64 bytes, and an id may need 48."""

_GLIMPSE = 90
_AT_A_GLANCE = 8


def delivered(v: Voice, letter: Letter) -> Message:
    """Return the announcement exactly as readers of this language get it."""
    known = letter.broadcast
    told = known.text.told(v.language)
    lines = [Markup("📢 <b>{}</b>").format(letter.sender.told(v.language).text)]
    if told.foreign:
        lines.append(_only_in(v, told.language))
    lines += [Markup(""), Markup(told.text)]  # noqa: S704 - made safe as it came in
    rows: list[tuple[Button, ...]] = []
    if known.entry and letter.entry:
        title = one_line(letter.entry.told(v.language).text, limit=40)
        rows.append((Button(f"ℹ️ {title}", f"news:card:{known.entry}"),))
    rows.append((subscriptions.less(v),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows), file=known.file)


def audience_name(v: Voice, audience: Audience, place: str) -> str:
    """Return whom an announcement is for; `place` names the centre or neighbourhood."""
    if audience.kind == NEIGHBOURHOOD:
        name = v.plain("Neighbourhood: {name}", name=place or audience.value)
    elif audience.kind == CENTRE:
        name = place or audience.value
    elif audience.kind == CATEGORY:
        name = v.plain("Theme: {theme}", theme=subscriptions.category_name(v, audience.value))
    else:
        name = v.plain("The whole town")
    if audience.language:
        return v.plain(
            "{audience}, only {language}", audience=name, language=NAMES[audience.language]
        )
    return name


def card(
    v: Voice, draft: Broadcast, *, audience: str, entry: str, when: str, note: Markup | None = None
) -> Message:
    """Show the draft: what is there, and everything that may be changed."""
    lines = [note] if note else []
    lines.append(v.say("<b>Announcement No. {number}, not sent yet</b>", number=draft.number))
    lines += [_glimpse(v, draft, language) for language in LANGUAGES]
    lines.append(v.say("For: {audience}", audience=audience))
    if draft.file:
        lines.append(v.say("With a photo") if draft.file.kind == "photo" else v.say("With a file"))
    if entry:
        lines.append(v.say("Button: {title}", title=entry))
    lines.append(v.say("When: {when}", when=when) if when else v.say("When: at once"))
    n = draft.number
    words = {"fr": v.plain("French"), "de": v.plain("German")}
    rows: list[tuple[Button, ...]] = [
        tuple(Button(f"✍️ {words[code]}", f"bc:write:{n}:{code}") for code in LANGUAGES),
        (Button(v.plain("👥 For whom"), f"bc:who:{n}"), Button(v.plain("🕐 When"), f"bc:when:{n}")),
        (
            Button(v.plain("📎 Photo or file"), f"bc:file:{n}"),
            Button(v.plain("🔗 Button"), f"bc:link:{n}"),
        ),
    ]
    if draft.text:
        rows.append((Button(v.plain("👁 Preview and send"), f"bc:look:{n}"),))
    rows.append((Button(v.plain("🗑 Discard"), f"bc:drop:{n}"), _list(v)))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def looks_foreign(v: Voice) -> Markup:
    """Ask to look again where a text seems to be in the other language."""
    return v.say("⚠️ Is each text in its own language? Please look again.")


def ask_words(v: Voice, draft: Broadcast, language: str) -> Message:
    """Ask for the words in one language; formatting made in Telegram is kept."""
    ask = (
        v.say(
            "<b>Write the announcement in German</b>, as it shall arrive. Bold, italics and links stay."
        )
        if language == "de"
        else v.say(
            "<b>Write the announcement in French</b>, as it shall arrive. Bold, italics and links stay."
        )
    )
    if draft.text:
        leave = Button(v.plain("Later"), f"bc:card:{draft.number}")
    else:
        leave = Button(v.plain("Cancel"), f"bc:drop:{draft.number}")
    return Message(ask, buttons=((leave,),))


def ask_file(v: Voice, draft: Broadcast) -> Message:
    """Ask for a photo or a document."""
    rows = [(Button(v.plain("Cancel"), f"bc:card:{draft.number}"),)]
    if draft.file:
        rows.insert(0, (Button(v.plain("Take it away"), f"bc:nofile:{draft.number}"),))
    return Message(
        v.say("<b>Send a photo or a file</b>, just as you would to anybody."), tuple(rows)
    )


def ask_entry(v: Voice, draft: Broadcast) -> Message:
    """Ask for what the button shall lead to."""
    rows = [(Button(v.plain("Cancel"), f"bc:card:{draft.number}"),)]
    if draft.entry:
        rows.insert(0, (Button(v.plain("Take it away"), f"bc:nolink:{draft.number}"),))
    text = v.say(
        "<b>What shall the button show?</b> Write a word or two of an activity or service."
    )
    return Message(text, tuple(rows))


def entries(v: Voice, draft: Broadcast, found: Sequence[Entry]) -> Message:
    """Offer what comes nearest to the words."""
    n = draft.number
    rows = [
        (Button(one_line(each.title.told(v.language).text, limit=40), f"bc:entry:{n}:{each.id}"),)
        for each in found
    ]
    rows.append((Button(v.plain("Cancel"), f"bc:card:{n}"),))
    text = v.say("Which one?") if found else v.say("I find nothing with these words. Try others?")
    return Message(text, tuple(rows))


def ask_audience(
    v: Voice, draft: Broadcast, options: Sequence[tuple[Audience, str]], *, kind: str = ""
) -> Message:
    """Offer whom one may write to, and the language; many come kind by kind."""
    n, chosen = draft.number, draft.audience
    kinds = dict.fromkeys(each.kind for each, _ in options)
    grouped = len(options) > _AT_A_GLANCE and kind not in kinds
    if grouped:
        rows = _kinds(v, draft, list(kinds))
    else:
        rows = _each(draft, [(a, label) for a, label in options if kind in {"", a.kind}])
    both = Button(_chosen(v.plain("Both languages"), not chosen.language), f"bc:lang:{n}:")
    rows += [(both,), tuple(_only(draft, code) for code in LANGUAGES)]
    back = f"bc:card:{n}" if grouped or not kind else f"bc:who:{n}"
    rows.append((Button(v.plain("‹ Back"), back),))
    text = v.say("<b>For whom?</b> Only people who agreed to be written to get it.")
    return Message(text, tuple(rows))


def _only(draft: Broadcast, code: str) -> Button:
    label = _chosen(NAMES[code], draft.audience.language == code)
    return Button(label, f"bc:lang:{draft.number}:{code}")


def _kinds(v: Voice, draft: Broadcast, kinds: Sequence[str]) -> list[tuple[Button, ...]]:
    n, chosen = draft.number, draft.audience
    labels = {
        NEIGHBOURHOOD: v.plain("Neighbourhoods"),
        CENTRE: v.plain("Centres"),
        CATEGORY: v.plain("Themes"),
    }
    rows: list[tuple[Button, ...]] = []
    for kind in kinds:
        marked = chosen.kind == kind
        if kind in labels:
            rows.append((Button(_chosen(f"{labels[kind]} ›", marked), f"bc:who:{n}:{kind}"),))
        else:
            whole = Button(
                _chosen(v.plain("The whole town"), marked), f"bc:to:{n}:{_SAID.get(kind, kind)}:"
            )
            rows.append((whole,))
    return rows


def _each(draft: Broadcast, options: Sequence[tuple[Audience, str]]) -> list[tuple[Button, ...]]:
    n, chosen = draft.number, draft.audience
    buttons = [
        Button(
            _chosen(label, _same(each, chosen)),
            f"bc:to:{n}:{_SAID.get(each.kind, each.kind)}:{each.value}",
        )
        for each, label in options
    ]
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def ask_when(v: Voice, draft: Broadcast, offers: Sequence[tuple[datetime, str]]) -> Message:
    """Offer moments; a day and time may be typed instead."""
    n = draft.number
    rows = [(Button(v.plain("At once"), f"bc:now:{n}"),)]
    rows += [(Button(label, f"bc:at:{n}:{moment:%Y%m%d%H%M}"),) for moment, label in offers]
    rows.append((Button(v.plain("‹ Back"), f"bc:card:{n}"),))
    text = v.say("<b>When?</b> Or write day and time, such as: 28.11. 14:30")
    return Message(text, tuple(rows))


def kind_of(said: str) -> str:
    """Return the kind of audience that a button names."""
    return next((kind for kind, code in _SAID.items() if code == said), said)


def unread_moment(v: Voice) -> Markup:
    """Say that a typed moment was not understood."""
    return v.say("ℹ️ I read no day and time to come in this. Such as: 28.11. 14:30")


def ask_missing(v: Voice, draft: Broadcast) -> Message:
    """Ask what happens where one language is missing."""
    n, code = draft.number, draft.lacks[0]
    german = code == "de"
    text = (
        v.say("<b>The German text is missing.</b> What shall happen?")
        if german
        else v.say("<b>The French text is missing.</b> What shall happen?")
    )
    write = v.plain("✍️ Write it in German") if german else v.plain("✍️ Write it in French")
    leave = v.plain("Only to readers of French") if german else v.plain("Only to readers of German")
    mark = v.plain("To everybody, with a note")
    return Message(
        text,
        buttons=(
            (Button(write, f"bc:write:{n}:{code}"),),
            (Button(leave, f"bc:missing:{n}:{Missing.LEAVE_OUT}"),),
            (Button(mark, f"bc:missing:{n}:{Missing.MARK}"),),
            (Button(v.plain("‹ Back"), f"bc:card:{n}"),),
        ),
    )


def dropped(v: Voice, number: int) -> Message:
    """Confirm that a draft is gone."""
    text = v.say("✓ Announcement No. {number} is discarded. Nobody has got it.", number=number)
    return Message(text, buttons=((_list(v),),))


def only_words(v: Voice) -> Markup:
    """Say what may be sent as a file."""
    return v.say("ℹ️ That is neither a photo nor a file.")


def refused(v: Voice, error: RefusedError) -> Message | None:
    """Return the words for what keeps an announcement back; None for what is not ours."""
    match error:
        case domain.TooLongError():
            return Message(v.say("Too long: at most {n} characters fit here.", n=error.most))
        case domain.SpentError():
            return Message(
                v.plural(
                    "The town allows you {n} announcement a day. Ask a coordinator.",
                    "The town allows you {n} announcements a day. Ask a coordinator.",
                    error.most,
                )
            )
        case domain.AloneError():
            return Message(
                v.say("So many people need a second coordinator to agree, and there is none yet.")
            )
        case domain.NotReadyError():
            return Message(
                v.say("Nobody would get this yet. Look at the words and at whom it is for.")
            )
        case _:
            return None


def _glimpse(v: Voice, draft: Broadcast, language: str) -> Markup:
    html = draft.text.get(language)
    words = one_line(plain(html), limit=_GLIMPSE) if html else v.plain("nothing yet")
    return Markup("<b>{}</b>: {}").format(NAMES[language], words)


def _only_in(v: Voice, language: str) -> Markup:
    return v.say("<i>Only in German:</i>") if language == "de" else v.say("<i>Only in French:</i>")


def _chosen(label: str, is_chosen: bool) -> str:  # noqa: FBT001 - a mark before a label
    return f"✅ {label}" if is_chosen else label


def _same(one: Audience, other: Audience) -> bool:
    return (one.kind, one.value) == (other.kind, other.value)


def _list(v: Voice) -> Button:
    return Button(v.plain("‹ Announcements"), "bc:list:0")
