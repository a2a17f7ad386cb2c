"""What writing and signing need: database, files, addresses."""

from dataclasses import dataclass

from telemed.db import Database
from telemed.files.store import FileStore


@dataclass(frozen=True)
class Desk:
    database: Database
    store: FileStore
    verify: str  # the URL of the verification page; the code is appended
    demo: bool
