"""Makes readings of what the rules match, each study once, when all its images have come."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.audit.service import record
from telemed.errors import Conflict
from telemed.kit.table import new_id
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.reading import consenting, matching, priors, rules, sides
from telemed.reading.beginning import agreement, begin
from telemed.reading.lookup import own_report
from telemed.reading.model import Reading, ReadingRule, RuleDraw
from telemed.reading.words import Drawn, ReadingPurpose
from telemed.rosters import duty
from telemed.studies import lookup as studies
from telemed.studies.model import StudyView

# Who may answer for a rule at the branch, the first before the others: it is mostly about images.
ANSWERING: Final = (Role.radiographer, Role.radiologist, Role.requesting_doctor)


async def study_came(db: AsyncSession, branch_id: str, study_uid: str, now: datetime) -> None:
    """Draws a study that is complete and confirmed as a patient's; whoever hears of it again draws nothing more.

    `now`: when it was heard, and so the same in a second try.
    """
    found_study = await _study(db, branch_id, study_uid)
    if found_study is None:
        return
    view, patient_id = found_study
    table = select(ReadingRule).where(ReadingRule.branch_id == branch_id, col(ReadingRule.retired).is_(False))
    older = table.where(col(ReadingRule.created_at) <= view.received_at).order_by(col(ReadingRule.id))
    found = (await db.exec(older)).all()
    zone = (await people.zones(db))[branch_id] if found else ""
    for hub_id in sorted({each.hub_id for each in found}):
        of_hub = [each for each in found if each.hub_id == hub_id]
        rule = matching.first(of_hub, rules.modality_of(view.modalities), view.changed_at, zone)
        if rule is not None and not await _drawn(db, rule, view):
            await _draw(db, rule, view, patient_id, now)


async def report_stands(db: AsyncSession, branch_id: str, study_uid: str, now: datetime) -> None:
    """Draws what has waited for the branch's own report of this study, now that its radiologist has signed one."""
    found_study = await _study(db, branch_id, study_uid)
    waits = (RuleDraw.branch_id == branch_id, RuleDraw.study_uid == study_uid, RuleDraw.outcome == Drawn.awaits_report)
    rows = (await db.exec(select(RuleDraw).where(*waits).order_by(col(RuleDraw.hub_id)).with_for_update())).all()
    for drawn in rows if found_study else ():
        rule = await db.get_one(ReadingRule, drawn.rule_id)
        if rule.retired or found_study is None:
            continue
        outcome, reading = await _outcome(db, rule, *found_study, now)
        drawn.outcome, drawn.reading_id = outcome, reading.id if reading else None
        drawn.rule_version, drawn.at = rule.version, now
        record(db, None, "reading.drawn_by_rule", str(rule.id), now, reason=outcome, owner_id=branch_id)
        await db.flush()


async def _own(db: AsyncSession, view: StudyView, patient_id: UUID) -> bool:
    return await own_report(db, view.hospital_id, view.study_uid, patient_id) is not None


async def _study(db: AsyncSession, branch_id: str, study_uid: str) -> tuple[StudyView, UUID] | None:
    """A study whose images have all come, and whose patient is confirmed; else None."""
    view = await db.get(StudyView, (branch_id, study_uid))
    if view is None or view.hidden or not _came(view) or not rules.modality_of(view.modalities):
        return None
    patient_id = await studies.whose(db, branch_id, study_uid)
    return (view, patient_id) if patient_id is not None else None


def _came(view: StudyView) -> bool:
    """Whether all images are there: a person said so, or as many came as were declared."""
    return view.complete or (view.expected is not None and view.received >= view.expected)


async def _drawn(db: AsyncSession, rule: ReadingRule, view: StudyView) -> bool:
    same = (RuleDraw.hub_id == rule.hub_id, RuleDraw.branch_id == view.hospital_id)
    query = select(RuleDraw.id).where(*same, RuleDraw.study_uid == view.study_uid)
    return (await db.exec(query)).first() is not None


async def _draw(db: AsyncSession, rule: ReadingRule, view: StudyView, patient_id: UUID, now: datetime) -> None:
    outcome, reading = await _outcome(db, rule, view, patient_id, now)
    drawn = RuleDraw(
        id=new_id(),
        rule_id=rule.id,
        rule_version=rule.version,
        hub_id=rule.hub_id,
        branch_id=view.hospital_id,
        study_uid=view.study_uid,
        outcome=outcome,
        reading_id=reading.id if reading else None,
        at=now,
    )
    db.add(drawn)
    record(db, None, "reading.drawn_by_rule", str(rule.id), now, reason=outcome, owner_id=view.hospital_id)
    await db.flush()


async def _contact(db: AsyncSession, rule: ReadingRule, now: datetime) -> UUID:
    """The rule's contact; where they have left or may not act any more, somebody on duty at the branch who may."""
    able = {role: await holders(db, rule.branch_id, role) for role in ANSWERING}
    if any(rule.contact_id in each for each in able.values()):
        return rule.contact_id
    for role in ANSWERING:
        if found := await duty.of_role(db, rule.branch_id, role, now):
            return found[0]
    return rule.contact_id


async def _rests(db: AsyncSession, rule: ReadingRule, patient_id: UUID, agreement_id: UUID, now: datetime) -> bool:
    """Whether a consent of the patient's present stay or a clause covers it; not after the patient has withdrawn."""
    try:
        found = await consenting.basis(db, rule.branch_id, rule.hub_id, patient_id, agreement_id, now)
    except Conflict:
        return False
    return any(found)


async def _outcome(
    db: AsyncSession, rule: ReadingRule, view: StudyView, patient_id: UUID, now: datetime
) -> tuple[Drawn, Reading | None]:
    stands = rule.purpose is ReadingPurpose.primary or await _own(db, view, patient_id)
    if not stands:  # whoever writes the branch's report cannot know beforehand that it will be compared
        return Drawn.awaits_report, None
    if not matching.draws(rule, view.study_uid):
        return Drawn.not_drawn, None
    same = (Reading.hub_id == rule.hub_id, Reading.branch_id == view.hospital_id)
    if (await db.exec(select(Reading.id).where(*same, Reading.study_uid == view.study_uid))).first() is not None:
        return Drawn.asked_already, None
    try:
        covered = await agreement(db, rule.branch_id, rule.hub_id, now)
    except Conflict:
        return Drawn.no_agreement, None
    if not await _rests(db, rule, patient_id, covered.id, now):
        return Drawn.no_clause, None
    parts = priors.parts_of(view.description)
    return Drawn.made, await begin(
        db,
        None,
        view,
        patient_id,
        now,
        hub_id=rule.hub_id,
        agreement_id=covered.id,
        requester_id=await _contact(db, rule, now),
        rule_id=rule.id,
        urgency=rule.urgency,
        purpose=rule.purpose,
        part=parts[0] if parts else rule.part,
        side=sides.side_of(view.description, view.laterality),
        question=rule.question,
    )
