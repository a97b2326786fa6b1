"""The key ring: only the right key reads, old keys stay good, fingerprints do not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.errors import OperatorError
from storage.sealing import Keyring


def test_what_is_sealed_comes_back_and_says_nothing_until_then() -> None:
    keyring = Keyring.in_memory()
    sealed = keyring.seal(b"123456789")
    assert b"123456789" not in sealed
    assert keyring.unseal(sealed) == b"123456789"


def test_the_same_id_seals_differently_but_has_one_fingerprint() -> None:
    keyring = Keyring.in_memory()
    assert keyring.seal(b"7") != keyring.seal(b"7")
    assert keyring.fingerprint(7) == keyring.fingerprint(7)
    assert keyring.fingerprint(7) != keyring.fingerprint(-7)
    assert keyring.fingerprint(7) != Keyring.in_memory().fingerprint(7)


def test_a_new_key_on_top_seals_while_the_old_one_still_reads(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "town.key"
    before = Keyring.create(file)
    newer = Keyring.create(tmp_path / "newer.key")
    file.write_bytes((tmp_path / "newer.key").read_bytes() + file.read_bytes())
    after = Keyring.load(file)
    assert after.unseal(before.seal(b"7")) == b"7"
    assert newer.unseal(after.seal(b"7")) == b"7"
    assert after.fingerprint(7) == before.fingerprint(7)


def test_a_key_file_is_for_its_owner_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "town.key"
    Keyring.create(file)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(OperatorError, match="already"):
        Keyring.create(file)


def test_a_missing_open_or_garbled_key_file_names_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "town.key"
    with pytest.raises(OperatorError, match=r"cannot be read .*`quartierbot key new FILE`"):
        Keyring.load(file)
    Keyring.create(file)
    file.chmod(0o644)
    with pytest.raises(OperatorError, match="chmod 600"):
        Keyring.load(file)
    file.chmod(0o440)
    Keyring.load(file)
    file.chmod(0o600)
    for garbled in (b"", b"not a key\n", b"a" * 44):
        file.write_bytes(garbled)
        with pytest.raises(OperatorError, match="does not hold a key"):
            Keyring.load(file)


def test_another_towns_key_is_refused_in_plain_words() -> None:
    sealed = Keyring.in_memory().seal(b"7")
    with pytest.raises(OperatorError, match="does not fit this database"):
        Keyring.in_memory().unseal(sealed)
