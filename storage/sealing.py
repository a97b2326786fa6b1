"""The key ring: seals what names a person and recognises a person without keeping their name.

The key lives in a file apart from the database; nothing here is ever written to a table or a log.
"""

from __future__ import annotations

import base64
import hmac
import os
from pathlib import Path
from typing import Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.domain.errors import OperatorError

_PURPOSE = b"quartierbot contact fingerprint"
# A group may be allowed to read: that is how service managers hand over a credential.
_TOO_OPEN = 0o027


class Keyring:
    """Seals and unseals bytes and turns a Telegram id into a fingerprint that only we can compute.

    The first key is the newest and seals; all of them unseal. Fingerprints come from the oldest
    key, so that putting a new key on top leaves them as they are.
    """

    def __init__(self, keys: list[bytes]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        oldest = base64.urlsafe_b64decode(keys[-1])
        self._pepper = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(oldest)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Write a new key file that only its owner can read; refuse to overwrite one."""
        key = Fernet.generate_key()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise OperatorError(
                f"There is a key file at {path} already.",
                remedy="Choose another name: a database sealed with a lost key stays closed.",
            ) from None
        with os.fdopen(handle, "wb") as file:
            file.write(key + b"\n")
            file.flush()
            os.fsync(handle)
        return cls([key])

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the key file; say what to do if it is missing, open to others or no key file."""
        try:
            mode = path.stat().st_mode
            lines = path.read_bytes().split()
        except OSError as error:
            raise OperatorError(
                f"The key file {path} cannot be read ({error.strerror}).",
                remedy="Create one with `quartierbot key new FILE` and name it in KEY_FILE.",
            ) from None
        if mode & _TOO_OPEN:
            raise OperatorError(
                f"The key file {path} is open to other users.",
                remedy=f"Run `chmod 600 {path}`.",
            )
        try:
            return cls(lines)
        except (ValueError, IndexError):
            raise OperatorError(
                f"The key file {path} does not hold a key.",
                remedy="Bring back the right file, or create one with `quartierbot key new FILE`.",
            ) from None

    @classmethod
    def in_memory(cls) -> Self:
        """Return a key ring that dies with the process."""
        return cls([Fernet.generate_key()])

    def seal(self, plain: bytes) -> bytes:
        """Return `plain` so that only this key ring can read it."""
        return self._fernet.encrypt(plain)

    def unseal(self, sealed: bytes) -> bytes:
        """Return what was sealed; an OperatorError if another key sealed it."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise OperatorError(
                "The key file does not fit this database.",
                remedy="Name the file the database was made with in KEY_FILE.",
            ) from None

    def fingerprint(self, telegram_id: int) -> str:
        """Return the keyed hash by which a Telegram id is looked up."""
        return hmac.digest(self._pepper, str(telegram_id).encode(), "sha256").hex()

    def sign(self, what: str) -> str:
        """Return sixteen letters that only we can put behind `what`, so that nobody guesses an address."""
        return hmac.digest(self._pepper, f"address {what}".encode(), "sha256").hex()[:16]
