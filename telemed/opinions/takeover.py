"""The draft of a lead expert who was replaced: the new one goes on with it, or begins anew; it stays theirs to read."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.errors import Conflict
from telemed.history.service import emit
from telemed.opinions import asking, rules
from telemed.opinions.content import OpinionContent
from telemed.opinions.drafts import as_read
from telemed.opinions.events import OpinionTakenOver
from telemed.opinions.model import FormerDraft
from telemed.opinions.schemas import DraftOut
from telemed.opinions.service import draft_out
from telemed.opinions.versions import versions
from telemed.people import service as people


async def take_over(db: AsyncSession, actor: Actor, id: UUID, version: int, keep: bool, now: datetime) -> DraftOut:
    """Makes the draft the new lead expert's: with its text, or empty, or as the signed version that it amends."""
    row = await consultations.get(db, actor, id, now, to_change=True)
    draft, signed = await versions(db, id)
    rules.refuse_writing(row, actor, signed[0] if signed else None)
    draft = as_read(draft, version)
    if draft.author_id == actor.id:
        raise Conflict("It is yours already.", reason="own_draft")
    author = await people.staff(db, draft.author_id)
    db.add(
        FormerDraft(
            consultation_id=id,
            number=draft.number,
            author_id=author.id,
            content=draft.content,
            saved_at=draft.saved_at,
            taken_at=now,
            taken_by=actor.id,
            continued=keep,
        )
    )
    if not keep:
        amended = next((each for each in signed if each.number == draft.replaces), None)
        draft.content = amended.content if amended else OpinionContent().model_dump(mode="json")
    draft.author_id, draft.paper = actor.id, None
    draft.saved_at, draft.version = now, draft.version + 1
    record(db, actor, "opinion.taken_over", str(draft.id), now, reason=f"{author.id} {'kept' if keep else 'anew'}")
    told = OpinionTakenOver(
        number=draft.number, before_id=author.id, before_name=author.name, kept=keep, rev=row.version
    )
    emit(db, told, consultations.about(row), now, by=actor)
    await db.flush()
    await asking.review(db, row, now)
    return draft_out(draft)
