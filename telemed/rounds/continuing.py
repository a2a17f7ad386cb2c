"""A bed that needs more than its round: a consultation's request, in the same case, with what the round said."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import Filled, RequestContent
from telemed.errors import Conflict
from telemed.people import service as people
from telemed.people.chart_tables import Admission
from telemed.people.model import Staff
from telemed.requests import service as requests
from telemed.requests.schemas import NewRequest
from telemed.rounds import rules
from telemed.rounds.lookup import held, on_list
from telemed.rounds.model import Instruction, RoundItem, RoundSession
from telemed.rounds.words import ItemState, Who

SOURCE: Final = "round"  # of the fields that are filled in; pages say it in words
LINE: Final = 200


async def request(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Consultation:
    """A draft for this doctor to complete and submit; pressed again, the one that they have begun.

    Raises Conflict for whoever is not confirmed on the list.
    """
    session, item = await on_list(db, actor, id, now, to_change=True)
    if Who.doctor not in await held(db, session, actor):
        rules.refuse_capacity(Who.doctor)
    if item.case_id is None or item.state not in rules.ON_LIST - {ItemState.proposed}:
        raise Conflict("Confirm the patient first.", reason="wrong_state", state=str(item.state))
    draft = await requests.open_draft(db, actor, item.case_id)
    if draft is not None:
        return draft
    content = await _said(db, session, item, now)
    begun = requests.Begun(item.case_id, item.patient_id, session.hub_id, content)
    return await requests.create(db, actor, NewRequest(), now, begun)


async def _said(db: AsyncSession, session: RoundSession, item: RoundItem, now: datetime) -> RequestContent:
    """The diagnosis is a line: the first of what was prepared, all of which is in the history."""
    stay = await db.get_one(Admission, item.admission_id)
    of_bed = select(Instruction).where(Instruction.item_id == item.id, col(Instruction.state).not_in(rules.UNDONE))
    given = (await db.exec(of_bed.order_by(col(Instruction.n)))).all()
    wanted = await _wanted(db, session)
    first = item.summary.strip().split("\n")[0][:LINE]
    begun = RequestContent(
        diagnosis=first,
        history="\n".join(each for each in (item.summary if item.summary != first else "", item.changes) if each),
        purpose=item.question,
        treatment="\n".join(f"{each.n}. {each.text}" for each in given),
        department=stay.department[:LINE],
        ward=session.ward[:LINE],
        bed=item.bed[:LINE],
        attending=stay.bed_doctor[:LINE],
        specialty=session.specialty,
        title_wanted=wanted.title if wanted else None,
        expert_wanted=wanted.id if wanted else None,
    )
    said = [name for name in ("diagnosis", "history", "purpose", "treatment") if getattr(begun, name)]
    begun.filled = dict.fromkeys(said, Filled(source=SOURCE, at=session.started_at or now))
    return begun


async def _wanted(db: AsyncSession, session: RoundSession) -> Staff | None:
    """Who led the round, where the department that is asked is theirs."""
    department = await people.department_of(db, session.hub_id, session.specialty)
    lead = (await people.staff_by_id(db, [session.lead_id])).get(session.lead_id) if session.lead_id else None
    return lead if lead and department and lead.department_id == department else None
