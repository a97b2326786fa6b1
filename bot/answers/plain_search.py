"""What off-the-shelf search would find, to be compared with: TF-IDF on runs of characters.

Never used to answer anybody.
"""

from __future__ import annotations

from bot.answers.fields import entry_words
from bot.answers.pieces import PieceIndex
from bot.answers.spelling import plain, topic_words
from bot.domain.directory import Directory


class CharacterSearch:
    """TF-IDF on three to five characters within words, stop words left out, compared by cosine."""

    def __init__(self, directory: Directory) -> None:
        self._index = PieceIndex.build(
            {key: entry_words(entry, directory) for key, entry in directory.entries.items()},
            spell=plain,
            length_norm=1.0,
        )

    def __call__(self, text: str) -> list[tuple[str, float]]:
        """Return the entries for `text` with their score, best first."""
        scores = self._index.scores((plain(word), 1.0) for word in topic_words(text))
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
