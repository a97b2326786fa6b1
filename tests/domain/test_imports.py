"""What an import decides: chat edits win in silence never, retiring only what came from files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.documents import Published
from bot.domain.imports import Conflict, Held, ImportPlan, Prefer, plan_import

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
EARLIER = datetime(2026, 11, 1, tzinfo=UTC)


def files(**answers: str) -> Published:
    """Return files with one frequent question per name."""
    return Published(
        entries={name: ("faq", {"id": name, "answer": text}) for name, text in answers.items()}
    )


def rows(*held: Held) -> dict[str, Held]:
    return {row.id: row for row in held}


def imported(**answers: str) -> dict[str, Held]:
    """Return what is held after these files were imported into an empty database."""
    return rows(*plan_import({}, files(**answers), now=EARLIER).rows)


def edited(row: Held, text: str) -> Held:
    """Return the row after somebody changed its answer in the chat."""
    document = {**row.document, "answer": text}
    return Held(
        row.id, row.kind, row.position, document, row.source, row.file_hash, edited_at=EARLIER
    )


def plan(held: dict[str, Held], published: Published, prefer: Prefer | None = None) -> ImportPlan:
    return plan_import(held, published, now=NOW, prefer=prefer)


def answers(found: Sequence[Held]) -> dict[str, str]:
    return {row.id: row.document["answer"] for row in found}


def test_an_empty_database_takes_everything_and_the_second_import_changes_nothing() -> None:
    first = plan({}, files(a="1", b="2"))
    assert first.added == ("a", "b")
    again = plan(rows(*first.rows), files(a="1", b="2"))
    assert (again.unchanged, again.rows, again.nothing_to_do) == (("a", "b"), (), True)


def test_changed_added_and_retired_are_told_apart() -> None:
    done = plan(imported(a="1", b="2"), files(a="one", c="3"))
    assert (done.changed, done.added, done.retired) == (("a",), ("c",), ("b",))
    assert done.lines() == ("1 added: c", "1 changed: a", "1 retired: b", "0 unchanged")
    assert {row.id: row.retired_at for row in done.rows} == {"a": None, "b": NOW, "c": None}


def test_what_the_files_bring_back_is_there_again() -> None:
    held = imported(a="1")
    held = {**held, **rows(*plan(held, files()).rows)}
    assert plan(held, files()).unchanged == ("a",)
    back = plan(held, files(a="1"))
    assert back.added == ("a",)
    assert back.rows[0].retired_at is None


def test_a_chat_edit_stays_while_its_file_does_not_change() -> None:
    held = imported(a="1")
    held["a"] = edited(held["a"], "from the chat")
    done = plan(held, files(a="1"))
    assert (done.unchanged, done.conflicts, done.rows) == (("a",), (), ())


def test_edited_on_both_sides_is_a_conflict_that_somebody_settles() -> None:
    held = imported(a="1")
    held["a"] = edited(held["a"], "from the chat")
    undecided = plan(held, files(a="from the files"))
    assert undecided.conflicts == (Conflict("a"),)
    assert undecided.rows == ()
    assert "edited in the chat and changed in the files" in undecided.lines()[-1]
    for_files = plan(held, files(a="from the files"), prefer="files")
    assert answers(for_files.rows) == {"a": "from the files"}
    for_chat = plan(held, files(a="from the files"), prefer="chat")
    assert answers(for_chat.rows) == {"a": "from the chat"}
    assert plan(rows(*for_chat.rows), files(a="from the files")).conflicts == ()


def test_the_same_words_on_both_sides_are_no_conflict() -> None:
    held = imported(a="1")
    held["a"] = edited(held["a"], "the same")
    done = plan(held, files(a="the same"))
    assert (done.unchanged, done.conflicts) == (("a",), ())
    assert done.rows[0].edited_at is None


def test_what_was_written_in_the_chat_is_never_retired_by_files() -> None:
    held = imported(a="1")
    held["c"] = Held("c", "faq", 9, {"id": "c", "answer": "x"}, "chat", edited_at=EARLIER)
    done = plan(held, files(a="1"))
    assert (done.retired, done.unchanged) == ((), ("a", "c"))
    exported = plan(held, files(a="1", c="x"))
    assert (exported.unchanged, exported.conflicts) == (("a", "c"), ())
    assert plan(rows(*held.values(), *exported.rows), files(a="1")).retired == ()


def test_left_out_of_the_files_but_edited_in_the_chat_is_a_conflict() -> None:
    held = imported(a="1")
    held["a"] = edited(held["a"], "from the chat")
    assert plan(held, files()).conflicts == (Conflict("a", removed=True),)
    assert plan(held, files(), prefer="files").retired == ("a",)
    kept = plan(held, files(), prefer="chat")
    assert (kept.unchanged, kept.rows[0].source) == (("a",), "chat")
    assert plan(rows(*kept.rows), files()).conflicts == ()


def test_retired_in_the_chat_stays_retired_until_its_file_changes() -> None:
    held = imported(a="1")
    old = held["a"]
    held["a"] = Held(
        "a", "faq", 0, old.document, "file", old.file_hash, edited_at=EARLIER, retired_at=EARLIER
    )
    assert plan(held, files(a="1")).rows == ()
    assert plan(held, files(a="2")).conflicts == (Conflict("a"),)
    assert plan(held, files(a="2"), prefer="files").rows[0].retired_at is None


def test_moving_entries_in_the_files_only_moves_them() -> None:
    done = plan(imported(a="1", b="2"), files(b="2", a="1"))
    assert (done.changed, done.unchanged) == ((), ("b", "a"))
    assert [(row.id, row.position) for row in done.rows] == [("b", 0), ("a", 1)]


def test_places_and_holidays_belong_to_the_files() -> None:
    before = Published(places={"hall": {"name": {"fr": "Salle"}}})
    after = Published(places={"hall": {"name": {"fr": "Halle"}}}, holidays_note="neu")
    done = plan_import({}, after, now=NOW, before=before)
    assert done.surroundings == ("places", "note on holidays")
    assert plan_import({}, after, now=NOW, before=after).nothing_to_do
