"""Heads of the chain, signed, one a line: kept elsewhere they show that later rows were cut off or rewritten."""

import base64
import os
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from telemed.audit.sealer import LAST
from telemed.db import Database
from telemed.kit.secret import write_secret

KEY_FILE: Final = "audit.pem"
RAW: Final = serialization.Encoding.Raw, serialization.PublicFormat.Raw


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last row of the chain at `time`; `hash` in hexadecimal digits, `signature` (Ed25519) in base64."""

    number: int
    hash: str
    time: str
    signature: str = ""

    @property
    def told(self) -> bytes:
        return f"telemed audit head 1|{self.number}|{self.hash}|{self.time}".encode()


class HeadsUnreadable(Exception):
    """Why a file of heads says nothing: in a sentence, with its line."""


class HeadKey:
    """Signs heads; made at the first start beside the other keys."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def open(cls, folder: Path) -> "HeadKey":
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / KEY_FILE
        if not path.exists():
            pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            write_secret(path, Ed25519PrivateKey.generate().private_bytes(*pem))
        key = serialization.load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(f"{path} holds no Ed25519 key")
        return cls(key)

    def sign(self, head: Head) -> Head:
        return msgspec.structs.replace(head, signature=base64.b64encode(self._key.sign(head.told)).decode())

    def holds(self, head: Head) -> bool:
        try:
            self._key.public_key().verify(base64.b64decode(head.signature), head.told)
        except (InvalidSignature, ValueError):
            return False
        return True


async def current(database: Database, key: HeadKey, now: datetime) -> Head | None:
    """The head as it is now, signed; None while nothing is sealed."""
    async with database.read() as db:
        last = (await (await db.connection()).execute(LAST)).one_or_none()
    return key.sign(Head(int(last[0]), bytes(last[1]).hex(), now.isoformat())) if last else None


def append(path: Path, head: Head) -> None:
    """Adds a line, on disk when it returns. It waits for the disk: not on the event loop.

    A line that was torn (a full disk, a crash) is ended first, so that it spoils no other.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        torn = file.seek(0, os.SEEK_END) > 0 and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
        file.write((b"\n" if torn else b"") + msgspec.json.encode(head) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, key: HeadKey) -> list[Head]:
    """The heads of a file, by number. Raises HeadsUnreadable, also where a signature is not ours."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as failure:
        raise HeadsUnreadable(f"{path}: {failure.strerror}") from failure
    found = list[Head]()
    for n, line in enumerate(lines, 1):
        if not line.endswith(b"}"):  # torn, when the disk was full or the server fell; `append` went on below it
            continue
        try:
            head = msgspec.json.decode(line, type=Head)
        except msgspec.DecodeError as failure:
            raise HeadsUnreadable(f"{path}, line {n}, is no head of an audit log") from failure
        if not key.holds(head):
            raise HeadsUnreadable(f"{path}, line {n}, was not signed with the key of these data")
        found.append(head)
    if not found:
        raise HeadsUnreadable(f"{path} holds no head")
    return sorted(found, key=lambda each: each.number)
