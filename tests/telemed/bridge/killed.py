"""A product without pages: its database, both leaves, the dispatcher and the orders; as a program, killed at a point.

`python -m tests.telemed.bridge.killed FOLDER POINT` decides five things and dies by SIGKILL at POINT.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from joserfc.jwk import KeySet
from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.archive import Archive, open_archive
from imaging.index.database import Index
from imaging.index.model import Study as StudyRow
from signaling import LocalBus, serve_rooms
from signaling.log import RoomLog
from telemed.access.events import GrantsChanged
from telemed.activities.kinds import Kinds, Study
from telemed.bridge.commands import HEARS, RoomCommands
from telemed.bridge.images import HIDES, HiddenStudies
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Give, Orders
from telemed.cases.events import ConsentWithdrawn, PacketAdded
from telemed.cases.model import ConsentKind, ItemKind
from telemed.consultations.activity import ConsultationKind
from telemed.db import Database
from telemed.history.consumers import Consumer
from telemed.history.events import About
from telemed.history.service import emit, hint
from telemed.kit.clock import utcnow
from telemed.kit.events import deliver
from telemed.people.events import SessionEnded
from telemed.rooms.ports import Standing
from telemed.serve import open_database
from telemed.studies.events import StudyHidden
from telemed.studies.model import StudyView

ROOM, OTHER, SID, OPEN = (UUID(int=n) for n in (1, 2, 3, 5))
PERSON, STUDY = "00000000-0000-0000-0000-000000000004", "1.2.3"
KINDS = ("room.end", "room.grants", "room.remove", "sid.revoked", "study.hide")
RIGHTS = frozenset({"publish", "subscribe"})
POINTS = ("decided", "kept", "log.flush", "index.commit", *(f"done:{kind}" for kind in KINDS))


@dataclass
class Product:
    db: Database
    archive: Archive
    orders: Orders
    leaves: dict[str, Give]
    consumers: dict[str, Consumer]

    async def dispatch(self) -> None:
        """What the outbox holds, to the end."""
        while await deliver(self.db, self.consumers, utcnow()):
            pass


class OpenConsultation(ConsultationKind):
    """OPEN is one that has not ended, with one participant who sees one study."""

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        return About("wuxi", activity=self.name, activity_id=id) if id == OPEN else None

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        return None

    async def standings(self, db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
        return {UUID(PERSON): Standing("expert", RIGHTS, True)}

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        return {id: [("wuxi", STUDY)] for id in ids}


@asynccontextmanager
async def product(folder: Path) -> AsyncIterator[Product]:
    async def ignore(_event: object) -> None: ...

    async with (
        open_database(f"sqlite:///{folder}/telemed.db") as db,
        open_archive(folder / "imaging", publish=ignore) as archive,
        serve_rooms(folder / "rooms.db", lambda: KeySet([]), LocalBus(ignore), origins=[], drain_s=0) as rooms,
    ):
        orders = Orders(db, utcnow)
        commands, hidden = (
            RoomCommands(db, orders, rooms.commands, Kinds([OpenConsultation()]), utcnow),
            HiddenStudies(orders, archive),
        )
        consumers = {
            "commands": Consumer("commands", HEARS, commands.consume),
            "hidden_studies": Consumer("hidden_studies", HIDES, hidden.consume),
        }
        yield Product(db, archive, orders, {**commands.leaves, **hidden.leaves}, consumers)


async def decide(made: Product) -> None:
    """A sign-out, a consent withdrawn, a person without access, a packet changed, a study that is another patient's."""
    now = utcnow()
    study = StudyRow(hospital="wuxi", study_uid=STUDY, received_at=now, changed_at=now)
    await made.archive.index.write(lambda session: session.add(study))
    ended, other, open_ = (About("wuxi", activity="consultation", activity_id=id) for id in (ROOM, OTHER, OPEN))
    async with made.db.write() as db:
        db.add(StudyView(hospital_id="wuxi", study_uid=STUDY, hidden=True, received_at=now, changed_at=now))
        hint(db, SessionEnded(sid=SID), About("wuxi"), now)
        hint(db, GrantsChanged(grantee=PERSON, ended=True), other, now)
        emit(db, PacketAdded(id=UUID(int=8), kind=ItemKind.study, title="CT", version=2), open_, now)
        emit(db, StudyHidden(study_uid=STUDY), About("wuxi"), now)
        withdrawn = ConsentWithdrawn(
            id=UUID(int=9), number="1", kind=ConsentKind.patient, reason="reason", still_consented=False
        )
        emit(db, withdrawn, ended, now)


def die(*_given: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(leaf: Give) -> Give:
    """Carries the order out, and dies before anybody hears of it."""

    async def carried_out(row: LeafOrder) -> None:
        await leaf(row)
        die()

    return carried_out


async def main(folder: Path, point: str) -> None:
    async with product(folder) as made:
        await decide(made)
        if point == "decided":
            die()
        await made.dispatch()
        if point == "kept":
            die()
        fatal: dict[str, Callable[[], None]] = {
            "log.flush": lambda: setattr(RoomLog, "flush", die),
            "index.commit": lambda: setattr(Index, "_commit", die),
        }
        if point in fatal:
            fatal[point]()
        kind = point.removeprefix("done:")
        leaves = made.leaves | ({kind: deadly(made.leaves[kind])} if kind in made.leaves else {})
        async with asyncio.timeout(20):
            await made.orders.run(leaves)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
