"""`telemed quarantine`: what is set aside is listed and shown without patients' words, tried again, or dropped."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import msgspec
import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.index.database import open_index
from imaging.index.model import Upload, UploadState
from signaling import Event
from signaling.log import RoomLog
from telemed.cli import aside
from telemed.db import Database
from telemed.kit.events import Outbox, deliver, publish
from telemed.kit.quarantine import TRIES, Quarantine
from telemed.kit.table import new_id
from telemed.rooms import service as rooms
from telemed.serve import open_database
from tests.telemed.conftest import NOW

T = TypeVar("T")
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def data_dir(data_folder: Path) -> Path:
    """One event that nobody could digest, and one row of the rooms' log that cannot be read."""

    async def chokes(_db: object, _event: Outbox) -> None:
        raise KeyError("王五")

    async def make() -> None:
        async with open_database(f"sqlite:///{data_folder}/telemed.db") as db:
            async with db.write() as session:
                publish(session, "odd", {"name": "王五", "hospital_id": "wuxi", "n": 1}, NOW)
            for _ in range(TRIES):
                await deliver(db, {"chokes": chokes}, NOW)

    asyncio.run(make())
    with closing(RoomLog(str(data_folder / "rooms.db"), 1000.0)) as log:
        log.append("r1", 1, 1, "chat", {"text": "王五"}, 1000.0)
        log.flush()
        with closing(sqlite3.connect(data_folder / "rooms.db")) as db:
            db.execute("update events set data = ?", (b'{"text":1e999}',))
            db.commit()
        assert log.pending() == []
    return data_folder


def _listed(printed: Printed, data_dir: Path) -> list[list[str]]:
    aside.list_aside(data_dir=data_dir)
    return [line.split("\t") for line in printed.readouterr().out.splitlines()]


async def _waiting(data_dir: Path) -> list[str]:
    from sqlmodel import col, select

    db = Database(f"sqlite:///{data_dir}/telemed.db")
    try:
        async with db.read() as session:
            return [e.type for e in await session.exec(select(Outbox).where(col(Outbox.delivered_at).is_(None)))]
    finally:
        await db.close()


def test_it_is_listed_and_shown_without_anybodys_name_unless_asked_for(data_dir: Path, capsys: Printed) -> None:
    event, row = _listed(capsys, data_dir)
    assert (event[1], event[3], row[:2], row[3]) == ("event", "odd", ["room_log-1", "room_log"], "chat")
    assert event[4].startswith("chokes: KeyError")
    aside.show(event[0], data_dir=data_dir)
    shown = capsys.readouterr().out
    assert "王五" not in shown
    assert '"hospital_id": "wuxi"' in shown
    assert "(2 characters)" in shown
    aside.show(event[0], values=True, data_dir=data_dir)
    assert "王五" in capsys.readouterr().out


def test_what_is_tried_again_waits_for_its_consumer_and_what_is_dropped_is_gone(
    data_dir: Path, capsys: Printed
) -> None:
    event, row = _listed(capsys, data_dir)
    assert asyncio.run(_waiting(data_dir)) == []
    aside.retry(event[0], data_dir=data_dir)
    told = capsys.readouterr().out
    assert "It will be delivered again: within a second" in told  # nobody has tried it yet
    assert "`telemed quarantine list` names it again" in told
    assert asyncio.run(_waiting(data_dir)) == ["odd"]
    aside.retry(row[0], data_dir=data_dir)
    assert "with the next event of a room, or at the next start" in capsys.readouterr().out
    assert _listed(capsys, data_dir) == []
    with closing(RoomLog(str(data_dir / "rooms.db"), 1000.0)) as log:
        assert log.pending() == []  # it still cannot be read
    aside.drop(row[0], data_dir=data_dir)
    assert _listed(capsys, data_dir) == []


def test_what_a_room_reported_is_tried_at_once_and_said_to_have_taken_effect(data_dir: Path, capsys: Printed) -> None:
    room, sender = new_id(), new_id()
    said = {"from": f"{sender}/page", "topic": "chat", "payload": {"text": "好"}, "to": None}
    event = Event(id=str(new_id()), type="chat", source=f"room/{room}", epoch=1, seq=1, occurred_at=NOW, data=said)
    row = Quarantine(
        kind="rooms",
        consumer="rooms",
        event_id=UUID(event.id),
        type="chat",
        data=msgspec.to_builtins(event),
        occurred_at=NOW,
        set_aside_at=NOW,
    )

    async def with_database(work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        db = Database(f"sqlite:///{data_dir}/telemed.db")
        try:
            async with db.write() as session:
                return await work(session)
        finally:
            await db.close()

    async def put(session: AsyncSession) -> None:
        session.add(row)

    asyncio.run(with_database(put))
    aside.retry(str(row.id), data_dir=data_dir)
    assert capsys.readouterr().out == "It has taken effect.\n"
    (kept,) = asyncio.run(with_database(lambda session: rooms.messages(session, room)))
    assert (kept.sender, kept.text) == (sender, "好")


def test_an_id_that_nobody_set_aside_is_said_in_a_sentence(data_dir: Path, capsys: Printed) -> None:
    from telemed.errors import NotFound

    for act in (aside.retry, aside.drop):
        with pytest.raises(NotFound, match="set aside"):
            act("room_log-99", data_dir=data_dir)
    with pytest.raises(SystemExit, match="set aside"):
        aside.show("room_log-99", data_dir=data_dir)


def test_an_upload_that_was_set_aside_is_listed_without_its_name_and_tried_again(
    data_dir: Path, capsys: Printed
) -> None:
    async def make() -> None:
        upload = Upload(hospital="wuxi", owner="u", name="王五.dcm", length=5, created_at=NOW)
        upload.state, upload.code = UploadState.REFUSED, "set_aside"
        async with open_index(data_dir / "imaging" / "index.db") as index:
            await index.write(lambda session: session.add(upload))

    (data_dir / "imaging").mkdir()
    asyncio.run(make())
    [row] = [row for row in _listed(capsys, data_dir) if row[1] == "uploads"]
    aside.show(row[0], values=True, data_dir=data_dir)
    shown = capsys.readouterr().out
    assert '"bytes": 5' in shown
    assert "王五" not in shown
    aside.retry(row[0], data_dir=data_dir)
    assert "at the next start" in capsys.readouterr().out
    assert "uploads" not in [row[1] for row in _listed(capsys, data_dir)]
