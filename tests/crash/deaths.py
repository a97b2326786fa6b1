"""Lets a process kill itself with signal 9 at a named place of a transaction, from outside the code."""

from __future__ import annotations

import os
import re
import signal
import threading

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

_HEARD = "heard_the_words"


def await_death(words: str, *, when: str, nth: int = 1, milliseconds: float = 0.0) -> None:
    """Die at the `nth` transaction with a statement that contains `words` (a pattern).

    `when` is `before` (the statement runs), `committing` (all has run, nothing is kept; or some
    `milliseconds` later, in the middle of what follows) or `committed` (it is kept).
    """
    pattern, left = re.compile(words), [nth]

    def reached() -> bool:
        left[0] -= 1
        return left[0] == 0

    def statement(connection: Connection, _cursor: object, text: str, *_rest: object) -> None:
        if not pattern.search(text):
            return
        if when == "before" and reached():
            _die()
        connection.info[_HEARD] = True

    def commit(connection: Connection) -> None:
        if not connection.info.pop(_HEARD, False):
            return
        if when == "committing" and reached():
            _die_in(milliseconds)
        if when == "committed" and reached():
            # The next thing the engine hears of, once the commit that begins now is through.
            event.listen(Engine, "checkin", _die)

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)


def _die_in(milliseconds: float) -> None:
    if milliseconds:
        threading.Timer(milliseconds / 1000, _die).start()
    else:
        _die()


def _die(*_told: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
