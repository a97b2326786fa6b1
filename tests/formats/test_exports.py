"""Exported files hold anybody's words as words: read back by other programs, each as it went in."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from bot.domain.charts import Bar, Chart
from bot.domain.contribution_lists import Fact
from bot.domain.contribution_records import Row, Value
from bot.domain.contribution_states import State
from bot.domain.contributions import Kind, Origin, Point
from bot.domain.errors import OperatorError
from bot.domain.localized import Localized
from bot.formats import chart, decidim
from bot.formats.cells import LONGEST, is_formula, neutral, tidy
from bot.formats.csv_files import CsvFile
from bot.formats.geojson import MapFile
from bot.formats.json_files import JsonFile
from bot.formats.workbooks import Workbook
from tests.hostile import STRINGS

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
FORMULAS = tuple("=+-@\t\r＝＋－＠")
ACCENTS = "Évêché, Bözingen, œuvre, « àéîõü » – 2’000 m²"


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def workbook(path: Path, rows: Sequence[Sequence[Value]], headings: Sequence[str]) -> None:
    book = Workbook(path, made_at=NOON)
    book.sheet("Idées: [tout]/*?", headings).add(rows)
    book.close()


def row(record: dict[str, Value], near: Point | None = None) -> Row:
    fact = Fact(
        number=1,
        kind=Kind.IDEA,
        state=State.READ,
        language="fr",
        category=None,
        neighbourhood=None,
        origin=Origin.BOT,
        created_at=NOON,
        due_at=None,
        first_answer_at=None,
        closed_at=None,
        public=False,
        supports=0,
    )
    return Row(record, near, fact)


@pytest.mark.parametrize("bom", [False, True])
def test_csv_comes_back_with_every_accent_and_no_formula(tmp_path: Path, *, bom: bool) -> None:
    file = CsvFile(tmp_path / "x.csv", ["n", "text", "day"], bom=bom)
    file.add([[7, ACCENTS, date(2026, 11, 25)], [-1.5, 'deux\nlignes; "et" \'fin', None]])
    file.close()

    assert read_csv(tmp_path / "x.csv") == [
        ["n", "text", "day"],
        ["7", ACCENTS, "2026-11-25"],
        ["-1.5", 'deux\nlignes; "et" \'fin', ""],
    ]
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf") is bom


def test_every_hostile_string_is_one_inert_cell_of_a_csv(tmp_path: Path) -> None:
    file = CsvFile(tmp_path / "x.csv", ["text", "after"])
    file.add([[text, "ok"] for text in STRINGS])
    file.close()

    cells = read_csv(tmp_path / "x.csv")[1:]
    assert [each[1] for each in cells] == ["ok"] * len(STRINGS)
    for (cell, _), text in zip(cells, STRINGS, strict=True):
        assert not cell.startswith(FORMULAS), text
        assert cell.removeprefix("'").strip() in tidy(text) or cell == neutral(text)
        assert not any(ord(char) < 32 and char not in "\n\t" for char in cell)


def test_every_hostile_string_is_one_inert_cell_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    workbook(path, [[text, 1] for text in (*STRINGS, ACCENTS)], ["text", "after"])

    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert [each[1].value for each in rows] == [1] * (len(STRINGS) + 1)
    for (cell, _), text in zip(rows, STRINGS, strict=False):
        assert cell.data_type in {"s", "inlineStr", "n"}, text
        shown = (cell.value or "").replace(
            "_x005F_", "_"
        )  # how the format writes a literal _x000D_
        assert shown == tidy(text), text
        assert cell.hyperlink is None
        assert not is_formula(tidy(text)) or cell.quotePrefix
    assert rows[-1][0].value == ACCENTS
    with zipfile.ZipFile(path) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if "sheet" in name)
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets


def test_days_numbers_and_blanks_are_what_excel_means_by_them(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    workbook(path, [[3, 47.123456, date(2026, 11, 25), None, True]], ["a", "b", "c", "d", "e"])

    book = openpyxl.load_workbook(path)
    cells = next(book.worksheets[0].iter_rows(min_row=2))
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "n", "b"]
    assert [cell.value for cell in cells] == [3, 47.123456, datetime(2026, 11, 25), None, True]  # noqa: DTZ001
    assert cells[2].number_format == "dd.mm.yyyy"
    assert book.worksheets[0].freeze_panes == "B2"
    assert book.worksheets[0].auto_filter.ref == "A1:E2"
    assert book.sheetnames == ["Idées   tout    "]


@pytest.mark.parametrize("sign", ["a", "é", "😀", "=", "\u0301"])
def test_a_long_text_ends_with_a_mark_where_excel_would_cut_it(tmp_path: Path, sign: str) -> None:
    path, text = tmp_path / "x.xlsx", sign * 40_000
    workbook(path, [[text]], ["text"])

    shown = str(openpyxl.load_workbook(path).worksheets[0]["A2"].value)
    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST
    assert shown == tidy(text)
    assert shown.endswith(" […]") or sign == "\u0301"
    assert len(neutral(text).encode("utf-16-le")) // 2 <= LONGEST


def test_every_hostile_string_is_a_plain_value_of_json_and_of_a_map(tmp_path: Path) -> None:
    objects = JsonFile(tmp_path / "x.json", "items", {"made_on": date(2026, 11, 25)})
    objects.add({"text": text, text: [None, 1.5]} for text in STRINGS)
    objects.close({"end": True})
    places = MapFile(tmp_path / "x.geojson")
    places.add(
        row({"number": n, "text": text, "address": "secret"}, Point(47.1399, 7.2461))
        for n, text in enumerate(STRINGS)
    )
    places.add([row({"number": -1, "text": "nowhere"})])
    places.close()

    for name in ("x.json", "x.geojson"):
        assert not set("<>&") & set((tmp_path / name).read_text("utf-8"))
    read = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert (read["made_on"], read["end"]) == ("2026-11-25", True)
    assert [each["text"] for each in read["items"]] == [tidy(text) for text in STRINGS]
    features = json.loads((tmp_path / "x.geojson").read_text("utf-8"))
    assert features["type"] == "FeatureCollection"
    assert [each["id"] for each in features["features"]] == list(range(len(STRINGS)))
    for feature, text in zip(features["features"], STRINGS, strict=True):
        assert feature["type"] == "Feature"
        assert feature["geometry"] == {"type": "Point", "coordinates": [7.2461, 47.1399]}
        assert feature["properties"]["text"] == tidy(text)
        assert "address" not in feature["properties"]


def test_every_hostile_string_is_a_label_of_a_chart_and_nothing_else() -> None:
    for start in range(0, len(STRINGS), chart.MOST_BARS):
        texts = STRINGS[start : start + chart.MOST_BARS]
        bars = tuple(Bar(text, 3, text) for text in texts)
        drawing = chart.svg(Chart(texts[0], bars, note=texts[-1]))
        root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
        kinds = {each.tag.rpartition("}")[2] for each in root.iter()}
        assert kinds <= {"svg", "g", "title", "desc", "rect", "text"}
        assert not any(
            name.startswith("on") or "href" in name for each in root.iter() for name in each.attrib
        )
        if start % (6 * chart.MOST_BARS) == 0:  # drawing costs; the words are the same everywhere
            with Image.open(io.BytesIO(chart.png(drawing))) as image:
                assert (image.format, image.width) == ("PNG", 1000)


def test_a_chart_shows_its_bars_in_proportion_and_says_them_in_words() -> None:
    bars = (Bar("Mâche", 40), Bar("Bözingen", 20), Bar("wenige", None, "< 5"))
    root = ET.fromstring(chart.svg(Chart("Par quartier", bars)))  # noqa: S314 - our own drawing
    space = "{http://www.w3.org/2000/svg}"
    drawn = [each for each in root.iter(f"{space}rect") if each.get("fill") == "#1f6f8b"]

    assert [int(each.get("width", "0")) for each in drawn] == [360, 180]
    assert root.findtext(f"{space}desc") == "Mâche: 40; Bözingen: 20; wenige: < 5"


PUBLIC: dict[str, Value] = {
    "number": 12,
    "state": "planned",
    "title/fr": "Des bancs",
    "title/de": "Bänke",
    "summary/fr": "Près de l'eau; à l'ombre",
    "summary/de": None,
    "latitude": 47.1,
    "longitude": 7.2,
}


def test_decidim_gets_the_columns_it_asks_for(tmp_path: Path) -> None:
    proposals, answers = tmp_path / "p.csv", tmp_path / "a.csv"
    files = decidim.DecidimFiles(proposals, answers)
    said = Localized(fr="C'est prévu.", de="Es ist geplant.")
    files.add([decidim.proposal(PUBLIC)], [decidim.answer(PUBLIC, {"bänke": "345"}, said) or []])
    files.close()

    head, first = read_csv(proposals)
    assert ";".join(head) == "title/fr;title/de;body/fr;body/de;address;latitude;longitude"
    assert first == [
        "Des bancs",
        "Bänke",
        PUBLIC["summary/fr"],
        PUBLIC["summary/fr"],
        "",
        "47.1",
        "7.2",
    ]
    head, first = read_csv(answers)
    assert head[:4] == ["id", "state", "answer/fr", "answer/de"]
    assert len(set(head)) == len(head)
    assert first[:4] == ["345", "accepted", "C'est prévu.", "Es ist geplant."]


@pytest.mark.parametrize("state", State)
def test_every_state_is_one_that_decidim_knows_or_no_answer(state: State) -> None:
    told = decidim.answer({**PUBLIC, "state": state.value}, {}, Localized(fr="a", de="b"))

    if state in {State.RECEIVED, State.READ, State.WITHDRAWN, State.MERGED}:
        assert told is None
    else:
        assert told is not None
        assert (
            told[0] is None
        )  # without Decidim's id it refuses the row, rather than answer another's
        assert told[1] in {"accepted", "rejected", "evaluating"}


def test_ids_come_from_decidims_own_export_and_never_by_guess(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(
        'id;title/fr;title/de\n7;"Des  bancs !";Bänke\n8;Double;Doppelt\n9;Double;Anders\n', "utf-8"
    )
    ids = decidim.read_ids(file)

    assert ids == {"des bancs": "7", "bänke": "7", "doppelt": "8", "anders": "9"}
    file.write_text("nom;prénom\n1;2\n", "utf-8")
    with pytest.raises(OperatorError, match="no export"):
        decidim.read_ids(file)
    with pytest.raises(OperatorError, match="no export"):
        decidim.read_ids(tmp_path / "missing.csv")
