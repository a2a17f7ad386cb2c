"""Whose the things are that routes name by an id, for the audit of who was refused them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.audit.seeing import Seen
from telemed.break_glass.model import BreakGlass
from telemed.cases.model import Consent
from telemed.consultations.model import Consultation
from telemed.critical_findings.model import CriticalFinding
from telemed.files.model import File
from telemed.opinions.model import Advice, Opinion
from telemed.people.model import Patient, Ward
from telemed.reading.model import Reading, Report
from telemed.rounds.model import Instruction, RoundItem, RoundSession
from telemed.studies.model import LinkState, StudyLink


async def whose(db: AsyncSession, word: str, id: UUID) -> Seen | None:
    """The patient of /`word`/{id}; None if there is no such thing, or it is no patient's."""
    find = NAMED.get(word)
    return await find(db, id) if find else None


async def _patient(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(Patient, id)
    return Seen(row.hospital_id, row.id) if row else None


async def _break_glass(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(BreakGlass, id)
    return Seen(row.branch_id, row.patient_id) if row else None


async def _consultation(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(Consultation, id)
    return Seen(row.branch_id, row.patient_id, row.case_id, str(id)) if row else None


async def _reading(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(Reading, id)
    return Seen(row.branch_id, row.patient_id, row.case_id, str(id)) if row else None


async def _report(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(Report, id)
    return await _reading(db, row.reading_id) if row else None


async def _critical_finding(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(CriticalFinding, id)
    return Seen(row.branch_id, row.patient_id, row.case_id, str(id)) if row else None


async def _consent(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(Consent, id)
    return await _consultation(db, row.activity_id) if row else None


async def _opinion(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(Opinion, id)
    return await _consultation(db, row.consultation_id) if row else None


async def _advice(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(Advice, id)
    return await _consultation(db, row.consultation_id) if row else None


async def _file(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(File, id)
    return Seen(row.hospital_id, row.patient_id, row.case_id, str(id)) if row else None


async def _round(db: AsyncSession, id: UUID) -> Seen | None:
    """A patient on a list, an instruction to one, a whole round or a ward, which are many patients'."""
    given = await db.get(Instruction, id)
    item = await db.get(RoundItem, given.item_id if given else id)
    row = await db.get(RoundSession, item.session_id if item else id)
    if row is None:
        ward = await db.get(Ward, id)
        return Seen(ward.hospital_id, None, None, str(id)) if ward else None
    return Seen(row.branch_id, item.patient_id if item else None, item.case_id if item else None, str(id))


async def _study(db: AsyncSession, id: UUID) -> Seen | None:
    row = await db.get(StudyLink, id)
    if row is None:
        return None
    patient = row.patient_id if row.state is not LinkState.rejected else None
    return Seen(row.hospital_id, patient, None, f"{row.hospital_id}/{row.study_uid}")


NAMED: Final[Mapping[str, Callable[[AsyncSession, UUID], Awaitable[Seen | None]]]] = {
    "patients": _patient,
    "break-glass": _break_glass,
    "consultations": _consultation,
    "requests": _consultation,
    "rooms": _consultation,  # a room has the id of what it is for
    "consents": _consent,
    "opinions": _opinion,
    "advice": _advice,
    "files": _file,
    "studies": _study,
    "readings": _reading,
    "reports": _report,
    "critical-findings": _critical_finding,
    "rounds": _round,
}
