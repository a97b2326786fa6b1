"""Contributions in figures: the summary, one chart a question, and the same as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from markupsafe import Markup

from bot.domain.charts import Bar, Chart
from bot.domain.contribution_records import Value
from bot.domain.contribution_states import State
from bot.domain.contribution_statistics import Figures, Wait
from bot.domain.contributions import Kind
from bot.domain.messages import Attachment, Button, Message
from bot.i18n import Voice
from bot.phrases.categories import category_name
from bot.phrases.contributed import state_word
from bot.phrases.contributions import kind_name
from bot.phrases.export_words import Words, language_word
from bot.phrases.triage import Rows, overview, pairs

_MONTHS = 12
_CAPTION = 1000
_MOST_BARS = 20
_Count = TypeVar("_Count", int, int | None)


class Topic(StrEnum):
    """The questions a chart answers; the values travel in buttons."""

    MONTHS = "months"
    THEMES = "themes"
    QUARTERS = "quarters"
    LANGUAGES = "languages"
    STATES = "states"
    KINDS = "kinds"
    WAITS = "waits"


def summary(v: Voice, figures: Figures) -> Message:
    """Say the totals and how long people wait; the charts are one tap away."""
    lines = [v.say("<b>📊 Ideas and concerns in figures</b>"), _total(v, figures)]
    lines += _waited(v, figures)
    return Message(Markup("\n").join(lines), buttons=_topics(v))


def picture(v: Voice, drawn: Chart, content: bytes, *, topic: Topic, today: date) -> Message:
    """Hand over a chart as a picture; the caption says the same in words."""
    lines = [Markup("<b>{}</b>").format(drawn.title)]
    for bar in drawn.bars:
        line = v.say("{label}: {count}", label=bar.label, count=bar.beside)
        if sum(map(len, lines)) + len(line) + len(drawn.note) > _CAPTION:
            lines.append(Markup("…"))
            break
        lines.append(line)
    lines += [Markup("<i>{}</i>").format(drawn.note)] if drawn.note else []
    file = Attachment(f"{topic}-{today.isoformat()}.png", content, picture=True)
    return Message(Markup("\n").join(lines), buttons=_topics(v, without=topic), attachment=file)


def nothing(v: Voice) -> Message:
    """Say that there is nothing to draw yet."""
    return Message(v.say("There is nothing to count for this yet."), buttons=_topics(v))


def way_here(v: Voice) -> Button:
    """Return the way to the summary."""
    return Button(v.plain("📊 Statistics"), "st:")


def chart(words: Words, figures: Figures, topic: Topic, *, today: date) -> Chart:
    """Return the chart that answers one question."""
    v = words.voice
    bars = _bars(words, figures, topic, today=today)
    note = v.plain("{n} in all, {day}.", n=figures.total, day=v.date(today))
    if topic is Topic.WAITS:
        note = v.plain("Whole days until then, {day}.", day=v.date(today))
    if any(bar.value is None for bar in bars):
        note += " " + v.plain(
            "Hidden: small counts and what gives them away; nobody is recognised."
        )
    return Chart(_title(v, topic), tuple(_fewer(v, bars)), note)


def rows(words: Words, figures: Figures, *, today: date) -> list[list[Value]]:
    """Return all figures as rows of a table: question, answer, count."""
    v = words.voice
    total = v.plain("In all")
    table: list[list[Value]] = [
        [total, v.plain("contributions"), figures.total],
        [total, v.plain("open"), figures.open],
        [total, v.plain("supports"), figures.supports],
    ]
    for topic in Topic:
        title = _title(v, topic)
        table += [
            [title, bar.label, bar.shown if bar.value is None else bar.value]
            for bar in _bars(words, figures, topic, today=today)
        ]
    return table


def headings(v: Voice) -> list[str]:
    """Return the headings of `rows`."""
    return [v.plain("Question"), v.plain("Answer"), v.plain("Count")]


def _bars(words: Words, figures: Figures, topic: Topic, *, today: date) -> list[Bar]:
    v, unsaid = words.voice, words.voice.plain("not said")
    match topic:
        case Topic.MONTHS:
            return _months(v, figures.months, today)
        case Topic.THEMES:
            return [
                Bar(category_name(v, key) or key or unsaid, n)
                for key, n in _unsaid_last(figures.themes)
            ]
        case Topic.QUARTERS:
            return [
                _of_people(v, words.quarter(key) if key else unsaid, n)
                for key, n in _unsaid_last(figures.neighbourhoods)
            ]
        case Topic.LANGUAGES:
            return [_of_people(v, language_word(v, key), n) for key, n in figures.languages.items()]
        case Topic.STATES:
            counts = figures.states
            return [Bar(state_word(v, each), counts[each]) for each in State if each in counts]
        case Topic.KINDS:
            return [Bar(kind_name(v, Kind(key)), n) for key, n in figures.kinds.items()]
        case Topic.WAITS:
            return _waits(v, figures)


def _months(v: Voice, counts: Mapping[str, int], today: date) -> list[Bar]:
    """Return the last twelve months, also those in which nothing came."""
    last = today.year * 12 + today.month
    months = [date(at // 12, at % 12 + 1, 1) for at in range(last - _MONTHS, last)]
    return [Bar(v.month(month), counts.get(f"{month:%Y-%m}", 0)) for month in months]


def _waits(v: Voice, figures: Figures) -> list[Bar]:
    labels = (
        (v.plain("First answer, half of them at most"), figures.first_answer.median),
        (v.plain("First answer, nine in ten at most"), figures.first_answer.ninetieth),
        (v.plain("Until the end, half of them at most"), figures.closing.median),
        (v.plain("Until the end, nine in ten at most"), figures.closing.ninetieth),
    )
    return [
        Bar(label, days, str(v.plural("{n} day", "{n} days", days)))
        for label, days in labels
        if days is not None
    ]


def _fewer(v: Voice, bars: list[Bar]) -> list[Bar]:
    """Return no more bars than can be drawn, the others as one."""
    if len(bars) <= _MOST_BARS:
        return bars
    others = [bar.value for bar in bars[_MOST_BARS - 1 :]]
    known = [value for value in others if value is not None]
    whole = len(known) == len(others)
    rest = Bar(v.plain("others"), sum(known) if whole else None, "" if whole else v.plain("hidden"))
    return [*bars[: _MOST_BARS - 1], rest]


def _unsaid_last(counts: Mapping[str, _Count]) -> list[tuple[str, _Count]]:
    return sorted(counts.items(), key=lambda pair: not pair[0])


def _of_people(v: Voice, label: str, count: int | None) -> Bar:
    return Bar(label, count, v.plain("hidden") if count is None else "")


def _total(v: Voice, figures: Figures) -> Markup:
    return v.say(
        "{total} in all, {open} open. Supports: {supports}.",
        total=figures.total,
        open=figures.open,
        supports=figures.supports,
    )


def _waited(v: Voice, figures: Figures) -> list[Markup]:
    lines = []
    if figures.first_answer.count:
        half, most = _both(v, figures.first_answer)
        lines.append(v.say("First answer: half {half}, nine in ten {most}.", half=half, most=most))
    if figures.closing.count:
        half, most = _both(v, figures.closing)
        lines.append(
            v.say(
                "Until the end: half {half}, nine in ten {most}.",
                half=half,
                most=most,
            )
        )
    return lines


def _both(v: Voice, wait: Wait) -> tuple[Markup, Markup]:
    return _days(v, wait.median or 0), _days(v, wait.ninetieth or 0)


def _days(v: Voice, days: int) -> Markup:
    return v.plural("within {n} day", "within {n} days", days)


def _title(v: Voice, topic: Topic) -> str:
    return {
        Topic.MONTHS: v.plain("Contributions by month"),
        Topic.THEMES: v.plain("Contributions by theme"),
        Topic.QUARTERS: v.plain("Contributions by neighbourhood"),
        Topic.LANGUAGES: v.plain("Contributions by language"),
        Topic.STATES: v.plain("Contributions by how they stand"),
        Topic.KINDS: v.plain("Contributions by kind"),
        Topic.WAITS: v.plain("How long people wait"),
    }[topic]


def _topics(v: Voice, *, without: Topic | None = None) -> Rows:
    labels = {
        Topic.MONTHS: v.plain("📅 Months"),
        Topic.THEMES: v.plain("🏷 Themes"),
        Topic.QUARTERS: v.plain("📍 Neighbourhoods"),
        Topic.LANGUAGES: v.plain("🗣 Languages"),
        Topic.STATES: v.plain("🚦 How they stand"),
        Topic.KINDS: v.plain("💡 Kinds"),
        Topic.WAITS: v.plain("⏱ Waiting times"),
    }
    buttons = [Button(label, f"st:{topic}") for topic, label in labels.items() if topic != without]
    return (*pairs(buttons), (overview(v),))
