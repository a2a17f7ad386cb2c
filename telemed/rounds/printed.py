"""What the prints of rounds say, in Chinese words and by the branch's clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases.model import Consent
from telemed.documents.page import PatientLine
from telemed.documents.record import Inviter
from telemed.documents.round import GivenInstruction, NotePrint, NoteSignature, RoundBed
from telemed.opinions import words
from telemed.people import ages
from telemed.people import service as people
from telemed.people.chart_tables import Admission
from telemed.people.model import Allergy, Hospital, Patient, Staff
from telemed.rounds import consents, lookup, replacing, rules
from telemed.rounds.model import Instruction, RoundAct, RoundItem, RoundNote, RoundSession
from telemed.rounds.words import (
    ActKind,
    Identified,
    InstructionKind,
    InstructionState,
    ItemState,
    NoteKind,
    Outcome,
    RoundState,
    SignedAs,
)

KIND: Final = {
    InstructionKind.medicine: "用药",
    InstructionKind.test: "检查",
    InstructionKind.consult: "会诊",
    InstructionKind.transfer: "转科",
    InstructionKind.observe: "观察",
    InstructionKind.teach: "带教",
}
HOW: Final = {Identified.wristband: "扫腕带", Identified.spoken: "双人口述核对"}
ITEM: Final = {
    ItemState.proposed: "待确认",
    ItemState.confirmed: "待查",
    ItemState.removed: "已移出",
    ItemState.presenting: "正在查",
    ItemState.discussed: "已查",
    ItemState.deferred: "顺延",
    ItemState.skipped: "本次不查",
    ItemState.noted: "已查",
    ItemState.countersigned: "已查",
}
SESSION: Final = {
    RoundState.planned: "已排定",
    RoundState.list_open: "名单开放",
    RoundState.list_locked: "名单已锁定",
    RoundState.ready: "就绪",
    RoundState.live: "正在查房",
    RoundState.paused: "暂停",
    RoundState.completed: "记录待审签",
    RoundState.signed: "已审签",
    RoundState.closed: "已办结",
    RoundState.cancelled: "已取消",
    RoundState.converted: "书面查房",
}
# Reasons that the system gives for an item or a round; the others are somebody's words.
WHY: Final = {
    "not_reached": "本次未查到",
    "not_confirmed": "未确认",
    "not_held": "未举行",
    "series_changed": "计划已变更",
}
GUIDANCE: Final = (
    "主查或代为审签的医师在邀请方没有有效的多机构执业备案，本意见供邀请方医师参考，"
    "由其本院上级医师审签，不计入上级医师查房。"
)
UNSEEN: Final = "患者已撤回向上级医院提供资料的知情同意，本记录未经主查审签，由本院上级医师审签。"
SECONDS: Final = "%Y-%m-%d %H:%M:%S"
SHORT: Final = "%m-%d %H:%M"


SIGNED: Final = {
    SignedAs.hub: "已审签",
    SignedAs.guidance: "远程指导意见，本院上级医师已签",
    SignedAs.ward: "本院上级医师已签，主查未审签",
}


def title_of(kind: NoteKind | None, rank: str) -> str:
    return "远程指导意见" if kind is NoteKind.guidance else f"{rank or '查房'}记录"


def _framed(written: RoundNote) -> str:
    """What stands in a frame above: why it is no record of a senior round."""
    if written.hub_at is None:
        return UNSEEN
    return GUIDANCE if written.kind is NoteKind.guidance else ""


async def note(
    db: AsyncSession, session: RoundSession, item: RoundItem, written: RoundNote, rank: str, at: datetime, *, demo: bool
) -> NotePrint:
    """What is printed of a note that is being signed at that moment."""
    branch, hub = await db.get_one(Hospital, session.branch_id), await db.get_one(Hospital, session.hub_id)
    patient, stay = await db.get_one(Patient, item.patient_id), await db.get_one(Admission, item.admission_id)
    zone, began = branch.time_zone, session.started_at or session.starts_at
    given = (await instructions(db, [item])).get(item.id, [])
    led_by = await lookup.led(db, session, item)
    into = await replacing.rounds(db, given)
    who = await _people(db, given, [item], led_by, written.author_id, written.hub_by, written.senior_by)
    lead = who.get(led_by) if led_by else None
    return NotePrint(
        at=words.local(at, zone, SECONDS),
        demo=demo,
        title=title_of(written.kind, rank),
        guidance=_framed(written),
        hub=Inviter(name=hub.licence_name, short=hub.name),
        branch=Inviter(name=branch.licence_name, short=branch.name),
        ward=session.ward,
        patient=PatientLine(
            name=patient.name,
            sex=words.SEX[patient.sex],
            age=ages.spelled(patient, began, zone),
            birth=patient.birth_date.isoformat() if patient.birth_date else "",
            number=stay.number,
            department=session.ward,
            bed=words.bed(item.bed),
        ),
        allergy=words.allergy(patient),
        allergic=patient.allergy is not Allergy.none,
        flag=words.flag(patient),
        admitted=words.local(stay.admitted_at, zone),
        round_at=words.local(await _began(db, item) or began, zone),
        lead=f"{words.titled(lead)}　{hub.name}" if lead else "",
        identified=identified(item, who, zone),
        basis=_basis(item, (await consents.of_items(db, [item])).get(item.id)),
        summary=item.summary,
        question=item.question,
        condition=written.condition,
        assessment=written.assessment,
        plan=written.plan,
        instructions=[_given(each, who, into, zone) for each in given],
        signatures=_signatures(written, who, at, zone),
    )


async def beds(
    db: AsyncSession,
    session: RoundSession,
    found: Sequence[RoundItem],
    notes: Mapping[UUID, RoundNote],
    zone: str,
    now: datetime,
) -> list[RoundBed]:
    """Of the whole round, in the order of the sheet."""
    given, began = await instructions(db, found), await first_presented(db, [each.id for each in found])
    all_ = [one for them in given.values() for one in them]
    who, into = await _people(db, all_, found), await replacing.rounds(db, all_)
    out = []
    for each in found:
        patient, stay = await db.get_one(Patient, each.patient_id), await db.get_one(Admission, each.admission_id)
        spent = rules.seconds_at(each, now)
        out.append(
            RoundBed(
                bed=words.bed(each.bed),
                patient=f"{patient.name} {words.SEX[patient.sex]} {ages.spelled(patient, session.starts_at, zone)}",
                number=stay.number,
                state=ITEM[each.state],
                why=WHY.get(each.why, each.why),
                began=words.local(began.get(each.id), zone, "%H:%M"),
                spent=f"{max(1, round(spent / 60))} 分" if spent else "",
                identified=identified(each, who, zone),
                summary=each.summary,
                question=each.question,
                record=_record(each, notes.get(each.id), zone),
                instructions=[_given(one, who, into, zone) for one in given.get(each.id, [])],
            )
        )
    return out


async def instructions(db: AsyncSession, found: Collection[RoundItem]) -> dict[UUID, list[Instruction]]:
    """By item those that were given there, in their order."""
    query = select(Instruction).where(col(Instruction.item_id).in_([each.id for each in found]))
    out: dict[UUID, list[Instruction]] = {}
    for each in (await db.exec(query.order_by(col(Instruction.item_id), col(Instruction.n)))).all():
        out.setdefault(each.item_id, []).append(each)
    return out


async def first_presented(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, datetime]:
    """By item when the round first came to the bed."""
    query = select(RoundAct.item_id, func.min(RoundAct.occurred_at)).where(col(RoundAct.item_id).in_(ids))
    query = query.where(RoundAct.kind == ActKind.present, RoundAct.outcome == Outcome.done)
    return {id: at for id, at in (await db.exec(query.group_by(col(RoundAct.item_id)))).all() if id is not None}


async def _began(db: AsyncSession, item: RoundItem) -> datetime | None:
    return (await first_presented(db, [item.id])).get(item.id)


async def _people(
    db: AsyncSession, given: Iterable[Instruction], found: Iterable[RoundItem], *more: UUID | None
) -> Mapping[UUID, Staff]:
    named = {who for each in given for who in (each.owner_id, each.read_back_by, each.done_by)} | {*more}
    named |= {UUID(who) for each in found for who in each.identified_by}
    return await people.staff_by_id(db, [who for who in named if who])


def identified(item: RoundItem, who: Mapping[UUID, Staff], zone: str) -> str:
    if item.identified is None or item.identified_at is None:
        return ""
    names = "、".join(who[UUID(id)].name for id in item.identified_by if UUID(id) in who)
    return f"{HOW[item.identified]} {words.local(item.identified_at, zone, '%H:%M')} {names}"


def _basis(item: RoundItem, consent: Consent | None) -> str:
    if item.emergency:
        return f"紧急情况未取得同意：{item.emergency}"
    return f"{consent.number}（{consent.form_version} 版）　{words.CONSENT[consent.kind]}" if consent else ""


def _given(row: Instruction, who: Mapping[UUID, Staff], into: Mapping[UUID, datetime], zone: str) -> GivenInstruction:
    owner, reader = who.get(row.owner_id) if row.owner_id else None, None
    if row.read_back_by:
        reader = who.get(row.read_back_by)
    return GivenInstruction(
        n=row.n,
        text=row.text,
        kind=KIND[row.kind],
        owner=owner.name if owner else "病区医师",
        due=words.local(row.due_at, zone, SHORT),
        read_back=f"{reader.name} {words.local(row.read_back_at, zone, SHORT)}\n{row.heard}".strip() if reader else "",
        order=_order(row, who, into, zone),
    )


def _order(row: Instruction, who: Mapping[UUID, Staff], into: Mapping[UUID, datetime], zone: str) -> str:
    """How it ended: by which order, in which words, or not at all."""
    if row.state is InstructionState.lapsed:
        return "患者已离开，不再执行"
    if row.state is InstructionState.replaced:
        return f"已并入 {words.local(into.get(row.id), zone, SHORT)} 查房的指示"
    by = who.get(row.done_by) if row.done_by else None
    noted = f"{by.name} {words.local(row.done_at, zone, SHORT)}" if by else ""
    if row.state is InstructionState.declined:
        return f"不执行：{row.words}\n{noted}"
    if row.state is not InstructionState.executed:
        return ""
    order = " ".join(
        each for each in (row.order_number, words.local(row.ordered_at, zone, SHORT), row.ordered_by) if each
    )
    return f"{order or row.words}\n登记 {noted}"


def _signatures(row: RoundNote, who: Mapping[UUID, Staff], at: datetime, zone: str) -> list[NoteSignature]:
    guided = row.kind is NoteKind.guidance
    parts = (
        ("书写医师", row.author_id, row.submitted_at),
        ("指导医师" if guided else "上级医师审签", row.hub_by, row.hub_at),
        ("本院上级医师审签", row.senior_by, at),
    )
    return [
        NoteSignature(part=part, name=by.name, title=words.TITLE[by.title], at=words.local(signed, zone, SECONDS))
        for part, id, signed in parts
        if id is not None and (by := who.get(id)) is not None
    ]


def _record(item: RoundItem, row: RoundNote | None, zone: str) -> str:
    if item.state not in rules.VISITED:
        return ""
    if row is None or row.submitted_at is None:
        return "待书写"
    signed = rules.signed_as(row)
    if signed is None:
        return "待审签"
    return f"{SIGNED[signed]} {words.local(row.signed_at, zone, SHORT)}\n校验值 {(row.sha256 or '')[:8]}"
