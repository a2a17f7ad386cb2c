"""The demonstration's cases come to stand where they should, through the services that everybody uses."""

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import select

from telemed.cases.model import CaseEvent
from telemed.consultations.model import Consultation, State
from telemed.db import Database
from telemed.demo.foundation import fill_calendars, lay
from telemed.demo.play import Player
from telemed.demo.vignettes import VIGNETTES
from telemed.files.store import FileStore
from telemed.work import service as work
from telemed.work.model import WorkKind

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


async def test_every_case_reaches_its_state(db: Database, tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    reached: dict[str, State] = {}
    async with db.write() as session:
        made = await lay(session, NOW)
        for vignette in VIGNETTES:
            row = await Player(session, store, made, vignette, NOW).play()
            reached[vignette.key] = row.state
        await fill_calendars(session, made, NOW)
    wanted = {each.key: each.state for each in VIGNETTES}
    assert reached == wanted
    async with db.read() as session:
        rows = (await session.exec(select(Consultation))).all()
        assert all(row.state_since <= NOW for row in rows)
        events = (await session.exec(select(CaseEvent))).all()
        assert all(event.at <= NOW for event in events)
        waiting = await work.waiting_for(session, made.actors["wuxi.chief"])
        assert WorkKind.endorse in {each.kind for each in waiting}
        assert await work.waiting_for(session, made.actors["coordinator"])
