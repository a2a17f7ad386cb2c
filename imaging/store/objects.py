"""Immutable files on the local disk, named by their hash: spooled, synced, renamed. And files derived from them."""

import os
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Literal, NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

CHUNK = 1 << 20


class Source(NamedTuple):
    """A stored object that holds frames."""

    name: str
    """The hash of an original, also of a sidecar's; the id of a pack."""
    kind: Literal["original", "sidecar", "frames.bin", "preview.bin"] = "original"


class Objects:
    """Paths contain only hashes and our own ids (S26)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.spool = root / "spool"
        self.uploads = root / "uploads"
        self.derived = root / "derived"
        self.packs = root / "packs"
        for folder in (root / "objects", self.spool, self.uploads, self.derived, self.packs):
            folder.mkdir(parents=True, exist_ok=True)

    def empty_spool(self) -> None:
        """Deletes what was being received when the process died; it was never acknowledged."""
        rmtree(self.spool)
        self.spool.mkdir()

    def spooled(self) -> Path:
        return self.spool / uuid7().hex

    def upload(self, upload: UUID) -> Path:
        return self.uploads / upload.hex

    def original(self, sha256: str) -> Path:
        return self.root / "objects" / sha256[:2] / sha256

    def sidecar(self, sha256: str) -> Path:
        return self.root / "objects" / sha256[:2] / f"{sha256}.frames"

    def path(self, source: Source) -> Path:
        match source.kind:
            case "original":
                return self.original(source.name)
            case "sidecar":
                return self.sidecar(source.name)
            case file:
                return self.pack(source.name) / file

    def pack(self, pack: str) -> Path:
        """The folder of a pack; its id ends with random digits."""
        return self.packs / pack[-2:] / pack

    def derivative(self, sha256: str, name: str) -> Path:
        return self.derived / sha256[:2] / f"{sha256}.{name}"

    def adopt(self, file: Path, sidecar: Path | None, sha256: str, synced: bool = False) -> None:
        """Makes a received file an object, durably; its spool name stays until the row is written.

        `synced`: the file's bytes are on the disk already.
        """
        target = self.original(sha256)
        target.parent.mkdir(exist_ok=True)
        if sidecar is not None:
            sync(sidecar)
            sidecar.replace(self.sidecar(sha256))
        if not synced:
            sync(file)
        file.chmod(0o440)  # not executable, not writable
        with suppress(FileExistsError):  # the same bytes are stored already
            os.link(file, target)
        sync(target.parent)


def sync(*paths: Path) -> None:
    """Returns once each file's bytes, or each folder's entries, are on the disk."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def discard(path: Path) -> None:
    """Deletes a spooled file; fine if it is gone already."""
    path.unlink(missing_ok=True)
