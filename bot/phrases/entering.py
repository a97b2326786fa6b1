"""Entering for somebody what came on paper, by phone or at the counter."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.contributions import RESIDENTS_KINDS, Draft, Origin
from bot.domain.directory import Neighbourhood
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.contributing import contents
from bot.phrases.contributions import kind_name
from bot.phrases.menu import NAMES
from bot.phrases.triage import Rows, overview, pairs


def ask_origin(v: Voice) -> Message:
    """Ask how something came that is entered for somebody."""
    rows: Rows = (
        (
            Button(v.plain("📄 On paper"), "tr:from:paper"),
            Button(v.plain("☎️ By phone"), "tr:from:phone"),
        ),
        (
            Button(v.plain("🙋 At the counter"), "tr:from:counter"),
            Button(v.plain("👁 Our own observation"), "tr:from:team"),
        ),
        (overview(v),),
    )
    return Message(v.say("<b>How did it come to you?</b>"), buttons=rows)


def ask_kind(v: Voice, origin: Origin) -> Message:
    """Ask what it is that is entered."""
    options = [Button(kind_name(v, each), f"tr:as:{origin}:{each}") for each in RESIDENTS_KINDS]
    leave = (Button(v.plain("Cancel"), "tr:morning"),)
    return Message(v.say("What is it?"), buttons=(*pairs(options), leave))


def ask_words(v: Voice) -> Message:
    """Ask for what somebody has said or written."""
    lines = [
        v.say("<b>Write it as it was said</b>, without names."),
        v.say("A photo of the slip and a place (📎) work, too."),
    ]
    return Message(Markup("\n").join(lines), buttons=((_cancel(v),),))


def entering(
    v: Voice, draft: Draft, origin: Origin, *, place: str, note: Markup | None = None
) -> Message:
    """Show what is about to be entered; place and language are one tap each."""
    ways = {
        Origin.PAPER: v.plain("on paper"),
        Origin.PHONE: v.plain("by phone"),
        Origin.COUNTER: v.plain("at the counter"),
    }
    kind = kind_name(v, draft.kind) if draft.kind else ""
    way = ways.get(origin, v.plain("only the team sees it"))
    head = Markup("<b>{}</b> · {} · {}").format(kind, way, NAMES[draft.language])
    other = "fr" if draft.language == "de" else "de"
    names = {"fr": v.plain("In French"), "de": v.plain("In German")}
    rows: Rows = (
        (
            Button(v.plain("📍 Where?"), "tr:place"),
            Button(names[other], f"tr:speaks:{other}"),
        ),
        (Button(v.plain("Write the words anew"), "tr:anew"), _cancel(v)),
    )
    if not draft.missing():
        rows = ((Button(v.plain("✓ Enter it"), "tr:entered"),), *rows)
    lines = [*([note] if note else []), head, *contents(v, draft, place=place)]
    return Message(Markup("\n").join(lines), buttons=rows)


def ask_place(v: Voice, neighbourhoods: Sequence[Neighbourhood], *, chosen: bool) -> Message:
    """Ask where it is: by neighbourhood, by street, or as a place on the map."""
    quarters = [Button(n.name.told(v.language).text, f"tr:lies:{n.id}") for n in neighbourhoods]
    none: Rows = ((Button(v.plain("Without a place"), "tr:nowhere"),),) if chosen else ()
    lines = [
        v.say("<b>Where is it?</b>"),
        v.say("Choose, write the street, or send a place with 📎."),
    ]
    return Message(
        Markup("\n").join(lines),
        buttons=(*pairs(quarters), *none, (Button(v.plain("‹ Back"), "tr:slip"),)),
    )


def waits(v: Voice) -> Message:
    """Say that what was being entered waits while somebody looks at something else."""
    return Message(v.say("What you were entering waits for you, seven days."), buttons=_resume(v))


def resume(v: Voice, draft: Draft) -> Message:
    """Offer to go on with what waits, or to begin anew."""
    lines = [v.say("You have begun to enter something:")]
    lines += contents(v, draft, place=draft.address)
    return Message(Markup("\n").join(lines), buttons=_resume(v))


def dropped(v: Voice) -> Message:
    """Confirm that it is gone."""
    return Message(v.say("✓ Dropped. Nothing was entered."), buttons=((overview(v),),))


def no_voice(v: Voice) -> Markup:
    """Say what can be entered."""
    return v.say("ℹ️ Here I take words, photos and places.")


def entered(v: Voice, number: int) -> Message:
    """Confirm what was entered, with the number to tell the person."""
    text = v.say("✓ Entered as <b>No. {number}</b>. Tell the person this number.", number=number)
    return Message(text, buttons=((Button(v.plain("Open"), f"tr:open:{number}"), overview(v)),))


def _resume(v: Voice) -> Rows:
    return (
        (
            Button(v.plain("▶️ Resume"), "tr:slip"),
            Button(v.plain("Drop it"), "tr:slipgone"),
        ),
    )


def _cancel(v: Voice) -> Button:
    return Button(v.plain("Cancel"), "tr:slipgone")
