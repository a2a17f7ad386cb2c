"""The studies that a request names: those that were sent for it, and those that are not its patient's."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import MOST_STUDIES, NamedStudy, RequestContent, kept, request_of
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.requests import rules
from telemed.requests.papers import hint_changed, take_in_studies
from telemed.requests.schemas import OtherStudy
from telemed.studies import lookup
from telemed.studies.model import StudyLink, StudyView
from telemed.studies.rules import IMAGING, SENDING, is_anothers
from telemed.work import service as work
from telemed.work.model import WorkKind


async def uploaded(
    db: AsyncSession, actor: Actor, id: UUID, study_uids: list[str], now: datetime
) -> tuple[Consultation, list[OtherStudy]]:
    """Studies were sent for this request: names them in it, and finishes the work item that asked for them.

    Those that are another patient's are not named; they are returned, for the sender to be told.
    """
    row = await _to_change(db, actor, id, now)
    others = await anothers(db, actor, row, study_uids)
    refused = {each.study_uid for each in others}
    sent = [uid for uid in dict.fromkeys(study_uids) if uid not in refused]
    content = request_of(row)
    left = await _name(db, row, content, sent)
    if sent:
        row.request, row.version, row.updated_at = kept(content), row.version + 1, now
    if sent and not left:
        await work.finish(db, row.id, [WorkKind.upload], actor, now)
    record(db, actor, "request.uploaded", str(row.id), now)
    hint_changed(db, row, now)
    await take_in_studies(db, row, now, actor)
    return row, others


async def _name(db: AsyncSession, row: Consultation, content: RequestContent, uids: list[str]) -> list[NamedStudy]:
    """Names these studies in the request. Returns what it still asks for in words."""
    known = {each.uid for each in content.studies}
    fresh = [NamedStudy(uid=uid) for uid in uids if uid not in known]
    waiting = [each for each in content.studies if each.uid is None]
    # Studies that were asked for in words are matched with those that came, in order.
    for asked, came in zip(waiting, fresh, strict=False):
        came.description, came.taken_at = asked.description, asked.taken_at
    left = waiting[len(fresh) :]
    for came in fresh:
        view = await db.get(StudyView, (row.branch_id, came.uid))
        if view is not None:
            came.description = came.description or view.description
            came.taken_at = view.taken_at or came.taken_at
    content.no_images = content.no_images and not fresh
    content.studies = [each for each in content.studies if each.uid is not None] + fresh + left
    if len(content.studies) > MOST_STUDIES:
        raise Invalid(f"A request names at most {MOST_STUDIES} studies.", reason="too_many_studies", most=MOST_STUDIES)
    return left


async def withdraw(db: AsyncSession, actor: Actor, id: UUID, study_uid: str, now: datetime) -> Consultation:
    """Takes a study that is another patient's, or of which nothing arrived, out of the request.

    If the request names nothing else, the radiographer is asked for the study that was meant.
    """
    row = await _to_change(db, actor, id, now)
    content, arrived = request_of(row), await _arrived(db, row, [study_uid])
    wrong = next((each for each in content.studies if each.uid == study_uid), None)
    if wrong is None or any(not is_anothers(link, row.patient_id) for link, _ in arrived.values()):
        raise Conflict("The request does not name it, or it may be this patient's.", reason="study_stays")
    content.studies = [each for each in content.studies if each.uid != study_uid]
    if not content.studies:
        content.studies = [NamedStudy(description=wrong.description)]
        content.images_from_radiographer = True
    row.request, row.version, row.updated_at = kept(content), row.version + 1, now
    if row.state not in rules.BEFORE_SUBMITTING:
        await consultations.ask_for_images(db, row, now)
    record(db, actor, "request.study_withdrawn", str(row.id), now)
    hint_changed(db, row, now)
    return row


async def anothers(db: AsyncSession, actor: Actor, row: Consultation, uids: Iterable[str]) -> list[OtherStudy]:
    """Of these studies those that are another patient's; whose, is said only to who may see them."""
    found = await _arrived(db, row, uids)
    return [
        _told(view, told=actor.hospital_id == row.branch_id and (not view.hidden or actor.has(*IMAGING)))
        for link, view in found.values()
        if is_anothers(link, row.patient_id)
    ]


async def counted(db: AsyncSession, row: Consultation) -> dict[str, frozenset[str]]:
    """The fields `absent` and `others` of `Given`."""
    uids = {each.uid for each in request_of(row).studies if each.uid}
    found = await _arrived(db, row, uids)
    others = {uid for uid, (link, _) in found.items() if is_anothers(link, row.patient_id)}
    return {"absent": frozenset(uids - found.keys()), "others": frozenset(others)}


async def _arrived(db: AsyncSession, row: Consultation, uids: Iterable[str]) -> dict[str, tuple[StudyLink, StudyView]]:
    """Of these studies those that the branch has, by UID."""
    known = await lookup.known(db, list(uids))
    return {uid: found for (hospital, uid), found in known.items() if hospital == row.branch_id}


def _told(view: StudyView, *, told: bool) -> OtherStudy:
    return OtherStudy(
        study_uid=view.study_uid,
        description=view.description if told else "",
        header_name=view.patient_name if told else "",
        header_number=view.patient_number if told else "",
    )


async def _to_change(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Consultation:
    row = await consultations.get(db, actor, id, now, to_change=True)
    rules.may_add_papers(row, actor)
    if not actor.has(*SENDING):
        raise NotAllowed("Your role may not do this.", reason="role")
    return row
