"""Checks that this program knows a database, before anything in it is touched."""

from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from telemed.errors import StartRefused
from telemed.kit.table import Table
from telemed.migrations.tables import TABLES

VERSION_TABLE = "telemed_version"
REVISIONS = frozenset(each.name.split("_")[0] for each in Path(__file__).with_name("versions").glob("0*.py"))
COLUMNS = {
    "sqlite": "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    "postgresql": "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema()",
}


def refuse_unknown_file(url: str) -> None:
    """Checks SQLite's file, opened read-only, because a normal connection would already write into it."""
    path = make_url(url).database
    if not path or not Path(path).exists():
        return
    engine = create_engine(f"sqlite:///{Path(path).resolve().as_uri()}?mode=ro&uri=true", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            refuse_unknown(connection, path)
    except DatabaseError as broken:
        if "not a database" not in str(broken):
            raise
        raise _refused(path, "不是数据库文件，或已损坏", "it is no database, or it is damaged") from broken
    finally:
        engine.dispose()


def refuse_unknown(connection: Connection, place: str) -> None:
    """Raises StartRefused unless the database is empty or was made by this program or an earlier release."""
    columns = {(table, column) for table, column in connection.execute(text(COLUMNS[connection.dialect.name]))}
    tables = {table for table, _ in columns}
    ours = {table for table in Table.metadata.tables if table in tables}
    if not inspect(connection).has_table(VERSION_TABLE):
        # A PostgreSQL database may also hold somebody else's tables; a SQLite file must be ours alone.
        if ours or (tables and connection.dialect.name == "sqlite"):
            raise _refused(
                place,
                "其中已有数据表，却没有本程序的版本记录，可能属于别的程序",
                "it holds tables without this program's version record, so it may belong to another program",
            )
        return
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    if found is None:
        return
    if found not in REVISIONS:
        raise _refused(
            place,
            f"它的版本是 {found}，本程序只认识到 {max(REVISIONS)}，多半由较新的程序建立",
            f"its version is {found} and this program knows up to {max(REVISIONS)}; a newer program made it",
        )
    if found == max(REVISIONS) and (lacks := sorted(_lacking(columns))):
        raise _refused(
            place,
            f"它由开发中的旧版程序建立，缺少 {len(lacks)} 列，如 {lacks[0]}",
            f"a program from before this release made it; it lacks {len(lacks)} columns, {lacks[0]} among them",
        )


def _lacking(there: set[tuple[str, str]]) -> set[str]:
    assert TABLES, "the metadata is whole only with every module that defines a table"
    wanted = {(table.name, column.name) for table in Table.metadata.tables.values() for column in table.columns}
    return {f"{table}.{column}" for table, column in wanted - there}


def _refused(place: str, chinese: str, english: str) -> StartRefused:
    return StartRefused(
        f"不能使用数据库 {place}：{chinese}。请另选一个数据目录，或用建立它的程序打开；其中的数据未作任何改动。",
        f"The database {place} cannot be used: {english}. "
        "Choose another data directory, or open it with the program that made it. Nothing in it was changed.",
    )
