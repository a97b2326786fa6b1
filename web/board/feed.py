"""The board's news as an Atom feed: one entry for each contribution, the same name whatever changes in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from bot.domain.anonymity import Shown
from bot.text import clean
from web.board.views import Card

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says of itself; `town` is who publishes it, `home` names it for ever."""

    title: str
    subtitle: str
    town: str
    language: str
    home: str
    page: str
    own: str


def feed(head: FeedHead, entries: Sequence[tuple[Shown, Card, str]]) -> bytes:
    """Return the feed of these contributions, each with its card and the address of its page."""
    register_namespace("", _ATOM)
    root = Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": head.language})
    _add(root, "id", _name(head.home, head.language, "feed"))
    _add(root, "title", head.title)
    _add(root, "subtitle", head.subtitle)
    _add(root, "updated", _moment(max((_news(shown) for shown, _, _ in entries), default=None)))
    SubElement(root, f"{{{_ATOM}}}link", rel="self", type="application/atom+xml", href=head.own)
    SubElement(root, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=head.page)
    _add(SubElement(root, f"{{{_ATOM}}}author"), "name", head.town)
    for shown, card, page in entries:
        _entry(root, head, shown, card, page=page)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: Element, head: FeedHead, shown: Shown, card: Card, *, page: str) -> None:
    entry = SubElement(root, f"{{{_ATOM}}}entry")
    _add(entry, "id", _name(head.home, head.language, str(shown.number)))
    title = _add(entry, "title", f"{card.label}: {card.title.words}")
    title.set(f"{{{_XML}}}lang", card.title.language)
    _add(entry, "updated", _moment(_news(shown)))
    SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=page)
    SubElement(entry, f"{{{_ATOM}}}category", term=shown.column.value, label=card.kind)
    told = [card.standing.striptags(), card.reason.words, card.gist.words]
    _add(entry, "summary", "\n\n".join(line for line in told if line))


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = clean(text)
    return child


def _news(shown: Shown) -> datetime:
    return shown.shown_at or _BEGINNING


def _moment(moment: datetime | None) -> str:
    return (moment or _BEGINNING).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _name(home: str, language: str, what: str) -> str:
    return uuid5(NAMESPACE_URL, f"{home}/board/{language}/{what}").urn
