"""Writes to the index: alone or with others, one that fails leaves nothing behind and takes nothing from the others."""

import asyncio
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from imaging.index.model import Mark
from tests.imaging.conftest import Asker


def keep(name: str, *, fails: bool = False) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        session.add(Mark(name=name, value=""))
        session.flush()
        if fails:
            raise KeyError(name)
        return name

    return work


@pytest.mark.parametrize("others", [0, 3])
async def test_a_write_that_fails_undoes_only_itself(wuxi: Asker, others: int) -> None:
    index = wuxi.archive.index
    works = [keep("bad", fails=True), *(keep(f"m{n}") for n in range(others))]
    outcomes = await asyncio.gather(*(index.write(work) for work in works), return_exceptions=True)
    assert isinstance(outcomes[0], KeyError)
    assert outcomes[1:] == [f"m{n}" for n in range(others)]

    def names(session: Session) -> set[str]:
        return {name for name in session.exec(select(Mark.name)) if name == "bad" or name.startswith("m")}

    assert await index.read(names) == {f"m{n}" for n in range(others)}
