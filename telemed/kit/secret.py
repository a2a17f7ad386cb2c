"""A file that is for the service's own eyes: keys and what signs."""

import os
from pathlib import Path


def write_secret(path: Path, data: bytes) -> None:
    """Whole or not at all: a start that is cut short leaves no half a key, which would keep the next from starting."""
    half = path.with_suffix(".part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(half, path)
