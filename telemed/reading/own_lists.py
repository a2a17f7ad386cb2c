"""The studies of a branch, and how far their own reports are: the list of its desk.

It says nothing of rules: whether a study will be drawn for an over-read is not known before its report stands.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.briefs import patient_brief
from telemed.audit.seeing import see
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Patient
from telemed.reading import rules
from telemed.reading.filters import searched
from telemed.reading.model import OwnReport
from telemed.reading.own_report_schemas import OwnReportFilter, OwnReportList, OwnReportRow
from telemed.reading.schemas import StudyOf
from telemed.studies.model import LinkState, StudyLink, StudyView

MOST: Final = 200
AT_ONCE: Final = 500  # studies, of which those without images or a patient are left out


async def find(db: AsyncSession, actor: Actor, by: OwnReportFilter, now: datetime) -> OwnReportList:
    """Those that came last, confirmed as a patient's, the newest first."""
    here = (StudyView.hospital_id == actor.hospital_id, col(StudyView.hidden).is_(False))
    query = select(StudyView).where(*here, *_sought(by.q))
    newest_first = query.order_by(col(StudyView.received_at).desc(), col(StudyView.study_uid))
    came = (await db.exec(newest_first.limit(AT_ONCE))).all()
    views = [each for each in came if not each.modalities or rules.modality_of(each.modalities)]
    uids = [each.study_uid for each in views]
    links = select(StudyLink).where(StudyLink.hospital_id == actor.hospital_id, col(StudyLink.study_uid).in_(uids))
    newest = {each.study_uid: each for each in (await db.exec(links.order_by(col(StudyLink.id)))).all()}
    whose = {
        uid: each.patient_id for uid, each in newest.items() if each.state is LinkState.confirmed and each.patient_id
    }
    rows = select(Patient).where(col(Patient.id).in_(set(whose.values())))
    patients = {each.id: each for each in (await db.exec(rows)).all()}
    same = (OwnReport.hospital_id == actor.hospital_id, col(OwnReport.study_uid).in_(uids))
    of: dict[str, OwnReport] = {}
    for each in (await db.exec(select(OwnReport).where(*same).order_by(col(OwnReport.number)))).all():
        if each.patient_id == whose.get(each.study_uid):
            of[each.study_uid] = each
    known = [each for each in views if whose.get(each.study_uid) in patients]
    signed = {uid for uid, each in of.items() if each.signed_at is not None}
    asked = [each for each in known if (each.study_uid in signed) is (by.show == "signed")]
    shown, more = asked[:MOST], len(came) == AT_ONCE or len(asked) > MOST
    staff = await people.staff_by_id(db, {id for each in of.values() for id in (each.author_id, each.signed_by) if id})
    english, zone = await departments_en(db), (await people.zones(db))[actor.hospital_id]
    items = []
    for view in shown:
        patient, own = patients[whose[view.study_uid]], of.get(view.study_uid)
        see(actor.hospital_id, patient.id)
        who = staff.get((own.signed_by or own.author_id or own.id) if own else patient.id)
        items.append(
            OwnReportRow(
                study=StudyOf(**view.model_dump(include=set(StudyOf.model_fields))),
                patient=patient_brief(patient, english, zone, now),
                state="unwritten" if own is None else "signed" if own.signed_at else "draft",
                who=who.name if who else "",
                who_en=who.name_en if who else "",
                mine=bool(who and who.id == actor.id),
                at=(own.signed_at or own.saved_at) if own else None,
            )
        )
    done = sum(each.study_uid in signed for each in known)
    return OwnReportList(items=items, to_write=len(known) - done, signed=done, more=more)


def _sought(q: str) -> list[ColumnElement[bool]]:
    """Whose name or number, or what number of a study, was typed, whenever it came."""
    if not q.strip():
        return []
    link = (StudyLink.hospital_id == StudyView.hospital_id, StudyLink.study_uid == StudyView.study_uid)
    theirs = searched(q, StudyLink.patient_id, StudyLink.hospital_id, StudyLink.study_uid)
    confirmed = select(StudyLink.id).where(*link, StudyLink.state == LinkState.confirmed, *theirs)
    return [exists(confirmed.correlate(StudyView))]
