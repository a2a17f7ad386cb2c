"""The studies of a patient, as imaging's events and people's confirmations say."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.studies.model import LinkState, StudyLink, StudyView
from telemed.studies.rules import IMAGING

AT_ONCE = 1000  # ids in one query


@dataclass(frozen=True)
class Held:
    """A study and whose it is. `differs`: it is confirmed although its header disagrees with the record."""

    hospital_id: str
    study_uid: str
    description: str
    accession_number: str
    taken_at: datetime | None
    modalities: list[str]
    laterality: str
    series: int
    received: int
    expected: int | None
    complete: bool
    link: LinkState
    differs: bool
    hidden: bool
    by: UUID | None  # who decided; None if it was confirmed automatically

    @property
    def confirmed(self) -> bool:
        return self.link is LinkState.confirmed

    @property
    def proposed(self) -> bool:
        return self.link is LinkState.proposed


async def of_patient(db: AsyncSession, hospital_id: str, patient_id: UUID) -> list[Held]:
    """Confirmed studies of this patient, the newest first."""
    found = (await of_patients(db, [patient_id])).get(patient_id, [])
    return [each for each in found if each.hospital_id == hospital_id and each.confirmed]


async def confirmed(db: AsyncSession, patient_ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """The confirmed studies of these patients, as (hospital, study)."""
    out: dict[UUID, list[tuple[str, str]]] = {}
    ids = list(patient_ids)
    for start in range(0, len(ids), AT_ONCE):
        query = select(StudyLink.patient_id, StudyLink.hospital_id, StudyLink.study_uid).where(
            StudyLink.state == LinkState.confirmed, col(StudyLink.patient_id).in_(ids[start : start + AT_ONCE])
        )
        for patient_id, hospital, uid in (await db.exec(query.order_by(col(StudyLink.id)))).all():
            if patient_id is not None:
                out.setdefault(patient_id, []).append((hospital, uid))
    return out


async def waiting_for_identity(db: AsyncSession, hospital_id: str, patient_id: UUID) -> list[Held]:
    """Studies that may be this patient's and that a person must confirm or reject first."""
    found = (await of_patients(db, [patient_id])).get(patient_id, [])
    return [each for each in found if each.hospital_id == hospital_id and each.proposed]


def shown_to(actor: Actor, found: Iterable[Held]) -> list[Held]:
    """Those that the actor may see: unconfirmed ones within their hospital, hidden ones for imaging roles only."""
    own = [each for each in found if each.confirmed or each.hospital_id == actor.hospital_id]
    return [each for each in own if not each.hidden or actor.has(*IMAGING)]


async def of_patients(db: AsyncSession, patient_ids: Collection[UUID]) -> dict[UUID, list[Held]]:
    """All studies linked to each of at most `AT_ONCE` patients, in any state, the newest first."""
    same = and_(col(StudyLink.hospital_id) == StudyView.hospital_id, col(StudyLink.study_uid) == StudyView.study_uid)
    query = (
        select(StudyView, StudyLink)
        .join(StudyLink, same)
        .where(col(StudyLink.patient_id).in_(patient_ids))
        .order_by(col(StudyView.taken_at).desc(), col(StudyView.study_uid))
    )
    out: dict[UUID, list[Held]] = {}
    for view, link in (await db.exec(query)).all():
        if link.patient_id is not None:
            out.setdefault(link.patient_id, []).append(_held(view, link))
    return out


def _held(view: StudyView, link: StudyLink) -> Held:
    return Held(
        hospital_id=view.hospital_id,
        study_uid=view.study_uid,
        description=view.description,
        accession_number=view.accession_number,
        taken_at=view.taken_at,
        modalities=view.modalities,
        laterality=view.laterality,
        series=view.series,
        received=view.received,
        expected=view.expected,
        complete=view.complete,
        link=link.state,
        differs=any(not each.get("agrees", True) for each in link.evidence.values()),
        hidden=view.hidden,
        by=link.by,
    )
