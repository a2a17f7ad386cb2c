"""A signed opinion is immutable in the database itself, on every database."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from telemed.db import Database
from telemed.migrations import migrate
from telemed.opinions.model import Opinion, OpinionPage, PagePrint
from tests.telemed.conftest import Call, World, rows
from tests.telemed.opinions.helpers import board, consultation, opinion, save, signed


async def test_a_signed_version_is_neither_changed_nor_deleted(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    for change in ("UPDATE opinion SET sha256 = 'x'", "DELETE FROM opinion"):
        with pytest.raises(DBAPIError, match="never changes"):
            async with world.db.write() as db:
                await (await db.connection()).exec_driver_sql(change)
    kept = (await rows(world.db, Opinion))[0]
    assert (kept.sha256, kept.number) == (out["signed"][0]["sha256"], 1)
    assert (await board(call, id))["state"] == "signed"


async def test_a_draft_is_changed_freely(call: Call, world: World) -> None:
    id = await consultation(world)
    _, first = await save(call, id, 0, opinion())
    status, second = await save(call, id, first["version"], opinion(analysis="改"))
    assert (status, second["content"]["analysis"]) == (200, "改")


async def test_a_page_and_its_print_are_neither_changed_nor_deleted(call: Call, world: World) -> None:
    id, out = await signed(call, world, advice=[], medicines=[], no_advice=True)
    path = f"/consultations/{id}/acknowledgement"
    assert (await call("doctor", "POST", path, match=out["consultation_version"], json={"answers": []}))[0] == 200
    assert (await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/pages/1"))[0] == 200
    assert (len(await rows(world.db, OpinionPage)), len(await rows(world.db, PagePrint))) == (1, 1)
    for table in ("opinionpage", "pageprint"):
        for change in (f"UPDATE {table} SET sha256 = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError, match="append only"):
                async with world.db.write() as db:
                    await (await db.connection()).exec_driver_sql(change)


async def test_the_migration_keeps_signed_versions_and_finds_the_bytes_of_their_prints(
    any_db: Database, call: Call, world: World
) -> None:
    await signed(call, world)
    before = (await rows(world.db, Opinion))[0]

    def down_and_up(connection: Connection) -> None:
        migrate(connection, "0003")
        migrate(connection)

    async with any_db.writer.begin() as connection:
        if any_db.is_sqlite:
            await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        await connection.run_sync(down_and_up)
    after = (await rows(world.db, Opinion))[0]
    assert before.print_sha256 is not None
    assert after.model_dump() == before.model_dump()
