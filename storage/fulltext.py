"""SQLite's own full-text search over a directory, in memory: something to compare answers with.

Never used to answer anybody.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping

_WORD = re.compile(r"\w+")


class FullTextSearch:
    """FTS5 with its default tokenizer and bm25, any word of the question counting."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Index `texts` by the id of their entry."""
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE entries USING "
            "fts5(id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2')"
        )
        self._database.executemany("INSERT INTO entries VALUES (?, ?)", texts.items())

    def __call__(self, text: str) -> list[tuple[str, float]]:
        """Return the entries for `text` with their score, best first."""
        found = dict.fromkeys(_WORD.findall(text.lower()))
        if not found:
            return []
        rows = self._database.execute(
            "SELECT id, -bm25(entries) FROM entries WHERE entries MATCH ? ORDER BY bm25(entries), id",
            [" OR ".join(f'"{word}"' for word in found)],
        )
        return [(entry_id, score) for entry_id, score in rows]

    def close(self) -> None:
        """Forget the index."""
        self._database.close()
