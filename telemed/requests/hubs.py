"""受邀医院: which hub a request asks, and what is asked anew when its doctor chooses another."""

from datetime import datetime

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import consents
from telemed.consultations import service as consultations
from telemed.consultations.activity import CONSULTATION
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import RequestContent, kept, request_of
from telemed.consultations.words import State
from telemed.errors import Conflict
from telemed.people import service as people
from telemed.people.model import HospitalKind, Staff
from telemed.requests import rules
from telemed.work import deadlines


async def offered(db: AsyncSession, row: Consultation, now: datetime) -> list[str]:
    """The hubs that a draft may ask; none once it was submitted."""
    return await _takers(db, row.branch_id, now) if row.state is State.draft else []


async def of_new(db: AsyncSession, actor: Actor, now: datetime, earlier: str | None = None) -> str:
    """The hub that this doctor's new request asks: that of the `earlier` one which it copies, or else the one that
    they asked last, or their department, or else the first; each while it may be asked.

    If there is no agreement, the draft shows that it is missing.
    """
    branch_id = actor.hospital_id
    takers = await _takers(db, branch_id, now)
    if earlier in takers:
        return earlier
    agreed = takers or [each.id for each in await people.hubs_of(db, branch_id, CONSULTATION.agreement_service, now)]
    every = agreed or [each.id for each in await people.hospitals(db) if each.kind is HospitalKind.hub]
    if not every:
        raise Conflict("There is no hub to ask.", reason="no_hub")
    return every[0] if len(every) == 1 else await _asked_last(db, actor, every) or every[0]


async def _asked_last(db: AsyncSession, actor: Actor, among: list[str]) -> str | None:
    """Where the last request is that this doctor submitted, or else anybody of their department."""
    own = col(Consultation.requester_id) == actor.id
    colleagues = select(Staff.id).where(
        Staff.hospital_id == actor.hospital_id, col(Staff.department_id) == actor.department_id
    )
    query = (
        select(Consultation.hub_id)
        .where(Consultation.branch_id == actor.hospital_id, col(Consultation.hub_id).in_(among))
        .where(col(Consultation.submitted_at).is_not(None))
        .where(or_(own, col(Consultation.requester_id).in_(colleagues)) if actor.department_id else own)
        .order_by(own.desc(), col(Consultation.submitted_at).desc())
        .limit(1)
    )
    return (await db.exec(query)).first()


async def ask(db: AsyncSession, actor: Actor, row: Consultation, hub_id: str, now: datetime) -> None:
    """Asks another hub: what names the former one counts no more, its consents and the expert who was wanted there."""
    rules.may_change_hub(row)
    await consultations.refuse_hub(db, row, hub_id, now)
    row.hub_id = hub_id
    row.request = kept(await fitted(db, row, request_of(row)))
    await consents.outdate(db, row.id, actor, now)
    await deadlines.end(db, row.id, consultations.DRAFT, now)  # the other agreement's rules keep it


async def fitted(db: AsyncSession, row: Consultation, content: RequestContent) -> RequestContent:
    """The content without what the hub that is asked does not have: its doctor chooses that again."""
    row.wanted_department_id = await people.department_of(db, row.hub_id, content.specialty)
    if row.wanted_department_id is None:
        content.specialty = ""
    wanted = (await people.staff_by_id(db, [content.expert_wanted])) if content.expert_wanted else {}
    if all(each.hospital_id != row.hub_id for each in wanted.values()):
        content.expert_wanted = None
    return content


async def _takers(db: AsyncSession, branch_id: str, now: datetime) -> list[str]:
    return [each.id for each in await consultations.takers(db, branch_id, now)]
