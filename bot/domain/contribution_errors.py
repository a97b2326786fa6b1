"""Why a contribution is refused, by name; the phrases say it kindly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.contribution_states import Missing
from bot.domain.errors import RefusedError


class IncompleteError(RefusedError):
    """A decision cannot be published yet: `missing` says what is to be added."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        """Keep what is missing."""
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class UnfinishedError(RefusedError):
    """A draft cannot be sent yet: `missing` names what (`kind`, `content`)."""

    def __init__(self, missing: Sequence[str]) -> None:
        """Keep what is missing."""
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class UnlinkableError(RefusedError):
    """Photos, voices and addresses point to a person: an unlinkable contribution carries none."""

    def __init__(self, carries: Sequence[str]) -> None:
        """Keep what it carries (`photos`, `voice`, `address`)."""
        super().__init__(", ".join(carries))
        self.carries = tuple(carries)


class LimitedError(RefusedError):
    """The team has asked this sender to pause, `until` a moment or (None) until further notice."""

    def __init__(self, until: datetime | None) -> None:
        """Keep the end of the pause."""
        super().__init__("limited")
        self.until = until


class UnreviewedError(RefusedError):
    """Nothing may stand on the board before the team has given it a title."""


class PhotoError(RefusedError):
    """A file is no photo that we take: `reason` is `not_an_image`, `too_large` or `too_many_pixels`."""

    def __init__(self, reason: str) -> None:
        """Keep why."""
        super().__init__(reason)
        self.reason = reason
