"""Keeps who read what: one row per person, patient, case, purpose and five minutes, before the first byte leaves.

The first reads of a window share one commit: whoever gets the turn writes for all who wait (group commit). What is
known in memory costs nothing, and is forgotten by a restart, which may write a second row and loses none.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Protocol
from uuid import UUID

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.access.policy import ACTOR
from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.seeing import SEEN, Seen, merged
from telemed.db import Database
from telemed.errors import TelemedError, Unavailable
from telemed.kit.http import OPERATION, Operation, now
from telemed.kit.table import new_id

log = structlog.get_logger(__name__)
WINDOW: Final = timedelta(minutes=5)
MOST_KNOWN: Final = 50_000  # windows in memory, before those that have ended are forgotten
READ: Final = "read"
P = Purpose
# One patient is opened. Lists and searches name whoever is in them: of these nobody asks which department treats whom.
OPENED: Final = frozenset(
    {P.patient, P.case, P.request, P.consent, P.opinion, P.print, P.file, P.study, P.images, P.room}
)


class Outside(Protocol):
    """Of these reads at the reader's own hospital, those from outside the department that treats the patient."""

    async def __call__(self, db: AsyncSession, who: Actor, seen: Collection[Seen]) -> Collection[Seen]: ...


class Unaudited(Unavailable):
    """Who reads it could not be noted, so it is not shown."""

    code = "unaudited"

    def __init__(self) -> None:
        super().__init__(
            "It could not be noted who reads this, so it is not shown. Try again in a moment.",
            reason="unaudited",
        )


class Window(NamedTuple):
    actor_id: UUID
    owner_id: str
    patient_id: UUID | None
    case_id: UUID | None
    purpose: str | None
    outcome: str
    of: str  # what was read or asked for, where no patient is known; under break-glass its id
    action: str
    device_id: UUID | None
    study: str = ""  # under break-glass, whose reviewer is to learn which images were opened


@dataclass
class Batch:
    """Rows that are written in one transaction."""

    rows: dict[Window, dict[str, Any]] = field(default_factory=dict)
    done: bool = False
    failure: Exception | None = None


class Reads:
    """The reads of one process. `outside`: None: no read is judged, as in tests of other things."""

    def __init__(self, database: Database, outside: Outside | None = None) -> None:
        self._database, self._outside = database, outside
        self._until: dict[Window, datetime] = {}
        self.anew = set[UUID]()  # of whom imaging is to forget what it knows, because they see by another right now
        self._next = Batch()
        self._turn = asyncio.Lock()

    async def keep(
        self,
        who: Actor,
        purpose: Purpose | None,
        seen: Collection[Seen],
        at: datetime,
        outcome: str = "ok",
        *,
        action: str = READ,
        of: str = "",
    ) -> None:
        """Returns once every one of these reads has its row on disk. Raises Unaudited if that fails.

        `of`: what bounds the rows of what is nobody's; without it their target does.
        """
        asked = {_window(who, purpose, each, outcome, action, of): each for each in seen}
        fresh = {window: each for window, each in asked.items() if not self._known(window, at)}
        if not fresh:
            return
        kept = await self._judged(who, fresh)
        if all(self._known(window, at) for window in kept.values()):
            self._remember(kept)
            return
        batch = self._next
        for window, each in fresh.items():
            if not self._known(kept[window], at):
                batch.rows.setdefault(kept[window], _row(who, kept[window], each, at))
        async with self._turn:
            if not batch.done:  # the first of its batch to have the turn writes for all
                await self._write(batch, at)
        if batch.failure is not None:
            raise Unaudited from batch.failure
        self._remember(kept)

    async def _judged(self, who: Actor, fresh: Mapping[Window, Seen]) -> dict[Window, Window]:
        """For each window the one that is kept: with the purpose that says more."""
        own = [
            seen
            for window, seen in fresh.items()
            if window.purpose in OPENED and window.outcome == "ok" and seen.owner_id == who.hospital_id
        ]
        outside: Collection[Seen] = ()
        if own and self._outside is not None:
            try:
                async with self._database.read() as db:
                    outside = await self._outside(db, who, own)
            except Exception as failure:
                log.exception("it could not be said from where a patient was read, and the read is refused")
                raise Unaudited from failure
        return {
            window: window._replace(purpose=P.outside_department) if seen in outside else window
            for window, seen in fresh.items()
        }

    def _remember(self, kept: Mapping[Window, Window]) -> None:
        """So that a read that was judged need not be judged again in its window."""
        self._until |= {asked: self._until[window] for asked, window in kept.items() if window in self._until}

    def _known(self, window: Window, at: datetime) -> bool:
        return self._until.get(window, at) > at

    async def _write(self, batch: Batch, at: datetime) -> None:
        """If it is cancelled, the next of the batch writes it again."""
        self._next = Batch() if self._next is batch else self._next
        rows = {window: row for window, row in batch.rows.items() if not self._known(window, at)}
        try:
            if rows:
                async with self._database.write() as db:
                    await (await db.connection()).execute(insert(AuditEvent), list(rows.values()))
        except Exception as failure:
            log.exception("reads could not be noted, and are refused", rows=len(rows))
            batch.failure = failure
        else:
            self._until |= {window: row["at"] + WINDOW for window, row in rows.items()}
            if len(self._until) > MOST_KNOWN:
                self._until = {window: until for window, until in self._until.items() if until > at}
        batch.done = True


def _window(who: Actor, purpose: Purpose | None, seen: Seen, outcome: str, action: str, of: str) -> Window:
    of, study = "" if seen.patient_id else of or seen.target, ""
    if seen.patient_id is not None and seen.patient_id in who.opened:
        study = seen.target if purpose is P.images else ""
        purpose, of = P.break_glass, str(who.opened[seen.patient_id])
    about = seen.owner_id, seen.patient_id, seen.case_id
    return Window(who.id, *about, purpose, outcome, of, action, who.device_id, study)


def _row(who: Actor, window: Window, seen: Seen, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": at,
        "actor_id": who.id,
        "hospital_id": who.hospital_id,
        "action": window.action,
        "target": seen.target or str(seen.case_id or seen.patient_id),
        "outcome": window.outcome,
        "reason": window.of if window.purpose == P.break_glass else None,
        "owner_id": window.owner_id or None,
        "patient_id": window.patient_id,
        "case_id": window.case_id,
        "purpose": window.purpose,
        "device_id": window.device_id,
    }


READS: web.AppKey[Reads] = web.AppKey("reads", Reads)
# By the tag of a route that does not name its purpose.
USUAL: Final[dict[str, Purpose]] = {
    "people": Purpose.patient,
    "files": Purpose.file,
    "studies": Purpose.study,
    "consents": Purpose.consent,
    "rooms": Purpose.room,
    "consultations": Purpose.case,
    "requests": Purpose.request,
    "opinions": Purpose.opinion,
    "readings": Purpose.case,
    "own reports": Purpose.study,
    "critical_findings": Purpose.case,
    "rounds": Purpose.case,
    "marks": Purpose.study,
    "home": Purpose.list,
    "audit": Purpose.audit,
    "break_glass": Purpose.break_glass,
}


def purpose_of(operation: Operation) -> Purpose | None:
    """As what its answer is read; None: it shows no patient."""
    return Purpose(operation.reads) if operation.reads else USUAL.get(operation.tag)


@web.middleware
async def reads(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Stands outside the transaction: the commit of the reads needs none of its own kind open."""
    async with noting() as noted:
        try:
            response = await handler(request)
        except Unavailable:  # shows nobody, and says more than that the reading could not be noted
            raise
        except TelemedError:  # may show the current form
            await keep_noted(request, noted)
            raise
        await keep_noted(request, noted)
        return response


@asynccontextmanager
async def noting() -> AsyncIterator[set[Seen]]:
    noted = set[Seen]()
    token = SEEN.set(noted)
    try:
        yield noted
    finally:
        SEEN.reset(token)


async def keep_noted(request: web.Request, noted: set[Seen] | None = None) -> None:
    """Keeps what this request has noted so far; a handler that streams calls it before it sends."""
    noted = SEEN.get() if noted is None else noted
    if not noted or ACTOR not in request:
        return
    purpose = purpose_of(request[OPERATION])
    if purpose is None:
        raise RuntimeError(f"nobody says as what {request[OPERATION].path} reads a patient")
    await request.config_dict[READS].keep(request[ACTOR], purpose, merged(noted), now(request))
    noted.clear()
