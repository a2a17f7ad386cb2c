"""The use cases of critical findings: raise, record a call, read back, act, close; withdraw."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.critical_findings import rules, work
from telemed.critical_findings.events import OF_FINDING, FindingMistaken, FindingRaised, OfFinding
from telemed.critical_findings.lookup import about, get, titles_of
from telemed.critical_findings.model import CriticalFinding, FindingTold
from telemed.critical_findings.schemas import ActIn, RaiseIn, TellIn
from telemed.critical_findings.words import FindingAction as Action
from telemed.critical_findings.words import FindingState as State
from telemed.critical_findings.words import Heard
from telemed.errors import Conflict
from telemed.history.service import emit
from telemed.people import service as people
from telemed.people.model import Patient
from telemed.reading import lookup as readings
from telemed.reading.model import Reading
from telemed.studies import service as studies


async def raise_(db: AsyncSession, actor: Actor, reading_id: UUID, new: RaiseIn, now: datetime) -> CriticalFinding:
    """Raises it in whatever state the reading is. The same finding twice, as by a double click, is refused."""
    reading = await readings.get(db, actor, reading_id, now, to_change=True)
    rules.refuse_raise(reading.hub_id, actor)
    key = rules.key_of(new.code, new.finding, new.value, new.unit, reading.modality)
    await _refuse_recalled(db, reading)
    patient = await db.get_one(Patient, reading.patient_id)
    row = CriticalFinding(
        reading_id=reading.id,
        case_id=reading.case_id,
        patient_id=reading.patient_id,
        branch_id=reading.branch_id,
        hub_id=reading.hub_id,
        state=State.detected,
        state_since=now,
        code=key.code,
        finding=key.finding.zh,
        finding_en=key.finding.en,
        asks=key.asks.zh,
        asks_en=key.asks.en,
        value=key.value,
        unit=key.unit,
        words=[each.zh for each in key.words],
        words_en=[each.en for each in key.words],
        examination=f"{reading.modality} {reading.examination}".strip(),
        department=patient.department,
        ward=patient.ward,
        bed=patient.bed,
        found_by=actor.id,
        found_at=now,
    )
    try:
        async with db.begin_nested():
            db.add(row)
            await db.flush()
    except IntegrityError as known:
        raise Conflict("This finding is raised already.", reason="already_raised") from known
    _said(db, actor, row, FindingRaised, now, code=key.code, modality=reading.modality)
    record(db, actor, "critical_finding.raised", str(row.id), now)
    reading.critical_words = "；".join(each for each in (reading.critical_words, _printed(row)) if each)
    await _step(db, None, row, Action.notify, now)
    await work.begin(db, row, reading, now)
    return row


def _printed(row: CriticalFinding) -> str:
    """As the report prints it, if it is issued later."""
    return f"{row.finding}，{row.asks} {row.value}{f' {row.unit}' if row.unit else ''}"


async def _refuse_recalled(db: AsyncSession, reading: Reading) -> None:
    confirmed = await studies.confirmed(db, {reading.patient_id})
    if (reading.branch_id, reading.study_uid) not in confirmed.get(reading.patient_id, ()):
        raise Conflict("The study is not confirmed as this patient's any more.", reason="study_recalled")


async def tell(db: AsyncSession, actor: Actor, id: UUID, version: int, call: TellIn, now: datetime) -> CriticalFinding:
    """Records a call. If the value was read back rightly while it was waited for, it is read back by it."""
    row = await get(db, actor, id, now, version=version)
    rules.transition(row, Action.tell, actor)
    heard = rules.heard(row, call.heard) if call.heard else ""
    right = heard == row.value
    said = call.model_dump(include={"name", "number", "phone"})
    db.add(
        FindingTold(
            finding_id=row.id, how=Heard.telephone, at=now, told_by=actor.id, heard=heard, correct=right, **said
        )
    )
    waited = row.state is State.notifying
    await _step(db, actor, row, Action.tell, now, correct=right)
    if right and waited:
        await _is_read_back(db, actor, row, Action.hear, Heard.telephone, now)
    return row


async def read_back(
    db: AsyncSession, actor: Actor, id: UUID, version: int, value: str, now: datetime
) -> CriticalFinding:
    """The right value is the answer; another is kept, and after two of them somebody must telephone."""
    row = await get(db, actor, id, now, version=version)
    rules.transition(row, Action.read_back, actor)
    heard = rules.heard(row, value)
    right = heard == row.value
    person = await people.staff(db, actor.id)
    told = FindingTold(finding_id=row.id, how=Heard.page, at=now, name=person.name, heard=heard, correct=right)
    told.number, told.phone = person.number, person.phone
    db.add(told)
    if right:
        await _is_read_back(db, actor, row, Action.read_back, Heard.page, now)
        return row
    row.wrong += 1
    row.version += 1
    _said(db, actor, row, FindingMistaken, now, source=row.state, times=row.wrong)
    record(db, actor, "critical_finding.mistaken", str(row.id), now)
    if rules.must_telephone(row):
        await work.must_be_telephoned(db, row, now)
    return row


async def _is_read_back(
    db: AsyncSession, actor: Actor, row: CriticalFinding, action: Action, how: Heard, now: datetime
) -> None:
    row.read_back_at = now
    await _step(db, actor, row, action, now, how=how, seconds=_since(row, now))
    await work.is_read_back(db, row, actor, now)


async def act(db: AsyncSession, actor: Actor, id: UUID, version: int, done: ActIn, now: datetime) -> CriticalFinding:
    row = await get(db, actor, id, now, version=version)
    rules.transition(row, Action.act, actor)
    rules.refuse_times(row, now, done.informed_at, done.acted_at)
    row.sqlmodel_update(done.model_dump())
    row.acted_by = actor.id
    await _step(db, actor, row, Action.act, now, seconds=_since(row, done.acted_at))
    await work.is_acted_on(db, row, actor, now)
    return row


async def close(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> CriticalFinding:
    row = await get(db, actor, id, now, version=version)
    rules.transition(row, Action.close, actor)
    row.closed_at, row.closed_by = now, actor.id
    await _step(db, actor, row, Action.close, now)
    await work.is_closed(db, row, actor, now)
    return row


async def withdraw(
    db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime
) -> CriticalFinding:
    """Takes it back as a mistake. A report that is issued later does not print it; one that was issued still does."""
    row = await get(db, actor, id, now, version=version)
    titles = await titles_of(db, actor, row)
    rules.transition(row, Action.withdraw, actor, titles)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_words = now, actor.id, reason
    await _step(db, actor, row, Action.withdraw, now, titles=titles, reason=reason, seconds=_since(row, now))
    reading = (await db.exec(select(Reading).where(Reading.id == row.reading_id).with_for_update())).one()
    standing = select(CriticalFinding).where(
        CriticalFinding.reading_id == row.reading_id, CriticalFinding.state != State.withdrawn
    )
    found = (await db.exec(standing.order_by(col(CriticalFinding.found_at), col(CriticalFinding.id)))).all()
    reading.critical_words = "；".join(_printed(each) for each in found)
    await work.is_withdrawn(db, row, reading, actor, now)
    return row


def _since(row: CriticalFinding, at: datetime) -> int:
    return int((at - row.found_at).total_seconds())


async def _step(
    db: AsyncSession,
    actor: Actor | None,
    row: CriticalFinding,
    action: Action,
    now: datetime,
    *,
    titles: rules.Titles | None = None,
    reason: str | None = None,
    **data: Any,
) -> None:
    """Takes one line of the table; nothing else writes `state`."""
    source, line = row.state, rules.transition(row, action, actor, titles)
    row.version += 1
    if line.target is not source:
        row.state, row.state_since = line.target, now
    _said(db, actor, row, OF_FINDING[action], now, source=source, **data)
    record(db, actor, f"critical_finding.{action}", str(row.id), now, reason=reason)
    await db.flush()


def _said(
    db: AsyncSession, actor: Actor | None, row: CriticalFinding, event: type[OfFinding], now: datetime, **data: Any
) -> None:
    emit(db, event(target=row.state, rev=row.version, **data), about(row), now, by=actor)
