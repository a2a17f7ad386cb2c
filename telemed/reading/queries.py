"""Lists of readings, and one of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, or_, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from telemed.access import grants
from telemed.access.model import Actor
from telemed.activities.briefs import patient_brief
from telemed.audit.seeing import see
from telemed.kit.clock import midnight_after
from telemed.kit.paging import cursor, place
from telemed.people import patients
from telemed.people import service as people
from telemed.people.english import Departments, departments_en
from telemed.people.model import HospitalKind, Patient, Staff
from telemed.reading import (
    addenda,
    branch_reports,
    clauses,
    from_consultations,
    grades,
    over_reads,
    priors,
    priors_shown,
    reports,
    rules,
)
from telemed.reading.filters import filtered
from telemed.reading.lookup import alone, asker, lapsed, title_of, visible_to
from telemed.reading.model import Reading
from telemed.reading.over_read_schemas import OverReadOut
from telemed.reading.schemas import (
    ClaimOut,
    DeskCounts,
    ReadingFilter,
    ReadingList,
    ReadingOut,
    ReadingRow,
    StudyOf,
)
from telemed.reading.words import ReadingState as State
from telemed.studies import service as studies
from telemed.studies.service import Held

R: Final = Reading
# The lists that have all readings of some states.
STATES: Final[dict[str, Collection[State]]] = {
    "to_read": rules.READABLE,
    "to_review": rules.TO_REVIEW,
    "returned": [State.returned],
    "open": rules.OPEN,
}
LISTS: Final = ("to_read", "mine", "to_review", "returned", "issued")
Rows = Select[Reading, Patient, Staff]


@dataclass(frozen=True)
class Beside:
    """What is shown beside the rows of a list, read once for all of them."""

    held: dict[UUID, list[Held]]
    changed: set[UUID]  # those whose report was added to or corrected
    english: Departments
    zones: people.Zones
    actor: Actor
    now: datetime


async def find(db: AsyncSession, actor: Actor, by: ReadingFilter, secret: bytes, now: datetime) -> ReadingList:
    """The rows of a list that this person may see, the most pressing first; those that are issued the newest first."""
    zones = await people.zones(db)
    today = midnight_after(zones[actor.hospital_id], now) - timedelta(days=1)
    here = and_(visible_to(actor, now), await _desk(db, actor))
    lists = {name: _in_list(name, actor, today, now) for name in LISTS}
    chosen = lists.get(by.show, _in_list(by.show, actor, today, now))
    if by.show == "issued" and by.q.strip():  # of a patient all reports are found, not today's alone
        chosen = col(R.state).in_(sorted(rules.DONE))
    asked = [here, *filtered(by)]
    bound = f"{actor.id}|{by.model_dump_json(exclude={'after', 'limit'})}"
    if by.after:
        asked.append(await _following(db, place(secret, bound, by.after), by.show))
    # First only which, so that what stands beside them is read of no others.
    found = await _first(db, by, chosen, asked)
    these = _rows().where(col(R.id).in_(found[: by.limit]))
    rows = (await db.exec(these.order_by(*_order(by.show)))).all()
    beside = await _beside(db, actor, [each for each, *_ in rows], zones, now)
    counted = await _counted(db, here, [*lists.values(), chosen])
    kinds = [(modality, branch) for modality, branch, *_, shown in counted if shown]
    return ReadingList(
        items=[_row(*each, beside) for each in rows],
        next=cursor(secret, bound, rows[-1][0].id) if len(found) > by.limit else None,
        counts=DeskCounts(**{name: sum(each[2 + at] for each in counted) for at, name in enumerate(LISTS)}),
        modalities=sorted({modality for modality, _ in kinds}),
        branches=sorted({branch for _, branch in kinds}),
        server_time=now,
    )


async def _first(
    db: AsyncSession, by: ReadingFilter, chosen: ColumnElement[bool], asked: list[ColumnElement[bool]]
) -> Sequence[UUID]:
    """The first rows of a list, and one more. Where it has whole states, of each by itself: an index has them in order.

    A search finds few rows, by the patient.
    """
    states, many = STATES.get(by.show), by.limit + 1
    if states is None or by.q.strip():
        return (await db.exec(select(R.id).where(chosen, *asked).order_by(*_order(by.show)).limit(many))).all()
    waits = col(R.due_at).is_(None)
    each = [
        sql_select(col(R.id), col(R.rank), waits.label("waits"), col(R.due_at))
        .where(col(R.state) == state, clock, *asked)
        .order_by(col(R.rank), col(R.due_at), col(R.id))
        .limit(many)
        .subquery()
        for state in sorted(states)
        for clock in (~waits, waits)  # by themselves, because databases differ in where an index has what is null
    ]
    every = union_all(*(sql_select(one) for one in each)).subquery()
    merged = (every.c.rank, every.c.waits, every.c.due_at, every.c.id)
    query: Any = sql_select(every.c.id).order_by(*merged).limit(many)
    return list((await db.exec(query)).scalars())


async def _counted(db: AsyncSession, here: ColumnElement[bool], lists: list[ColumnElement[bool]]) -> Sequence[Any]:
    """Of each modality and branch how many rows each list has; in one pass, because each row is asked who sees it."""
    many = [func.sum(case((each, 1), else_=0)) for each in lists]
    query: Any = sql_select(col(R.modality), col(R.branch_id), *many).where(here, or_(*lists))
    rows: Sequence[Any] = (await db.exec(query.group_by(col(R.modality), col(R.branch_id)))).all()
    return rows


async def one(db: AsyncSession, actor: Actor, row: Reading, now: datetime) -> ReadingOut:
    found = (await db.exec(_rows().where(R.id == row.id))).one()
    beside = await _beside(db, actor, [row], await people.zones(db), now)
    requester, (_, patient, _) = await people.staff(db, asker(row)), found
    study, earlier = _studies(beside, row)
    return ReadingOut(
        **_row(*found, beside).model_dump(),
        **row.model_dump(include={"question", "history", "return_code", "return_words", "withdraw_words"}),
        identity=await patients.shown(db, patient),
        requester=requester.name,
        requester_en=requester.name_en,
        requester_phone=requester.phone,
        by_rule=row.rule_id is not None,
        basis=await clauses.basis(db, row),
        consultation=await from_consultations.asked(db, actor, row, now),
        study=priors_shown.study_of(study) if study else _gone(row),
        priors_held=await priors_shown.of(db, actor, row, earlier),
        report=await reports.for_page(db, row, actor),
        branch_reports=await branch_reports.of(db, row),
        over_read=await _over_read(db, actor, row),
        may_download=await grants.may_download(db, actor, row.case_id, row.branch_id, now),
        takes_branch_report=rules.takes_branch_report(row, actor, now),
        actions=rules.allowed(row, actor, now, await title_of(db, actor), alone=await alone(db, row, actor, now)),
        server_time=now,
    )


async def _over_read(db: AsyncSession, actor: Actor, row: Reading) -> OverReadOut | None:
    issued = await over_reads.for_page(db, row, await reports.of(db, row), actor)
    return await grades.for_page(db, row, issued, actor)


async def _desk(db: AsyncSession, actor: Actor) -> ColumnElement[bool]:
    """Those of the desk at which this person works: the hub's that reads, or the branch's that has requested."""
    own = await people.hospital(db, actor.hospital_id)
    return (col(R.hub_id) if own.kind is HospitalKind.hub else col(R.branch_id)) == own.id


def _in_list(name: str, actor: Actor, today: datetime, now: datetime) -> ColumnElement[bool]:
    state, idle = col(R.state), and_(col(R.state) == State.claimed, lapsed(now))
    match name:
        case "to_read":
            return state.in_(sorted(rules.READABLE))
        case "mine":
            return and_(state.in_([State.assigned, State.claimed]), col(R.reader_id) == actor.id, ~idle)
        case "to_review":
            return state.in_(sorted(rules.TO_REVIEW))
        case "returned":
            return state == State.returned
        case "issued":
            return and_(state.in_(sorted(rules.DONE)), col(R.issued_at) >= today)
        case "open":
            return state.in_(sorted(rules.OPEN))
        case "withdrawn":
            return state == State.withdrawn
    return false()


ENDED: Final[dict[str, Any]] = {"issued": col(R.issued_at), "withdrawn": col(R.state_since)}


def _order(show: str) -> list[ColumnElement[Any]]:
    """Those whose clock has not begun come after those of the same urgency whose has; what has ended newest first."""
    if show in ENDED:
        return [ENDED[show].desc(), col(R.id).desc()]
    return [col(R.rank).asc(), col(R.due_at).is_(None), col(R.due_at).asc(), col(R.id).asc()]


async def _following(db: AsyncSession, last: UUID, show: str) -> ColumnElement[bool]:
    """For a query: what stands after this one in the list, wherever that stands now."""
    row = await db.get(R, last)
    if row is None:
        return false()
    later = col(R.id) > last
    if show in ENDED:
        ended, at = ENDED[show], row.issued_at if show == "issued" else row.state_since
        return or_(ended < at, and_(ended == at, col(R.id) < last))
    waiting = col(R.due_at).is_(None)
    if row.due_at is None:
        same: ColumnElement[bool] = and_(waiting, later)
    else:
        same = or_(waiting, col(R.due_at) > row.due_at, and_(col(R.due_at) == row.due_at, later))
    return or_(col(R.rank) > row.rank, and_(col(R.rank) == row.rank, same))


def _rows() -> Rows:
    return (
        select(Reading, Patient, Staff)
        .join(Patient, col(Patient.id) == Reading.patient_id)
        .join(Staff, col(Staff.id) == Reading.reader_id, isouter=True)
    )


async def _beside(
    db: AsyncSession, actor: Actor, of: Collection[Reading], zones: people.Zones, now: datetime
) -> Beside:
    held = await studies.of_patients(db, {each.patient_id for each in of}) if of else {}
    return Beside(held, await addenda.changed(db, of), await departments_en(db), zones, actor, now)


def _studies(beside: Beside, row: Reading) -> priors.Priors:
    return priors.of_reading(row, beside.held.get(row.patient_id, []))


def _row(row: Reading, patient: Patient, reader: Staff | None, beside: Beside) -> ReadingRow:
    see(row.branch_id, row.patient_id, row.case_id)
    study, earlier = _studies(beside, row)
    return ReadingRow(
        **row.model_dump(include=ROW),
        subspecialty=rules.SUBSPECIALTY[row.part],
        patient=patient_brief(patient, beside.english, beside.zones[row.branch_id], beside.now),
        critical=patient.critical,
        isolation=patient.isolation,
        has_history=bool(row.history),
        priors=len(earlier),
        accession_number=study.accession_number if study else "",
        received=study.received if study else 0,
        expected=study.expected if study else None,
        waits_for_images=row.state in rules.OPEN and row.due_at is None and not rules.lacks_report(row),
        recalled=study is None,
        claim=_claim(row, reader, beside),
        only_reviewed=row.state is State.addended and row.id not in beside.changed,
    )


ROW: Final = set(ReadingRow.model_fields) & set(Reading.model_fields)


def _claim(row: Reading, reader: Staff | None, beside: Beside) -> ClaimOut | None:
    given = row.state is State.assigned
    if reader is None or not (given or rules.held(row, beside.now)):
        return None
    return ClaimOut(
        staff_id=reader.id,
        name=reader.name,
        name_en=reader.name_en,
        mine=reader.id == beside.actor.id,
        at=None if given else row.claimed_at,
        idle_until=None if given else rules.idle_until(row),
    )


def _gone(row: Reading) -> StudyOf:
    """Of a study that is not confirmed as the patient's any more: nothing but that it was asked about."""
    return StudyOf(
        hospital_id=row.branch_id,
        study_uid=row.study_uid,
        description=row.examination,
        accession_number="",
        modalities=[row.modality],
        laterality="",
        taken_at=None,
        series=0,
        received=0,
        expected=None,
        complete=False,
    )
