"""The figures of an evaluation, as data and as a table to read; it judges no single answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from bot.answers.evaluation import Line, Row, Verdict, verdicts

_HITS: Final = 3
_CONFUSIONS_SHOWN: Final = 15
_COLUMNS: Final[tuple[tuple[str, str], ...]] = (
    ("questions", "n"),
    ("hit@1", "hit@1"),
    ("hit@3", "hit@3"),
    ("mrr", "MRR"),
    ("right_of_all", "right"),
    ("false_answers", "false"),
    ("handled", "handled"),
    ("reply_language", "reply"),
)
_LEGEND: Final = """\
hit@k    an accepted entry among the first k, of the questions the directory answers
right    answered at once, and rightly, of the same questions
false    answered although the directory has no answer, of the questions without one
handled  right, or rightly not answered, of all
reply    reply in the language of the question (dialect is answered in German)"""


def summary(
    rows: Iterable[Row],
    lines: Sequence[Line],
    *,
    speed: Mapping[str, float] | None = None,
    beside: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return the figures for `lines`, in all, by language and by kind.

    `speed` and `beside`, the figures of other ways to answer by name, pass through.
    """
    judged = verdicts(rows, lines)
    return {
        **_figures(judged),
        "by_language": _grouped(judged, lambda verdict: verdict.case.language),
        "by_kind": _grouped(judged, lambda verdict: verdict.case.kind),
        "confusions": _confusions(judged),
        "speed": dict(speed or {}),
        "beside": dict(beside or {}),
    }


def table(figures: Mapping[str, Any]) -> str:
    """Return the figures of `summary` as plain text in columns."""
    rows = [["", *(title for _, title in _COLUMNS)], _row("all", figures)]
    for group in ("by_language", "by_kind"):
        rows += [_row(name, part) for name, part in figures[group].items()]
    for name, other in figures.get("beside", {}).items():
        rows += [[""] * len(rows[0]), _row(name, other)]
        rows += [_row(f"  {language}", part) for language, part in other["by_language"].items()]
    width = max(len(row[0]) for row in rows)
    lines = [row[0].ljust(width) + "".join(cell.rjust(9) for cell in row[1:]) for row in rows]
    confused = figures["confusions"][:_CONFUSIONS_SHOWN]
    if confused:
        lines += ["", "most often mistaken"]
        lines += [f"{c['count']:4}  {c['wanted']} → {c['first'] or '(nothing)'}" for c in confused]
    if figures["speed"]:
        lines += ["", "  ".join(f"{name} {value:.2f}" for name, value in figures["speed"].items())]
    return "\n".join([*lines, "", _LEGEND])


def _row(name: str, figures: Mapping[str, Any]) -> list[str]:
    return [name or "(no kind)", *(_cell(figures[key]) for key, _ in _COLUMNS)]


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _figures(judged: Sequence[Verdict]) -> dict[str, Any]:
    asked = [v for v in judged if v.answerable]
    empty = [v for v in judged if not v.answerable]
    right = sum(v.right for v in asked)
    silent = sum(not v.answered for v in empty)
    return {
        "questions": len(judged),
        "answerable": len(asked),
        "unanswerable": len(empty),
        "hit@1": _share(sum(v.rank == 1 for v in asked), asked),
        "hit@3": _share(sum(v.rank is not None and v.rank <= _HITS for v in asked), asked),
        "mrr": _share(sum(1 / v.rank for v in asked if v.rank), asked),
        "right_of_all": _share(right, asked),
        "false_answers": _share(len(empty) - silent, empty),
        "handled": _share(right + silent, judged),
        "reply_language": _share(sum(v.reply_right for v in judged), judged),
    }


def _share(part: float, whole: Sequence[Verdict]) -> float | None:
    return round(part / len(whole), 4) if whole else None


def _grouped(judged: Sequence[Verdict], name: Callable[[Verdict], str]) -> dict[str, Any]:
    names = dict.fromkeys(name(verdict) for verdict in judged)
    return {each: _figures([v for v in judged if name(v) == each]) for each in names}


def _confusions(judged: Sequence[Verdict]) -> list[dict[str, Any]]:
    counted = Counter(
        (v.case.expect[0] if v.answerable else "(no entry)", v.first)
        for v in judged
        if (v.rank != 1 if v.answerable else v.answered)
    )
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
    return [{"wanted": wanted, "first": first, "count": count} for (wanted, first), count in ranked]
