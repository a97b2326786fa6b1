"""What becomes of one's contributions: the list, one of them, its history, and what may be changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.domain.contribution_states import State
from bot.domain.contributions import Contribution, Event, NameLevel, may_edit, may_withdraw, steps
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.contributing import place_line
from bot.phrases.contributions import kind_name, state_sentence, who_sees
from bot.phrases.leaving import see, the_board
from bot.text import one_line

_HEAD, _WORDS = 60, 1500


def state_word(v: Voice, state: State) -> str:
    """Return how it stands, in a word or two for lists."""
    return {
        State.RECEIVED: v.plain("received"),
        State.READ: v.plain("read by the team"),
        State.DISCUSSION: v.plain("in discussion"),
        State.PLANNED: v.plain("planned"),
        State.PROGRESS: v.plain("in progress"),
        State.DONE: v.plain("done"),
        State.TOGETHER: v.plain("we do it together"),
        State.IMPOSSIBLE: v.plain("not possible"),
        State.PASSED_ON: v.plain("passed on"),
        State.WITHDRAWN: v.plain("taken back"),
        State.MERGED: v.plain("goes on with another one"),
    }[state]


def lines(
    v: Voice, mine: Sequence[Contribution], supported: Sequence[Contribution]
) -> list[Markup]:
    """Return one line for each contribution one brought or supports, the newest first."""
    own = [_line(v, each, mark="•") for each in mine]
    return [*own, *[_line(v, each, mark="👍") for each in supported]]


def listed(
    v: Voice,
    mine: Sequence[Contribution],
    supported: Sequence[Contribution],
    *,
    board: str | None = None,
) -> Message:
    """List all of them, each one tap away, and the way to the board."""
    if not (mine or supported):
        nothing = v.say("You have brought nothing yet. The key 💡 is always there.")
        return Message(nothing, buttons=the_board(v, board))
    rows = [(Button(_label(v, each), f"ct:show:{each.number}"),) for each in mine]
    rows += [(Button(f"👍 {_label(v, each)}", f"ct:show:{each.number}"),) for each in supported]
    head = v.say("<b>My ideas and concerns</b> (👍: you support it)")
    return Message(head, buttons=(*rows, *the_board(v, board)))


def page(
    v: Voice,
    found: Contribution,
    *,
    person: str,
    place: str,
    today: date,
    due_on: date | None,
    board: str | None = None,
) -> Message:
    """Show one contribution to its author or a supporter: how it stands and what one may do."""
    own = found.author == person
    head = v.say("<b>No. {number}</b>, {kind}", number=found.number, kind=kind_name(v, found.kind))
    came = v.say("came in on {day}", day=v.date(found.created_at.date()))
    shown = [Markup("{} · {}").format(head, came)]
    words = found.text if own else found.title.told(v.language).text
    shown += [_quoted(words)] if words else []
    shown += place_line(v, place, pin=found.point is not None)
    shown += _standing(v, found, today=today)
    if own and due_on is not None and found.first_answer_at is None and found.wants_reply:
        shown.append(v.say("The team answers you here by {day}.", day=v.day(due_on, today=today)))
    if found.supports:
        shown.append(
            v.plural("👍 at least {n} support", "👍 at least {n} supports", steps(found.supports))
        )
    shown += [who_sees(v, found.level)] if own else []
    rows = _choices(v, found, person=person)
    return Message(Markup("\n").join(shown), buttons=(*rows[:-1], *see(v, board), rows[-1]))


def by_code(v: Voice, found: Contribution, code: str, *, today: date) -> Message:
    """Show how an unlinkable contribution stands to whoever holds its code."""
    head = v.say("<b>No. {number}</b>, {kind}", number=found.number, kind=kind_name(v, found.kind))
    shown = [head, *([_quoted(found.text)] if found.text else [])]
    shown += _standing(v, found, today=today)
    rows = () if found.final else ((Button(v.plain("Take it back"), f"ct:code:{code}"),),)
    return Message(Markup("\n").join(shown), buttons=rows)


def no_such_code(v: Voice) -> Message:
    """Say that nothing belongs to a code."""
    lines = [
        v.say("I know nothing under this code. Please check it, letter by letter."),
        v.say("A code reads like this: K7QX-02MP-…, with 26 letters and digits."),
    ]
    return Message(Markup("\n").join(lines))


def ask_code(v: Voice) -> Message:
    """Ask for the code that was not given."""
    return Message(v.say("Write me your code, and I tell you how it stands."))


def history(v: Voice, number: int, events: Sequence[Event]) -> Message:
    """Show what has been made known about it, the oldest first."""
    shown = [v.say("<b>No. {number}</b>: what has happened", number=number)]
    for event in events:
        if event.new is not None:
            day, state = v.date(event.at.date()), state_word(v, event.new)
            shown.append(v.say("• {day}: {state}", day=day, state=state))
            note = event.public_note.told(v.language).text
            shown += [Markup("  {}").format(note)] if note else []
    if len(shown) == 1:
        shown.append(v.say("Nothing new yet; you will hear it here."))
    back = Button(v.plain("‹ Back"), f"ct:show:{number}")
    return Message(Markup("\n").join(shown), buttons=((back,),))


def ask_words(v: Voice, found: Contribution) -> Message:
    """Ask for the new words of a contribution that nobody has reviewed yet."""
    shown = [_quoted(found.text)] if found.text else []
    shown.append(v.say("Write it as it should read. The new words replace these."))
    back = Button(v.plain("Leave it"), f"ct:keep:{found.number}")
    return Message(Markup("\n").join(shown), buttons=((back,),))


def changed(v: Voice, number: int) -> Message:
    """Confirm new words."""
    return Message(
        v.say("✓ No. {number} reads as you have written it now.", number=number),
        buttons=_stands(v, number),
    )


def confirm_back(v: Voice, yes: str, no: str) -> Message:
    """Say what taking it back means, and ask for the second tap."""
    return Message(
        v.say(
            "<b>Take it back?</b> Your words, photos and voice message are deleted. Whoever supports it"
            " hears that it is taken back."
        ),
        buttons=(
            (Button(v.plain("Yes, take it back"), yes),),
            (Button(v.plain("No, leave it"), no),),
        ),
    )


def taken_back(v: Voice, number: int | None = None) -> Message:
    """Confirm that it is taken back."""
    if number is None:
        return Message(v.say("✓ It is taken back, and its words are deleted."))
    return Message(v.say("✓ No. {number} is taken back, and its words are deleted.", number=number))


def done_answered(v: Voice, number: int, *, really: bool) -> Message:
    """Thank for looking whether it is really done."""
    text = (
        v.say("✓ Thank you! Good to know that No. {number} is done.", number=number)
        if really
        else v.say(
            "✓ Thank you for telling us. No. {number} is open again, and the team has been told.",
            number=number,
        )
    )
    return Message(text, buttons=_stands(v, number))


def transcript_answered(v: Voice, number: int, *, right: bool) -> Message:
    """Thank for reading what the team has heard."""
    text = (
        v.say("✓ Thank you! The text of No. {number} stands.", number=number)
        if right
        else v.say("✓ Thank you. The team listens to No. {number} once more.", number=number)
    )
    return Message(text, buttons=_stands(v, number))


def _stands(v: Voice, number: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button(v.plain("How it stands"), f"ct:show:{number}"),),)


def _standing(v: Voice, found: Contribution, *, today: date) -> list[Markup]:
    reason = found.reason.told(v.language)
    shown = [state_sentence(v, found.decision, today=today)]
    if reason.text:
        shown.append(Markup("{}").format(reason.text))
    if reason.foreign:
        shown.append(v.say("ℹ️ The team could say this in the other language only."))
    return shown


def _choices(v: Voice, found: Contribution, *, person: str) -> tuple[tuple[Button, ...], ...]:
    number = found.number
    rows = [(Button(v.plain("📜 What has happened"), f"ct:story:{number}"),)]
    if found.merged_into is not None:
        other = found.merged_into
        rows.append((Button(v.plain("No. {number}", number=other), f"ct:show:{other}"),))
    if may_edit(found, person):
        rows.append((Button(v.plain("✏️ Change the words"), f"ct:edit:{number}"),))
    if found.author == person and found.level is not NameLevel.UNLINKABLE and not found.final:
        rows.append((Button(v.plain("🔒 How my name is treated"), f"ct:level:{number}"),))
    if may_withdraw(found, person):
        rows.append((Button(v.plain("Take it back"), f"ct:back:{number}"),))
    if found.author != person:
        rows.append((Button(v.plain("Support it no longer"), f"ct:leave:{number}"),))
    return (*rows, (Button(v.plain("‹ My ideas and concerns"), "ct:mine"),))


def _line(v: Voice, found: Contribution, *, mark: str) -> Markup:
    return Markup("{} {} · {}").format(mark, _label(v, found), state_word(v, found.told_state))


def _label(v: Voice, found: Contribution) -> str:
    words = found.text or found.title.told(v.language).text or kind_name(v, found.kind)
    return v.plain("No. {number}", number=found.number) + f" · {one_line(words, limit=_HEAD)}"


def _quoted(text: str) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(text[:_WORDS])
