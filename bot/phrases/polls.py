"""A poll as a resident meets it: what is asked, how to answer, who sees it, how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain import poll_marks
from bot.domain.ballots import spent
from bot.domain.messages import Button, Message
from bot.domain.poll_views import Seen
from bot.domain.polls import Method, Option, Poll, PollState, Standing
from bot.i18n import Voice
from bot.phrases.poll_results import chart_key, option, standing

Rows = tuple[tuple[Button, ...], ...]
_PEOPLE = (1, 2, 3, 4, 5, 6, 8, 10)
_MARKS = {"0": "", "1": "✓ ", "2": "(✓) "}


def running(v: Voice, seen: Sequence[Seen], *, staff: bool) -> Message:
    """List the polls that ask the resident; the team begins its own here."""
    held = Button(v.plain("🗳 My team's polls"), "pk:list:0")
    gatherings = Button(v.plain("☕ Sessions"), "ks:list")
    team: Rows = ((held, gatherings),) if staff else ()
    if not seen:
        lines = [v.say("There is no poll at the moment. I tell you here when there is one.")]
        return Message(lines[0], buttons=team)
    lines = [v.say("<b>Your opinion counts</b>"), v.say("Tap a question to answer it.")]
    rows = tuple((Button(_title(v, each), f"po:see:{each.poll.number}"),) for each in seen)
    return Message(Markup("\n").join(lines), buttons=(*rows, *team))


def card(v: Voice, seen: Seen, marks: str, *, closes: datetime | None, note: str = "") -> Message:
    """Show one poll: with buttons while it is open, with its result when it is closed."""
    poll = seen.poll
    lines = [*_heading(v, poll, closes), *_given(v, seen)]
    if seen.voted or poll.state is PollState.CLOSED or seen.result:
        lines += [Markup(""), *standing(v, seen)]
    if note:
        lines += [Markup(""), Markup("{}").format(note)]
    buttons = _buttons(v, seen, marks) if poll.state is PollState.OPEN else ()
    drawn = (chart_key(v, poll),) if poll.state is PollState.CLOSED else ()
    back = (*drawn, Button(v.plain("‹ All polls"), "po:all"))
    return Message(Markup("\n").join(lines), buttons=(*buttons, back))


def tap_first(v: Voice) -> str:
    """Say that nothing has been chosen yet."""
    return v.plain("☝️ Please tap at least one answer first.")


def against_the_rule(v: Voice, poll: Poll) -> str:
    """Say which rule a choice does not keep to."""
    if poll.terms.method is Method.BUDGET:
        return v.plain("☝️ That is more than the envelope. Please leave something out.")
    return v.plain(
        "☝️ Please choose {least} to {most} answers.",
        least=poll.terms.least,
        most=min(poll.terms.most, len(poll.offered)),
    )


def ask_name(v: Voice, poll: Poll) -> Message:
    """Ask what somebody is called in a named poll."""
    lines = [
        v.say("<b>Under which name do you vote?</b>"),
        v.say("This poll is not secret: the team sees it beside your choice, for 30 days."),
    ]
    leave = Button(v.plain("Cancel"), f"po:see:{poll.number}")
    return Message(Markup("\n").join(lines), buttons=((leave,),))


def ask_option(v: Voice, poll: Poll) -> Message:
    """Ask for one more option."""
    lines = [
        v.say("<b>What is missing? Write one answer.</b>"),
        v.say("Nobody sees that it comes from you."),
    ]
    leave = Button(v.plain("Cancel"), f"po:see:{poll.number}")
    return Message(Markup("\n").join(lines), buttons=((leave,),))


def option_added(v: Voice, how: Standing) -> str:
    """Thank for an option."""
    if how is Standing.WAITING:
        return v.plain("Thank you! The team looks at your answer, then everybody can choose it.")
    return v.plain("Thank you! Everybody can choose your answer now.")


def option_known(v: Voice) -> str:
    """Say that an option exists already."""
    return v.plain("☝️ This answer is there already.")


def not_invited(v: Voice) -> Message:
    """Say that a poll asks others."""
    return Message(v.say("This poll asks people of another neighbourhood. Your own come here too."))


def _title(v: Voice, seen: Seen) -> str:
    done = "✓ " if seen.voted else ""
    return done + seen.poll.question.told(v.language).text


def _heading(v: Voice, poll: Poll, closes: datetime | None) -> list[Markup]:
    told = poll.question.told(v.language)
    lines = [v.say("📊 <b>{question}</b>", question=told.text)]
    if poll.state is PollState.CLOSED:
        return [*lines, v.say("This poll is closed.")]
    if told.foreign:
        lines.append(v.say("(So far only in the other language.)"))
    secret = v.say("🔒 Secret: nobody sees what you choose.")
    named = v.say("👤 With names: the team sees who chooses what.")
    lines += [_how(v, poll), secret if poll.secret else named]
    if closes is not None:
        day, hour = v.day(closes.date()), v.clock(closes.time())
        lines.append(v.say("Open until {day}, {time}.", day=day, time=hour))
    return [line for line in lines if line]


def _how(v: Voice, poll: Poll) -> Markup:
    terms = poll.terms
    words = {
        Method.SINGLE: Markup(""),
        Method.MULTIPLE: _several(v, poll),
        Method.RANKING: v.say("Tap the answers in your order, the best first."),
        Method.DATE: v.say("One tap: I can. Two taps: if need be."),
        Method.BUDGET: v.say(
            "There are CHF {money}. Choose what is worth it.", money=terms.envelope
        ),
        Method.COUNT: v.say("How many of you are there?"),
    }
    return words[terms.method]


def _several(v: Voice, poll: Poll) -> Markup:
    least, most = poll.terms.least, min(poll.terms.most, len(poll.offered))
    if least == most:
        return v.say("Choose {most} answers.", most=most)
    if most < len(poll.offered):
        return v.say("Choose up to {most} answers.", most=most)
    return v.say("Choose as many as you like.")


def _given(v: Voice, seen: Seen) -> list[Markup]:
    poll, mine = seen.poll, seen.mine
    if poll.state is PollState.CLOSED or not seen.voted:
        return []
    names = {each.id: option(v, each) for each in poll.options}
    if mine is None:
        what = ""
    elif poll.terms.method is Method.COUNT:
        what = str(mine.people)
    else:
        sure = [names[pick] for pick in mine.picks if pick in names]
        what = ", ".join([*sure, *(f"({names[p]})" for p in mine.perhaps if p in names)])
    chosen = v.say("✓ <b>Your vote counts:</b> {what}", what=what or v.plain("none of these"))
    return [Markup(""), chosen, v.say("You can change it until the poll is closed.")]


def _buttons(v: Voice, seen: Seen, marks: str) -> Rows:
    poll = seen.poll
    if poll.terms.method is Method.COUNT:
        return (*_people(poll, marks), *_more(v, seen))
    at_once = poll.terms.method is Method.SINGLE
    tap = f"po:mark:{poll.number}:{marks}"
    rows = [
        (
            Button(
                _marked(v, poll, marks, place, each),
                _cast(poll, place) if at_once else f"{tap}:{place}",
            ),
        )
        for place, each in _shown(poll)
    ]
    send = Button(_send(v, poll, marks), f"po:cast:{poll.number}:{marks}")
    return (*rows, *(() if at_once else ((send,),)), *_more(v, seen))


def _shown(poll: Poll) -> list[tuple[int, Option]]:
    return [
        (place, each)
        for place, each in enumerate(poll.options)
        if each.standing is Standing.OFFERED
    ]


def _cast(poll: Poll, place: int) -> str:
    return f"po:cast:{poll.number}:{poll_marks.tapped(poll, poll_marks.NONE, place)}"


def _people(poll: Poll, marks: str) -> list[tuple[Button, ...]]:
    each = [
        Button(f"✓ {many}" if marks == str(many) else str(many), f"po:cast:{poll.number}:{many}")
        for many in (0, *_PEOPLE)
    ]
    return [tuple(each[start : start + 3]) for start in range(0, len(each), 3)]


def _marked(v: Voice, poll: Poll, marks: str, place: int, each: Option) -> str:
    text = option(v, each)
    if poll.terms.method is Method.RANKING:
        letter = chr(ord("a") + place)
        return f"{marks.index(letter) + 1}. {text}" if letter in marks else text
    return _MARKS[marks[place] if place < len(marks) else "0"] + text


def _send(v: Voice, poll: Poll, marks: str) -> str:
    if poll.terms.method is Method.BUDGET:
        cost = spent(poll, poll_marks.choice(poll, marks).picks)
        return v.plain("☑️ Vote (CHF {cost} of {money})", cost=cost, money=poll.terms.envelope)
    return v.plain("☑️ Vote")


def _more(v: Voice, seen: Seen) -> Rows:
    poll = seen.poll
    again = Button(v.plain("🔄 How it stands"), f"po:see:{poll.number}")
    add = Button(v.plain("➕ Another answer"), f"po:add:{poll.number}")
    adds = poll.terms.additions != "none" and poll.terms.method in {Method.SINGLE, Method.MULTIPLE}
    return ((add,), (again,)) if adds else ((again,),)
