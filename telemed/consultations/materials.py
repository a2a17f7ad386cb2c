"""What the branch has put together for a consultation; its studies are those in its request and in its packet."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import service as cases
from telemed.cases.model import Consent, PacketItem
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import STUDIES, NamedStudy, RequestNeeds, needs_of, uids_of
from telemed.studies import lookup
from telemed.studies import service as studies
from telemed.studies.rules import is_anothers
from telemed.studies.service import Held

AT_ONCE: Final = 500  # consultations in one query


@dataclass(frozen=True)
class Images:
    """`held`: confirmed and named; `waiting`: somebody must confirm whose they are; `awaited`: not arrived;
    `others`: named, but not this patient's, so that they will never come in."""

    held: list[Held]
    waiting: list[Held]
    awaited: list[NamedStudy]
    others: list[NamedStudy]


@dataclass(frozen=True)
class Materials:
    needs: RequestNeeds
    consents: Sequence[Consent]
    packet: Sequence[PacketItem]
    images: Images


async def materials(db: AsyncSession, rows: Collection[Consultation]) -> dict[UUID, Materials]:
    """The materials of each consultation, in as many queries however many there are."""
    ids = [row.id for row in rows]
    consents, packets = await cases.consents_of_many(db, ids), await cases.packets(db, ids)
    known = await studies.of_patients(db, {row.patient_id for row in rows if row.patient_id})
    needed = {row.id: needs_of(row) for row in rows}
    theirs = {row.id: known.get(row.patient_id, []) if row.patient_id else [] for row in rows}
    others = await _others(db, rows, needed, theirs)
    out = {}
    for row in rows:
        needs, packet = needed[row.id], packets.get(row.id, [])
        found = _sorted(row, needs.studies, packet, theirs[row.id], others)
        out[row.id] = Materials(needs, consents.get(row.id, []), packet, found)
    return out


async def _others(
    db: AsyncSession,
    rows: Collection[Consultation],
    needed: Mapping[UUID, RequestNeeds],
    theirs: Mapping[UUID, Sequence[Held]],
) -> set[tuple[UUID, str]]:
    """The studies, by consultation and UID, that a request names although they are not its patient's."""
    doubtful = {
        row.id: {each.uid for each in needed[row.id].studies if each.uid}
        - {each.study_uid for each in theirs[row.id] if each.confirmed or each.proposed}
        for row in rows
    }
    found = await lookup.known(db, {uid for uids in doubtful.values() for uid in uids})
    return {
        (row.id, uid)
        for row in rows
        for uid in doubtful[row.id]
        if (it := found.get((row.branch_id, uid))) is not None and is_anothers(it[0], row.patient_id)
    }


async def images(db: AsyncSession, row: Consultation) -> Images:
    return (await materials(db, [row]))[row.id].images


def _sorted(
    row: Consultation,
    studies: list[NamedStudy],
    packet: Sequence[PacketItem],
    of_patient: Sequence[Held],
    strangers: Collection[tuple[UUID, str]],
) -> Images:
    if row.patient_id is None:
        return Images([], [], studies, [])
    named = {each.uid for each in studies if each.uid} | {each.study_uid for each in packet if each.study_uid}
    own = [each for each in of_patient if each.hospital_id == row.branch_id]
    held = [each for each in own if each.confirmed and each.study_uid in named]
    waiting = [each for each in own if each.proposed]
    others = [each for each in studies if each.uid and (row.id, each.uid) in strangers]
    known = {each.study_uid for each in (*held, *waiting)} | {each.uid for each in others}
    arrived = len(held) + len(waiting)
    awaited = [each for each in studies if each.uid and each.uid not in known]
    awaited += [each for each in studies if not each.uid][arrived:]
    return Images(held, waiting, awaited, others)


async def held_by(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """`Images.held` of many consultations, as (hospital, study); for the grants, which ask at every change.

    In pieces, between which others have their turn: at the start it is asked for all that are open.
    """
    out: dict[UUID, list[tuple[str, str]]] = {}
    left = list(ids)
    for start in range(0, len(left), AT_ONCE):
        some = left[start : start + AT_ONCE]
        query = select(Consultation.id, Consultation.patient_id, Consultation.branch_id, STUDIES)
        rows = (await db.exec(query.where(col(Consultation.id).in_(some)))).all()
        packed = await cases.packed_studies(db, some)
        confirmed = await studies.confirmed(db, {patient for _, patient, _, _ in rows if patient})
        for id, patient, branch, named in rows:
            uids = uids_of(named) | packed.get(id, set())
            theirs = confirmed.get(patient, []) if patient else []
            out[id] = [(hospital, uid) for hospital, uid in theirs if hospital == branch and uid in uids]
        await asyncio.sleep(0)
    return out
