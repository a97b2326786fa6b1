"""Open questions: the receipt, the team's inbox, the answer, and the new frequent question."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.cards import Card
from bot.domain.localized import Localized
from bot.domain.messages import Button, Message
from bot.domain.questions import Kept, OpenQuestion
from bot.domain.town import Town
from bot.i18n import Voice
from bot.phrases import critical, pointing
from bot.text import one_line

QUOTE = 300
"""Characters shown of a question in a list or a quotation; its own page shows all."""
PAGE = 5
"""Questions on one page of the inbox."""


def receipt(v: Voice, number: int, text: str, *, town: Town) -> Message:
    """Confirm that the team has the question: number, what happens next, who sees it."""
    lines = [
        v.say("✓ The team has your question, <b>No. {number}</b>.", number=number),
        _quote(text),
        v.say("You get the answer here, as a message."),
        v.say("Who sees it: only the team, without your name."),
    ]
    if town.phone:
        lines.append(v.say("If it is urgent, call {phone}.", phone=v.phone(town.phone)))
    return Message(
        Markup("\n").join(lines),
        buttons=((Button(v.plain("Take my question back"), f"oq:back:{number}"),),),
    )


def handed_over(v: Voice) -> Message:
    """Say in place of the offer that it was taken; the receipt follows."""
    return Message(v.say("I am passing your question on."))


def withdrawn(v: Voice, number: int) -> Message:
    """Confirm that a question is taken back and its words are gone."""
    return Message(v.say("✓ Your question No. {number} is taken back and deleted.", number=number))


def notify_team(v: Voice, number: int, text: str) -> Message:
    """Tell the team that somebody waits for an answer."""
    lines = [v.say("📥 New question, <b>No. {number}</b>", number=number), _quote(text)]
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (
                Button(v.plain("Open"), f"oq:open:{number}"),
                Button(v.plain("All questions"), "oq:list:0"),
            ),
        ),
    )


def inbox(v: Voice, waiting: Sequence[OpenQuestion], *, total: int, page: int) -> Message:
    """List what waits for an answer, the oldest first, a page at a time."""
    if not waiting:
        return Message(v.say("📥 Nothing to answer. Well done!"))
    head = v.plural(
        "📥 <b>{n} question waits for an answer</b>",
        "📥 <b>{n} questions wait for an answer</b>",
        total,
    )
    rows = [(Button(_row(v, question), f"oq:open:{question.number}"),) for question in waiting]
    turn = []
    if page > 0:
        turn.append(Button(v.plain("‹ Earlier"), f"oq:list:{page - 1}"))
    if (page + 1) * PAGE < total:
        turn.append(Button(v.plain("Later ›"), f"oq:list:{page + 1}"))
    return Message(head, buttons=(*rows, tuple(turn)) if turn else tuple(rows))


def opened(v: Voice, question: OpenQuestion, nearest: Sequence[Card] = ()) -> Message:
    """Show one question to the team, with what can be done about it.

    `nearest` are entries that may answer it already.
    """
    lines = [v.say("🔴 <b>Urgent</b>")] if question.urgent else []
    lines += [
        v.say(
            "<b>Question No. {number}</b>, asked on {day}",
            number=question.number,
            day=v.day(question.asked_at.date()),
        ),
        critical.reads(v, question.language),
        _quote(question.text, limit=2000),
    ]
    if nearest:
        lines.append(v.say("Is the answer in the directory already? Tap it, or search for it."))
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("✍️ Answer"), f"oq:answer:{question.number}"),),
            *pointing.entries(v, question.number, nearest),
            (Button(v.plain("🔎 Search the directory"), f"oq:search:{question.number}"),),
            (Button(v.plain("‹ All questions"), "oq:list:0"),),
        ),
    )


def already_answered(v: Voice, question: OpenQuestion) -> Message:
    """Tell the team that somebody was quicker, or that the question was taken back."""
    text = (
        v.say("Question No. {number} has been answered already.", number=question.number)
        if question.state == "answered"
        else v.say(
            "Question No. {number} was taken back by the person who asked.", number=question.number
        )
    )
    return Message(text, buttons=((Button(v.plain("‹ All questions"), "oq:list:0"),),))


def write_answer(v: Voice, question: OpenQuestion, language: str) -> Message:
    """Invite the answer in one language; the person who asked reads that one best."""
    lines = [_quote(question.text)]
    if language == "fr":
        lines.append(v.say("Write the answer <b>in French</b>."))
    else:
        lines.append(v.say("Write the answer <b>in German</b>."))
    rows: list[tuple[Button, ...]] = []
    if question.language == language:
        other = v.plain("I write in German") if language == "fr" else v.plain("I write in French")
        switch = "de" if language == "fr" else "fr"
        rows.append((Button(other, f"oq:in:{question.number}:{switch}"),))
    else:
        lines.append(v.say("The person reads the other language: the answer is marked as such."))
    rows.append((Button(v.plain("Cancel"), f"oq:open:{question.number}"),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def preview(
    v: Voice,
    question: OpenQuestion,
    answer: Localized,
    *,
    others: Sequence[tuple[OpenQuestion, bool]],
    version: int,
) -> Message:
    """Show the answer as it will be sent, and who else might get the same one."""
    lines = [v.say("<b>Send this answer?</b>"), _quote(question.text)]
    lines += [Markup("<b>{}</b>\n{}").format(code.upper(), text) for code, text in answer.items()]
    n = question.number
    rows: list[tuple[Button, ...]] = [(Button(v.plain("📨 Send"), f"oq:send:{n}:{version}"),)]
    if "fr" not in answer:
        rows.append((Button(v.plain("Add French"), f"oq:in:{n}:fr"),))
    if "de" not in answer:
        rows.append((Button(v.plain("Add German"), f"oq:in:{n}:de"),))
    if others:
        lines.append(v.say("Tick the questions that get the same answer:"))
    for other, ticked in others:
        mark = "☑️" if ticked else "⬜️"
        rows.append(
            (
                Button(
                    f"{mark} {_row(v, other)}",
                    f"oq:tick:{n}:{other.number}",
                ),
            )
        )
    rows.append(
        (
            Button(v.plain("Write it again"), f"oq:answer:{n}"),
            Button(v.plain("Cancel"), f"oq:open:{n}"),
        )
    )
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def sent(v: Voice, number: int, *, people: int) -> Message:
    """Confirm the answer, and offer to let the next person find it at once."""
    text = v.plural("✓ Sent to {n} person.", "✓ Sent to {n} people.", people)
    return Message(
        text,
        buttons=(
            (Button(v.plain("📌 Keep as a frequent question"), f"oq:faq:{number}"),),
            (Button(v.plain("‹ All questions"), "oq:list:0"),),
        ),
    )


def too_long(v: Voice, limit: int) -> Message:
    """Ask for a shorter answer; the dialogue waits for it."""
    return Message(
        v.say("That is too long: at most {limit} characters. Please shorten it.", limit=limit)
    )


def kept(v: Voice, number: int, kept: Kept) -> Message:
    """Confirm that the next person is answered at once, and show every wording that was kept."""
    lines = [
        v.say("📌 Kept. Whoever asks this from now on is answered at once."),
        v.say("The question reads: «{question}»", question=kept.wording),
    ]
    rows: list[tuple[Button, ...]] = []
    if kept.also:
        lines.append(v.say("It is also found by these words of others:"))
        lines += [v.say("• {example}", example=wording) for wording in kept.also]
        rows.append((Button(v.plain("Leave those words out"), f"oq:alone:{number}"),))
    return Message(
        Markup("\n").join(lines),
        buttons=(
            *rows,
            (Button(v.plain("Reword the question"), f"oq:reword:{number}"),),
            (Button(v.plain("Take it out again"), f"oq:unkeep:{number}"),),
        ),
    )


def neutral_wording(v: Voice) -> Message:
    """Ask a second time before an urgent answer is kept, and for a question without anybody in it."""
    lines = [
        v.say("<b>Keep this answer for everybody?</b>"),
        v.say("The person's words stay out of the directory."),
        v.say("If you want to keep it, write a question that points to nobody."),
    ]
    return Message(
        Markup("\n").join(lines), buttons=((Button(v.plain("Do not keep it"), "oq:leave"),),)
    )


def reword(v: Voice, question: str) -> Message:
    """Ask how the frequent question should read."""
    lines = [
        v.say("It reads now: «{question}»", question=question),
        v.say("Write it as it should read, without anything that points to a person."),
    ]
    return Message(Markup("\n").join(lines), buttons=((Button(v.plain("Leave it"), "oq:leave"),),))


def taken_out(v: Voice) -> Message:
    """Confirm that the frequent question is gone again."""
    return Message(v.say("✓ Taken out of the directory."))


def reply(v: Voice, question: str, answer: Localized, *, number: int) -> Message:
    """Return the team's answer as the person who asked gets it, their question quoted."""
    told = answer.told(v.language)
    lines = [
        v.say("💬 <b>Answer from the team</b> to your question No. {number}", number=number),
        _quote(question),
        Markup("{}").format(told.text),
    ]
    if told.foreign:
        lines.append(v.say("ℹ️ The team could answer in the other language only."))
    return Message(Markup("\n").join(lines))


def mine(v: Voice, questions: Sequence[OpenQuestion]) -> list[Markup]:
    """Return one line for each question of one's own and how it stands."""
    states = {"open": v.say("waits for an answer"), "answered": v.say("answered")}
    return [
        Markup("• {} · {} · {}").format(q.number, one_line(q.text, limit=60), states[q.state])
        for q in questions
        if q.text  # what was taken back has no words any more
    ]


def _row(v: Voice, question: OpenQuestion) -> str:
    if question.urgent:  # not for whoever glances at the screen
        return v.plain("🔴 {number} · urgent", number=question.number)
    return f"{question.number} · {one_line(question.text, limit=40)}"


def _quote(text: str, *, limit: int = QUOTE) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(one_line(text, limit=limit))
