"""What leaves the records of patients names no patient: logs, the audit, notices, orders and news (S36)."""

import sqlite3
from contextlib import closing
from pathlib import Path

from telemed.demo.patients import PATIENTS


def assert_names_nobody(text: str) -> None:
    """No patient of the demonstration, by name or number, in what leaves the records of patients (S36)."""
    assert text
    said = {word for each in PATIENTS.values() for word in (each.name, each.latin, each.number) if word in text}
    assert said == set()


def logs_in(folder: Path) -> str:
    return "".join(each.read_text(encoding="utf-8") for each in folder.rglob("*.log*") if each.is_file())


def kept_beside_patients(path: Path) -> str:
    """All that is kept to be read by others: audit, notices and their deliveries, orders to leaves, news on its way."""
    with closing(sqlite3.connect(path)) as db:
        tables = ("auditevent", "notice", "delivery", "deadline", "leaforder", "outbox", "room")
        return "\n".join(str(row) for table in tables for row in db.execute(f"SELECT * FROM {table}"))
