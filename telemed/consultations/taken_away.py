"""Studies that were in the packet and no longer are: which, since when, by whose decision, and why."""

from collections.abc import Sequence
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import service as cases
from telemed.cases.model import PacketItem
from telemed.consultations.materials import Materials
from telemed.consultations.model import Consultation
from telemed.consultations.shown import TakenAwayOut, Why
from telemed.history.model import EventRow
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.studies import lookup as studies
from telemed.studies.model import LinkState, StudyLink

WITHDRAWN: Final = "packet.withdrawn"
IDENTITY_CHANGED: Final = "patient.identity_changed"


async def taken_away(
    db: AsyncSession, actor: Actor, row: Consultation, has: Materials, events: Sequence[EventRow]
) -> list[TakenAwayOut]:
    """The studies that left and did not come back. If none ever left, this makes no query."""
    held = {each.study_uid for each in has.images.held}
    left = any(each.type == WITHDRAWN for each in events)
    packed = await cases.packet(db, row.id, withdrawn=True) if left else has.packet
    gone = {each.study_uid: each for each in packed if each.study_uid and each.study_uid not in held}
    out: list[TakenAwayOut] = []
    for uid, item in gone.items():
        known = await studies.link_of(db, item.hospital_id, uid)
        if known is None:
            continue
        link, mixed = known
        out.append(_told(item, link, _why(row, link, mixed), events))
        if link.reason and actor.hospital_id == item.hospital_id:
            out[-1].reason = link.reason  # only here: it may name another patient of that hospital
    staff = await people.staff_by_id(db, [each.by_id for each in out if each.by_id])
    for each in out:
        if each.by_id is not None:
            each.by_name, each.by_name_en = _names(staff.get(each.by_id))
    return out


def _why(row: Consultation, link: StudyLink, mixed: bool) -> Why:
    if mixed:
        return Why.mixed
    if link.state is LinkState.rejected:
        return Why.rejected
    if link.state is LinkState.proposed:
        return Why.unconfirmed
    return Why.withdrawn if link.patient_id == row.patient_id else Why.other_patient


def _told(item: PacketItem, link: StudyLink, why: Why, events: Sequence[EventRow]) -> TakenAwayOut:
    """Who decided comes from the link, if a person judged whose the study is, and otherwise from the history."""
    at, by = link.at, link.by
    if why in (Why.unconfirmed, Why.mixed):
        changes = (each for each in events if each.type == IDENTITY_CHANGED)
        by = next((each.actor_id for each in changes if each.occurred_at == link.at), None)
    elif why is Why.withdrawn:
        left = [each for each in events if each.type == WITHDRAWN and each.data.get("id") == str(item.id)]
        at, by = (left[-1].occurred_at, left[-1].actor_id) if left else (at, None)
    return TakenAwayOut(
        hospital_id=item.hospital_id, study_uid=item.study_uid or "", title=item.title, at=at, by_id=by, why=why
    )


def _names(person: Staff | None) -> tuple[str, str]:
    return (person.name, person.name_en) if person else ("", "")
