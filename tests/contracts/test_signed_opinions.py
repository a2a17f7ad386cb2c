"""A signed opinion is immutable in the database itself, on every database."""

import pytest
from sqlalchemy.exc import DBAPIError

from telemed.opinions.model import Opinion
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
