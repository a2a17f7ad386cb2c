"""Shows the patients on a list: who they are, what is asked, what is missing, and what may be done."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.cases.model import Consent
from telemed.cases.rules import in_force
from telemed.people import ages
from telemed.people import service as people
from telemed.people.chart_tables import Admission
from telemed.people.model import Patient, Staff
from telemed.rounds import consents, rules
from telemed.rounds import stays as staying
from telemed.rounds.lacking import lacking, stays_of
from telemed.rounds.model import Instruction, RoundItem, RoundNote, RoundSession
from telemed.rounds.schemas import ItemOut, ItemPatient, RoundPerson
from telemed.rounds.words import Gone, InstructionState, ItemAction, ItemState, Lack, Reason, SignedAs, Who
from telemed.studies.service import Held

AS_IT_IS = {"id", "version", "place", "bed", "state", "state_since", "late", "summary", "changes", "question"}
NAMELESS: Final = {"reasons": [], "lacks": [], "labs": [], "consent": "none", "paper_due": False, "late": False} | {
    "gone": None,
    "identified_by": [],
    "identified_at": None,
    "wrong_band_at": None,
    "signed_as": None,
    "instructions": 0,
    "unread": 0,
    "actions": [],
}
AS_IT_IS |= {"minutes", "why", "identified", "identified_at"}


async def shown_items(
    db: AsyncSession,
    actor: Actor,
    session: RoundSession,
    found: Sequence[RoundItem],
    may: Collection[Who],
    now: datetime,
    unseen: Collection[UUID] = (),
    studies_of: Mapping[UUID, Sequence[Held]] | None = None,
) -> list[ItemOut]:
    """As the sheet shows them. A student sees only that there is a bed, unless its patient has agreed; so does
    whoever may not see those that are `unseen`. `studies_of`: by patient, where they are known."""
    if not found:
        return []
    patients, stays = await _patients(db, found)
    papers = await consents.of_items(db, found)
    hidden = set(unseen)
    if consents.is_student(actor):
        hidden |= {each.id for each in found} - await consents.taught(db, found)
    lacks = await lacking(db, session, found, now, stays=stays, studies_of=studies_of)
    given = await _given(db, [each.id for each in found])
    signed = await _signed(db, found)
    heard = await people.staff_by_id(db, {UUID(who) for each in found for who in each.identified_by})
    zone = (await people.zones(db))[session.branch_id]
    left = {each.id: staying.gone_now(session, each, stays[each.admission_id]) for each in found}
    return [
        _shown(
            each,
            None
            if each.id in hidden
            else _patient(patients[each.patient_id], stays[each.admission_id], each, zone, now),
            signed_as=signed.get(each.id),
            consent=_consent(each, papers),
            paper_due=each.id in papers and papers[each.id].paper_due,
            lacks=lacks[each.id].what,
            labs=lacks[each.id].labs,
            instructions=given.get(each.id, (0, 0)),
            identified_by=[person_out(heard[UUID(who)]) for who in each.identified_by if UUID(who) in heard],
            gone=left[each.id],
            actions=rules.item_actions(session, each, may, left=left[each.id] is not None),
            now=now,
        )
        for each in found
    ]


def _shown(
    row: RoundItem,
    patient: ItemPatient | None,
    *,
    signed_as: SignedAs | None,
    consent: str,
    paper_due: bool,
    lacks: list[Lack],
    labs: list[str],
    instructions: tuple[int, int],
    identified_by: list[RoundPerson],
    gone: Gone | None,
    actions: list[ItemAction],
    now: datetime,
) -> ItemOut:
    said = row.model_dump(include=AS_IT_IS)
    if patient is None:
        said |= dict.fromkeys(("summary", "changes", "question", "why"), "") | {"identified": None}
    out = ItemOut.model_validate(
        said
        | {
            "patient": patient,
            "reasons": [Reason(each) for each in row.reasons],
            "put_forward": row.state is ItemState.proposed and row.case_id is not None,
            "wrong_band_at": row.wrong_band_at if row.state is ItemState.presenting else None,
            "spent": rules.seconds_at(row, now),
            "since": row.presented_at,
            "signed_as": signed_as,
            "consent": consent,
            "paper_due": paper_due,
            "lacks": lacks,
            "labs": labs,
            "instructions": instructions[0],
            "unread": instructions[1],
            "identified_by": identified_by,
            "gone": gone,
            "actions": actions,
        }
    )
    return out if patient is not None else out.model_copy(update=NAMELESS)


def _patient(patient: Patient, stay: Admission, row: RoundItem, zone: str, now: datetime) -> ItemPatient:
    return _brief(patient, stay, row.case_id, zone, now)


def _brief(patient: Patient, stay: Admission, case_id: UUID | None, zone: str, now: datetime) -> ItemPatient:
    see(patient.hospital_id, patient.id, case_id)
    return ItemPatient(
        **patient.model_dump(
            include={"id", "name", "pinyin", "sex", "allergy", "allergy_text", "isolation", "critical"}
        ),
        age=ages.years(patient, now, zone),
        number=stay.number,
    )


async def patients_of(
    db: AsyncSession, stays: Collection[Admission], zone: str, now: datetime
) -> dict[UUID, ItemPatient]:
    """Who lies there, by patient; of no round in particular."""
    query = select(Patient).where(col(Patient.id).in_([each.patient_id for each in stays]))
    them = {each.id: each for each in (await db.exec(query)).all()}
    return {each.patient_id: _brief(them[each.patient_id], each, None, zone, now) for each in stays}


def person_out(row: Staff) -> RoundPerson:
    return RoundPerson(id=row.id, name=row.name, name_en=row.name_en, title=row.title)


def _consent(row: RoundItem, papers: Mapping[UUID, Consent]) -> str:
    if row.emergency:
        return "emergency"
    paper = papers.get(row.id)
    if paper is None:
        return "none"
    return "in_force" if in_force(paper) else "ended"


async def _patients(db: AsyncSession, found: Sequence[RoundItem]) -> tuple[dict[UUID, Patient], dict[UUID, Admission]]:
    them = select(Patient).where(col(Patient.id).in_([each.patient_id for each in found]))
    return {each.id: each for each in (await db.exec(them)).all()}, await stays_of(db, found)


async def _given(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """By item how many instructions were given, and how many of these are not read back."""
    i = Instruction
    query = select(i.item_id, i.state, func.count()).where(col(i.item_id).in_(ids))
    out: dict[UUID, tuple[int, int]] = {}
    for id, state, count in (await db.exec(query.group_by(col(i.item_id), col(i.state)))).all():
        all_, unread = out.get(id, (0, 0))
        out[id] = all_ + count, unread + (count if state == InstructionState.to_read_back else 0)
    return out


async def _signed(db: AsyncSession, found: Sequence[RoundItem]) -> dict[UUID, SignedAs | None]:
    """By item as what its note stands; nothing is asked while none is signed."""
    ids = [each.id for each in found if each.state is ItemState.countersigned]
    if not ids:
        return {}
    notes = (await db.exec(select(RoundNote).where(col(RoundNote.item_id).in_(ids)))).all()
    return {each.item_id: rules.signed_as(each) for each in notes}
