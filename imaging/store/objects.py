"""Immutable files by hash on the local disk: spool, sync, rename; and derived files that can be made again."""

import os
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from uuid import UUID

from uuid_utils.compat import uuid7

from imaging.layout import Ranges

CHUNK = 1 << 20


class Objects:
    """Paths are made of hashes and our own ids only (S26)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.spool = root / "spool"
        self.uploads = root / "uploads"
        self.derived = root / "derived"
        for folder in (root / "objects", self.spool, self.uploads, self.derived):
            folder.mkdir(parents=True, exist_ok=True)

    def empty_spool(self) -> None:
        """What was being received when the process died was never acknowledged."""
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

    def derivative(self, sha256: str, name: str) -> Path:
        return self.derived / sha256[:2] / f"{sha256}.{name}"

    def adopt(self, file: Path, sidecar: Path | None, sha256: str, synced: bool = False) -> None:
        """Make a received file an object, durably; the received name stays until its row is written.

        With `synced` the file's bytes are on the disk already.
        """
        target = self.original(sha256)
        target.parent.mkdir(exist_ok=True)
        if sidecar is not None:
            sync(sidecar)
            sidecar.replace(self.sidecar(sha256))
        if not synced:
            sync(file)
        file.chmod(0o440)  # never executable, never rewritten
        with suppress(FileExistsError):  # equal bytes share one object
            os.link(file, target)
        sync(target.parent)


def sync(*paths: Path) -> None:
    """Return once each file's bytes, or folder's entries, are on the disk."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read_ranges(path: Path, ranges: Ranges) -> bytes:
    with path.open("rb", buffering=0) as stream:
        return b"".join(os.pread(stream.fileno(), length, start) for start, length in ranges)


def discard(path: Path) -> None:
    """Remove what is only spooled; a file that is gone already is as good."""
    path.unlink(missing_ok=True)
