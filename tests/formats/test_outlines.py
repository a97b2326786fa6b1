"""The outlines of the sample town are sound, and a wrong file is refused with a remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.checking import findings
from bot.domain.errors import OperatorError
from bot.editors import SAMPLE
from bot.formats.directory_files import load
from bot.formats.outlines import OUTLINES, read_outlines
from bot.settings import Settings

SQUARE = [[7.0, 47.0], [7.1, 47.0], [7.1, 47.1], [7.0, 47.0]]


def feature(**geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"id": "mett"}, "geometry": geometry}


def test_the_sample_town_has_an_outline_for_each_neighbourhood() -> None:
    known = load(SAMPLE).directory.neighbourhoods.keys() - {"city"}

    assert {each.id for each in read_outlines(SAMPLE)} == known


def test_a_town_without_the_file_has_no_outlines(tmp_path: Path) -> None:
    assert read_outlines(tmp_path) == ()
    assert read_outlines(None) == ()


def test_several_polygons_and_a_height_are_read(tmp_path: Path) -> None:
    high = [[*position, 430.0] for position in SQUARE]
    features = [feature(type="MultiPolygon", coordinates=[[SQUARE], [high]])]
    (tmp_path / OUTLINES).write_text(json.dumps({"features": features}), "utf-8")

    (outline,) = read_outlines(tmp_path)

    assert [len(ring) for ring in outline.rings] == [4, 4]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"features": 1}',
        '{"features": [{}]}',
        json.dumps({"features": [feature(type="Point", coordinates=[7.0, 47.0])]}),
        json.dumps({"features": [feature(type="Polygon", coordinates=[])]}),
        json.dumps({"features": [feature(type="Polygon", coordinates=[SQUARE[:2]])]}),
        json.dumps({"features": [feature(type="Polygon", coordinates=[[[7.0, 470.0]] * 4])]}),
        json.dumps({"features": [feature(type="Polygon", coordinates=[[["x", "y"]] * 4])]}),
        json.dumps({"features": [feature(type="Polygon", coordinates=[SQUARE * 6000])]}),
    ],
)
def test_a_wrong_file_is_refused_with_a_remedy(content: str, tmp_path: Path) -> None:
    (tmp_path / OUTLINES).write_text(content, "utf-8")

    with pytest.raises(OperatorError) as refused:
        read_outlines(tmp_path)

    assert "FeatureCollection" in str(refused.value)


async def test_the_check_looks_at_the_map_too(tmp_path: Path) -> None:
    async def looked_at(folder: Path) -> list[str]:
        settings = Settings(directory=folder)
        return [str(each) async for each in findings(settings) if each.about.startswith("map")]

    for file in SAMPLE.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert await looked_at(SAMPLE) == ["✓ map (6 outlines)"]
    assert await looked_at(tmp_path) == []
    strange = {"features": [feature(type="Polygon", coordinates=[SQUARE])]}
    strange["features"][0]["properties"] = {"id": "atlantis"}
    (tmp_path / OUTLINES).write_text(json.dumps(strange), "utf-8")
    assert await looked_at(tmp_path) == [
        "! map: outlines of no neighbourhood of the directory: atlantis."
    ]
    (tmp_path / OUTLINES).write_text("{}", "utf-8")
    assert (await looked_at(tmp_path))[0].startswith("✗ map: ")
