"""Refusals and failures by name; whoever meets the person puts them into words, nobody else."""

from __future__ import annotations


class QuartierbotError(Exception):
    """The base of every error that this project raises on purpose."""


class RefusedError(QuartierbotError):
    """Something a person asked for may not or cannot happen; nothing was changed."""


class NotAllowedError(RefusedError):
    """The person's role does not (or no longer) permit this."""


class CoordinatorsOnlyError(NotAllowedError):
    """Somebody of the team asked for what coordinators alone may do."""


class OutdatedError(RefusedError):
    """The button speaks of something that has moved on since it was shown."""


class InvitationError(RefusedError):
    """The start link was never valid, is used up or is older than its day."""


class TooMuchError(RefusedError):
    """The person has used up what is reasonable for a while."""


class OnlyPrivateError(RefusedError):
    """This concerns one person alone and was asked in a group."""


class OperatorError(QuartierbotError):
    """Something whoever runs the bot must mend: `remedy` says how, in one line."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        """Keep what is wrong and what to do about it."""
        super().__init__(message)
        self.remedy = remedy

    def __str__(self) -> str:
        """Return problem and remedy in one line."""
        problem = str(self.args[0])
        return f"{problem} {self.remedy}" if self.remedy else problem


class RepeatedError(QuartierbotError):
    """This update has had its effect already; nothing is done twice."""
