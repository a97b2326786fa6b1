"""Deciding on a contribution and publishing it: what is said, what is missing, who has been told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from markupsafe import Markup

from bot.domain.contribution_lists import Told
from bot.domain.contribution_states import DECIDED, Missing, State, missing_to_publish
from bot.domain.contributions import Contribution, NameLevel, Origin
from bot.domain.localized import LANGUAGES
from bot.domain.messages import Button, Message
from bot.i18n import Voice, voice
from bot.phrases.casework import back
from bot.phrases.contributed import state_word
from bot.phrases.contributions import changed
from bot.phrases.menu import NAMES
from bot.phrases.triage import Rows, overview, pairs

UNTIL = (14, 30, 60, 90, 180)
"""Days until something done together ends, as buttons."""
WANTED = (1, 2, 3, 5, 10, 20)
"""Helpers that may be wanted, as buttons."""


def choose(v: Voice, found: Contribution) -> Message:
    """Let the team choose a state; nobody is told before it is published."""
    n = found.number
    options = [Button(_mark(v, each, found), f"tr:state:{n}:{each}") for each in DECIDED]
    lines = [
        v.say("<b>What becomes of No. {number}?</b>", number=n),
        v.say("Nobody outside the team hears of it before you publish."),
    ]
    rows: Rows = (*pairs(options), *_undo(v, found))
    return Message(Markup("\n").join(lines), buttons=(*rows, (back(v, n),)))


def draft(v: Voice, found: Contribution, *, today: date) -> Message:
    """Show what is decided as people will read it, in each language, and what is still missing."""
    missing = missing_to_publish(found.decision)
    lines = [
        v.say(
            "<b>No. {number}: {state}</b>, not told yet",
            number=found.number,
            state=state_word(v, found.state),
        )
    ]
    for language in LANGUAGES:
        shown = replace(found, told=found.decision)
        read = changed(voice(language), shown, event=0, author=True, today=today).text
        lines += [Markup("\n<b>— {} —</b>").format(NAMES[language]), Markup(read)]  # noqa: S704 - ours
    lines.append(Markup(""))
    lines += [still_missing(v, missing)] if missing else [audience(v, found)]
    return Message(Markup("\n").join(lines), buttons=_to_say(v, found, missing))


def still_missing(v: Voice, missing: Sequence[Missing]) -> Markup:
    """Say what must be added before it can be published."""
    names = {
        Missing.DECISION: v.plain("the decision"),
        Missing.REASON_FR: v.plain("the reason in French"),
        Missing.REASON_DE: v.plain("the reason in German"),
        Missing.WHOM: v.plain("to whom it is passed on"),
        Missing.WHO: v.plain("who does it together"),
        Missing.UNTIL: v.plain("until when"),
    }
    what = ", ".join(names[each] for each in missing)
    return v.say("⚠️ <b>It cannot be published yet.</b> Missing: {what}.", what=what)


def audience(v: Voice, found: Contribution) -> Markup:
    """Say who will hear of it."""
    if found.origin is not Origin.BOT:
        author = v.say("Nobody in the bot wrote it: please tell the person yourself.")
    elif found.level is NameLevel.UNLINKABLE:
        author = v.say("The author reads it by their code.")
    elif found.wants_reply:
        author = v.say("The author hears of it, in their language.")
    else:
        author = v.say("The author wanted no answer.")
    if not found.supports:
        return author
    others = v.plural("{n} supporter hears of it.", "{n} supporters hear of it.", found.supports)
    return Markup("{}\n{}").format(author, others)


def published(v: Voice, number: int, told: Told) -> Message:
    """Say how many were told, and for how many no notice was written, and why."""
    lines = [v.say("✓ No. {number} is published.", number=number), people(v, told)]
    why = {
        "not_wanted": v.plain("wants no answer"),
        "unreachable": v.plain("cannot be reached"),
        "paused": v.plain("wants no messages unasked"),
        "own_act": v.plain("did it themselves"),
    }
    lines += [
        Markup("• {} × {}").format(n, why.get(reason, v.plain("not told")))
        for reason, n in told.withheld.items()
    ]
    rows = ((Button(v.plain("Open"), f"tr:show:{number}"), overview(v)),)
    return Message(Markup("\n").join(lines), buttons=rows)


def people(v: Voice, told: Told) -> Markup:
    """Say how many people are told."""
    return v.plural("{n} person is told.", "{n} people are told.", told.people)


def ask_reason(v: Voice, found: Contribution, language: str) -> Message:
    """Ask for the public reason in one language."""
    return _ask(
        v,
        found,
        language,
        v.say("<b>Why? Write the reason in French.</b>"),
        v.say("<b>Why? Write the reason in German.</b>"),
    )


def ask_whom(v: Voice, found: Contribution, language: str) -> Message:
    """Ask to whom it is passed on."""
    return _ask(
        v,
        found,
        language,
        v.say("<b>To whom is it passed on? Write it in French.</b>"),
        v.say("<b>To whom is it passed on? Write it in German.</b>"),
    )


def ask_who(v: Voice, found: Contribution, language: str) -> Message:
    """Ask who does it together."""
    return _ask(
        v,
        found,
        language,
        v.say("<b>Who does it together? Write it in French.</b>"),
        v.say("<b>Who does it together? Write it in German.</b>"),
    )


def ask_until(v: Voice, number: int, *, today: date) -> Message:
    """Ask until when something is done together."""
    options = [
        Button(v.day(today + timedelta(days=days), today=today), f"tr:until:{number}:{days}")
        for days in UNTIL
    ]
    leave = (Button(v.plain("‹ Back"), f"tr:say:{number}"),)
    lines = [v.say("<b>Until when?</b>"), v.say("Choose, or write a day, such as «15 March».")]
    return Message(Markup("\n").join(lines), buttons=(*((each,) for each in options), leave))


def ask_wanted(v: Voice, number: int) -> Message:
    """Ask how many hands are wanted."""
    options = [Button(str(many), f"tr:wanted:{number}:{many}") for many in WANTED]
    none = (Button(v.plain("Not said"), f"tr:wanted:{number}:0"),)
    leave = (Button(v.plain("‹ Back"), f"tr:say:{number}"),)
    return Message(
        v.say("<b>How many helpers are wanted?</b>"), buttons=(*pairs(options, wide=3), none, leave)
    )


def _ask(v: Voice, found: Contribution, language: str, fr: Markup, de: Markup) -> Message:
    words = found.text or found.title.told(v.language).text
    lines = [Markup("<blockquote>{}</blockquote>").format(words[:300])] if words else []
    lines.append(de if language == "de" else fr)
    lines.append(v.say("People read it as you write it."))
    leave = Button(v.plain("Cancel"), f"tr:say:{found.number}")
    return Message(Markup("\n").join(lines), buttons=((leave,),))


def _to_say(v: Voice, found: Contribution, missing: Sequence[Missing]) -> Rows:
    n, decision = found.number, found.decision
    rows: list[tuple[Button, ...]] = []
    if not missing and found.untold:
        rows.append((Button(v.plain("📣 Publish now"), f"tr:publish:{n}"),))
    if decision.state is State.PASSED_ON:
        rows.append(
            (
                Button(
                    _done(v.plain("To whom, French"), "fr" in decision.passed_to),
                    _at(n, "whom", "fr"),
                ),
                Button(
                    _done(v.plain("To whom, German"), "de" in decision.passed_to),
                    _at(n, "whom", "de"),
                ),
            )
        )
    if decision.state is State.TOGETHER:
        helpers = decision.helpers
        rows.append(
            (
                Button(_done(v.plain("Who, French"), "fr" in helpers.who), _at(n, "who", "fr")),
                Button(_done(v.plain("Who, German"), "de" in helpers.who), _at(n, "who", "de")),
            )
        )
        until = Button(_done(v.plain("Until when"), helpers.until is not None), f"tr:untils:{n}")
        many = Button(_done(v.plain("How many helpers"), bool(helpers.wanted)), f"tr:wanteds:{n}")
        rows.append((until, many))
    rows.append(
        (
            Button(_done(v.plain("Reason, French"), "fr" in decision.reason), _at(n, "why", "fr")),
            Button(_done(v.plain("Reason, German"), "de" in decision.reason), _at(n, "why", "de")),
        )
    )
    rows.append((Button(v.plain("📄 Ready-made reasons"), f"tr:reasons:{n}"),))
    rows.append((Button(v.plain("Decide otherwise"), f"tr:decide:{n}"),))
    return (*rows, *_undo(v, found), (back(v, n),))


def _undo(v: Voice, found: Contribution) -> Rows:
    if not found.untold or found.told is None:
        return ()
    return ((Button(v.plain("Leave it as it was told"), f"tr:astold:{found.number}"),),)


def _at(number: int, what: str, language: str) -> str:
    return f"tr:{what}:{number}:{language}"


def _done(label: str, is_said: bool) -> str:  # noqa: FBT001 - a mark before a label
    return f"✓ {label}" if is_said else f"✍️ {label}"


def _mark(v: Voice, state: State, found: Contribution) -> str:
    word = state_word(v, state)
    return f"✓ {word}" if state is found.state else word
