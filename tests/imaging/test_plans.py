"""What the archive asks all the time is found by an index, however many studies it holds."""

from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlmodel import Session

from imaging.index.database import open_index
from imaging.outbox import OWING


async def test_the_studies_of_which_news_is_due_are_found_without_looking_at_the_others(tmp_path: Path) -> None:
    def plan(session: Session) -> list[str]:
        query = OWING.compile(dialect=sqlite.dialect())
        assert not query.params, "with parameters SQLite could not know that the index holds what is asked"
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")
        return [str(row[3]) for row in rows]

    async with open_index(tmp_path / "index.db") as index:
        lines = await index.read(plan)
    assert len(lines) == 1
    assert "ix_studies_owing" in lines[0], lines
