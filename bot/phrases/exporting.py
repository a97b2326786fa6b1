"""The desk at which a coordinator takes contributions home as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from markupsafe import Markup

from bot.domain.cases import View
from bot.domain.contribution_lists import Filters
from bot.domain.exports import Delivery, Form, Progress, Wanted
from bot.domain.messages import Attachment, Button, Message
from bot.i18n import Voice
from bot.phrases.triage import overview, pairs

_FORMS = tuple(Form)
_PARTS = 3


class Which(StrEnum):
    """Which contributions; the values travel in buttons. `VIEW` is the list as it was narrowed down."""

    ALL = "a"
    OPEN = "o"
    YEAR = "y"
    VIEW = "v"


@dataclass(frozen=True, slots=True)
class Choice:
    """What has been chosen so far; it travels in a button as a short code."""

    form: Form = Form.XLSX
    which: Which = Which.ALL
    public: bool = False

    def code(self) -> str:
        """Return the choice as a button carries it, e.g. `0ap`."""
        return f"{_FORMS.index(self.form)}{self.which}{'p' if self.public else 't'}"

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the choice of a code; what is not understood is as at the beginning."""
        if len(code) != _PARTS:
            return cls()
        form, which, public = tuple(code)
        return cls(
            dict(zip(map(str, range(len(_FORMS))), _FORMS, strict=True)).get(form, Form.XLSX),
            next((each for each in Which if each == which), Which.ALL),
            public == "p",
        )

    def wanted(self, view: View, *, me: str, new_year: datetime, language: str) -> Wanted:
        """Return the export that was chosen; Excel reads accents only after a mark at the beginning."""
        filters = {
            Which.ALL: Filters(open_only=False),
            Which.OPEN: Filters(),
            Which.YEAR: Filters(open_only=False, since=new_year),
            Which.VIEW: view.filters(me),
        }[self.which]
        return Wanted(self.form, filters, public=self.public, language=language, bom=True)


def desk(v: Voice, choice: Choice, view: View) -> Message:
    """Show what is chosen; every press changes one thing, in place."""
    lines = [v.say("<b>📤 Export</b>"), _who_reads(v, choice)]
    narrowed = view != View()
    which = [each for each in Which if each is not Which.VIEW or narrowed]
    rows = [
        *pairs([_form(v, choice, each, view) for each in Form], wide=3),
        *pairs([_which(v, choice, each, view) for each in which]),
    ]
    if choice.form is not Form.DECIDIM:
        rows.append(tuple(_columns(v, choice, view)))
    rows.append((Button(v.plain("✅ Make the file"), _action("make", choice, view)),))
    rows.append((overview(v),))
    return Message(Markup("\n").join(lines), buttons=tuple(rows))


def begun(v: Voice) -> Message:
    """Say that it has begun."""
    return Message(v.say("⏳ I am making the file …"))


def under_way(v: Voice, progress: Progress) -> Message:
    """Say how far it is."""
    return Message(
        v.say("⏳ {done} of {total} …", done=progress.done, total=progress.total),
    )


def made(v: Voice, delivery: Delivery, choice: Choice, view: View) -> Message:
    """Say what is in the file, in place of the progress."""
    if not delivery.rows:
        text = v.say("There is nothing to export with these choices.")
        return Message(text, buttons=_again(v, choice, view))
    lines = [
        v.plural("✓ {n} contribution exported.", "✓ {n} contributions exported.", delivery.rows)
    ]
    if delivery.placeless:
        lines.append(
            v.plural(
                "{n} of them has no place and is not on the map.",
                "{n} of them have no place and are not on the map.",
                delivery.placeless,
            )
        )
    return Message(Markup("\n").join(lines))


def documents(v: Voice, delivery: Delivery, choice: Choice, view: View) -> list[Message]:
    """Hand over the files, each with what is to be known about it; the way on is under the last."""
    if not delivery.rows:
        return []
    last = delivery.files[-1]
    return [
        Message(
            note,
            buttons=_again(v, choice, view) if file is last else (),
            attachment=Attachment(file.name, file.content),
        )
        for file, note in zip(delivery.files, _notes(v, choice), strict=True)
    ]


def too_large(v: Voice, choice: Choice, view: View) -> Message:
    """Say that it is too much for one message, and what helps."""
    text = v.say("This is too large for Telegram. Please take Excel, or fewer contributions.")
    return Message(text, buttons=_again(v, choice, view))


def failed(v: Voice) -> Message:
    """Say that it was not made."""
    text = v.say("That did not work; nothing was made. Please try again.")
    return Message(text, buttons=((overview(v),),))


def way_here(v: Voice, view: View | None = None) -> Button:
    """Return the way to the desk, from a list as it has been narrowed down or from anywhere."""
    choice = Choice(which=Which.VIEW if view and view != View() else Which.ALL)
    return Button(v.plain("📤 Export"), _action("show", choice, view or View()))


def _notes(v: Voice, choice: Choice) -> Sequence[Markup]:
    if choice.form is Form.DECIDIM:
        return [
            v.say("Proposals for Decidim: only what stands on the board."),
            v.say(
                "The answers to them. Decidim gives each proposal a number of its own: write it into the"
                " column <b>id</b> before you import this."
            ),
        ]
    if choice.public:
        return [v.say("Only what stands on the board; this may be published.")]
    return [v.say("🔒 For the team: it holds people's own words. Please do not pass it on.")]


def _who_reads(v: Voice, choice: Choice) -> Markup:
    if choice.form is Form.DECIDIM or choice.public:
        return v.say("Only what stands on the board: no author's words, rounded places.")
    return v.say("With people's own words, so for the team alone. It does not say who wrote them.")


def _form(v: Voice, choice: Choice, form: Form, view: View) -> Button:
    label = {
        Form.XLSX: "Excel",
        Form.CSV: "CSV",
        Form.JSON: "JSON",
        Form.GEOJSON: v.plain("Map"),
        Form.DECIDIM: "Decidim",
    }[form]
    return _option(label, choice, replace(choice, form=form), view)


def _which(v: Voice, choice: Choice, which: Which, view: View) -> Button:
    label = {
        Which.ALL: v.plain("All"),
        Which.OPEN: v.plain("Open ones"),
        Which.YEAR: v.plain("This year"),
        Which.VIEW: v.plain("As filtered"),
    }[which]
    return _option(label, choice, replace(choice, which=which), view)


def _columns(v: Voice, choice: Choice, view: View) -> list[Button]:
    labels = {False: v.plain("🔒 For the team"), True: v.plain("🌍 For everybody")}
    return [
        _option(label, choice, replace(choice, public=public), view)
        for public, label in labels.items()
    ]


def _option(label: str, choice: Choice, chosen: Choice, view: View) -> Button:
    mark = "● " if chosen == choice else ""
    return Button(f"{mark}{label}", _action("show", chosen, view))


def _again(v: Voice, choice: Choice, view: View) -> tuple[tuple[Button, ...], ...]:
    return ((Button(v.plain("Another file"), _action("show", choice, view)), overview(v)),)


def _action(verb: str, choice: Choice, view: View) -> str:
    return f"ex:{verb}:{choice.code()}:{view.code()}"
