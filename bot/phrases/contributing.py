"""Bringing an idea or a concern: from the first tap to the preview, each step in a few short lines."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.contributions import RESIDENTS_KINDS, Draft, Kind, NameLevel
from bot.domain.directory import Neighbourhood
from bot.domain.drafting import MOST_PHOTOS, steps
from bot.domain.messages import Button, Message
from bot.i18n import Voice
from bot.phrases.contributions import who_sees
from bot.phrases.names import level_name
from bot.text import clean

QUOTE = 1500
"""Characters of a draft shown to the one who writes it."""

Rows = tuple[tuple[Button, ...], ...]


def ask_kind(v: Voice, shown: Sequence[Markup] = ()) -> Message:
    """Ask what somebody brings, below what is there already."""
    labels = {
        Kind.IDEA: v.plain("💡 An idea"),
        Kind.WISH: v.plain("🌟 A wish"),
        Kind.CONCERN: v.plain("⚠️ A concern"),
        Kind.THANKS: v.plain("🙏 Thanks"),
        Kind.OFFER: v.plain("🤝 An offer of help"),
    }
    kinds = [Button(labels[kind], f"ct:kind:{kind}") for kind in RESIDENTS_KINDS]
    rows = [tuple(kinds[i : i + 2]) for i in range(0, len(kinds), 2)]
    lines = [*shown, v.say("<b>What would you like to tell the team?</b>")]
    return Message(Markup("\n").join(lines), buttons=(*rows, (_cancel(v),)))


def gathering(v: Voice, draft: Draft, *, place: str, note: Markup | None = None) -> Message:
    """Show what has been gathered, or invite the first words; `note` answers the latest message."""
    lines = [note] if note else []
    lines.append(_head(v, draft, step=1))
    shown = contents(v, draft, place=place)
    ready = not draft.missing()
    if not shown:
        lines.append(
            v.say("Write it in your own words, or send a photo, a voice message or a place (📎).")
        )
        lines.append(v.say("In any order, as many messages as you like."))
    elif ready:
        lines += [*shown, v.say("Add something, or go on.")]
    else:
        lines += [*shown, v.say("A few words, a photo or a voice message are still missing.")]
    where = Button(v.plain("📍 Where?"), "ct:where")
    rows: Rows = ((where, _cancel(v)),)
    if ready:
        change = Button(v.plain("✏️ Change"), "ct:fix")
        rows = ((Button(v.plain("Go on ›"), "ct:on"),), (where, change), (_cancel(v),))
    return Message(Markup("\n").join(lines), buttons=rows)


def contents(v: Voice, draft: Draft, *, place: str) -> list[Markup]:
    """Return what a draft holds: words, photos, voice, place."""
    lines = []
    if draft.text:
        lines.append(Markup("<blockquote>{}</blockquote>").format(_cut(draft.text)))
    if draft.photos:
        lines.append(v.plural("📷 {n} photo", "📷 {n} photos", len(draft.photos)))
    if draft.voice:
        lines.append(
            v.say(
                "🎧 Voice message: no machine writes it down. Somebody of the team listens and types;"
                " you confirm."
            )
        )
    return [*lines, *place_line(v, place, pin=draft.point is not None)]


def place_line(v: Voice, place: str, *, pin: bool) -> list[Markup]:
    """Return where it is, as far as it is known: on the map, in words, or both."""
    if pin and place:
        return [v.say("📍 {place}, and a place on the map", place=place)]
    if pin:
        return [v.say("📍 A place on the map")]
    return [v.say("📍 {place}", place=place)] if place else []


def ask_place(v: Voice, neighbourhoods: Sequence[Neighbourhood], *, chosen: bool) -> Message:
    """Ask where it is: by neighbourhood, in words, or with the phone's own map."""
    buttons = [Button(n.name.told(v.language).text, f"ct:in:{n.id}") for n in neighbourhoods]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    if chosen:
        rows.append((Button(v.plain("Without a place"), "ct:drop:place"),))
    rows.append((Button(v.plain("‹ Back"), "ct:draft"),))
    lines = [
        v.say("<b>Where is it?</b>"),
        v.say("Choose, write the street, or send a place with 📎."),
    ]
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def ask_change(v: Voice, draft: Draft, *, place: bool) -> Message:
    """Ask what of a draft is to be changed."""
    rows = [(Button(v.plain("It is something else (idea, wish …)"), "ct:kinds"),)]
    if draft.text:
        rows.append((Button(v.plain("Write the words anew"), "ct:drop:text"),))
    if draft.photos:
        rows.append((Button(v.plain("Without photos"), "ct:drop:photos"),))
    if draft.voice:
        rows.append((Button(v.plain("Without the voice message"), "ct:drop:voice"),))
    if place:
        rows.append((Button(v.plain("Without a place"), "ct:drop:place"),))
    rows.append((Button(v.plain("‹ Back"), "ct:draft"),))
    return Message(v.say("What would you like to change?"), buttons=tuple(rows))


def ask_reply(v: Voice, draft: Draft) -> Message:
    """Ask whether an answer is wanted."""
    lines = [_head(v, draft, step=2), v.say("Would you like an answer?")]
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (
                Button(v.plain("Yes, please"), "ct:reply:yes"),
                Button(v.plain("No, thank you"), "ct:reply:no"),
            ),
            (Button(v.plain("‹ Back"), "ct:draft"),),
        ),
    )


def preview(v: Voice, draft: Draft, *, place: str) -> Message:
    """Show everything as it will be sent, and in one line who will see it."""
    lines = [_head(v, draft, step=steps(draft.kind)), *contents(v, draft, place=place)]
    if draft.level is not NameLevel.UNLINKABLE and draft.kind is not Kind.THANKS:
        lines.append(
            v.say("Answer: yes, here as a message.") if draft.wants_reply else v.say("Answer: no.")
        )
    lines += [Markup(""), who_sees(v, draft.level)]
    name = v.plain("🔒 My name: {level}", level=level_name(v, draft.level))
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("📨 Send"), "ct:send"),),
            (Button(name, "ct:names"),),
            (Button(v.plain("✏️ Change"), "ct:draft"), _cancel(v)),
        ),
    )


def resume(v: Voice, draft: Draft) -> Message:
    """Offer to go on with what waits, or to begin anew."""
    lines = [v.say("You have begun something:")]
    if draft.text:
        lines.append(Markup("<blockquote>{}</blockquote>").format(_cut(draft.text)))
    return Message(
        Markup("\n").join(lines),
        buttons=(
            (Button(v.plain("▶️ Resume"), "ct:draft"),),
            (Button(v.plain("Begin anew"), "ct:new"),),
        ),
    )


def waits(v: Voice) -> Message:
    """Say that a draft waits while the person looks at something else."""
    return Message(
        v.say("What you have begun waits for you, seven days."),
        buttons=(
            (Button(v.plain("▶️ Resume"), "ct:draft"), Button(v.plain("Drop it"), "ct:cancel")),
        ),
    )


def dropped(v: Voice) -> Message:
    """Confirm that a draft is gone."""
    return Message(v.say("✓ Dropped. Nothing was sent."))


def sending(v: Voice) -> Message:
    """Say in place of the preview that it is on its way; the receipt follows."""
    return Message(v.say("📨 Sent. Thank you!"))


def sent_already(v: Voice) -> Message:
    """Answer a second tap on "Send", or one that comes much too late."""
    return Message(
        v.say("There is nothing more to send: it has been sent, or was dropped."),
        buttons=((Button(v.plain("💡 My ideas and concerns"), "ct:mine"),),),
    )


def left_out(v: Voice, part: str) -> Markup | None:
    """Say what came and is not sent along, None if nothing."""
    if part == "photos":
        return v.say("ℹ️ I take the first {n} photos.", n=MOST_PHOTOS)
    return v.say("ℹ️ One voice message is taken, the latest.") if part == "voices" else None


def not_taken(v: Voice, refused: str) -> Markup:
    """Say what can be taken instead of what came."""
    if refused == "size":
        return v.say("ℹ️ This file is too large for me. A shorter one works.")
    if refused == "full":
        return v.say("ℹ️ No more fits in. Please send this first, then begin anew.")
    return v.say("ℹ️ I can take words, photos, voice messages and places.")


def _head(v: Voice, draft: Draft, *, step: int) -> Markup:
    match draft.kind:
        case Kind.IDEA:
            head = v.say("💡 <b>Your idea</b>")
        case Kind.WISH:
            head = v.say("🌟 <b>Your wish</b>")
        case Kind.CONCERN:
            head = v.say("⚠️ <b>Your concern</b>")
        case Kind.THANKS:
            head = v.say("🙏 <b>Your thanks</b>")
        case Kind.OFFER:
            head = v.say("🤝 <b>Your offer of help</b>")
        case _:
            head = v.say("<b>For the team</b>")
    count = v.say("step {n} of {m}", n=step, m=steps(draft.kind))
    return Markup("{} · {}").format(head, count)


def _cancel(v: Voice) -> Button:
    return Button(v.plain("Cancel"), "ct:cancel")


def _cut(text: str) -> str:
    return clean(text, limit=QUOTE) + "…" if len(text) > QUOTE else text
