"""Reads the stored bytes of prints, and refuses them if they have changed."""

from hashlib import sha256

from telemed.errors import Conflict
from telemed.files.store import FileStore


async def is_whole(store: FileStore, digest: str | None) -> bool:
    """Whether the bytes exist and match their hash."""
    return digest is not None and await _read(store, digest) is not None


async def whole(store: FileStore, digest: str | None) -> bytes:
    data = await _read(store, digest) if digest is not None else None
    if data is None:
        raise Conflict("The stored print is damaged; do not use it.", reason="print_damaged")
    return data


async def _read(store: FileStore, digest: str) -> bytes | None:
    try:
        data = await store.read(digest)
    except FileNotFoundError:
        return None
    return data if sha256(data).hexdigest() == digest else None
