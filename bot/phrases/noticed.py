"""What somebody reads in the chat who has come from the board or its poster."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.anonymity import Shown
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.alike import told
from bot.phrases.contributions import kind_name, state_sentence
from bot.phrases.leaving import see, the_board

_GIST = 140


def page(v: Voice, shown: Shown, *, place: str, concerned: bool, board: str | None) -> Message:
    """Show one contribution of the board; joining is one tap, unless one is concerned already."""
    number = shown.number
    head = v.say("<b>No. {number}</b>, {kind}", number=number, kind=kind_name(v, shown.kind))
    lines = [Markup(" · ").join([head, *([Markup("{}").format(place)] if place else [])])]
    lines.append(Markup("«{}»").format(told(v, shown.title, limit=_GIST)))
    gist = told(v, shown.summary, limit=_GIST)
    lines += [gist] if gist else []
    lines.append(state_sentence(v, shown.decision, today=shown.received_on))
    if shown.supports:
        lines.append(
            v.plural("👍 at least {n} support", "👍 at least {n} supports", shown.supports)
        )
    tap = (
        Button(v.plain("How it stands"), f"ct:show:{number}")
        if concerned
        else Button(v.plain("👍 I think so too"), f"bd:join:{number}")
    )
    return Message(Markup("\n").join(lines), buttons=((tap,), *see(v, board)))


def gone(v: Voice, number: int, *, board: str | None) -> Message:
    """Say that a contribution stands on the board no longer."""
    text = v.say("No. {number} stands on the board no longer.", number=number)
    return Message(text, buttons=the_board(v, board))
