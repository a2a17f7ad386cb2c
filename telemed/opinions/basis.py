"""What an opinion rests on: one version of the packet; and whether its images are still the patient's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import rules as packets
from telemed.cases import service as cases
from telemed.cases.model import ItemKind, PacketItem
from telemed.consultations.model import Consultation
from telemed.errors import Conflict
from telemed.opinions.content import OpinionContent
from telemed.opinions.schemas import NewerPacket, PacketChange
from telemed.studies import service as studies


@dataclass(frozen=True)
class Basis:
    """The items of one version of the packet, in the order in which they were put in."""

    version: int
    items: Sequence[PacketItem]

    @property
    def studies(self) -> set[tuple[str, str]]:
        return {(each.hospital_id, each.study_uid) for each in self.items if each.study_uid}


async def basis(db: AsyncSession, row: Consultation, version: int) -> Basis:
    found = await cases.packet(db, row.id, withdrawn=True)
    return Basis(version, [each for each in found if packets.in_version(each, version)])


async def newer(db: AsyncSession, row: Consultation, version: int) -> NewerPacket | None:
    """What the newest version of the packet has gained and lost since the one that the opinion rests on."""
    if row.packet_version <= version:
        return None
    found = await cases.packet(db, row.id, withdrawn=True)
    before = {each.id for each in found if packets.in_version(each, version)}
    now = {each.id for each in found if packets.in_version(each, row.packet_version)}
    added = [each for each in found if each.id in now - before]
    # A "not done, because …" that its paper replaced is not listed as gone.
    gone = [each for each in found if each.id in before - now and each.kind is not ItemKind.not_done]
    return NewerPacket(version=row.packet_version, added=_shown(added), withdrawn=_shown(gone))


def _shown(items: Sequence[PacketItem]) -> list[PacketChange]:
    return [PacketChange(kind=each.kind, checklist=each.checklist, title=each.title) for each in items]


async def refuse_lost(db: AsyncSession, row: Consultation, rests_on: Basis) -> None:
    """Raises if images were taken out of the packet or are no longer confirmed as this patient's."""
    of_patient = await studies.of_patient(db, row.branch_id, row.patient_id) if row.patient_id else []
    confirmed = {(each.hospital_id, each.study_uid) for each in of_patient}
    held = [each for each in rests_on.items if each.study_uid is not None]
    lost = [
        each
        for each in held
        if each.withdrawn_version is not None or (each.hospital_id, each.study_uid) not in confirmed
    ]
    if not lost:
        return
    told = {"version": rests_on.version, "studies": [each.title or each.study_uid for each in lost]}
    if row.packet_version > rests_on.version:
        raise Conflict(
            "Images of this version of the packet have been withdrawn: rest on the newest version, review, then sign.",
            reason="basis_withdrawn",
            newest=row.packet_version,
            **told,
        )
    raise Conflict(
        "Images of this version of the packet are not confirmed as this patient's: their hospital must confirm them.",
        reason="basis_unconfirmed",
        **told,
    )


def refuse_newer_images(content: OpinionContent, rests_on: Basis) -> None:
    """Raises if a key image is of a study that is not in the packet version that the opinion rests on."""
    new = [each.key for each in content.key_images if (each.hospital_id, each.study_uid) not in rests_on.studies]
    if new:
        raise Conflict(
            "A key image is of a study that came with a newer version of the packet: rest on that version.",
            reason="image_of_newer_packet",
            version=rests_on.version,
            images=new,
        )
