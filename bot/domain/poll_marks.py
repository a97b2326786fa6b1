"""What has been tapped on a poll's buttons so far, short enough to travel in a button.

One letter stands for each option in its order, whether it can be chosen or not: `0` no, `1` yes,
`2` if need be. A ranking is the chosen options' letters (`a` the first option) in the person's order.
"""

from __future__ import annotations

from bot.domain.ballots import Choice
from bot.domain.polls import ChoiceError, Method, Poll, Standing

NONE = ""
_FIRST = ord("a")
_TURNS = {Method.DATE: 3}


def tapped(poll: Poll, marks: str, place: int) -> str:
    """Return the marks after a tap on the option at `place`; ChoiceError if there is none such."""
    if not 0 <= place < len(poll.options):
        raise ChoiceError
    if poll.options[place].standing is not Standing.OFFERED:
        raise ChoiceError
    if poll.terms.method is Method.RANKING:
        letter = chr(_FIRST + place)
        return marks.replace(letter, "") if letter in marks else marks + letter
    each = list(_filled(poll, marks))
    turns = _TURNS.get(poll.terms.method, 2)
    each[place] = str((int(each[place]) + 1) % turns)
    return "".join(each)


def choice(poll: Poll, marks: str) -> Choice:
    """Return what the marks say; ChoiceError if they are no marks of this poll."""
    if poll.terms.method is Method.COUNT:
        if not marks.isdecimal():
            raise ChoiceError
        return Choice(people=int(marks[:3]))
    if poll.terms.method is Method.RANKING:
        places = [ord(letter) - _FIRST for letter in marks]
        if not all(0 <= place < len(poll.options) for place in places):
            raise ChoiceError
        return Choice(tuple(poll.options[place].id for place in places))
    filled = _filled(poll, marks)
    pairs = list(zip(poll.options, filled, strict=True))
    yes = tuple(option.id for option, mark in pairs if mark == "1")
    return Choice(yes, tuple(option.id for option, mark in pairs if mark == "2"))


def marks_of(poll: Poll, mine: Choice | None) -> str:
    """Return the marks of a vote that was given, to go on from."""
    if mine is None:
        return NONE
    if poll.terms.method is Method.COUNT:
        return str(mine.people)
    places = {option.id: place for place, option in enumerate(poll.options)}
    if poll.terms.method is Method.RANKING:
        return "".join(chr(_FIRST + places[pick]) for pick in mine.picks if pick in places)
    marked = {**dict.fromkeys(mine.picks, "1"), **dict.fromkeys(mine.perhaps, "2")}
    return "".join(marked.get(option.id, "0") for option in poll.options)


def _filled(poll: Poll, marks: str) -> str:
    """Return one mark for each option: options may have been added since the button was made."""
    if set(marks) - set("012") or len(marks) > len(poll.options):
        raise ChoiceError
    return marks.ljust(len(poll.options), "0")
