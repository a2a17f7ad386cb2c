"""Files that only the service's own account may read: keys and signing secrets."""

import os
from pathlib import Path


def write_secret(path: Path, data: bytes) -> None:
    """Writes atomically: a start that is interrupted must not leave half a key, which would break the next start."""
    half = path.with_suffix(".part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(half, path)
