"""`quartierbot export contributions`: whole files or none, in plain words, with an honest exit code."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot import exporting
from bot.clock import Clock
from bot.domain.contribution_states import State
from bot.domain.contributions import Draft, Kind, Point
from bot.domain.errors import OperatorError
from bot.domain.exports import Exported, Form
from bot.domain.roles import Role
from bot.exporting import Asked
from bot.services.contribution_exports import Exports
from bot.settings import Settings
from storage.sealing import Keyring
from storage.store import Store
from tests.contributing import House
from tests.neighbours import KEYRING

SPOT = Point(47.136912, 7.247123)
BENCHES = Draft(
    kind=Kind.IDEA, text="=Des bancs à l'ombre", point=SPOT, neighbourhood="mett", language="fr"
)
LIGHT = Draft(kind=Kind.WISH, text="Mehr Licht", neighbourhood="madretsch", language="de")


@pytest.fixture
async def settings(prepared: Path, tmp_path: Path) -> Settings:
    """The settings of a town with two contributions, one of them planned and on the board."""
    shutil.copyfile(prepared, tmp_path / "town.db")
    url = f"sqlite:///{tmp_path / 'town.db'}"
    store = await Store.open(url, KEYRING, clock=Clock())
    try:
        house = House(store, Clock())
        ada, clara = await house.resident(101), await house.member(102, Role.COORDINATOR)
        await house.sent(ada, BENCHES)
        await house.sent(ada, LIGHT)
        await house.release(clara, 1)
        await house.publish(clara, 1, State.PLANNED)
    finally:
        await store.close()
    return Settings(database_url=url)


async def export(settings: Settings, asked: Asked) -> Exported:
    """Return what was written."""
    return await exporting.contributions(settings, KEYRING, asked, say=lambda _line: None)


async def test_what_is_asked_for_narrows_it_down(settings: Settings, tmp_path: Path) -> None:
    asked = Asked(Form.JSON, tmp_path / "x.json")

    async def found(**narrow: object) -> list[int]:
        done = await export(settings, replace(asked, **narrow))  # type: ignore[arg-type]
        read = json.loads(done.files[0].read_text("utf-8"))
        return [each["number"] for each in read["contributions"]]

    day = date(2026, 11, 25)
    assert await found() == [1, 2]
    assert await found(public=True) == [1]
    assert await found(since=day, until=day) == [1, 2]
    assert await found(until=date(2026, 11, 24)) == []
    assert await found(states=(State.PLANNED,)) == [1]
    assert await found(neighbourhood="madretsch") == [2]
    assert await found(centre="madretsch") == [2]


@pytest.mark.parametrize(
    ("narrow", "remedy"),
    [
        ({"category": "weather"}, "space, traffic"),
        ({"neighbourhood": "paris"}, "mett"),
        ({"centre": "paris"}, "There are"),
        ({"language": "it"}, "fr, de"),
        ({"decidim_ids": Path("/nowhere.csv")}, "title/fr"),
    ],
)
async def test_what_does_not_exist_is_refused_with_a_remedy(
    settings: Settings, tmp_path: Path, narrow: dict[str, object], remedy: str
) -> None:
    asked = replace(Asked(Form.CSV, tmp_path / "x.csv"), **narrow)  # type: ignore[arg-type]
    with pytest.raises(OperatorError, match=remedy):
        await export(settings, asked)


async def test_a_file_is_whole_or_as_it_was_before(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "files" / "x.csv"
    out.parent.mkdir()
    out.write_text("before", "utf-8")

    def breaks(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Exports, "_take", breaks)
    with pytest.raises(OSError, match="no room"):
        await export(settings, Asked(Form.CSV, out))
    assert [each.name for each in out.parent.iterdir()] == ["x.csv"]
    assert out.read_text("utf-8") == "before"
    monkeypatch.undo()
    await export(settings, Asked(Form.CSV, out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    await export(settings, Asked(Form.CSV, out, public=True))
    assert stat.S_IMODE(out.stat().st_mode) == 0o644


async def test_decidims_own_ids_reach_the_answers(settings: Settings, tmp_path: Path) -> None:
    ids = tmp_path / "decidim.csv"
    ids.write_text("id;title/fr;title/de\n4711;Des bancs à l'ombre;\n", "utf-8")
    done = await export(settings, Asked(Form.DECIDIM, tmp_path / "proposals.csv", decidim_ids=ids))

    assert [each.name for each in done.files] == ["proposals.csv", "proposals-answers.csv"]
    with done.files[1].open(encoding="utf-8", newline="") as file:
        (answer,) = csv.DictReader(file, delimiter=";")
    assert (answer["id"], answer["state"]) == ("4711", "accepted")
    assert answer["answer/de"] == "Es ist geplant. Darum."


def test_the_program_itself_says_what_it_did(tmp_path: Path) -> None:
    key = tmp_path / "town.key"
    Keyring.create(key)
    environment = {
        **{name: value for name, value in os.environ.items() if "QUARTIERBOT" not in name},
        "QUARTIERBOT_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}",
        "QUARTIERBOT_KEY_FILE": str(key),
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot", "export", "contributions", *arguments]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    out = tmp_path / "x.csv"
    done = run("--format", "csv", "--out", str(out), "--bom")
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert done.stderr.endswith("0 contributions.\n")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    refused = run("--format", "csv", "--out", str(tmp_path / "nowhere" / "x.csv"))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"quartierbot: There is no folder {tmp_path / 'nowhere'}. Make it first.\n"
    )
