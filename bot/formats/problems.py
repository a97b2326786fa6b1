"""What is wrong with a directory file, said so that its editor can mend it; it mends nothing."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where, what and how; a warning does not stop an import."""

    file: str
    line: int
    key: str
    message: str
    remedy: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """Return the problem as one line, e.g. `faq.yaml:12: faq[faq-papier].updated: …`."""
        where = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        key = f"{self.key}: " if self.key else ""
        mark = "warning: " if self.warning else ""
        return " ".join(f"{where}{mark}{key}{self.message} {self.remedy}".split())


class Problems(tuple[Problem, ...]):
    """All that was found in one folder, by file and line."""

    __slots__ = ()

    @classmethod
    def sorted(cls, found: Iterable[Problem]) -> Problems:
        """Return each problem once, by file, line and key."""
        return cls(sorted(set(found)))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid an import."""
        return tuple(problem for problem in self if not problem.warning)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that an editor should know of and may leave."""
        return tuple(problem for problem in self if problem.warning)

    def lines(self) -> Iterator[str]:
        """Yield every problem as one printable line."""
        return (str(problem) for problem in self)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a remedy naming the nearest known word, or the known words if few, or nothing."""
    choices = sorted(known)
    near = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Known here: {', '.join(choices)}." if 0 < len(choices) <= _FEW else ""


_FEW = 25
