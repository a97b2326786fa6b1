"""Drafting a poll: what an animator is asked, and the draft as people will read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.localized import LANGUAGES, Localized
from bot.domain.messages import Button, Message
from bot.domain.poll_templates import Template
from bot.domain.polls import Lack, Method, Poll, PollState
from bot.i18n import Voice, voice
from bot.phrases.menu import NAMES
from bot.phrases.poll_results import option
from bot.phrases.poll_terms import closing, terms

Rows = tuple[tuple[Button, ...], ...]


def listing(v: Voice, polls: Sequence[Poll], *, closed: bool, page: int, more: bool) -> Message:
    """List the polls somebody may hold."""
    title = v.say("<b>Closed polls</b>") if closed else v.say("<b>My team's polls</b>")
    lines = [title]
    if not polls:
        lines.append(v.say("There is none here yet."))
    rows: list[tuple[Button, ...]] = [
        (Button(_state(v, each) + each.question.told(v.language).text, f"pk:page:{each.number}"),)
        for each in polls
    ]
    kind = "closed" if closed else "list"
    turns = [Button(v.plain("‹ Earlier page"), f"pk:{kind}:{page - 1}")] if page else []
    turns += [Button(v.plain("Next page ›"), f"pk:{kind}:{page + 1}")] if more else []
    rows += [tuple(turns)] if turns else []
    other = (
        Button(v.plain("Running polls"), "pk:list:0")
        if closed
        else Button(v.plain("Closed polls"), "pk:closed:0")
    )
    rows += [(Button(v.plain("➕ New poll"), "pk:new"), other)]
    rows.append((Button(v.plain("‹ Team"), "team:page"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def choose_kind(v: Voice, templates: Sequence[Template]) -> Message:
    """Let the animator choose how people answer, or something ready-made."""
    names = _methods(v)
    kinds = [Button(names[method], f"pk:kind:{method}") for method in Method]
    ready = [
        (Button("📋 " + each.name.told(v.language).text, f"pk:ready:{each.id}"),)
        for each in templates
    ]
    rows = (*_pairs(kinds), *ready, (Button(v.plain("Cancel"), "pk:list:0"),))
    lines = [v.say("<b>How do people answer?</b>"), v.say("Or take a ready-made poll: 📋")]
    return Message(Markup("\n").join(lines), buttons=rows)


def ask_question(v: Voice) -> Message:
    """Ask for the question, in one language or both at once."""
    lines = [
        v.say("<b>What do you ask? Write the question.</b>"),
        v.say("Both languages at once, with a stroke between them: <i>Français / Deutsch</i>."),
    ]
    leave = (Button(v.plain("Cancel"), "pk:list:0"),)
    return Message(Markup("\n").join(lines), buttons=(leave,))


def ask_other(v: Voice, question: Localized, language: str) -> Message:
    """Ask for the question in the language that is missing."""
    said = v.say("<blockquote>{text}</blockquote>", text=question.told(v.language).text)
    de = v.say("<b>And in German?</b>")
    asked = de if language == "de" else v.say("<b>And in French?</b>")
    rows = (
        (Button(v.plain("Later"), "pk:later"),),
        (Button(v.plain("Cancel"), "pk:list:0"),),
    )
    return Message(Markup("\n").join([said, asked]), buttons=rows)


def ask_options(v: Voice, number: int, method: Method) -> Message:
    """Ask for the options, one to a line."""
    if method is Method.DATE:
        how = v.say("One date to a line, for example <i>4.12. 19:00</i>.")
    elif method is Method.BUDGET:
        how = v.say("One project to a line, with its cost: <i>Banc / Bank = 3000</i>.")
    else:
        how = v.say("One answer to a line, both languages: <i>Soupe / Suppe</i>.")
    lines = [v.say("<b>What can people choose?</b>"), how]
    leave = (Button(v.plain("To the draft"), f"pk:page:{number}"),)
    return Message(Markup("\n").join(lines), buttons=(leave,))


def ask_envelope(v: Voice, number: int) -> Message:
    """Ask how much money there is."""
    amounts = [
        Button(f"CHF {many}", f"pk:set:{number}:envelope:{many}")
        for many in (500, 1000, 2000, 5000, 10000, 20000)
    ]
    lines = [v.say("<b>How much money is there?</b>"), v.say("Tap, or write the amount in francs.")]
    leave = (Button(v.plain("To the draft"), f"pk:page:{number}"),)
    return Message(Markup("\n").join(lines), buttons=(*_pairs(amounts), leave))


def ask_words(v: Voice, poll: Poll, language: str) -> Message:
    """Ask for question and answers in one language, in the order shown."""
    de = v.say("<b>Write it in German</b>, one line for each:")
    lines = [de if language == "de" else v.say("<b>Write it in French</b>, one line for each:")]
    texts = [poll.question, *(each.text for each in poll.offered if each.starts is None)]
    lines += [
        Markup("{}. {}").format(n, text.told(v.language).text) for n, text in enumerate(texts, 1)
    ]
    leave = (Button(v.plain("Cancel"), f"pk:page:{poll.number}"),)
    return Message(Markup("\n").join(lines), buttons=(leave,))


def not_read(v: Voice, line: str, method: Method) -> Message:
    """Say which line could not be read, and how it should look."""
    lines = [v.say("☝️ I cannot read this line: {line}", line=line[:80])]
    if method is Method.DATE:
        lines.append(v.say("A date looks like this: <i>4.12. 19:00</i>. It must not be over."))
    elif method is Method.BUDGET:
        lines.append(v.say("A project looks like this: <i>Banc / Bank = 3000</i>."))
    else:
        lines.append(v.say("An answer has at most 100 letters."))
    lines.append(v.say("Nothing was kept. Please write all lines once more."))
    return Message(Markup("\n").join(lines))


def lines_differ(v: Voice, wanted: int, got: int) -> Message:
    """Say that there are too many or too few lines."""
    return Message(
        v.say(
            "☝️ I need {wanted} lines and got {got}. Please write them all once more.",
            wanted=wanted,
            got=got,
        )
    )


def draft(
    v: Voice,
    poll: Poll,
    missing: Sequence[Lack],
    *,
    opens: datetime | None,
    closes: datetime | None,
) -> Message:
    """Show a draft in both languages with everything that can be set."""
    head = v.say("<b>Draft of a poll</b>, nobody sees it yet")
    if opens is not None:
        day, hour = v.day(opens.date()), v.clock(opens.time())
        head = v.say("<b>Opens by itself</b> {day}, {time}", day=day, time=hour)
    lines = [head]
    for language in LANGUAGES:
        lines += [Markup("\n<b>— {} —</b>").format(NAMES[language]), *_as_read(poll, language)]
    lines.append(Markup(""))
    lines += [_missing(v, each) for each in missing] or [closing(v, closes)]
    return Message(Markup("\n").join(lines), buttons=_draft_buttons(v, poll, missing))


def warn(v: Voice, poll: Poll, language: str) -> Message:
    """Warn that some would meet the other language."""
    de = v.say("⚠️ <b>German is missing.</b> Who reads German would meet French.")
    fr = v.say("⚠️ <b>French is missing.</b> Who reads French would meet German.")
    rows = (
        (Button(v.plain("✍️ Add it now"), f"pk:words:{poll.number}:{language}"),),
        (Button(v.plain("Open all the same"), f"pk:open:{poll.number}:anyway"),),
        (Button(v.plain("‹ Back"), f"pk:page:{poll.number}"),),
    )
    return Message(de if language == "de" else fr, buttons=rows)


def _as_read(poll: Poll, language: str) -> list[Markup]:
    reader = voice(language)
    told = poll.question.told(language)
    texts = [Markup("<i>{}</i>").format("…") if told.foreign else Markup("{}").format(told.text)]
    for each in poll.options:
        missing = each.starts is None and language not in each.text
        texts.append(Markup("• {}").format("…" if missing else option(reader, each)))
    return texts


def _missing(v: Voice, lack: Lack) -> Markup:
    words = {
        Lack.QUESTION: v.say("⚠️ The question is missing."),
        Lack.OPTIONS: v.say("⚠️ At least two answers are needed."),
        Lack.COSTS: v.say("⚠️ Every project needs its cost."),
        Lack.ENVELOPE: v.say("⚠️ How much money is there?"),
        Lack.DATES: v.say("⚠️ Every answer must be a date."),
        Lack.BOUNDS: v.say("⚠️ Least and most answers do not fit."),
        Lack.PAST: v.say("⚠️ It would close before it opens."),
    }
    return words[lack]


def _draft_buttons(v: Voice, poll: Poll, missing: Sequence[Lack]) -> Rows:
    n = poll.number
    rows: list[tuple[Button, ...]] = []
    if not missing:
        rows.append((Button(v.plain("▶️ Open now"), f"pk:open:{n}"),))
    rows += [(each,) for each in terms(v, poll)]
    words = [
        Button(v.plain("✍️ Words, French"), f"pk:words:{n}:fr"),
        Button(v.plain("✍️ Words, German"), f"pk:words:{n}:de"),
    ]
    rows.append(tuple(words))
    if poll.terms.method is not Method.COUNT:
        fewer = Button(v.plain("➖ Last answer"), f"pk:less:{n}")
        rows.append((Button(v.plain("➕ Answers"), f"pk:more:{n}"), fewer))
    rows.append((Button(v.plain("🗑 Throw away"), f"pk:drop:{n}"), all_polls(v)))
    return tuple(rows)


def all_polls(v: Voice) -> Button:
    """Return the button to the polls somebody may hold."""
    return Button(v.plain("‹ My team's polls"), "pk:list:0")


def _state(v: Voice, poll: Poll) -> str:
    if poll.state is PollState.DRAFT:
        return v.plain("✏️ Draft: ") if poll.opens_at is None else "⏰ "
    return "🗳 " if poll.state is PollState.OPEN else ""


def _methods(v: Voice) -> dict[Method, str]:
    return {
        Method.SINGLE: v.plain("One answer"),
        Method.MULTIPLE: v.plain("Several answers"),
        Method.RANKING: v.plain("A ranking"),
        Method.DATE: v.plain("Find a date"),
        Method.BUDGET: v.plain("Share a budget"),
        Method.COUNT: v.plain("Count people"),
    }


def _pairs(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
