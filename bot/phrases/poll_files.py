"""A poll's result to take away: the chart, and the words of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from bot.domain.charts import Bar, Chart
from bot.domain.contribution_records import Value
from bot.domain.disclosure import Veil
from bot.domain.exports import Form
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Attachment, Button, Message
from bot.domain.poll_records import BY_BOT, PollRow
from bot.domain.poll_views import Seen
from bot.domain.polls import Method, Poll, PollState
from bot.domain.tallies import Result
from bot.i18n import Voice
from bot.phrases.poll_results import option, standing

FORMS = (Form.XLSX, Form.CSV, Form.JSON)
"""What a result can be taken away as."""

_CAPTION = 900
"""Characters; Telegram takes 1024 under a picture."""


def chart(v: Voice, seen: Seen) -> Chart:
    """Return the bars of a result in one language; none where nothing is shown."""
    title = seen.poll.question.told(v.language).text
    if seen.result is None:
        return Chart(title, ())
    if seen.poll.terms.method is Method.COUNT:
        bars: tuple[Bar, ...] = (Bar(v.plain("People"), seen.result.people),)
    else:
        bars = tuple(Bar(option(v, each.option), each.amount) for each in seen.result.lines)
    return Chart(title, bars, _note(v, seen, seen.result))


def picture(v: Voice, seen: Seen, content: bytes) -> Message:
    """Hand over the chart; the caption says the same in words."""
    lines = [Markup("<b>{}</b>").format(seen.poll.question.told(v.language).text)]
    for line in standing(v, seen):
        if sum(map(len, lines)) + len(line) > _CAPTION:
            lines.append(Markup("…"))
            break
        lines.append(line)
    file = Attachment(f"poll-{seen.poll.number}.png", content, picture=True)
    return Message(Markup("\n").join(lines), attachment=file)


def nothing_drawn(v: Voice, seen: Seen) -> Message:
    """Say why there is nothing to draw yet."""
    return Message(Markup("\n").join(standing(v, seen)))


def choose_form(v: Voice, poll: Poll) -> Message:
    """Ask in which form the result is taken away."""
    names = {Form.XLSX: "Excel", Form.CSV: "CSV", Form.JSON: "JSON"}
    lines = [
        v.say("<b>📤 Take the result away</b>"),
        v.say("Each number says where it comes from: bot, hands or paper. No names."),
    ]
    row = tuple(Button(names[form], f"pf:file:{poll.number}:{form}") for form in FORMS)
    back = Button(v.plain("‹ Back"), f"pk:page:{poll.number}")
    return Message(Markup("\n").join(lines), buttons=(row, (back,)))


def document(v: Voice, seen: Seen, name: str, content: bytes) -> Message:
    """Hand over the file."""
    still = seen.poll.state is PollState.OPEN
    text = v.say("As it stands now; the poll is still open.") if still else v.say("The end result.")
    return Message(text, attachment=Attachment(name, content))


def file_name(v: Voice, poll: Poll, day: date, form: Form) -> str:
    """Return what the file is called."""
    return v.plain("poll-{number}-{day}", number=poll.number, day=day) + f".{form}"


def headings(v: Voice) -> list[str]:
    """Return the headings of the result's table."""
    answers = [f"{v.plain('Answer')} ({code})" for code in LANGUAGES]
    return [*answers, v.plain("Source"), v.plain("Number of votes"), v.plain("Besides")]


def cells(v: Voice, rows: Sequence[PollRow]) -> list[list[Value]]:
    """Return the rows of the result's table; an empty number is one that is not shown."""
    words = sources(v)
    return [[*_answers(v, row), words[row.source], row.amount, row.second] for row in rows]


def about(v: Voice, seen: Seen) -> Mapping[str, Value]:
    """Return what is to be known about the numbers."""
    poll = seen.poll
    return {
        **{f"{v.plain('Question')} ({code})": poll.question.get(code, "") for code in LANGUAGES},
        v.plain("Kind"): poll.terms.method.value,
        v.plain("Secret"): v.plain("yes") if poll.secret else v.plain("no"),
        v.plain("Stands"): v.plain("open") if poll.state is PollState.OPEN else v.plain("closed"),
        v.plain("Ballots counted here"): seen.as_of if seen.veil is Veil.NONE else None,
    }


def sources(v: Voice) -> Mapping[str, str]:
    """Return the words for where a number comes from."""
    return {BY_BOT: v.plain("bot"), "hands": v.plain("hands"), "paper": v.plain("on paper")}


def _answers(v: Voice, row: PollRow) -> list[Value]:
    if row.option is None:
        return [v.plain("People")] * len(LANGUAGES)
    if row.option.starts is not None:
        return [row.option.starts.isoformat(" ", "minutes")] * len(LANGUAGES)
    return [row.option.text.get(code, "") for code in LANGUAGES]


def _note(v: Voice, seen: Seen, result: Result) -> str:
    room: dict[str, int] = dict(result.sources)
    for line in result.lines:
        for source, amount in line.sources.items():
            room[source] = room.get(source, 0) + amount
    words = sources(v)
    parts = [v.plain("Votes: {n}", n=seen.as_of)] if seen.veil is Veil.NONE else []
    parts += [
        v.plain("{label}: {count}", label=words[source], count=amount)
        for source, amount in room.items()
        if amount
    ]
    return " · ".join(parts)
