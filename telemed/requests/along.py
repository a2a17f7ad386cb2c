"""An emergency takes the patient's newest studies along, because it leaves nobody time to choose them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import MOST_STUDIES, NamedStudy, kept, request_of
from telemed.consultations.words import Urgency
from telemed.history.service import hint
from telemed.requests.events import RequestChanged
from telemed.studies import service as studies
from telemed.studies.service import Held

MOST: Final = 4  # what somebody who is called looks through before they answer


async def take_along(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Names them in the request, marked as such; not where its doctor has chosen some, or says that none are needed."""
    content = request_of(row)
    chosen = content.no_images or any(not each.taken_along for each in content.studies)
    if row.urgency is not Urgency.stat or row.patient_id is None or chosen:
        return
    named = {each.uid for each in content.studies}
    fresh = [
        NamedStudy(uid=each.study_uid, description=each.description, taken_at=each.taken_at, taken_along=True)
        for each in newest(await studies.of_patient(db, row.branch_id, row.patient_id))
        if each.study_uid not in named
    ]
    if fresh:
        content.studies = [*fresh, *content.studies][:MOST_STUDIES]
        row.request = kept(content)
        hint(db, RequestChanged(rev=row.version), consultations.about(row), now)


def newest(held: Iterable[Held]) -> list[Held]:
    """The newest study of each kind, at most `MOST`; `held` has the newest first.

    A kind is what was done to which part of the body, as modality and description say it.
    """
    of_kind: dict[tuple[str, ...], Held] = {}
    for each in held:
        if each.received and not each.hidden:
            of_kind.setdefault((*sorted(each.modalities), each.description), each)
    return list(of_kind.values())[:MOST]
