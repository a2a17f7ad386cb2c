"""The case and its packet: open a case, add and remove material, read both for other features."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.cases import rules
from telemed.cases.events import CaseOpened, OfPacket, PacketAdded, PacketSupplemented, PacketWithdrawn
from telemed.cases.model import Case, Consent, ItemKind, PacketItem
from telemed.cases.schemas import PacketItemIn
from telemed.errors import Invalid, NotFound
from telemed.files import service as files
from telemed.files.model import File, FileKind
from telemed.history.events import About
from telemed.history.service import Author, emit
from telemed.kit.activity import Activity
from telemed.kit.table import new_id

AT_ONCE = 1000  # ids in one query


async def open_case(db: AsyncSession, hospital_id: str, patient_id: UUID, now: datetime) -> Case:
    row = Case(hospital_id=hospital_id, patient_id=patient_id, opened_at=now)
    db.add(row)
    await db.flush()
    emit(db, CaseOpened(), about(row), now)
    return row


# -- read by the features above


async def consents(db: AsyncSession, activity_id: UUID) -> list[Consent]:
    return (await consents_of_many(db, [activity_id])).get(activity_id, [])


async def consents_of_many(db: AsyncSession, activity_ids: Sequence[UUID]) -> dict[UUID, list[Consent]]:
    """The consents of at most `AT_ONCE` activities."""
    query = select(Consent).where(col(Consent.activity_id).in_(activity_ids)).order_by(col(Consent.id))
    out: dict[UUID, list[Consent]] = {}
    for each in (await db.exec(query)).all():
        out.setdefault(each.activity_id, []).append(each)
    return out


async def consented(db: AsyncSession, activity_id: UUID) -> bool:
    """Whether a consent is in force that covers what the activity needs; for the readiness gate."""
    return any(rules.in_force(each) for each in await consents(db, activity_id))


async def consent_recorded(db: AsyncSession, activity_id: UUID) -> bool:
    """Whether a consent is recorded; for submitting: paper and approval may follow."""
    return any(rules.recorded(each) for each in await consents(db, activity_id))


async def consent_gone(db: AsyncSession, activity_id: UUID) -> bool:
    """As `rules.gone`."""
    return rules.gone(await consents(db, activity_id))


async def consent_outdated(db: AsyncSession, activity_id: UUID, since: datetime) -> bool:
    """Whether any consent names a hub that is asked no longer, and was asked until then or later."""
    return any(each.outdated_at is not None and each.outdated_at >= since for each in await consents(db, activity_id))


async def packet(db: AsyncSession, activity_id: UUID, *, withdrawn: bool = False) -> list[PacketItem]:
    """The packet as it is now, or also with the items taken out of a locked version."""
    return (await packets(db, [activity_id], withdrawn=withdrawn)).get(activity_id, [])


async def packets(
    db: AsyncSession, activity_ids: Sequence[UUID], *, withdrawn: bool = False
) -> dict[UUID, list[PacketItem]]:
    """The packets of at most `AT_ONCE` activities, each in the order in which it was filled."""
    query = select(PacketItem).where(col(PacketItem.activity_id).in_(activity_ids))
    if not withdrawn:
        query = query.where(col(PacketItem.withdrawn_version).is_(None))
    out: dict[UUID, list[PacketItem]] = {}
    for each in (await db.exec(query.order_by(col(PacketItem.added_at), col(PacketItem.id)))).all():
        out.setdefault(each.activity_id, []).append(each)
    return out


async def packed_studies(db: AsyncSession, activity_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """The studies in the packets of these activities."""
    out: dict[UUID, set[str]] = {}
    for start in range(0, len(activity_ids), AT_ONCE):
        query = select(PacketItem.activity_id, PacketItem.study_uid).where(
            col(PacketItem.activity_id).in_(activity_ids[start : start + AT_ONCE]),
            col(PacketItem.study_uid).is_not(None),
            col(PacketItem.withdrawn_version).is_(None),
        )
        for id, uid in (await db.exec(query)).all():
            out.setdefault(id, set()).add(str(uid))
    return out


async def with_study(db: AsyncSession, hospital_id: str, study_uid: str) -> set[UUID]:
    """The cases whose packets hold this study now."""
    query = select(PacketItem.case_id).where(PacketItem.hospital_id == hospital_id, PacketItem.study_uid == study_uid)
    return set((await db.exec(query.where(col(PacketItem.withdrawn_version).is_(None)))).all())


async def checklist_answered(db: AsyncSession, activity_id: UUID) -> frozenset[str]:
    """Which items of the checklist have a file or a reason why not."""
    return rules.answered(await packet(db, activity_id))


# -- changing the packet


async def add_item(
    db: AsyncSession,
    actor: Actor | None,
    case: Case,
    activity: Activity,
    new: PacketItemIn,
    now: datetime,
    *,
    version: int,
    supplement: bool = False,
    by: Author | None = None,
) -> PacketItem:
    """Puts an item into the packet; the same study or file only once.

    `actor` is None where the system puts in a study that somebody (`by`) has confirmed.
    """
    author = actor or by
    rules.check_item(
        new.kind,
        file=new.file_id is not None,
        study=new.study_uid is not None,
        checklist=bool(new.checklist),
        reason=new.reason,
    )
    there = await packet(db, activity.id)
    same = (each for each in there if new.study_uid and each.study_uid == new.study_uid)
    if (known := next(same, None)) is not None:
        return known
    if new.file_id is not None and (known := await _same_paper(db, actor, there, new)) is not None:
        return known
    file = await filed(db, actor, case, activity, new.file_id, FileKind.attachment) if new.file_id else None
    for each in there:  # a paper replaces an earlier 「not done, because …」
        if each.kind is ItemKind.not_done and each.checklist == new.checklist:
            await take_out(db, actor, each, now, version=version)
    row = PacketItem(
        id=new_id(),
        case_id=case.id,
        activity=activity.kind,
        activity_id=activity.id,
        version=version,
        kind=new.kind,
        checklist=new.checklist,
        title=new.title or (file.name if file else ""),
        hospital_id=case.hospital_id,
        study_uid=new.study_uid,
        file_id=file.id if file else None,
        reason=new.reason or None,
        supplement=supplement,
        added_at=now,
        added_by=author.id if author else None,
    )
    db.add(row)
    _log(db, actor, case, row, PacketSupplemented if supplement else PacketAdded, now, by=author)
    return row


async def item(db: AsyncSession, activity_id: UUID, id: UUID) -> PacketItem:
    row = await db.get(PacketItem, id)
    if row is None or row.activity_id != activity_id or row.withdrawn_version is not None:
        raise NotFound("There is no such item in the packet.")
    return row


async def take_out(db: AsyncSession, actor: Actor | None, row: PacketItem, now: datetime, *, version: int) -> None:
    """Takes an item out from `version` on; earlier versions keep it. The row of a study always stays, so that everybody
    who has seen it can be told why it is gone.
    """
    _log(db, actor, await db.get_one(Case, row.case_id), row, PacketWithdrawn, now, by=actor)
    if row.version == version and row.study_uid is None:
        await db.delete(row)
    else:
        row.withdrawn_version = version
    await db.flush()


async def _same_paper(
    db: AsyncSession, actor: Actor | None, there: list[PacketItem], new: PacketItemIn
) -> PacketItem | None:
    """An item with the same bytes for the same item of the checklist: it is the same paper."""
    sent = await db.get(File, new.file_id)
    if sent is None or actor is None or sent.created_by != actor.id or sent.kind is not FileKind.attachment:
        return None
    papers = [each for each in there if each.file_id and new.checklist in (None, each.checklist)]
    query = select(File.id).where(col(File.id).in_([each.file_id for each in papers]), File.sha256 == sent.sha256)
    same = set((await db.exec(query)).all())
    return next((each for each in papers if each.file_id in same), None)


async def filed(
    db: AsyncSession, actor: Actor | None, case: Case, activity: Activity, file_id: UUID, kind: FileKind
) -> File:
    """Attaches this person's upload to the case."""
    if actor is None:
        raise Invalid("A file is filed by a person.", reason="file_needed")
    return await files.attach(
        db,
        actor,
        file_id,
        kind,
        activity=activity,
        case_id=case.id,
        patient_id=case.patient_id,
        hospital_id=case.hospital_id,
    )


def about(case: Case, activity: Activity | None = None) -> About:
    """What the events belong to. The hub is no partner: it sees the packet, not how it was put together."""
    return About(
        case.hospital_id,
        case_id=case.id,
        patient_id=case.patient_id,
        activity=activity.kind if activity else None,
        activity_id=activity.id if activity else None,
    )


def _log(
    db: AsyncSession,
    actor: Actor | None,
    case: Case,
    row: PacketItem,
    what: type[OfPacket],
    now: datetime,
    *,
    by: Author | None,
) -> None:
    """Writes the event, which names the person who caused it, and the audit, which names the caller."""
    event = what(
        id=row.id,
        kind=row.kind,
        title=row.title,
        checklist=row.checklist,
        version=row.version,
        supplement=row.supplement,
    )
    emit(db, event, about(case, Activity(row.activity, row.activity_id)), now, by=by)
    record(db, actor, event.type, str(row.id), now)
