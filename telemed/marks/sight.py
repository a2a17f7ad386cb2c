"""Whether a person sees a study, and may draw on it: the same who get its images from the archive."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.grants import CLINICAL
from telemed.access.model import Actor, CaseGrant
from telemed.activities.kinds import Kinds
from telemed.audit.seeing import see
from telemed.errors import NotFound
from telemed.marks.rules import DRAWS
from telemed.studies import lookup as studies
from telemed.studies.model import LinkState
from telemed.studies.rules import IMAGING


class Sight(NamedTuple):
    """`case_id`: of a grant by which this person sees it; None at its own hospital and by break-glass."""

    patient_id: UUID | None
    case_id: UUID | None
    draws: bool


async def sight(db: AsyncSession, kinds: Kinds, actor: Actor, hospital: str, study_uid: str, now: datetime) -> Sight:
    """Raises NotFound if this person does not see the study, as if there were none."""
    link, view = (await studies.known(db, [study_uid])).get((hospital, study_uid), (None, None))
    if link is None or view is None:
        raise NotFound("There is no such study.")
    whose = link.patient_id if link.state is not LinkState.rejected else None
    if hospital == actor.hospital_id and actor.has(*CLINICAL) and (not view.hidden or actor.has(*IMAGING)):
        found = Sight(whose, None, actor.has(*DRAWS))
    elif (granted := await _granted(db, kinds, actor, (hospital, study_uid), link.patient_id, now)) is not None:
        found = granted
    elif whose in actor.opened and link.state is LinkState.confirmed:
        found = Sight(whose, None, False)
    else:
        raise NotFound("There is no such study.")
    see(hospital, found.patient_id, found.case_id, f"{hospital}/{study_uid}")
    return found


async def _granted(
    db: AsyncSession, kinds: Kinds, actor: Actor, study: tuple[str, str], patient_id: UUID | None, now: datetime
) -> Sight | None:
    """By which grant of theirs; one that lets them draw comes first. What a grant opens its kind of activity says."""
    query = select(CaseGrant).where(CaseGrant.patient_id == patient_id, grants.live(actor, now))
    theirs = (await db.exec(query)).all()
    by_kind: dict[str, list[CaseGrant]] = {}
    for each in theirs:
        by_kind.setdefault(each.activity, []).append(each)
    opening = list[CaseGrant]()
    for kind in kinds:
        of_kind = by_kind.get(kind.name, [])
        opened = await kind.studies(db, {each.activity_id for each in of_kind}) if of_kind else {}
        opening += [each for each in of_kind if study in opened.get(each.activity_id, ())]
    return _best(opening)


def _best(opening: Iterable[CaseGrant]) -> Sight | None:
    ranked = sorted(opening, key=lambda each: "annotate" not in each.allows)
    return next((Sight(each.patient_id, each.case_id, "annotate" in each.allows) for each in ranked), None)
