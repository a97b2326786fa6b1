"""Files for Decidim: proposals to import, and the answers to them once Decidim has given them its ids.

Only what the board shows goes there. Decidim looks for the columns below and passes over others, so
the answers also say which proposal is meant, for whoever fills in the ids by hand.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.domain.contribution_records import Record, Value
from bot.domain.errors import OperatorError
from bot.domain.localized import LANGUAGES
from bot.formats.csv_files import CsvFile

PROPOSALS: Final = (
    *(f"title/{code}" for code in LANGUAGES),
    *(f"body/{code}" for code in LANGUAGES),
    *("address", "latitude", "longitude"),
)
ANSWERS: Final = (
    *("id", "state", *(f"answer/{code}" for code in LANGUAGES)),
    *("number", *(f"title/{code}" for code in LANGUAGES)),
)
STATES: Final[Mapping[str, str]] = {
    "discussion": "evaluating",
    "passed_on": "evaluating",
    "planned": "accepted",
    "progress": "accepted",
    "done": "accepted",
    "together": "accepted",
    "impossible": "rejected",
}
"""What Decidim calls our states; what has been read at most has no answer yet."""

_KEY = re.compile(r"[^\w]+")

Ids = Mapping[str, str]
"""Decidim's ids by the title, see `read_ids`."""


def proposal(record: Record) -> list[Value]:
    """Return the row of a proposal; a text missing in one language is taken from the other."""
    titles = [_text(record, "title", code) for code in LANGUAGES]
    bodies = [_text(record, "summary", code) or titles[i] for i, code in enumerate(LANGUAGES)]
    return [*titles, *bodies, None, record["latitude"], record["longitude"]]


def answer(record: Record, ids: Ids, said: Mapping[str, str]) -> list[Value] | None:
    """Return the row of an answer, `said` for each language; None while there is none.

    The id is Decidim's or missing: Decidim refuses a row without one, while our number could
    belong to somebody else's proposal there.
    """
    state = STATES.get(str(record["state"]))
    if state is None:
        return None
    titles = [_text(record, "title", code) for code in LANGUAGES]
    known = next((ids[key] for key in map(_key, titles) if key in ids), None)
    spoken = [said[code] for code in LANGUAGES]
    return [int(known) if known else None, state, *spoken, record["number"], *titles]


def read_ids(file: Path) -> Ids:
    """Return the ids in Decidim's own export of proposals by their titles; OperatorError if it is none.

    Titles that stand there twice are left out: nobody can tell which one is meant.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened, delimiter=";"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _no_export(file) from error
    if not rows or "id" not in rows[0]:
        raise _no_export(file)
    pairs = {
        (_key(row.get(f"title/{code}") or ""), row["id"])
        for row in rows
        for code in LANGUAGES
        if (row["id"] or "").isdecimal()
    }
    often = Counter(key for key, _ in pairs)
    return {key: found for key, found in pairs if key and often[key] == 1}


class DecidimFiles:
    """Writes both files as rows come."""

    def __init__(self, proposals: Path, answers: Path) -> None:
        """Begin both files."""
        self._proposals = CsvFile(proposals, PROPOSALS)
        self._answers = CsvFile(answers, ANSWERS)

    def add(self, proposals: Iterable[Sequence[Value]], answers: Iterable[Sequence[Value]]) -> None:
        """Write these rows."""
        self._proposals.add(proposals)
        self._answers.add(answers)

    def close(self) -> None:
        """Finish both files."""
        self._proposals.close()
        self._answers.close()


def _text(record: Record, name: str, language: str) -> str:
    others = [code for code in LANGUAGES if code != language]
    found = (record[f"{name}/{code}"] for code in (language, *others))
    return next((str(text) for text in found if text), "")


def _key(title: str) -> str:
    return _KEY.sub(" ", title.casefold()).strip()


def _no_export(file: Path) -> OperatorError:
    return OperatorError(
        f"{file} is no export of proposals from Decidim.",
        remedy="Take the CSV with the columns id, title/fr and title/de.",
    )
