"""Readiness answers whatever is wrong; it never fails itself."""

from pathlib import Path

from sqlalchemy.exc import DatabaseError

from telemed.db import Database
from telemed.probes import Health


async def _malformed() -> str:
    raise DatabaseError("SELECT 1", None, Exception("database disk image is malformed"))


async def test_a_check_that_breaks_is_named_and_the_others_answer(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/telemed.db")
    try:
        checks = await Health(more={"archive": _malformed}).checks(database)
    finally:
        await database.close()
    assert checks["archive"] == "DatabaseError"
    assert checks["database"] == "ok"
