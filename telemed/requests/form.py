"""What the form of a consent says of the consultation for which it is taken."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import consents, form
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.documents.consent import ConsentForm
from telemed.errors import NotFound
from telemed.people.model import Department


async def consent_form(db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, demo: bool) -> ConsentForm:
    """The form of a consultation's consent. NotFound for who may not see it, and for another activity's."""
    row, case = await consents.get(db, actor, id, now)
    consultation = await db.get(Consultation, row.activity_id)
    if consultation is None:
        raise NotFound("There is no such consent of a consultation.")
    wanted = consultation.wanted_department_id
    department = await db.get(Department, wanted) if wanted else None
    content = request_of(consultation)
    named = form.Named(
        hub_id=consultation.hub_id,
        invited_department=department.name if department else "",
        number=consultation.number or "提交后生成",
        department=content.department,
        bed=content.bed,
        diagnosis=content.diagnosis,
    )
    return await form.consent_form(db, actor, row, case, named, now, demo=demo)
