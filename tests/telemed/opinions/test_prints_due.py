"""Pages that wait for their print: found without a look at all pages; one that fails rests longer and longer."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event

from telemed.app import kinds
from telemed.bridge import aside
from telemed.errors import NoSpace, Unavailable
from telemed.files.store import FileStore
from telemed.kit.events import Pauses
from telemed.kit.quarantine import TRIES, counts, forget_old
from telemed.opinions import page_prints, pages, prints_due
from telemed.opinions.desk import Desk
from telemed.opinions.model import Method, OpinionPage, PageDue, PagePrint
from telemed.opinions.pages import Body
from telemed.opinions.prints_due import FIRST_PAUSE, LONGEST_PAUSE, Prints
from telemed.opinions.signers import local_signers
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import signed

Render = Callable[[OpinionPage, str], object]


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def prints(world: World, tmp_path: Path, seconds: Seconds) -> Prints:
    desk = Desk(world.db, FileStore(tmp_path), "https://telemed.example/verify/", demo=True)
    pauses = Pauses(seconds, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    return Prints(desk, local_signers(tmp_path / "keys")[Method.password], pauses)


async def noted(world: World, id: str, times: int) -> None:
    async with world.db.write() as db:
        for n in range(times):
            await pages.note(db, UUID(id), f"note {n}", Body(f"说明 {n}"), NOW)


@pytest.fixture
async def poisoned(call: Call, world: World, monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Two pages; the first fails each time, and the list holds it once for every try."""
    id, _ = await signed(call, world)
    await noted(world, id, 2)
    first, _ = await rows(world.db, OpinionPage)
    tried: list[UUID] = []
    usual: Render = page_prints.shown

    def fails_on_the_first(page: OpinionPage, verify: str) -> object:
        if page.id == first.id:
            tried.append(page.id)
            raise RuntimeError("poison")
        return usual(page, verify)

    monkeypatch.setattr(page_prints, "shown", fails_on_the_first)
    return tried


async def test_one_that_fails_keeps_no_other_waiting_and_is_tried_after_pauses_that_grow(
    world: World, prints: Prints, poisoned: list[UUID], seconds: Seconds
) -> None:
    tries: list[float] = []
    while seconds.now < 70:
        await prints.make_due(NOW)
        if len(poisoned) > len(tries):
            tries.append(seconds.now)
        seconds.now += 2
    assert tries == [0, 2, 6, 14, 30, 62]
    assert len(await rows(world.db, PagePrint)) == 1
    assert [each.page_id for each in await rows(world.db, PageDue)] == poisoned[:1]


async def test_while_it_rests_it_is_still_named_and_after_ten_tries_it_is_set_aside_for_a_person(
    world: World,
    prints: Prints,
    poisoned: list[UUID],
    seconds: Seconds,
    tmp_path: Path,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for n in range(TRIES - 1):
        assert [type(each) for each in (await prints.make_due(NOW)).values()] == [RuntimeError]
        assert len(await prints.make_due(NOW)) == 1, "it rests"
        assert len(poisoned) == n + 1
        seconds.now += LONGEST_PAUSE
    assert await prints.make_due(NOW) == {}
    async with world.db.read() as db:
        assert await counts(db) == {"page_print": 1}
    seconds.now += LONGEST_PAUSE
    await prints.make_due(NOW)
    assert len(poisoned) == TRIES
    (row,) = await aside.listed(world.db, tmp_path)
    assert (row.kind, row.type, row.data["number"]) == ("page_print", "opinion.page", 1)
    assert "RuntimeError" in row.why
    await aside.again(world.db, tmp_path, row.id, kinds(), clock)
    monkeypatch.undo()
    assert await prints.make_due(NOW) == {}
    assert len(await rows(world.db, PagePrint)) == 2
    assert await rows(world.db, PageDue) == []


async def test_one_that_was_printed_for_a_reader_meanwhile_fails_no_longer(
    call: Call, world: World, prints: Prints, poisoned: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(await prints.make_due(NOW)) == poisoned
    monkeypatch.undo()
    page = (await rows(world.db, OpinionPage))[0]
    assert (await call("doctor", "GET", f"/opinions/{page.opinion_id}/pages/1"))[0] == 200
    assert await prints.make_due(NOW) == {}
    async with world.db.read() as db:
        assert await counts(db) == {}


async def test_a_full_disk_is_no_pages_fault(
    call: Call, world: World, prints: Prints, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, _ = await signed(call, world)
    await noted(world, id, 1)

    async def full(*_: object) -> object:
        raise NoSpace

    with monkeypatch.context() as patched:
        patched.setattr(FileStore, "put", full)
        for _ in range(TRIES + 1):
            with pytest.raises(Unavailable):
                await prints.make_due(NOW)
    assert await prints.make_due(NOW) == {}
    assert len(await rows(world.db, PagePrint)) == 1


async def test_a_round_prints_so_many_and_where_none_waits_no_page_is_looked_at(
    call: Call, world: World, prints: Prints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prints_due, "AT_ONCE", 2)
    id, _ = await signed(call, world)
    await noted(world, id, 3)
    for done in (2, 3):
        await prints.make_due(NOW)
        assert len(await rows(world.db, PagePrint)) == done
    asked: list[str] = []
    event.listen(world.db.readers.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    await prints.make_due(NOW)
    assert [each for each in asked if "opinionpage" in each] == []
    assert [each for each in asked if not each.startswith("BEGIN")] == [each for each in asked if "pagedue" in each]


async def test_a_page_older_than_what_is_remembered_of_failures_is_set_aside_too(
    world: World, prints: Prints, poisoned: list[UUID], seconds: Seconds
) -> None:
    later = NOW + timedelta(days=365)
    for _ in range(TRIES):
        await prints.make_due(later)
        async with world.db.write() as db:
            await forget_old(db, later - timedelta(days=30))
        seconds.now += LONGEST_PAUSE
    async with world.db.read() as db:
        assert await counts(db) == {"page_print": 1}
    assert len(poisoned) == TRIES
