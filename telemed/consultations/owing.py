"""Work items of what the branch owes beside the steps: images, approvals and papers of consents, another consent,
another accompanying physician.
"""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities.model import Answer, Participant
from telemed.cases import consents
from telemed.cases import service as cases
from telemed.cases.model import Consent
from telemed.cases.rules import awaits_approval
from telemed.consultations import telling
from telemed.consultations.asking import ask, of_requester
from telemed.consultations.expecting import before_it_begins, begin_for_work, due_by
from telemed.consultations.ladders import ACCOMPANYING, CONSENT_APPROVAL, IMAGES, PAPERS, RENEWAL
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.table import Move
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind

K = WorkKind


async def ask_the_radiographer(db: AsyncSession, move: Move) -> None:
    await ask_for_images(db, move.row, move.now)


async def ask_again_for_images(db: AsyncSession, move: Move) -> None:
    """Of what was withdrawn when the opinion was signed: what is asked for in words and has not come."""
    if any(each.uid is None for each in request_of(move.row).studies):
        await ask_for_images(db, move.row, move.now)


async def ask_for_images(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Asks the radiographer once to upload the named studies (「请影像科上传」)."""
    content = request_of(row)
    asked = content.images_from_radiographer and not content.no_images
    if not asked or await work.open_items(db, row.id, K.upload):
        return
    due = await due_by(db, row, IMAGES, now)
    note = {"studies": [each.description for each in content.studies if each.uid is None]}
    ask(db, row, K.upload, row.branch_id, now, role=Role.radiographer, due_at=due, note=note)
    await begin_for_work(db, row, IMAGES, due, now, owners=[row.requester_id])  # who may send them as well


async def ask_for_papers(db: AsyncSession, move: Move) -> None:
    await ask_for_consents(db, move.row, move.now)


async def ask_for_consents(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Asks once for what each consent still needs, and for nothing that is not needed any more.

    The duty officer is asked to approve an emergency, and who took the consent for its paper.
    """
    open_ones = await work.open_items(db, row.id, K.approve_consent, K.consent)
    asked = {(each.kind, each.note["consent_id"]) for each in open_ones}
    needed = set[tuple[str, str]]()
    for each in await consents.standing(db, row.id):
        wanted = [(K.approve_consent, CONSENT_APPROVAL)] if awaits_approval(each) else []
        wanted += [(K.consent, PAPERS)] if each.paper_due else []
        for kind, ladder in wanted:
            needed.add((kind, str(each.id)))
            if (kind, str(each.id)) not in asked:
                await _ask_for_consent(db, row, each, kind, ladder, now)
    for left, of in sorted(asked - needed):
        await work.finish(db, row.id, [left], None, now, Outcome.withdrawn, note={"consent_id": of})


async def _ask_for_consent(
    db: AsyncSession, row: Consultation, of: Consent, kind: WorkKind, ladder: str, now: datetime
) -> None:
    due, note = await due_by(db, row, ladder, now), {"consent_id": str(of.id), "number": of.number}
    who, role = (None, Role.duty_officer) if kind is K.approve_consent else (of.recorded_by, None)
    ask(db, row, kind, row.branch_id, now, staff_id=who, role=role, due_at=due, note=note)
    await begin_for_work(db, row, ladder, due, now)


async def ask_to_renew(db: AsyncSession, row: Consultation, now: datetime, **note: object) -> None:
    """Asks for another consent, or to cancel, because without one nobody of the hub sees the case. `note`: why."""
    if not await work.open_items(db, row.id, K.renew):
        due = await due_by(db, row, RENEWAL, now)
        ask(db, row, K.renew, row.branch_id, now, **await of_requester(db, row), due_at=due, note=note)
        await begin_for_work(db, row, RENEWAL, due, now)


async def ask_to_renew_what_is_gone(db: AsyncSession, move: Move) -> None:
    """Withdrawn after signing, a consent is asked for again: the hub may not see what it is asked for from here on."""
    if await cases.consent_gone(db, move.row.id):
        await ask_to_renew(db, move.row, move.now)


async def renewed(db: AsyncSession, row: Consultation, now: datetime) -> None:
    await work.finish(db, row.id, [K.renew], None, now)


async def accompanying_answered(
    db: AsyncSession, row: Consultation, mine: Participant, by: Actor, now: datetime
) -> None:
    """Of an accompanying physician who cannot come: the requesting doctor is asked to name another, as only the branch
    can."""
    if mine.staff_id != row.accompanying_id:
        return
    if mine.answer is Answer.accepted:
        await work.finish(db, row.id, [K.name_accompanying], by, now, Outcome.withdrawn)
    elif mine.answer is Answer.declined and not await work.open_items(db, row.id, K.name_accompanying):
        due, note = before_it_begins(row, await due_by(db, row, ACCOMPANYING, now), now), {"asked": mine.words}
        ask(db, row, K.name_accompanying, row.branch_id, now, **await of_requester(db, row), due_at=due, note=note)
        await begin_for_work(db, row, ACCOMPANYING, due, now)
        await telling.of_missing_physician(db, row, by.id, now)
