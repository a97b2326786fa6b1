"""A contribution while it is being gathered: message by message, in any order, until it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from bot.domain.contributions import Draft, Kind
from bot.text import MAX_TEXT

GATHERING, PLACING = "contributing", "contributing_place"
"""Dialogues in which the next message is a piece of the draft, or the street it is about."""

WAITING, REWRITING = "contribution_waits", "contribution_rewritten"
"""Dialogues in which the draft only waits, or the next message is new words for one already sent."""

OF_A_DRAFT = frozenset({GATHERING, PLACING, WAITING, REWRITING})

ENTERING, ENTRY_WAITS = "entering", "entry_waits"
"""Dialogues in which the team enters something for somebody, and in which that only waits."""

OF_AN_ENTRY = frozenset({ENTERING, ENTRY_WAITS})

MOST_PHOTOS = 6
"""Photos of one contribution; more of the same place rarely say more."""

MOST_PIECES = 30
"""Messages that make one contribution."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one message brought; corrected on the phone, it comes again under the same number."""

    message: int
    text: str = ""
    photo: str = ""
    voice: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A draft under way: `base` is what buttons chose, `pieces` is what was written or sent.

    `declined` are the contributions that were offered and are something else; `rewriting` is the
    number of one already sent, whose words are being changed meanwhile; `asked` tells that the
    question about an answer has been put, `cared` that the help lines were shown before going on.
    """

    base: Draft
    pieces: tuple[Piece, ...] = ()
    declined: tuple[int, ...] = ()
    rewriting: int | None = None
    asked: bool = False
    cared: bool = False

    @property
    def draft(self) -> Draft:
        """The draft as it would be sent now."""
        voices = [piece.voice for piece in self.pieces if piece.voice]
        return replace(
            self.base,
            text="\n".join(piece.text for piece in self.pieces if piece.text),
            photos=tuple(piece.photo for piece in self.pieces if piece.photo)[:MOST_PHOTOS],
            voice=voices[-1] if voices else None,
        )

    @property
    def empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not (self.pieces or self.base.point or self.base.address or self.base.neighbourhood)

    @property
    def album(self) -> str:
        """The album to which the latest message belongs; "" if to none."""
        return self.pieces[-1].album if self.pieces else ""

    @property
    def full(self) -> bool:
        """Whether no more is taken before it is sent."""
        return len(self.pieces) >= MOST_PIECES or len(self.draft.text) >= MAX_TEXT

    @property
    def left_out(self) -> str:
        """What came and is not sent along: `photos` beyond the most, earlier `voices`; "" if nothing."""
        if sum(bool(piece.photo) for piece in self.pieces) > MOST_PHOTOS:
            return "photos"
        return "voices" if sum(bool(piece.voice) for piece in self.pieces) > 1 else ""

    def holds(self, piece: Piece) -> bool:
        """Tell whether the message of this piece belongs to the draft already."""
        return any(each.message == piece.message for each in self.pieces)

    def with_piece(self, piece: Piece) -> Sketch:
        """Return the sketch with one more piece, or with a corrected one at its place."""
        if self.holds(piece):
            kept = [piece if each.message == piece.message else each for each in self.pieces]
            return replace(self, pieces=tuple(kept))
        return replace(self, pieces=(*self.pieces, piece))

    def without(self, part: str) -> Sketch:
        """Return the sketch without its `text`, `photos`, `voice` or `place`."""
        if part == "place":
            base = replace(self.base, point=None, address="", neighbourhood=None)
            return replace(self, base=base)
        field = {"photos": "photo"}.get(part, part)
        if field not in {"text", "photo", "voice"}:
            return self
        bare = [Piece(**{**asdict(piece), field: ""}) for piece in self.pieces]
        kept = tuple(piece for piece in bare if piece.text or piece.photo or piece.voice)
        return replace(self, pieces=kept)

    def to_json(self) -> dict[str, Any]:
        """Return the sketch as JSON values for the row in which it waits."""
        return {
            **self.draft.to_json(),
            "pieces": [
                {name: value for name, value in asdict(piece).items() if value}
                for piece in self.pieces
            ],
            "declined": list(self.declined),
            "rewriting": self.rewriting,
            "asked": self.asked,
            "cared": self.cared,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the sketch that `to_json` took apart."""
        return cls(
            replace(Draft.from_json(data), text="", photos=(), voice=None),
            tuple(Piece(**piece) for piece in data.get("pieces", ())),
            tuple(data.get("declined", ())),
            data.get("rewriting"),
            data.get("asked", False),
            data.get("cared", False),
        )


def steps(kind: Kind | None) -> int:
    """Return how many steps there are; nobody is asked whether thanks want an answer."""
    return 2 if kind is Kind.THANKS else 3
