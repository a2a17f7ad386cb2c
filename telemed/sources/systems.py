"""Which system a hospital's patients are read from, today's failures, and what is not asked again for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Final, TypeVar

import structlog
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.errors import NotFound, TelemedError, Unavailable
from telemed.kit.clock import Clock, day_in
from telemed.kit.sealed import Seal, Unreadable
from telemed.people import service as people
from telemed.people.ports import PatientData, PatientSource, SystemState
from telemed.sources.adapter import Adapter, Part, Setting, fields_of
from telemed.sources.faults import Failed
from telemed.sources.fhir import Fhir
from telemed.sources.fhir_read import load_models
from telemed.sources.model import Fault, HospitalSystem, State, SystemKind
from telemed.sources.reach import Reach
from telemed.sources.rules import REST, RESTS, Resting
from telemed.sources.views import Views

log = structlog.get_logger(__name__)
T = TypeVar("T")
PATIENCE: Final = 2.8  # seconds: with our own work around it a doctor waits three
HEARD_AGAIN: Final = timedelta(minutes=1)  # how often it is noted that a system answers
SECRET: Final = "secret"


@dataclass(frozen=True)
class Tried:
    """What trying a system said. `why`: of what failed as a whole. `fields`: of the patient whose number was given;
    None if nobody has it.
    """

    why: Fault | None
    parts: list[Part]
    fields: int | None = None


class Systems:
    """Implements people's PatientSource: asks the system of the hospital, and where it has none `otherwise`."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        seal: Seal,
        reach: Reach,
        otherwise: PatientSource,
        patience: float = PATIENCE,
    ) -> None:
        self.db, self.clock, self.seal, self.reach = db, clock, seal, reach
        self._otherwise, self._patience = otherwise, patience
        self._open: dict[str, tuple[State, Adapter]] = {}
        self._resting: dict[str, Resting] = {}

    async def __aenter__(self) -> "Systems":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async with AsyncExitStack() as stack:
            for _, adapter in self._open.values():
                stack.push_async_callback(adapter.close)
        self._open.clear()

    async def find(self, hospital_id: str, number: str) -> PatientData | None:
        found = await self._system(hospital_id)
        if found is None:
            return await self._otherwise.find(hospital_id, number)
        row, zone = found
        resting = self._resting.get(hospital_id)
        if resting is not None and not resting.may_try(row.state, self.clock()):
            raise _unavailable(resting.fault, row.name)
        try:
            return await self._ask(row, zone, lambda adapter: adapter.find(number))
        except Failed as failure:
            raise _unavailable(failure.fault, row.name) from failure

    async def state(self, db: AsyncSession, hospital_id: str) -> SystemState | None:
        row = await system_of(db, hospital_id)
        if row is None:
            return await self._otherwise.state(db, hospital_id)
        silent = row.failed_at is not None and (row.heard_at is None or row.failed_at > row.heard_at)
        return SystemState(name=row.name, silent=silent, heard_at=row.heard_at)

    async def try_it(self, hospital_id: str, number: str) -> Tried:
        """Asks also a system that is left alone just now. Raises NotFound if there is none."""
        found = await self._system(hospital_id)
        if found is None:
            raise NotFound("No hospital system is set up.")
        (row, zone), parts = found, list[Part]()
        try:
            parts = await self._ask(row, zone, lambda adapter: adapter.parts())
            data = await self._ask(row, zone, lambda adapter: adapter.find(number)) if number else None
        except Failed as failure:
            return Tried(failure.fault, parts)
        return Tried(None, parts, fields_of(data) if data else None)

    async def _system(self, hospital_id: str) -> tuple[HospitalSystem, str] | None:
        async with self.db.read() as db:
            row = await system_of(db, hospital_id)
            found = (row, (await people.hospital(db, hospital_id)).time_zone) if row else None
        if found is None and hospital_id in self._open:  # it was removed: neither its address nor its secret is kept
            await self._open.pop(hospital_id)[1].close()
        return found

    async def _ask(self, row: HospitalSystem, zone: str, ask: Callable[[Adapter], Awaitable[T]]) -> T:
        """Within the patience. Notes that it was heard, or why not; raises Failed."""
        now = self.clock()
        try:
            adapter = await self._adapter(row, zone)  # what it needs to begin is no slowness of the hospital's
            async with asyncio.timeout(self._patience):
                answer = await ask(adapter)
        except TimeoutError:
            failed = Failed(Fault.slow)
        except Failed as failure:
            failed = failure
        else:
            self._resting.pop(row.hospital_id, None)
            await self._note(row, lambda kept: _heard(kept, now))
            return answer
        if failed.fault in RESTS:
            self._resting[row.hospital_id] = Resting(row.state, failed.fault, self.clock() + REST)
        log.warning("a hospital system could not say", hospital=row.hospital_id, why=str(failed.fault))
        await self._note(row, lambda kept: _failed(kept, failed.fault, zone, now))
        raise failed

    async def _adapter(self, row: HospitalSystem, zone: str) -> Adapter:
        if row.kind is SystemKind.fhir:
            await asyncio.to_thread(load_models)
        state, adapter = self._open.get(row.hospital_id, (None, None))
        if adapter is not None and state == row.state:
            return adapter
        try:
            secret = self.seal.open(row.secret, row.id, SECRET)
        except Unreadable:
            raise Failed(Fault.sealed) from None
        setting = Setting(row.hospital_id, row.name, row.address, row.account, secret, row.mapping, zone)
        made = _opened(row.kind, setting, self.reach, self._patience)
        self._open[row.hospital_id] = row.state, made
        if adapter is not None:
            await adapter.close()
        return made

    async def _note(self, row: HospitalSystem, change: Callable[[HospitalSystem], bool]) -> None:
        """What was heard is worth less than the answer itself: a database that is busy does not keep it away."""
        if not change(row):
            return
        try:
            async with self.db.write() as db:
                kept = await db.get(HospitalSystem, row.id, with_for_update=True)
                if kept is not None:
                    change(kept)
        except TelemedError as busy:
            log.warning("what was heard of a hospital system could not be noted", why=busy.code)


def _opened(kind: SystemKind, setting: Setting, reach: Reach, patience: float) -> Adapter:
    if kind is SystemKind.views:
        return Views(setting, reach, patience)
    return Fhir(setting, reach, patience)


async def system_of(db: AsyncSession, hospital_id: str) -> HospitalSystem | None:
    return (await db.exec(select(HospitalSystem).where(HospitalSystem.hospital_id == hospital_id))).first()


def _heard(row: HospitalSystem, now: datetime) -> bool:
    """Whether it is worth noting."""
    known = row.heard_at is not None and now - row.heard_at < HEARD_AGAIN
    if known and (row.failed_at is None or row.heard_at is None or row.failed_at < row.heard_at):
        return False
    row.heard_at = now
    return True


def _failed(row: HospitalSystem, fault: Fault, zone: str, now: datetime) -> bool:
    today = day_in(zone, now)
    row.failures = row.failures + 1 if row.failures_on == today else 1
    row.failed_at, row.why, row.failures_on = now, fault, today
    return True


def _unavailable(fault: Fault, name: str) -> Unavailable:
    return Unavailable(
        "The hospital system could not say; type the patient by hand.", reason=f"source_{fault}", system=name
    )
