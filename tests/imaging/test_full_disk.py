"""A full disk under the archive: no file is called damaged for it, nothing kept is lost, and it heals by itself."""

import asyncio
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from imaging.dimse import open_dimse
from imaging.errors import NoSpace
from imaging.index.model import Mark
from tests.full import full_at
from tests.imaging.conftest import Asker
from tests.imaging.made import made, uid
from tests.imaging.modality import send


async def test_a_file_that_finds_no_room_is_refused_for_that_and_taken_later(wuxi: Asker, tmp_path: Path) -> None:
    small, large = made(number=1), made(number=2, side=256)
    limit = tmp_path / "limit"
    limit.write_bytes(bytes(60_000))
    assert (await wuxi.store(small))[0] == 200
    callers = {"WUXI_CT": "wuxi"}
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=callers.get) as port:
        with full_at(limit, more=0):
            status, problem = await wuxi.store(large)
            assert (status, problem["code"]) == (507, "no_space")
            assert await asyncio.to_thread(send, port, large) == [0, 0xA700]
            assert len(await wuxi.json(f"/dicomweb/studies/{uid('study')}/metadata")) == 1
        assert await asyncio.to_thread(send, port, large) == [0, 0]
    assert len(await wuxi.json(f"/dicomweb/studies/{uid('study')}/metadata")) == 2


async def test_writes_that_wait_together_fail_together_when_the_disk_is_full(wuxi: Asker, tmp_path: Path) -> None:
    index = wuxi.archive.index

    def keep(name: str, size: int) -> Any:
        return lambda session: session.add(Mark(name=name, value="x" * size))

    await index.write(keep("first", 1))
    with full_at(tmp_path / "index.db-wal", tmp_path / "index.db", more=0):
        together = [index.write(keep(f"m{n}", 1_000_000 if n == 3 else 10)) for n in range(6)]
        outcomes = await asyncio.gather(*together, return_exceptions=True)
        assert all(isinstance(each, NoSpace) for each in outcomes if each is not None)
        assert index.no_space
        assert not await index.has_space()
    kept = {f"m{n}" for n, outcome in enumerate(outcomes) if outcome is None}

    def names(session: Session) -> set[str]:
        return {name for name in session.exec(select(Mark.name)) if name.startswith("m")}

    assert await index.has_space(), "a look is enough, although nobody stores anything"
    assert await index.read(names) == kept  # what was answered for is there, and nothing else
