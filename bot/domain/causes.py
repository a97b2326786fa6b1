"""Why something is written: the update that caused it, remembered in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Cause:
    """One incoming update; `settled` turns True once it is remembered in a committed transaction.

    A store that is asked to write for a cause remembers `update_id` first, so that an effect and the
    memory of its update commit together or not at all.
    """

    update_id: int
    settled: bool = False
