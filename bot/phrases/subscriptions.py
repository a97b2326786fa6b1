"""What a resident receives unasked: asked once, chosen one by one, taken back with one tap."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from bot.domain.directory import Neighbourhood
from bot.domain.messages import Button, Message
from bot.domain.subscriptions import CATEGORIES, EVERYTHING, About, Subscription
from bot.domain.town import Centre
from bot.i18n import Voice

_SAID = {About.NEIGHBOURHOOD: "n", About.CENTRE: "c", About.CATEGORY: "t", About.ALL: "a"}


def category_name(v: Voice, category: str) -> str:
    """Return a theme one may subscribe to, in words; "" for an unknown one."""
    return {
        "children": v.plain("children and families"),
        "youth": v.plain("young people"),
        "seniors": v.plain("older people"),
        "language": v.plain("languages and learning"),
        "health": v.plain("health and sport"),
        "leisure": v.plain("culture and leisure"),
        "nature": v.plain("nature and environment"),
        "together": v.plain("living together"),
    }.get(category, "")


def ask(v: Voice, sender: str) -> Message:
    """Ask a newcomer, once, whether they may be written to; nothing comes without a yes."""
    return Message(
        v.say(
            "One more thing: may I write to you when {sender} has news? "
            "That is rare, and one tap ends it.",
            sender=sender,
        ),
        buttons=(
            (Button(v.plain("Yes, please"), "sub:yes"), Button(v.plain("No, thank you"), "sub:no")),
        ),
    )


def agreed(v: Voice) -> Message:
    """Confirm the yes, with the way to choose."""
    return Message(
        v.say("✓ I will write to you when there is news. You can change this at any time."),
        buttons=((Button(v.plain("Choose what I receive"), "sub:page"),),),
    )


def refused(v: Voice) -> Message:
    """Confirm that nothing comes unasked."""
    return Message(
        v.say("✓ You receive no announcements. You can still ask me anything."),
        buttons=((Button(v.plain("Choose what I receive"), "sub:page"),),),
    )


def page(v: Voice, wishes: Collection[Subscription], *, paused: bool) -> Message:
    """Show what the resident receives; each line is a switch."""
    lines = [v.say("<b>What I receive</b>")]
    if paused:
        lines.append(v.say("At the moment I do not write to you unasked; your choice waits."))
    lines.append(v.say("Tap what you would like to hear of.") if not wishes else Markup(""))
    marks = {about: sum(each.about is about for each in wishes) for about in About}
    rows = [
        (_switch(v.plain("Town and my neighbourhood"), EVERYTHING, wishes),),
        (_more(v.plain("Neighbourhoods"), "n", marks[About.NEIGHBOURHOOD]),),
        (_more(v.plain("Centres"), "c", marks[About.CENTRE]),),
        (_more(v.plain("Themes"), "t", marks[About.CATEGORY]),),
    ]
    if wishes:
        rows.append((Button(v.plain("🔕 Nothing any more"), "sub:none"),))
    if paused:
        rows.append((Button(v.plain("Write to me again"), "resume:"),))
    return Message(Markup("\n").join(filter(None, lines)), buttons=tuple(rows))


def neighbourhoods(
    v: Voice, known: Sequence[Neighbourhood], wishes: Collection[Subscription]
) -> Message:
    """Show the neighbourhoods as switches."""
    options = [
        (Subscription(About.NEIGHBOURHOOD, n.id), n.name.told(v.language).text) for n in known
    ]
    return _options(v, v.say("<b>News of which neighbourhoods?</b>"), options, wishes)


def centres(v: Voice, known: Sequence[Centre], wishes: Collection[Subscription]) -> Message:
    """Show the centres as switches."""
    options = [(Subscription(About.CENTRE, c.id), c.name.told(v.language).text) for c in known]
    return _options(v, v.say("<b>News of which centres?</b>"), options, wishes)


def themes(v: Voice, wishes: Collection[Subscription]) -> Message:
    """Show the themes as switches."""
    options = [(Subscription(About.CATEGORY, c), category_name(v, c)) for c in CATEGORIES]
    return _options(v, v.say("<b>News on which themes?</b>"), options, wishes)


def less(v: Voice) -> Button:
    """Return the button under everything that comes unasked."""
    return Button(v.plain("🔕 Fewer or none"), "sub:less")


def _options(
    v: Voice,
    head: Markup,
    options: Sequence[tuple[Subscription, str]],
    wishes: Collection[Subscription],
) -> Message:
    rows = [(_switch(label, wish, wishes),) for wish, label in options]
    back = (Button(v.plain("‹ Back"), "sub:page"),)
    return Message(head, buttons=(*rows, back))


def _switch(label: str, wish: Subscription, wishes: Collection[Subscription]) -> Button:
    on = wish in wishes
    code = _SAID[wish.about]
    return Button(
        f"{'✅' if on else '⬜'} {label}", f"sub:{'off' if on else 'on'}:{code}:{wish.value}"
    )


def _more(label: str, code: str, chosen: int) -> Button:
    return Button(f"{label} ({chosen}) ›" if chosen else f"{label} ›", f"sub:list:{code}")


def read_code(code: str) -> About | None:
    """Return what a switch is about; None for what is none of ours."""
    return next((about for about, said in _SAID.items() if said == code), None)
