"""Mending the directory in the chat: find an entry, see it, change it, see how it will be found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.domain.directory import Entry
from bot.domain.entry_edits import FIELDS, Placed, Seen, TextEdit, TooLongTextError
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.menu import NAMES
from bot.text import one_line

_GLIMPSE, _QUOTE = 160, 600


def home(v: Voice) -> Message:
    """Ask what to look for, or offer to add something."""
    text = v.say("<b>Directory</b>\nWrite a word or two, and I look for the entry.")
    rows = ((Button(v.plain("➕ New question and answer"), "ed:new"),), _team(v))
    return Message(text, buttons=rows)


def found(v: Voice, entries: Sequence[Entry]) -> Message:
    """Offer the entries that come nearest."""
    text = v.say("Which one?") if entries else v.say("I find nothing with these words. Try others?")
    rows = [
        (Button(one_line(e.title.told(v.language).text, limit=40), f"ed:open:{e.id}"),)
        for e in entries
    ]
    return Message(text, buttons=(*rows, _home(v)))


def page(v: Voice, entry: Seen, *, note: Markup | None = None) -> Message:
    """Show an entry with everything that may be done to it."""
    lines = [note] if note else []
    lines.append(Markup("<b>{}</b>").format(entry.title.told(v.language).text))
    for code in FIELDS[entry.kind]:
        for language in LANGUAGES:
            words = entry.texts[code].get(language)
            shown = one_line(words, limit=_GLIMPSE) if words else v.plain("nothing yet")
            lines.append(
                Markup("<b>{} · {}</b>: {}").format(_name(v, code), NAMES[language], shown)
            )
    lines.append(v.say("<i>Last checked on {day}</i>", day=v.date(entry.updated)))
    if entry.retired:
        lines.append(v.say("It is taken out: nobody finds it."))
        back = Button(v.plain("↩️ Put it back"), f"ed:in:{entry.id}")
        return Message(Markup("\n").join(lines), buttons=((back,), _home(v)))
    rows = [
        tuple(
            Button(
                f"✍️ {_name(v, code)} {language.upper()}", f"ed:text:{code}:{language}:{entry.id}"
            )
            for language in LANGUAGES
        )
        for code in FIELDS[entry.kind]
    ]
    find = Button(v.plain("🔎 How is it found?"), f"ed:try:{entry.id}")
    checked = Button(v.plain("✓ Checked today"), f"ed:checked:{entry.id}")
    out = Button(v.plain("🗑 Take it out"), f"ed:out:{entry.id}")
    return Message(Markup("\n").join(lines), buttons=(*rows, (find,), (checked, out), _home(v)))


def ask_text(v: Voice, entry: Seen | None, code: str, language: str) -> Message:
    """Ask for one text in one language."""
    now = entry.texts[code].get(language, "") if entry else ""
    lines = [Markup("<b>{} · {}</b>").format(_name(v, code), NAMES[language])]
    if now:
        lines.append(Markup("<blockquote>{}</blockquote>").format(one_line(now, limit=_QUOTE)))
    lines.append(v.say("Write how it shall read, in this language."))
    leave = f"ed:open:{entry.id}" if entry else "ed:home"
    return Message(Markup("\n").join(lines), buttons=((Button(v.plain("Cancel"), leave),),))


def preview(v: Voice, edit: TextEdit) -> Message:
    """Show the new text before it holds."""
    head = Markup("<b>{} · {}</b>").format(_name(v, edit.code), NAMES[edit.language])
    body = Markup("{}").format(edit.text)
    save = Button(v.plain("✓ Save"), f"ed:save:{edit.stamp}")
    leave = Button(v.plain("Cancel"), f"ed:open:{edit.entry}")
    lines = [v.say("<b>Shall it read like this?</b>"), head, body]
    return Message(Markup("\n").join(lines), buttons=((save, leave),))


def preview_new(v: Voice, texts: Mapping[str, Mapping[str, str]]) -> Message:
    """Show a new question and answer in both languages before it holds."""
    lines = [v.say("<b>Shall it read like this?</b>")]
    for language in LANGUAGES:
        lines.append(Markup("\n<b>— {} —</b>").format(NAMES[language]))
        lines.append(Markup("<b>{}</b>").format(texts["q"].get(language, "")))
        lines.append(Markup("{}").format(texts["a"].get(language, "")))
    save = Button(v.plain("✓ Save"), "ed:add")
    return Message(
        Markup("\n").join(lines), buttons=((save, Button(v.plain("Cancel"), "ed:home")),)
    )


def saved(v: Voice) -> Markup:
    """Confirm that residents get it so from now on."""
    return v.say("✓ Saved: residents get it so from now on.")


def confirm_out(v: Voice, entry: Seen) -> Message:
    """Ask before an entry is taken out."""
    text = v.say(
        "Take «{title}» out? Nobody finds it then. You can put it back.",
        title=entry.title.told(v.language).text,
    )
    yes = Button(v.plain("Yes, take it out"), f"ed:gone:{entry.id}")
    return Message(text, buttons=((yes, Button(v.plain("Cancel"), f"ed:open:{entry.id}")),))


def ask_question(v: Voice, entry: Seen) -> Message:
    """Ask for a question as a resident would put it."""
    text = v.say(
        "<b>Write how somebody would ask</b> who looks for «{title}». I say what they get.",
        title=entry.title.told(v.language).text,
    )
    return Message(text, buttons=((Button(v.plain("‹ Back"), f"ed:open:{entry.id}"),),))


def placed(v: Voice, entry: Seen, words: str, how: Placed) -> Message:
    """Say how a question fares, and offer to teach the words."""
    lines = [Markup("<i>{}</i>").format(one_line(words, limit=_GLIMPSE))]
    first = how.first.told(v.language).text
    if how.place == 1 and how.answered:
        lines.append(v.say("✓ They get this entry as the answer."))
    elif how.place == 1:
        lines.append(v.say("They are offered this entry first, but asked whether it is meant."))
    elif how.place:
        lines.append(
            v.say("It comes as number {n}. First comes «{first}».", n=how.place, first=first)
        )
    else:
        lines.append(v.say("They do not find it."))
    lines.append(v.say("Write another question to try."))
    rows: list[tuple[Button, ...]] = []
    if not (how.place == 1 and how.answered):
        rows.append((Button(v.plain("➕ Teach it these words"), f"ed:teach:{entry.id}"),))
    rows.append((Button(v.plain("‹ Back"), f"ed:open:{entry.id}"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def too_long(v: Voice, error: TooLongTextError) -> Message:
    """Say how much fits."""
    return Message(v.say("Too long: at most {n} characters fit here.", n=error.most))


def _name(v: Voice, code: str) -> str:
    return {
        "q": v.plain("Question"),
        "a": v.plain("Answer"),
        "t": v.plain("Title"),
        "s": v.plain("In short"),
        "d": v.plain("Description"),
    }[code]


def _home(v: Voice) -> tuple[Button, ...]:
    return (Button(v.plain("‹ Directory"), "ed:home"),)


def _team(v: Voice) -> tuple[Button, ...]:
    return (Button(v.plain("‹ Team"), "team:page"),)
