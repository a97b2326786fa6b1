"""The rarer things on the team's desk: joining, splitting, linking, marking, pausing a sender."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.cases import Case
from bot.domain.contribution_lists import Told
from bot.domain.contributions import Contribution, Limit, NameLevel, Origin
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.casework import back
from bot.phrases.deciding import people
from bot.phrases.triage import Rows, label


def more(v: Voice, case: Case, limit: Limit | None, *, linked: Sequence[int] = ()) -> Message:
    """Show what is rarely needed; `linked` are those it was said to belong together with."""
    n, found = case.number, case.found
    rows: Rows = (
        (Button(v.plain("🔗 Join with another one"), f"tr:merge:{n}"),),
        (Button(v.plain("✂️ Give one point its own number"), f"tr:split:{n}"),),
        (Button(v.plain("↔️ Belongs together with"), f"tr:link:{n}"),),
    )
    rows = (
        *rows,
        *(
            (
                Button(
                    v.plain("✖️ Does not belong with No. {number}", number=o), f"tr:unlink:{n}:{o}"
                ),
            )
            for o in linked
        ),
    )
    if not found.waits:
        rows = (*rows, (Button(v.plain("🔁 Open again"), f"tr:reopen:{n}"),))
    if case.coordinated:
        rows = (*rows, *_for_coordinators(v, found, limit))
    text = v.say("<b>No. {number}: more</b>", number=n)
    return Message(text, buttons=(*rows, (back(v, n),)))


def _for_coordinators(v: Voice, found: Contribution, limit: Limit | None) -> Rows:
    n = found.number
    urgent = v.plain("Not urgent") if found.urgent else v.plain("🚨 Urgent")
    critical = (
        v.plain("Not critical") if found.critical else v.plain("🔴 Critical: coordinators only")
    )
    rows: Rows = (
        (Button(urgent, f"tr:urgent:{n}:{'no' if found.urgent else 'yes'}"),),
        (Button(critical, f"tr:critical:{n}:{'no' if found.critical else 'yes'}"),),
    )
    if found.origin is not Origin.BOT or found.level is NameLevel.UNLINKABLE:
        return rows
    if limit is not None:
        return (*rows, (Button(v.plain("Lift the author's pause"), f"tr:unpause:{n}"),))
    return (*rows, (Button(v.plain("✋ Ask the author to pause"), f"tr:pause:{n}"),))


def ask_number(v: Voice, found: Contribution, *, joining: bool) -> Message:
    """Ask for the number of the other one."""
    text = (
        v.say(
            "<b>With which one is No. {number} joined?</b> Write its number. It goes on there.",
            number=found.number,
        )
        if joining
        else v.say(
            "<b>With which one does No. {number} belong together?</b> Write its number.",
            number=found.number,
        )
    )
    return Message(text, buttons=((Button(v.plain("Cancel"), f"tr:show:{found.number}"),),))


def no_such_number(v: Voice, number: int) -> Message:
    """Say that a typed number leads nowhere."""
    text = v.say("I find none under this number. Please check it and write it again.")
    return Message(text, buttons=((Button(v.plain("Cancel"), f"tr:show:{number}"),),))


def confirm_joining(v: Voice, found: Contribution, target: Contribution) -> Message:
    """Show both before they go on as one: that cannot be undone."""
    lines = [
        v.say("<b>Let these two go on as one?</b> This cannot be undone."),
        Markup("{}").format(label(v, found)),
        Markup("→ {}").format(label(v, target)),
        v.say("Author and supporters are told, each in their language."),
    ]
    yes = Button(v.plain("Yes, join them"), f"tr:merged:{found.number}:{target.number}")
    no = Button(v.plain("Cancel"), f"tr:show:{found.number}")
    return Message(Markup("\n").join(lines), buttons=((yes,), (no,)))


def joined(v: Voice, number: int, into: int, told: Told) -> Message:
    """Confirm that two go on as one."""
    done = v.say("✓ No. {number} goes on as part of No. {into}.", number=number, into=into)
    return Message(Markup("\n").join([done, people(v, told)]), buttons=((back(v, into),),))


def ask_split(v: Voice, found: Contribution) -> Message:
    """Ask for the words of the point that gets its own number."""
    lines = [Markup("<blockquote>{}</blockquote>").format(found.text[:1500])] if found.text else []
    lines.append(v.say("<b>Write the one point</b> that gets its own number. Its author is told."))
    leave = Button(v.plain("Cancel"), f"tr:show:{found.number}")
    return Message(Markup("\n").join(lines), buttons=((leave,),))


def split(v: Voice, number: int, part: int) -> Message:
    """Confirm the new number."""
    text = v.say("✓ This point of No. {number} is now No. {part}.", number=number, part=part)
    return Message(text, buttons=((Button(v.plain("Open"), f"tr:open:{part}"), back(v, number)),))


def ask_pause(v: Voice, number: int) -> Message:
    """Ask how long the author is to pause; who it is stays unknown."""
    rows: Rows = (
        (
            Button(v.plain("a week"), f"tr:paused:{number}:7"),
            Button(v.plain("a month"), f"tr:paused:{number}:30"),
        ),
        (Button(v.plain("until further notice"), f"tr:paused:{number}:0"),),
        (back(v, number),),
    )
    text = v.say("<b>How long shall the author pause?</b> Who it is stays unknown to you.")
    return Message(text, buttons=rows)


def ask_why_paused(v: Voice, number: int) -> Message:
    """Ask for the reason of a pause, for the team's own record."""
    text = v.say("<b>Why?</b> One sentence for the team's own record.")
    return Message(text, buttons=((Button(v.plain("Cancel"), f"tr:show:{number}"),),))
