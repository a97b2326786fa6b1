"""Me too: what exists already about the same, and what joining means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.domain.contribution_lists import Alike
from bot.domain.contributions import Contribution
from bot.domain.localized import Localized, Told
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.contributed import state_word
from bot.phrases.contributions import kind_name
from bot.phrases.leaving import see
from bot.text import one_line

_TITLE, _SUMMARY = 120, 300


def offer(v: Voice, found: Sequence[Alike], *, places: Mapping[str, str]) -> Message:
    """Show what is alike before anything is sent: to join it is one tap, to go on another."""
    lines = [v.say("<b>Somebody has brought something like it. Is it the same?</b>")]
    for each in found:
        lines += [Markup(""), *_shown(v, each, place=places.get(each.neighbourhood or "", ""))]
    joins = [
        (
            Button(
                v.plain("👍 I think so too – follow No. {number}", number=each.number),
                f"ct:join:{each.number}",
            ),
        )
        for each in found
    ]
    return Message(
        Markup("\n").join(lines),
        buttons=(
            *joins,
            (Button(v.plain("No, mine is different"), "ct:other"),),
            (Button(v.plain("‹ Back"), "ct:draft"),),
        ),
    )


def joined(v: Voice, contribution: Contribution, *, board: str | None = None) -> Message:
    """Confirm that somebody supports a contribution, and what follows; `board` is its public page."""
    number = contribution.number
    lines = [
        v.say("✓ You support <b>No. {number}</b>.", number=number),
        v.say("What happens next: you hear here what becomes of it."),
        v.say("Who sees it: nobody learns who supports, only about how many."),
    ]
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("How it stands"), f"ct:show:{number}"),),
            *see(v, board),
            (Button(v.plain("Support it no longer"), f"ct:leave:{number}"),),
        ),
    )


def left(v: Voice, number: int) -> Message:
    """Confirm that somebody supports it no longer."""
    return Message(v.say("✓ You support No. {number} no longer.", number=number))


def told(v: Voice, text: Localized, *, limit: int) -> Markup:
    """Return a text of the team's in the reader's language, or marked as being in the other one."""
    best = text.told(v.language)
    line = Markup("{}").format(one_line(best.text, limit=limit))
    return Markup("{} {}").format(line, _foreign(v, best)) if best.foreign else line


def _shown(v: Voice, each: Alike, *, place: str) -> list[Markup]:
    head = v.say("<b>No. {number}</b>, {kind}", number=each.number, kind=kind_name(v, each.kind))
    facts = [head, Markup("{}").format(state_word(v, each.state))]
    if each.metres is not None and each.metres < _NEAR:
        facts.append(v.say("less than 100 m away"))
    elif each.metres is not None:
        facts.append(v.say("about {metres} m away", metres=each.metres))
    elif place:
        facts.append(Markup("{}").format(place))
    if each.supports:
        facts.append(v.plural("at least {n} support", "at least {n} supports", each.supports))
    lines = [Markup(" · ").join(facts)]
    if not each.reviewed:
        day = v.date(each.received_on)
        about = ", ".join(name.told(v.language).text for name in each.shared)
        lines += [v.say("It is about: {topics}", topics=about)] if about else []
        return [*lines, v.say("Came in on {day}; the team has not looked at it yet.", day=day)]
    words = [told(v, each.title, limit=_TITLE), told(v, each.summary, limit=_SUMMARY)]
    return [*lines, *[Markup("«{}»").format(words[0])], *[line for line in words[1:] if line]]


def _foreign(v: Voice, best: Told) -> Markup:
    return v.say("(in German)") if best.language == "de" else v.say("(in French)")


_NEAR = 100
