"""The directory in use: from files to memory, mended in the chat, and back to files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.domain.errors import OperatorError, OutdatedError
from bot.domain.localized import Localized
from bot.services.directory import DirectoryService
from storage.store import Store

SAMPLE = Path(__file__).parents[2] / "sample"


@pytest.fixture
def service(store: Store, clock: Clock) -> DirectoryService:
    clock.start_at(datetime.fromisoformat("2026-11-20T10:00"))
    return DirectoryService(store, clock)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def small_town(folder: Path, answer: str) -> Path:
    """Write a directory of one frequent question."""
    folder.mkdir(exist_ok=True)
    texts = {
        "services": "services: []",
        "activities": "activities: []",
        "holidays": "school_holidays: []\npublic_holidays: []",
        "faq": "faq:\n- id: faq-a\n  category: x\n  question: {fr: Quoi ?, de: Was?}\n"
        f"  answer: {{fr: {answer}, de: {answer}}}\n  updated: 2026-11-01",
    }
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text + "\n", encoding="utf-8")
    return folder


async def test_export_import_export_is_byte_equal(
    service: DirectoryService, tmp_path: Path
) -> None:
    await service.import_folder(SAMPLE)
    await service.export_folder(tmp_path / "one")
    assert (await service.import_folder(tmp_path / "one")).nothing_to_do
    await service.export_folder(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert set(contents(tmp_path / "one")) == {
        *("services.yaml", "activities.yaml", "faq.yaml", "holidays.yaml", "town.yaml"),
    }


async def test_readers_are_told_of_every_change(service: DirectoryService) -> None:
    told: list[int] = []
    service.on_change(lambda directory: told.append(len(directory.entries)))
    with pytest.raises(RuntimeError):
        service.current()
    await service.changed()
    await service.import_folder(SAMPLE)
    await service.import_folder(SAMPLE)  # nothing new: nobody need learn it all again
    assert told == [0, 162]
    assert service.current().entries["svc-iq-mett"].title["de"] == "InfoQuartier Mett"


async def test_an_answer_given_in_the_chat_becomes_an_entry_that_files_keep(
    service: DirectoryService, store: Store, tmp_path: Path
) -> None:
    await service.import_folder(SAMPLE)
    async with store.write() as tx:
        entry_id = await service.add_faq(
            tx,
            question=Localized(fr="Où est Anna ?\n" + "mot " * 60),
            answer=Localized(fr="Ici.\n\nOu là : au « Treff ».", de="Hier."),
            questions={"fr": ["Où est Anna ?"], "de": ["Wo?"]},
        )
    entry = (await service.changed()).entries[entry_id]
    assert entry.questions == {"fr": ("Où est Anna ?",), "de": ("Wo?",)}
    assert len(entry.title["fr"]) <= 120
    assert "anna" not in entry_id
    await service.export_folder(tmp_path / "one")
    assert (await service.import_folder(SAMPLE)).retired == ()
    assert (await service.import_folder(tmp_path / "one")).conflicts == ()
    assert service.current().entries[entry_id] == entry


async def test_a_reworded_question_leaves_nothing_of_the_old_words(
    service: DirectoryService, store: Store
) -> None:
    asked = Localized(fr="Anna est-elle là ?")
    async with store.write() as tx:
        entry_id = await service.add_faq(
            tx, question=asked, answer=Localized(fr="Oui."), questions={"fr": [asked["fr"]]}
        )
        await service.reword_faq(tx, entry_id, language="fr", text="Qui est là ?")
    entry = (await service.changed()).entries[entry_id]
    assert (entry.title["fr"], entry.questions["fr"]) == ("Qui est là ?", ())
    async with store.write() as tx:
        assert await service.retire(tx, entry_id)
        with pytest.raises(OutdatedError):
            await service.reword_faq(tx, entry_id, language="fr", text="Encore ?")
    assert entry_id not in (await service.changed()).entries


async def test_a_conflict_is_listed_and_waits_for_a_decision(
    service: DirectoryService, store: Store, tmp_path: Path
) -> None:
    folder = small_town(tmp_path / "town", "Un")
    await service.import_folder(folder)
    async with store.write() as tx:
        await service.reword_faq(tx, "faq-a", language="fr", text="Quoi donc ?")
    await service.changed()
    assert (await service.import_folder(folder)).conflicts == ()
    small_town(folder, "Deux")
    assert len((await service.plan_folder(folder)).conflicts) == 1
    plan = await service.import_folder(folder)
    assert "faq-a: edited in the chat and changed in the files" in plan.lines()[-1]
    assert service.current().entries["faq-a"].title["fr"] == "Quoi donc ?"
    await service.import_folder(folder, prefer="files")
    assert service.current().entries["faq-a"].title["fr"] == "Quoi ?"


async def test_a_mistake_in_the_files_changes_nothing(
    service: DirectoryService, tmp_path: Path
) -> None:
    folder = small_town(tmp_path / "town", "Un")
    await service.import_folder(folder)
    small_town(folder, "''")
    with pytest.raises(OperatorError, match=r"faq\.yaml:5: faq\[faq-a\]\.answer\.de"):
        await service.import_folder(folder)
    assert service.current().entries["faq-a"].description["fr"] == "Un"
