"""The opinion of an MDT as a whole: for whose word it waits, what its page shows, and what its record says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Participant
from telemed.consultations.model import Consultation
from telemed.consultations.rules.mdt import awaited, members
from telemed.consultations.rules.states import BEFORE_MEETING
from telemed.documents import record as doc
from telemed.documents.canonical import intact
from telemed.errors import Conflict
from telemed.opinions import rules, section_rows, stands, words
from telemed.opinions.mdt_schemas import AbsentOut, MdtOut, SectionOut, SignedMdt, SignedSection, Speaker
from telemed.opinions.model import MemberAbsence, MemberSection, Opinion, StandKind
from telemed.opinions.ports import Signer
from telemed.opinions.versions import versions
from telemed.people import service as people
from telemed.people.model import Department, Staff


@dataclass(frozen=True)
class Mdt:
    """What is known of an MDT while its opinion is written."""

    row: Consultation
    members: dict[UUID, Participant]
    found: Sequence[MemberSection]
    signed: dict[UUID, MemberSection]
    absent: dict[UUID, MemberAbsence]
    dissents: frozenset[UUID]
    about: frozenset[str]  # the hashes of the consensus as it is now
    staff: Mapping[UUID, Staff]
    departments: Mapping[UUID, Department]

    @property
    def waits(self) -> list[Participant]:
        """The members for whose word the chair's signature waits: signed, dissented, or stated absent."""
        said = self.signed.keys() | self.absent.keys() | self.dissents
        return [each for id, each in self.members.items() if id not in said and awaited(self.row, each)]

    def speaker(self, staff_id: UUID) -> Speaker:
        person = self.staff[staff_id]
        department = self.departments.get(person.department_id) if person.department_id else None
        return Speaker(
            staff_id=staff_id,
            name=person.name,
            name_en=person.name_en,
            title=person.title,
            department=department.name if department else "",
            department_en=department.name_en if department else "",
        )

    def shown(self, section: MemberSection) -> SignedSection:
        if section.signed_at is None or section.sha256 is None:
            raise RuntimeError("only a signed section is shown as signed")
        said = (intact(section.canonical, section.sha256) or {}).get("by", {})  # title and department as they signed
        as_signed = {part: said[part] for part in ("name", "title", "department") if part in said}
        return SignedSection(
            **self.speaker(section.staff_id).model_dump() | as_signed,
            text=section.text,
            signed_at=section.signed_at,
            sha256=section.sha256,
            earlier=section.about_sha256 not in self.about,
        )

    def away(self, absent: MemberAbsence) -> AbsentOut:
        person = self.staff[absent.staff_id]
        return AbsentOut(
            staff_id=person.id, name=person.name, name_en=person.name_en, reason=absent.reason, at=absent.at
        )

    @property
    def missing(self) -> list[MemberAbsence]:
        """Who is named as absent in the record: members of now, without a section."""
        return [each for id, each in self.absent.items() if id in self.members and id not in self.signed]


async def of(db: AsyncSession, row: Consultation, draft: Opinion | None) -> Mdt | None:
    """None if it is no MDT."""
    if not row.mdt:
        return None
    taking_part = {each.staff_id: each for each in members(row, await participants.of(db, row.id))}
    found, absent = await section_rows.all_of(db, row.id), await section_rows.absences(db, row.id)
    held = await stands.held(db, draft) if draft is not None else []
    ids = {*taking_part, *absent, *(each.staff_id for each in found)}
    ids |= {each for each in (row.recorder_id, row.lead_id) if each}
    return Mdt(
        row=row,
        members=taking_part,
        found=found,
        signed=section_rows.signed_of(found),
        absent=absent,
        dissents=frozenset(each.stand.staff_id for each in held if each.stand.kind is StandKind.dissented),
        about=stands.texts(draft) if draft is not None else frozenset(),
        staff=await people.staff_by_id(db, ids),
        departments={each.id: each for each in await people.departments(db)},
    )


def refuse_waiting(known: Mdt | None, signed: Sequence[Opinion]) -> None:
    """Raises while an expert has neither signed their section nor dissented nor been stated absent.

    An amendment waits for nobody: what was said before its first signature stands.
    """
    if known is None or signed or not (waits := known.waits):
        return
    names = "、".join(known.staff[each.staff_id].name for each in waits)
    raise Conflict(f"The sections of {names} are not signed.", reason="sections_wait", names=names)


async def waiting(db: AsyncSession, row: Consultation) -> set[UUID]:
    """Of whom a section is wanted while the first opinion is written."""
    draft, signed = await versions(db, row.id)
    known = None if signed else await of(db, row, draft)
    return {each.staff_id for each in known.waits} if known else set()


async def board(
    db: AsyncSession, row: Consultation, actor: Actor, draft: Opinion | None, signed: Sequence[Opinion]
) -> MdtOut | None:
    """For the hub: every section with what this person may do with it, members first."""
    known = await of(db, row, draft)
    if known is None:
        return None
    recorder = known.staff.get(row.recorder_id) if row.recorder_id else None
    former = {each.staff_id: None for each in known.found if each.staff_id not in known.members}
    last = signed[0] if signed else None
    return MdtOut(
        recorder_id=row.recorder_id,
        recorder=recorder.name if recorder else "",
        recorder_en=recorder.name_en if recorder else "",
        sections=[_section(known, actor, each, draft, last) for each in (*known.members, *former)],
    )


def _section(known: Mdt, actor: Actor, staff_id: UUID, draft: Opinion | None, signed: Opinion | None) -> SectionOut:
    own = [each for each in known.found if each.staff_id == staff_id]
    newest = own[-1] if own else None
    is_open = newest is None or newest.signed_at is None
    member, absent, stands_signed = known.members.get(staff_id), known.absent.get(staff_id), known.signed.get(staff_id)
    writes = rules.passes_section(known.row, actor, member, draft, signed)
    mine, chairs = actor.id == staff_id, actor.id == known.row.lead_id
    return SectionOut(
        **known.speaker(staff_id).model_dump(),
        draft=section_rows.draft_of(staff_id, newest) if is_open and (newest or member) else None,
        signed=known.shown(stands_signed) if stands_signed else None,
        absent=known.away(absent) if absent else None,
        dissents=staff_id in known.dissents,
        member=member is not None,
        awaited=signed is None and any(each.staff_id == staff_id for each in known.waits),
        may_write=writes and is_open,
        may_sign=writes and is_open and mine and known.row.state not in BEFORE_MEETING,
        may_correct=writes and not is_open and mine,
        may_state_absent=writes and chairs and stands_signed is None,
    )


def canonical(known: Mdt | None) -> dict[str, Any]:
    """What the signed text of an opinion says of its MDT; of another it says nothing, as before there were any."""
    if known is None:
        return {}
    return {
        "mdt": {
            "chair": str(known.row.lead_id),
            "recorder": str(known.row.recorder_id) if known.row.recorder_id else None,
            "sections": [
                {
                    "id": str(each.id),
                    "sha256": each.sha256,
                    "signature": each.signature,
                    "earlier": each.about_sha256 not in known.about,
                }
                for each in known.signed.values()
            ],
            "absent": [
                {"staff": str(each.staff_id), "reason": each.reason, "by": str(each.by_id), "at": each.at.isoformat()}
                for each in known.missing
            ],
        }
    }


def printed(known: Mdt | None, zone: str) -> doc.MdtPart | None:
    if known is None:
        return None
    recorder = known.staff.get(known.row.recorder_id) if known.row.recorder_id else None
    chair = known.staff.get(known.row.lead_id) if known.row.lead_id else None
    shown = [known.shown(each) for each in known.signed.values()]
    return doc.MdtPart(
        chair=words.titled(chair) if chair else "",
        recorder=words.titled(recorder) if recorder else "",
        sections=[
            doc.PrintedSection(
                specialty=each.department,
                name=each.name,
                title=words.TITLE[each.title],
                text=each.text,
                at=words.local(each.signed_at, zone, "%Y-%m-%d %H:%M:%S"),
                note=words.SECTION_EARLIER if each.earlier else "",
            )
            for each in shown
        ],
        absent=[f"{words.titled(known.staff[each.staff_id])}：{each.reason}" for each in known.missing],
    )


async def signed_part(db: AsyncSession, opinion: Opinion) -> SignedMdt | None:
    """What a signed version says of its MDT, as its text names it."""
    named: dict[str, Any] | None = (intact(opinion.canonical, opinion.sha256) or {}).get("mdt")
    if named is None:
        return None
    query = select(MemberSection).where(col(MemberSection.id).in_([UUID(each["id"]) for each in named["sections"]]))
    found = {str(each.id): each for each in (await db.exec(query)).all()}
    ids = {each.staff_id for each in found.values()} | {UUID(each["staff"]) for each in named["absent"]}
    recorder_id = UUID(named["recorder"]) if named["recorder"] else None
    staff = await people.staff_by_id(db, [*ids, *([recorder_id] if recorder_id else [])])
    departments = {each.id: each for each in await people.departments(db)}
    row = await db.get_one(Consultation, opinion.consultation_id)
    known = Mdt(row, {}, [], {}, {}, frozenset(), frozenset(), staff, departments)
    shown = [
        known.shown(found[each["id"]]).model_copy(update={"earlier": each["earlier"]})
        for each in named["sections"]
        if each["id"] in found
    ]
    recorder = staff.get(recorder_id) if recorder_id else None
    return SignedMdt(
        recorder=recorder.name if recorder else "",
        recorder_en=recorder.name_en if recorder else "",
        sections=shown,
        absent=[
            AbsentOut(
                staff_id=UUID(each["staff"]),
                name=staff[UUID(each["staff"])].name,
                name_en=staff[UUID(each["staff"])].name_en,
                reason=each["reason"],
                at=each["at"],
            )
            for each in named["absent"]
        ],
    )


Named = list[tuple[dict[str, Any], MemberSection | None]]


async def kept(db: AsyncSession, opinion: Opinion) -> Named | None:
    """The sections that a signed text names, each with its row; None if it is of no MDT."""
    named: dict[str, Any] | None = (intact(opinion.canonical, opinion.sha256) or {}).get("mdt")
    return [(each, await db.get(MemberSection, UUID(each["id"]))) for each in named["sections"]] if named else None


def all_stand(signer: Signer, named: Named) -> bool:
    """Whether every section is intact: its hash and signature match, and its row says what was signed."""
    return all(row is not None and _stands(signer, each, row) for each, row in named)


def _stands(signer: Signer, named: dict[str, Any], section: MemberSection) -> bool:
    text = intact(section.canonical, section.sha256)
    if text is None or (section.sha256, section.signature) != (named["sha256"], named["signature"]):
        return False
    says = (text["section"], text["text"], text["by"]["id"], text["consensus"])
    as_signed = says == (str(section.id), section.text, str(section.staff_id), section.about_sha256)
    return as_signed and signer.holds((section.canonical or "").encode(), section.signature or "")
