"""Where opinions are set and signed: what every step beside the person and the moment needs."""

from dataclasses import dataclass

from telemed.db import Database
from telemed.files.store import FileStore


@dataclass(frozen=True)
class Desk:
    database: Database
    store: FileStore
    verify: str  # the address of the verification page, to which the code is added
    demo: bool
