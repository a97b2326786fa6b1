"""The whole way of an idea through the town, in two languages, as the people in it live it."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import aiohttp
import openpyxl
import pytest

from bot.domain.exports import Delivery, Form, Wanted
from bot.domain.roles import Role
from storage import schema
from tests.contributing import bytes_on_disk
from tests.neighbours import Neighbour, Town
from tests.test_triage import decides, explains

BENCHES = "Il manque des bancs à l'ombre près du marché, pour les aînés."
MARKET = {"lat": 47.1402, "lon": 7.2461}
TITLES = ("Des bancs à l'ombre au marché", "=Sitzbänke im Schatten beim Märit")
SECRET = "Le voisin du garage perce des trous dans les boîtes aux lettres."


async def test_benches_from_the_first_word_to_the_board_and_the_file(town: Town) -> None:
    alice, beat, reto = town.alice, town.beat, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await proposes(alice, photo=True)
    await beat.chooses("de")
    await beat.says("💡 Idee oder Anliegen")
    await beat.presses("🌟 Ein Wunsch")
    await beat.says("Sitzbänke beim Markt wären schön, am Schatten.")
    await beat.presses("Weiter")
    assert "Nr. 1, Idee" in await beat.last()
    assert "Es geht um: Sitzbank, Schatten, Markt" in await beat.last()
    assert "aînés" not in await beat.last()  # nobody has reviewed the words
    await beat.presses("👍")
    assert (await beat.last()).startswith("✓ Sie unterstützen Nr. 1.")

    await decides(reto, "geplant")
    await explains(reto, fr="Quatre bancs au printemps.", de="Vier Bänke im Frühling.")
    await reto.presses("📣 Jetzt")
    assert (await alice.last()).endswith("C'est prévu.\nQuatre bancs au printemps.")
    assert (await beat.last()).endswith("Es ist geplant.\nVier Bänke im Frühling.")

    await reto.presses("Öffnen")
    await reto.presses("🌐 Titel")
    await reto.presses("✍️ Titel auf Französisch")
    for title in TITLES:
        await reto.says(title)
    await reto.presses("Ans Anschlagbrett")
    for language, title in zip(("fr", "de"), TITLES, strict=True):
        page = await board(town, language)
        assert title.replace("'", "&#39;") in page or title in page
        assert "aînés" not in page
    await in_files(town, TITLES[1])


async def test_who_cannot_be_linked_is_linked_nowhere(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alice, reto = town.alice, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await alice.chooses("fr")
    await alice.says("💡 Idée ou souci")
    await alice.presses("⚠️")
    await alice.says(SECRET)
    for label in ("Continuer", "Oui", "🔒", "Sans lien", "📨"):
        await alice.presses(label)
    code = (await alice.last()).split("Votre code : ")[1].split("\n")[0]
    await reto.says("📋 Ideen")
    for label in ("🆕 Neu: 1", "⚠️ Nr. 1", "⚖️", "geplant", "📣 Jetzt"):
        await reto.presses(label)
    await alice.says(code)
    assert "C'est prévu." in await alice.last()

    person = await town.archive.services.residents.meet(alice.id, "fr")
    holding: dict[str, set[str]] = {SECRET: set(), person.contact_id: set(), code: set()}
    async with town.archive.store.read() as tx:
        for table in schema.metadata.sorted_tables:
            rows = repr((await tx.connection.execute(table.select())).all())
            for trace in holding:
                holding[trace] |= {table.name} if trace in rows else set()
    assert holding[SECRET] == {"contribution"}
    assert holding[person.contact_id] == {"consent", "contact", "resident"}
    assert not holding[code]

    said = "".join(capsys.readouterr())
    assert not [trace for trace in holding if trace in said]
    for form in Form:
        for content in await files(town, Wanted(form, language="fr")):
            assert not [t for t in (person.contact_id, code) if t.encode() in unpacked(content)], (
                form
            )
    left = bytes_on_disk(tmp_path)
    assert code.encode() not in left
    assert code.replace("-", "").encode() not in left


async def proposes(alice: Neighbour, **file: bool) -> None:
    """Bring the idea, with a place."""
    await alice.chooses("fr")
    await alice.says("💡 Idée ou souci")
    await alice.presses("💡 Une idée")
    await alice.says(BENCHES)
    await alice.sends(**file)
    await alice.sends(location=MARKET)
    for label in ("Continuer", "Oui", "📨"):
        await alice.presses(label)


async def board(town: Town, language: str) -> str:
    """Return the public page."""
    address = f"http://127.0.0.1:{town.app.port}/board?lang={language}"
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        assert answer.status == 200
        return await answer.text()


async def in_files(town: Town, title: str) -> None:
    """Read the exports back: the right accents, and nothing that a table program would run."""
    (table,) = await files(town, Wanted(Form.CSV, language="fr", bom=True))
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    cells = [cell for row in rows for cell in row]
    assert BENCHES in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    (book,) = await files(town, Wanted(Form.XLSX, language="fr"))
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(title.lstrip("=") in str(cell.value) for cell in found)
    assert not [cell for cell in found if cell.data_type == "f"]


def unpacked(content: bytes) -> bytes:
    """Return what is in a file, also where it is a compressed one."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return b"".join(folder.read(name) for name in folder.namelist())


async def files(town: Town, wanted: Wanted) -> list[bytes]:
    """Return the files of an export for the coordinator."""
    services = town.archive.services
    reto = await services.residents.meet(town.reto.id, "de")
    async for step in services.exports.for_coordinator(reto, wanted):
        if isinstance(step, Delivery):
            return [handed.content for handed in step.files]
    raise AssertionError(f"nothing was made of {wanted}")
