"""The index's own migrations: they make what the model says, and go back and forth with data inside."""

import asyncio
import json
from functools import partial
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.command import downgrade, upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlmodel import Session, select

import imaging
from imaging.index.database import HEAD, open_index
from imaging.index.model import Mark
from imaging.index.table import Table
from imaging.outbox import OWING

FOLDER = Path(imaging.__file__).parent / "migrations"


async def test_migrations_make_what_the_model_says_and_can_be_run_again(tmp_path: Path) -> None:
    async with open_index(tmp_path / "index.db") as index:
        await index.write(lambda session: session.add(Mark(name="a", value="b")))
    async with open_index(tmp_path / "index.db") as index:
        marks = await index.read(lambda session: session.exec(select(Mark)).all())
        assert [(mark.name, mark.value) for mark in marks] == [("a", "b")]
    engine = create_engine(f"sqlite:///{tmp_path / 'index.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    engine.dispose()


def test_the_index_knows_its_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'index.db'}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "head")
        connection.execute(text("insert into marks values ('a', 'b')"))
        downgrade(config, "base")
        upgrade(config, "head")
        assert connection.execute(text("select count(*) from marks")).scalar() == 0
    engine.dispose()


def test_a_study_with_its_series_goes_through_the_third_migration_and_back(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'index.db'}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        config.attributes["connection"] = connection
        upgrade(config, "0002")
        _fill(connection, "studies", id=1, hospital="wuxi", study_uid="1.2", quarantined=1)
        _fill(connection, "series", id=1, study=1, series_uid="1.2.3")
        upgrade(config, "0003")
        assert connection.execute(text("select quarantined, quarantine_rev from studies")).one() == (1, 0)
        downgrade(config, "0002")
        upgrade(config, "head")
        assert connection.execute(text("select count(*) from series join studies on study = studies.id")).scalar() == 1
    engine.dispose()


def test_a_hidden_study_stays_hidden_when_it_is_called_so(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'index.db'}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    name = 'say "quarantined": true'
    before = json.dumps({"PatientName": name, "quarantined": True})
    read = "select hidden, hidden_rev, (select hidden from orders_ahead) from studies"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "0004")
        _fill(connection, "studies", hospital="wuxi", study_uid="1.2", quarantined=1, quarantine_rev=7)
        _fill(connection, "orders_ahead", study_uid="1.3", quarantined=1)
        for position, data in enumerate((before, "not JSON")):
            _fill(connection, "outbox", id=str(position), position=position, data=data)
        upgrade(config, "0005")
        assert connection.execute(text(read)).one() == (1, 7, 1)
        told, broken = connection.execute(text("select data from outbox order by position")).scalars()
        assert (json.loads(told), broken) == ({"PatientName": name, "hidden": True}, "not JSON")
        downgrade(config, "0004")
        assert connection.execute(text("select quarantined, quarantine_rev from studies")).one() == (1, 7)
        assert connection.execute(text("select data from outbox where position = 0")).scalar() == before
    engine.dispose()


def test_studies_that_were_repaired_before_are_told_of(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'index.db'}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    read = "select text_reading, charset_label, told_count from studies order by id"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "0006")
        for key in (1, 2):
            _fill(connection, "studies", id=key, hospital="wuxi", study_uid=f"1.{key}", instance_count=1, told_count=1)
            _fill(connection, "series", id=key, study=key, series_uid=f"1.{key}.3")
            _fill(connection, "instances", id=key, series=key, sop_uid=f"1.{key}.3.4", repaired_text=key == 2)
        upgrade(config, "0007")
        assert connection.execute(text(read)).all() == [("as_labelled", "", 1), ("repaired", "", -1)]
        upgrade(config, "head")
        assert connection.execute(OWING).scalars().all() == [2]
        downgrade(config, "0006")
        assert connection.execute(text("select count(*) from studies")).scalar() == 2
    engine.dispose()


def test_incomplete_studies_of_which_nobody_was_told_are_told_of(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'index.db'}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "0011")
        for key, declared, complete in ((1, 2, 2), (2, 3, None), (3, None, None)):
            told = {"instance_count": 2, "told_count": 2, "told_complete": complete, "declared": declared}
            _fill(connection, "studies", id=key, hospital="wuxi", study_uid=f"1.{key}", **told)
        upgrade(config, "head")
        assert connection.execute(OWING).scalars().all() == [2]
        connection.execute(text("update studies set told_declared = declared"))
        downgrade(config, "0011")
        after = connection.execute(text("select told_complete from studies order by id")).scalars().all()
        assert after == [2, None, None], "that the second is complete one day is still to be told"
    engine.dispose()


def test_names_that_were_indexed_before_are_found_as_one_word(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'index.db'}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "0008")
        _fill(connection, "studies", id=1, hospital="wuxi", study_uid="1.2")
        for form in ("smith john", "张 三", "张三"):
            _fill(connection, "name_forms", study=1, form=form)
        upgrade(config, "head")
        forms = connection.execute(text("select form from name_forms")).scalars().all()
        assert sorted(forms) == ["smith john", "smithjohn", "张 三", "张三"]
    engine.dispose()


def _fill(connection: Connection, table: str, **given: object) -> None:
    """A row of an older schema: what is not given is empty."""
    columns = connection.execute(text(f"pragma table_info({table})")).all()
    row: dict[str, object] = {each.name: "" if "CHAR" in each.type else 0 for each in columns if each.notnull}
    row |= {each.name: "2026-01-01 00:00:00" for each in columns if each.type == "DATETIME"} | given
    names = ", ".join(row)
    connection.execute(text(f"insert into {table} ({names}) values ({', '.join(':' + name for name in row)})"), row)


def _add(session: Session, mark: Mark) -> None:
    session.add(mark)
    session.flush()


async def test_one_failed_write_does_not_undo_its_neighbours(tmp_path: Path) -> None:
    async with open_index(tmp_path / "index.db") as index:
        writes = [Mark(name="a", value="1"), Mark(name="a", value="2"), Mark(name="b", value="3")]
        outcomes = await asyncio.gather(
            *(index.write(partial(_add, mark=mark)) for mark in writes), return_exceptions=True
        )
        assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, True, False]
        marks = await index.read(lambda session: session.exec(select(Mark).order_by(Mark.name)).all())
        assert [(mark.name, mark.value) for mark in marks] == [("a", "1"), ("b", "3")]


def test_a_name_from_before_is_found_by_a_piece_of_it(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'index.db'}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "0007")
        _fill(connection, "studies", id=1, hospital="wuxi", study_uid="1.2")
        for form in ("王小明", "wang xiaoming"):
            _fill(connection, "name_forms", study=1, form=form)
        upgrade(config, "head")
        parts = connection.execute(text("select part from name_parts order by part")).scalars().all()
        assert sorted(parts) == sorted(["王小明", "小明", "明"])
        downgrade(config, "0007")
    engine.dispose()
