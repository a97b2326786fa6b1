"""A coordinator takes contributions home as a file and looks at them in figures; nobody else does."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncGenerator
from typing import Any

import openpyxl
import pytest
from PIL import Image

from bot.domain.exports import Progress
from bot.domain.roles import Role
from bot.services.contribution_exports import Exports
from handlers import exporting
from tests.neighbours import Neighbour, Town, press
from tests.test_triage import BENCHES, brings

FORMULA = "=1+1, ça s'écrit « été »"


@pytest.fixture
async def office(town: Town) -> Town:
    """The town with Reto as its coordinator, who reads German, and two ideas of Alice's."""
    await town.alice.chooses("fr")
    await town.join_team(town.reto, Role.COORDINATOR)
    await brings(town.alice, "fr", BENCHES)
    await brings(town.alice, "fr", FORMULA, similar=True)
    return town


async def test_a_workbook_is_made_by_three_taps(
    office: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_PAUSE", -1)
    reto = office.reto
    await reto.says("📋 Ideen")
    await reto.presses("📤 Exportieren")
    assert await reto.last() == (
        "📤 Exportieren\n"
        "Mit den eigenen Worten der Leute, also nur für das Team. Wer es war, steht nicht darin."
    )
    assert await reto.buttons() == [
        "● Excel",
        "CSV",
        "JSON",
        "Karte",
        "Decidim",
        "● Alle",
        "Offene",
        "Dieses Jahr",
        "● 🔒 Für das Team",
        "🌍 Für alle",
        "✅ Datei erstellen",
        "📋 Übersicht",
    ]
    await reto.presses("✅")

    name, content = await received(reto)
    assert name == "ideen-und-anliegen-2026-11-25.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.rows for cell in row]
    assert {BENCHES, FORMULA} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]
    edits = [call["params"]["text"] for call in await office.calls("editMessageText")]
    assert edits[-3:] == [
        "⏳ Ich erstelle die Datei …",
        "⏳ 2 von 2 …",
        "✓ 2 Beiträge exportiert.",
    ]


async def test_a_csv_of_what_was_filtered_and_a_map_of_what_is_public(office: Town) -> None:
    reto = office.reto
    await reto.chooses("fr")
    await reto.says("📋 Idées")
    await reto.presses("Toutes les ouvertes")
    await reto.presses("🔎")
    await reto.presses("Genre")
    await reto.presses("💡 idée")
    await reto.presses("📤 Exporter")
    assert "● Selon le filtre" in await reto.buttons()
    await reto.presses("CSV")
    await reto.presses("✅ Créer le fichier")

    name, content = await received(reto)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert name == "idees-et-soucis-2026-11-25.csv"
    assert [row["Texte d'origine"] for row in rows] == [BENCHES, f"'{FORMULA}"]
    assert rows[0]["Reçu le"] == "2026-11-25"

    await reto.presses("Un autre fichier")
    await reto.presses("Carte")
    await reto.presses("🌍")
    assert (await reto.last()).endswith("pas les mots des auteurs, des lieux arrondis.")
    await reto.presses("✅")
    assert await reto.last() == "Il n'y a rien à exporter avec ces choix."
    await reto.presses("Un autre fichier")
    await reto.presses("🔒")
    await reto.presses("✅")
    name, content = await received(reto)
    assert name.endswith(".geojson")
    assert len(json.loads(content)["features"]) == 1
    assert "✓ 2 contributions exportées.\n1 n'a pas de lieu et n'est pas sur la carte." in [
        each["text"] for each in await reto.messages()
    ]


async def test_figures_are_a_picture_with_the_same_in_words(office: Town) -> None:
    reto = office.reto
    await reto.says("📋 Ideen")
    await reto.presses("📊 Statistik")
    assert await reto.last() == (
        "📊 Ideen und Anliegen in Zahlen\n2 im Ganzen, 2 offen. Unterstützungen: 0."
    )
    await reto.presses("🚦")

    shown = (await reto.messages())[-1]
    assert shown["text"] == (
        "Beiträge nach Stand\neingegangen: 2\n2 im Ganzen, Stand 25. November 2026."
    )
    with Image.open(io.BytesIO(await downloaded(reto, shown["photo"]))) as image:
        assert (image.format, image.width) == ("PNG", 1000)
    await reto.presses("🗣")
    assert "Französisch: verdeckt" in await reto.last()
    await reto.presses("📋 Übersicht")
    assert (await reto.last()).startswith("📋 Ideen und Anliegen")


async def test_nobody_but_coordinators_takes_anything_home(office: Town) -> None:
    samira = office.samira
    await office.join_team(samira, Role.ANIMATOR)
    await samira.says("📋 Idées")
    assert not [label for label in await samira.buttons() if label.startswith(("📤", "📊"))]
    for action in ("ex:show:0at:a....", "ex:make:0at:a....", "st:", "st:months"):
        await office.post("updates", press(samira.id, action))
        await office.settles()
        assert await samira.last() == "Seule la coordination peut faire cela. Adressez-vous à elle."


async def test_a_file_that_fails_is_said_to_have_failed(
    office: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object, **__: object) -> AsyncGenerator[Progress, None]:
        yield Progress(0, 2)
        raise OSError

    reto = office.reto
    monkeypatch.setattr(Exports, "write", breaks)
    await reto.says("📋 Ideen")
    await reto.presses("📤")
    await reto.presses("✅")
    assert "später" in await reto.last() or "noch einmal" in await reto.last()


async def received(who: Neighbour) -> tuple[str, bytes]:
    """Return name and bytes of the last file."""
    file = next(each["document"] for each in reversed(await who.messages()) if "document" in each)
    return file["name"], await downloaded(who, file)


async def downloaded(who: Neighbour, file: dict[str, Any]) -> bytes:
    """Return the bytes of a file or picture."""
    async with who.town.http.get(f"{who.town.address}{file['url']}") as answer:
        return await answer.read()
