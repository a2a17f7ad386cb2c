"""One bed with all that is said, asked and instructed there."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Actor
from telemed.people import service as people
from telemed.people.chart_tables import Admission
from telemed.people.duty import holders_of_any
from telemed.people.model import Staff
from telemed.rounds import keeping, replacing, rules
from telemed.rounds.bed_schemas import BedImage, BedOut, InstructionOut, LineOut
from telemed.rounds.item_queries import person_out, shown_items
from telemed.rounds.lacking import of_stay
from telemed.rounds.lookup import held, on_list
from telemed.rounds.model import Instruction, RoundAct, RoundItem, RoundSession
from telemed.rounds.queries import person
from telemed.rounds.words import ActKind, InstructionAction, Who
from telemed.studies import service as studies

LINES: Final = (ActKind.say, ActKind.ask)


async def bed(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> BedOut:
    """Raises NotFound for a patient whom this person may not see, also for a student where nobody has agreed."""
    session, row = await on_list(db, actor, id, now)
    may = await held(db, session, actor)
    stay = await db.get_one(Admission, row.admission_id)
    given = await _instructions(db, select(Instruction).where(Instruction.item_id == row.id), may)
    earlier = select(Instruction).where(Instruction.patient_id == row.patient_id, Instruction.item_id != row.id)
    earlier = earlier.where(col(Instruction.state).in_(sorted(rules.OPEN)), Instruction.admission_id == stay.id)
    last, last_at = await _last(db, row, session)
    held_studies = await studies.of_patients(db, [row.patient_id])
    kept = of_stay(held_studies.get(row.patient_id, []), stay, row)
    owners = await people.staff_by_id(db, await holders_of_any(db, session.branch_id, rules.DOCTORS))
    return BedOut(
        item=(await shown_items(db, actor, session, [row], may, now, studies_of=held_studies))[0],
        case_id=row.case_id,
        admitted_at=stay.admitted_at,
        bed_doctor=stay.bed_doctor,
        instructions=given,
        before=await _instructions(db, earlier, may, earlier=True),
        lines=await lines(db, row),
        images=[
            BedImage(
                hospital_id=each.hospital_id,
                study_uid=each.study_uid,
                description=each.description,
                modalities=each.modalities,
                taken_at=each.taken_at,
                images=each.received,
            )
            for each in kept
        ],
        last_round=last,
        last_round_at=last_at,
        owners=[person_out(each) for each in sorted(owners.values(), key=lambda each: (each.pinyin, each.id))],
        rev=session.rev,
        server_time=now,
    )


async def _instructions(
    db: AsyncSession, query: SelectOfScalar[Instruction], may: Collection[Who], *, earlier: bool = False
) -> list[InstructionOut]:
    found = (await db.exec(query.order_by(col(Instruction.given_at), col(Instruction.n)))).all()
    return await shown(db, found, may, earlier=earlier)


async def shown(
    db: AsyncSession, found: Collection[Instruction], may: Collection[Who], *, earlier: bool = False
) -> list[InstructionOut]:
    """`earlier`: beside a later round, whose lead may say that they still stand, or give another in their place."""
    if not found:
        return []
    may = may if earlier else set(may) - {Who.lead}
    ids = {who for e in found for who in (e.owner_id, e.given_by, e.read_back_by, e.done_by) if who}
    kept = await keeping.last(db, found) if earlier else {}
    staff = await people.staff_by_id(db, ids | {each.by for each in kept.values()})
    began = await _began(db, {each.session_id for each in found})
    into = await replacing.rounds(db, found)
    return [_instruction(each, staff, began, may, kept.get(each.id), into.get(each.id)) for each in found]


async def instruction(db: AsyncSession, actor: Actor, row: Instruction) -> InstructionOut:
    session = await db.get_one(RoundSession, row.session_id)
    return (await shown(db, [row], await held(db, session, actor)))[0]


def _instruction(
    row: Instruction,
    staff: Mapping[UUID, Staff],
    began: Mapping[UUID, datetime],
    may: Collection[Who],
    kept: RoundAct | None,
    into: datetime | None,
) -> InstructionOut:
    people_ = {name: person(staff, getattr(row, column)) for name, column in PEOPLE.items()}
    actions = rules.allowed(rules.INSTRUCTIONS, row.state, may)
    if row.kind in rules.NEEDS_ORDER and Who.doctor not in may:
        actions = [each for each in actions if each is not InstructionAction.execute]
    people_["kept_by"] = person(staff, kept.by if kept else None)
    more = {"round_at": began[row.session_id], "kept_at": kept.occurred_at if kept else None}
    more["replaced_round_at"] = into
    return InstructionOut.model_validate(row.model_dump() | people_ | more | {"may": [str(each) for each in actions]})


PEOPLE: Final = {"owner": "owner_id", "given_by": "given_by", "read_back_by": "read_back_by", "done_by": "done_by"}


async def _began(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, datetime]:
    query = select(RoundSession.id, RoundSession.starts_at).where(col(RoundSession.id).in_(ids))
    return dict((await db.exec(query)).all())


async def lines(db: AsyncSession, row: RoundItem) -> list[LineOut]:
    query = select(RoundAct).where(RoundAct.item_id == row.id, col(RoundAct.kind).in_(LINES))
    found = (await db.exec(query.order_by(col(RoundAct.occurred_at), col(RoundAct.id)))).all()
    staff = await people.staff_by_id(db, {each.by for each in found})
    return [
        LineOut(id=each.id, kind=each.kind, text=each.text, by=person_out(staff[each.by]), at=each.occurred_at)
        for each in found
    ]


async def _last(db: AsyncSession, row: RoundItem, session: RoundSession) -> tuple[str, datetime | None]:
    """What was said of this patient at the round before."""
    query = select(RoundItem, RoundSession.starts_at).join(RoundSession).where(RoundItem.patient_id == row.patient_id)
    query = query.where(col(RoundItem.state).in_(sorted(rules.VISITED)), RoundItem.admission_id == row.admission_id)
    query = query.where(col(RoundSession.starts_at) < session.starts_at)
    found = (await db.exec(query.order_by(col(RoundSession.starts_at).desc()).limit(1))).first()
    if found is None:
        return "", None
    before, at = found
    said = select(RoundAct.text).where(RoundAct.item_id == before.id, RoundAct.kind == ActKind.say)
    return "；".join((await db.exec(said.order_by(col(RoundAct.occurred_at), col(RoundAct.id)))).all()), at
