"""知情同意 taken from a round's list, where none of this stay covers it: recorded, printed, its signed page filed."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import consents as papers
from telemed.cases import form
from telemed.cases.model import Case, Consent, ConsentKind
from telemed.cases.rules import stands
from telemed.cases.schemas import ConsentIn, NoPaperIn
from telemed.documents.consent import ConsentForm
from telemed.errors import Conflict, Invalid, NotFound
from telemed.people.chart_tables import Admission
from telemed.rounds import consents, rules, sharing
from telemed.rounds.activity import ROUND
from telemed.rounds.listing import refuse_closed
from telemed.rounds.lookup import changed, held, on_list
from telemed.rounds.model import RoundItem, RoundSession, activity
from telemed.rounds.words import KIND, Who


async def of_stay(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> list[Consent]:
    """Those that stand: the one that covers this stay wherever it was taken, and those taken at lists of it."""
    session, item = await on_list(db, actor, id, now)
    stay = await db.get_one(Admission, item.admission_id)
    covering = await consents.covering(db, stay, session.hub_id, locked=False)
    found = {covering.id: covering} if covering else {}
    found |= {each.id: each for each in await _at_lists(db, item) if stands(each)}
    return [found[each] for each in sorted(found)]


async def take(db: AsyncSession, actor: Actor, id: UUID, new: ConsentIn, now: datetime) -> Consent:
    """Records a consent of this stay, in the patient's case. An emergency is none: it is said on confirming."""
    session, item = await _to_change(db, actor, id, now)
    if new.kind is ConsentKind.emergency:
        raise Invalid("In an emergency confirm with words.", reason="emergency_by_words")
    stay = await db.get_one(Admission, item.admission_id)
    if stay.discharged_at is not None:
        raise Conflict("This patient has left the hospital.", reason="discharged")
    case = await db.get_one(Case, await sharing.case_of(db, stay, now))
    made = await papers.create(db, actor, case, activity(item.id), new, now, needed=ROUND.consent_scopes)
    changed(db, session, now, item.id)
    return made


async def file_paper(
    db: AsyncSession, actor: Actor, id: UUID, consent_id: UUID, file_id: UUID, now: datetime
) -> Consent:
    """Files the signed page of one that was taken at a list of this stay, also once its round is over."""
    session, item = await _of_paper(db, actor, id, consent_id, now)
    filed = await papers.file_paper(db, actor, consent_id, file_id, now)
    changed(db, session, now, item.id)
    return filed


async def go_without_paper(
    db: AsyncSession, actor: Actor, id: UUID, consent_id: UUID, why: NoPaperIn, now: datetime
) -> Consent:
    """Records that the signed page of one that was taken at a list of this stay cannot be had."""
    session, item = await _of_paper(db, actor, id, consent_id, now)
    given_up = await papers.go_without_paper(db, actor, consent_id, why.code, why.reason, now)
    changed(db, session, now, item.id)
    return given_up


async def printed(
    db: AsyncSession, actor: Actor, id: UUID, consent_id: UUID, now: datetime, *, demo: bool
) -> ConsentForm:
    """The form to be signed of one that was taken at a list of this stay."""
    session, item = await on_list(db, actor, id, now)
    await _taken(db, item, consent_id)
    row, case = await papers.get(db, actor, consent_id, now)
    named = form.Named(
        hub_id=session.hub_id,
        invited_department="",
        number=ROUND.called.zh,
        department=session.ward,
        bed=item.bed,
        diagnosis=item.summary,
    )
    return await form.consent_form(db, actor, row, case, named, now, demo=demo)


async def _to_change(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> tuple[RoundSession, RoundItem]:
    session, item = await on_list(db, actor, id, now, to_change=True)
    refuse_closed(session)
    if Who.doctor not in await held(db, session, actor):
        rules.refuse_capacity(Who.doctor)
    return session, item


async def _of_paper(
    db: AsyncSession, actor: Actor, id: UUID, consent_id: UUID, now: datetime
) -> tuple[RoundSession, RoundItem]:
    """Whoever keeps papers at the ward's hospital may, as those of consultations."""
    session, item = await on_list(db, actor, id, now, to_change=True)
    if actor.hospital_id != session.branch_id:
        rules.refuse_capacity(Who.doctor)
    await _taken(db, item, consent_id)
    return session, item


async def _at_lists(db: AsyncSession, item: RoundItem) -> list[Consent]:
    of_stay = select(RoundItem.id).where(RoundItem.admission_id == item.admission_id)
    query = select(Consent).where(Consent.activity == KIND, col(Consent.activity_id).in_(of_stay))
    return list((await db.exec(query)).all())


async def _taken(db: AsyncSession, item: RoundItem, consent_id: UUID) -> None:
    if consent_id not in {each.id for each in await _at_lists(db, item)}:
        raise NotFound("There is no such consent of this patient's stay.")
