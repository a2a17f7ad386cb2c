"""What the archive asks all the time is found by an index, however many studies it holds."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import sqlite
from sqlmodel import Session

from imaging.actor import Actor
from imaging.errors import NotFound
from imaging.index import qido
from imaging.index.access import View, locate
from imaging.index.database import Index, Look, open_index
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


@pytest.mark.parametrize(
    ("key", "value", "index"),
    [
        ("PatientID", "P1", "ix_studies_patient_id (patient_id=?)"),
        ("PatientID", "P1*", "ix_studies_patient_id (patient_id>? AND patient_id<?)"),
        ("AccessionNumber", "A1", "ix_studies_accession_number (accession_number=?)"),
        ("PatientName", "王*", "ix_name_forms_form_study (form>? AND form<?)"),
        ("PatientName", "wang^xiaoming", "ix_name_forms_form_study (form=?)"),
        ("PatientName", "*小明*", "ix_name_parts_part_study (part>? AND part<?)"),
        ("StudyDate", "20260101-20260331", "ix_studies_when (study_date>? AND study_date<?)"),
        ("ModalitiesInStudy", "CT", "ix_series_study_modality (study=? AND modality=?)"),
    ],
)
async def test_what_is_asked_for_is_found_by_an_index_and_so_is_the_right_to_see_it(
    tmp_path: Path, key: str, value: str, index: str
) -> None:
    asker = Actor("a", frozenset({"a", "role:ruijin:radiologist"}), "ruijin", reads_own=True)
    asked = qido.parse("studies", [(key, value), ("limit", "25")])

    def plan(session: Session) -> list[str]:
        said: list[tuple[str, Any]] = []
        session.connection()
        engine = session.get_bind()
        keep = lambda _c, _cursor, sql, given, _context, _many: said.append((sql, given))  # noqa: E731
        event.listen(engine, "before_cursor_execute", keep)
        qido.search(session, View(asker, datetime.now(UTC)), asked)
        event.remove(engine, "before_cursor_execute", keep)
        sql, given = next(each for each in said if "FROM studies" in each[0])
        return [str(row[3]) for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]

    async with open_index(tmp_path / "index.db") as opened:
        lines = await opened.read(plan)
    assert any(index in line for line in lines), lines
    assert any("ix_grants_who (study_uid=? AND subject=? AND hospital=? AND until>?)" in line for line in lines), lines
    assert not any(line.startswith("SCAN") and "ix_studies_when" not in line for line in lines), lines


async def test_where_a_frame_lies_is_found_by_indexes_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asker = Actor("a", frozenset({"a", "role:ruijin:radiologist"}), "ruijin", reads_own=True)
    lines, look = list[str](), Index.look

    def explained(index: Index, asked: Look, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        lines.extend(
            str(row[3]) for row in look(index, asked._replace(text=f"EXPLAIN QUERY PLAN {asked.text}"), values)
        )
        return look(index, asked, values)

    monkeypatch.setattr(Index, "look", explained)
    async with open_index(tmp_path / "index.db") as index:
        with pytest.raises(NotFound):
            locate(index, View(asker, datetime.now(UTC)), ("1.2", "1.2.3", "1.2.3.4"), None)
    assert not any(line.startswith("SCAN") for line in lines), lines
    assert any("ix_grants_who (study_uid=? AND subject=? AND hospital=? AND until>?)" in line for line in lines), lines
