"""Critical findings as pages show them: one, those that concern somebody, and the register of a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.briefs import patient_brief
from telemed.audit.seeing import see
from telemed.critical_findings import lookup, rules
from telemed.critical_findings.catalogue import SIDES, Word, of_modality
from telemed.critical_findings.model import CriticalFinding, FindingTold
from telemed.critical_findings.schemas import (
    Catalogue,
    FinderOut,
    FindingFilter,
    FindingList,
    FindingOut,
    FindingRow,
    ListedOut,
    ToldOut,
    WordOut,
)
from telemed.errors import Invalid
from telemed.kit.clock import day_in
from telemed.people import patients
from telemed.people import service as people
from telemed.people.english import Departments, departments_en
from telemed.people.model import IdentifierKind, Patient, PatientIdentifier, Staff, Title
from telemed.reading.model import Reading
from telemed.studies import service as studies
from telemed.work import told

F: Final = CriticalFinding
MOST_MINE: Final = 20
MOST: Final = 500  # of one day at one hospital


def catalogue(modality: str) -> Catalogue:
    listed = [
        ListedOut(
            code=each.code,
            name=_word(each.name),
            asks=_word(each.asks),
            unit=each.unit,
            words=[_word(one) for one in each.words],
        )
        for each in of_modality(modality)
    ]
    return Catalogue(items=listed, sides=[_word(each) for each in SIDES])


def _word(word: Word) -> WordOut:
    return WordOut(zh=word.zh, en=word.en)


async def find(db: AsyncSession, actor: Actor, by: FindingFilter, now: datetime) -> FindingList:
    zone = (await people.zones(db))[actor.hospital_id]
    day = by.day or day_in(zone, now)
    wards, hidden = list[str](), 0
    match by.show:
        case "mine":
            found = await lookup.concerning(db, actor, now, MOST_MINE)
        case "reading":
            query = select(F).where(F.reading_id == by.reading, lookup.visible_to(actor, now))
            found = (await db.exec(query.order_by(col(F.found_at), col(F.id)))).all()
        case "register":
            whole = await registered(db, actor, day, zone, now)
            wards = sorted({ward_of(each) for each in whole} - {""})
            hidden = await unseen(db, actor, day, zone, len(whole))
            found = [each for each in whole if by.ward in ("", ward_of(each))]
    return FindingList(items=await _rows(db, actor, found, now), wards=wards, hidden=hidden, day=day, server_time=now)


async def registered(db: AsyncSession, actor: Actor, day: date, zone: str, now: datetime) -> Sequence[CriticalFinding]:
    """Those of a day of the patients of one's own hospital, or at a hub those that its radiologists raised."""
    query = select(F).where(_of_day(actor, day, zone), lookup.visible_to(actor, now))
    return (await db.exec(query.order_by(col(F.found_at), col(F.id)).limit(MOST))).all()


async def unseen(db: AsyncSession, actor: Actor, day: date, zone: str, seen: int) -> int:
    """How many more of that day there are than this person was shown: of patients whom a hub sees no longer, or beyond
    the most that a register holds.
    """
    counted = await db.exec(select(func.count()).select_from(F).where(_of_day(actor, day, zone)))
    return counted.one() - seen


def _of_day(actor: Actor, day: date, zone: str) -> ColumnElement[bool]:
    if not 1900 <= day.year <= 2199:
        raise Invalid("There is no such day.", reason="no_such_day")
    start = datetime.combine(day, time(), ZoneInfo(zone))
    here = (col(F.branch_id) == actor.hospital_id) | (col(F.hub_id) == actor.hospital_id)
    return and_(here, col(F.found_at) >= start, col(F.found_at) < start + DAY)


DAY: Final = timedelta(days=1)


def ward_of(row: CriticalFinding) -> str:
    return row.ward or row.department


async def one(db: AsyncSession, actor: Actor, row: CriticalFinding, now: datetime) -> FindingOut:
    (shown,) = await _rows(db, actor, [row], now)
    reading = await db.get_one(Reading, row.reading_id)
    confirmed = await studies.confirmed(db, {row.patient_id})
    return FindingOut(
        **shown.model_dump(),
        identity=await patients.shown(db, await db.get_one(Patient, row.patient_id)),
        told=await _told(db, row.id),
        called=await told.of(db, actor, row.id, now),
        recalled=(row.branch_id, reading.study_uid) not in confirmed.get(row.patient_id, ()),
        server_time=now,
    )


async def told_of(db: AsyncSession, ids: Collection[UUID]) -> Sequence[FindingTold]:
    query = select(FindingTold).where(col(FindingTold.finding_id).in_(ids))
    return (await db.exec(query.order_by(col(FindingTold.at), col(FindingTold.id)))).all()


async def _told(db: AsyncSession, id: UUID) -> list[ToldOut]:
    found = await told_of(db, [id])
    staff = await people.staff_by_id(db, {each.told_by for each in found if each.told_by})
    return [
        ToldOut(
            **each.model_dump(include=TOLD),
            told_by=staff[each.told_by].name if each.told_by else "",
            told_by_en=staff[each.told_by].name_en if each.told_by else "",
        )
        for each in found
    ]


TOLD: Final = set(ToldOut.model_fields) - {"told_by", "told_by_en"}


@dataclass(frozen=True)
class Beside:
    """What is shown beside the rows, read once for all of them."""

    patients: dict[UUID, Patient]
    numbers: dict[UUID, str]
    staff: dict[UUID, Staff]
    issued: dict[UUID, datetime | None]
    english: Departments
    zones: people.Zones


async def beside(db: AsyncSession, found: Collection[CriticalFinding]) -> Beside:
    ids = {each.patient_id for each in found}
    patients = {each.id: each for each in (await db.exec(select(Patient).where(col(Patient.id).in_(ids)))).all()}
    inpatient = select(PatientIdentifier).where(col(PatientIdentifier.patient_id).in_(ids))
    order = [IdentifierKind.mrn, IdentifierKind.outpatient, IdentifierKind.admission]  # the last is the one shown
    known = [each for each in (await db.exec(inpatient)).all() if each.kind in order]
    numbers = {each.patient_id: each.value for each in sorted(known, key=lambda one: order.index(one.kind))}
    staff = await people.staff_by_id(db, {id for each in found for id in (each.found_by, each.withdrawn_by) if id})
    issued = await _issued(db, {each.reading_id for each in found})
    return Beside(patients, numbers, staff, issued, await departments_en(db), await people.zones(db))


async def _issued(db: AsyncSession, readings: Collection[UUID]) -> dict[UUID, datetime | None]:
    """When their reports were issued."""
    query = select(Reading.id, Reading.issued_at).where(col(Reading.id).in_(readings))
    return dict((await db.exec(query)).all())


async def _rows(db: AsyncSession, actor: Actor, found: Collection[CriticalFinding], now: datetime) -> list[FindingRow]:
    known = await beside(db, found)
    mine = (await people.staff(db, actor.id)).title if found else None
    return [_row(each, actor, mine, known, now) for each in found]


def _row(row: CriticalFinding, actor: Actor, mine: Title | None, known: Beside, now: datetime) -> FindingRow:
    see(row.branch_id, row.patient_id, row.case_id)
    finder, by = known.staff[row.found_by], known.staff.get(row.withdrawn_by or row.id)
    words = [WordOut(zh=zh, en=en) for zh, en in zip(row.words, row.words_en, strict=True)]
    plain = WordOut(zh=row.value, en=row.value)
    return FindingRow(
        **row.model_dump(include=ROW),
        patient=patient_brief(known.patients[row.patient_id], known.english, known.zones[row.branch_id], now),
        patient_number=known.numbers.get(row.patient_id, ""),
        department_en=known.english.get((row.branch_id, row.department), ""),
        finding=WordOut(zh=row.finding, en=row.finding_en),
        asks=WordOut(zh=row.asks, en=row.asks_en),
        value=next((each for each in words if each.zh == row.value), plain),
        words=words,
        found_by=FinderOut.model_validate(finder, from_attributes=True),
        must_telephone=rules.must_telephone(row),
        withdrawn_by=FinderOut.model_validate(by, from_attributes=True) if by else None,
        printed=_is_printed(row, known.issued.get(row.reading_id)),
        actions=rules.allowed(row, actor, rules.Titles(mine, finder.title) if mine else None),
    )


def _is_printed(row: CriticalFinding, issued: datetime | None) -> bool:
    return row.withdrawn_at is not None and issued is not None and row.found_at <= issued <= row.withdrawn_at


ROW: Final = (set(FindingRow.model_fields) & set(F.model_fields)) - {
    "finding",
    "asks",
    "value",
    "words",
    "found_by",
    "withdrawn_by",
}
