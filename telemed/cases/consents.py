"""知情同意: record a consent, file its paper, approve one in an emergency, withdraw it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.cases import rules
from telemed.cases.events import (
    ConsentApproved,
    ConsentChanged,
    ConsentOutdated,
    ConsentPaperFiled,
    ConsentPaperGivenUp,
    ConsentRecorded,
    ConsentWithdrawn,
    OfConsent,
)
from telemed.cases.model import Case, Consent, ConsentKind, NoPaper, Scope
from telemed.cases.schemas import ConsentIn, ConsentRecord
from telemed.cases.service import about, consented, filed
from telemed.errors import Conflict, NotAllowed, NotFound, Stale
from telemed.files.model import FileKind
from telemed.history.service import emit
from telemed.kit.activity import Activity
from telemed.kit.clock import day_in
from telemed.kit.table import new_id
from telemed.people import service as people
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind

PAPER_FOLLOWS = frozenset({ConsentKind.telephone, ConsentKind.emergency})


async def get(
    db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, version: int | None = None, to_change: bool = False
) -> tuple[Consent, Case]:
    """A consent and its case. Everybody who sees the case may read it; only the branch may change it."""
    query = select(Consent, Case).join(Case).where(Consent.id == id)
    query = query.where(grants.visible(Case.id, Case.patient_id, Case.hospital_id, actor, now))
    if to_change:
        query = query.with_for_update(of=Consent)
    found = (await db.exec(query)).one_or_none()
    if found is None:
        raise NotFound("There is no such consent.")
    row, case = found
    see(case.hospital_id, case.patient_id, case.id)
    if to_change and case.hospital_id != actor.hospital_id:
        raise NotAllowed("Consent is taken by the patient's own hospital.", reason="other_hospital")
    if version is not None and row.version != version:
        raise Stale("It has changed since you read it.", current=(await shown(db, row)).model_dump(mode="json"))
    return row, case


async def create(
    db: AsyncSession,
    actor: Actor,
    case: Case,
    activity: Activity,
    new: ConsentIn,
    now: datetime,
    *,
    needed: Iterable[Scope],
) -> Consent:
    """Records a consent. It gets its number at once, because the form is printed with it, of the hospital's day.

    `needed` are the scopes that the activity needs (`ActivityKind.consent_scopes`).
    """
    id, day = new_id(), day_in((await people.zones(db))[case.hospital_id], now)
    row = Consent(
        id=id,
        number=f"TY-{day:%Y%m%d}-{id.hex[-6:].upper()}",
        case_id=case.id,
        activity=activity.kind,
        activity_id=activity.id,
        kind=new.kind,
        needed=sorted(needed),
        scopes=[],
        witnesses=[],
        at=now,
        recorded_by=actor.id,
    )
    db.add(row)
    await _write(db, actor, row, case, new, now)
    _log(db, actor, row, case, ConsentRecorded, now)
    await db.flush()
    return row


async def change(db: AsyncSession, actor: Actor, id: UUID, version: int, new: ConsentIn, now: datetime) -> Consent:
    """Changes a consent. One that is signed, was approved in an emergency, or whose paper cannot be had, may only be
    completed: what it says stays, and a signed one that lacks nothing takes nothing more.
    """
    row, case = await get(db, actor, id, now, version=version, to_change=True)
    refuse_ended(row)
    signed = row.file_id is not None
    settled = signed or row.approved_at is not None or row.unobtainable_at is not None
    rewritten = settled and rules.rewrites(row, new.model_dump(mode="json"))
    if rewritten or (signed and not rules.lacking(row)):
        raise Conflict("It is signed; withdraw it and take a new one.", reason="consent_signed")
    await _write(db, actor, row, case, new, now)
    row.version += 1
    _log(db, actor, row, case, ConsentChanged, now)
    return row


async def file_paper(db: AsyncSession, actor: Actor, id: UUID, file_id: UUID, now: datetime) -> Consent:
    """Files a photo or scan of the signed form; a better one may replace it, and the log names both."""
    row, case = await get(db, actor, id, now, to_change=True)
    refuse_ended(row)
    await _attach(db, actor, row, case, file_id, now)
    row.version += 1
    _log(db, actor, row, case, ConsentPaperFiled, now, file_id=file_id, sha256=row.file_sha256)
    return row


async def go_without_paper(
    db: AsyncSession, actor: Actor, id: UUID, code: NoPaper, reason: str, now: datetime
) -> Consent:
    """Records that the paper it owes cannot be had, and why: nobody is asked for it any more. It agrees to nothing."""
    row, case = await get(db, actor, id, now, to_change=True)
    refuse_ended(row)
    if not row.paper_due:
        raise Conflict("Nobody waits for a paper of this consent.", reason="no_paper_due")
    row.paper_due = False
    row.unobtainable_at, row.unobtainable_by = now, actor.id
    row.unobtainable_code, row.unobtainable_reason = code, reason
    row.version += 1
    _log(db, actor, row, case, ConsentPaperGivenUp, now, code=code, reason=reason)
    await _done(db, actor, row, WorkKind.consent, now, Outcome.withdrawn)
    return row


async def approve(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Consent:
    """Approves an emergency without consent, by the authorised person."""
    row, case = await get(db, actor, id, now, to_change=True)
    refuse_ended(row)
    if row.kind is not ConsentKind.emergency:
        raise Conflict("Only an emergency without consent is approved.", reason="not_emergency")
    if row.approved_at is not None:
        raise Conflict("It has been approved.", reason="already_approved")
    row.approved_by, row.approved_at = actor.id, now
    row.version += 1
    _log(db, actor, row, case, ConsentApproved, now)
    await _done(db, actor, row, WorkKind.approve_consent, now)
    return row


async def withdraw(db: AsyncSession, actor: Actor, id: UUID, reason: str, now: datetime) -> Consent:
    """Withdraws a consent. If no other is in force, the grants end."""
    row, case = await get(db, actor, id, now, to_change=True)
    refuse_ended(row)
    row.withdrawn_at, row.withdrawn_reason = now, reason
    row.version += 1
    await db.flush()
    left = await consented(db, row.activity_id)
    if not left:
        await grants.end(db, row.activity_id, now)
    _log(db, actor, row, case, ConsentWithdrawn, now, reason=reason, still_consented=left)
    return row


async def outdate(db: AsyncSession, activity_id: UUID, actor: Actor | None, now: datetime) -> bool:
    """Another hub is asked: ends the consents that name the former one. Returns whether there are any.

    The others stand on as newer versions, so that nothing is written into them on a page that shows the former hub.
    """
    query = select(Consent, Case).join(Case).where(Consent.activity_id == activity_id).with_for_update(of=Consent)
    found = (await db.exec(query.order_by(col(Consent.id)))).all()
    standing = [(row, case) for row, case in found if rules.stands(row)]
    ended = [(row, case) for row, case in standing if rules.names_the_hub(row)]
    for row, _ in standing:
        row.version += 1
    for row, case in ended:
        row.outdated_at = now
        _log(db, actor, row, case, ConsentOutdated, now)
    await db.flush()
    return bool(ended)


async def standing(db: AsyncSession, activity_id: UUID) -> Sequence[Consent]:
    """Those that are neither withdrawn nor outdated, oldest first."""
    query = select(Consent).where(Consent.activity_id == activity_id).order_by(col(Consent.id))
    return [each for each in (await db.exec(query)).all() if rules.stands(each)]


async def ever_asked(db: AsyncSession, activity_id: UUID) -> bool:
    """Whether anybody was asked for a consent that names the hub asked now, whatever they said."""
    query = select(Consent.id).where(Consent.activity_id == activity_id, col(Consent.outdated_at).is_(None))
    return (await db.exec(query)).first() is not None


async def shown(db: AsyncSession, row: Consent) -> ConsentRecord:
    known = await people.staff_by_id(db, [each for each in (row.approved_by, row.unobtainable_by) if each])
    extra: dict[str, Any] = {"state": rules.state(row), "lacking": rules.lacking(row)}
    for what, id in (("approved", row.approved_by), ("unobtainable", row.unobtainable_by)):
        who = known.get(id) if id else None
        extra[f"{what}_by_name"] = who.name if who else ""
        extra[f"{what}_by_name_en"] = who.name_en if who else ""
    return ConsentRecord.model_validate(row.model_dump() | extra)


async def _write(db: AsyncSession, actor: Actor, row: Consent, case: Case, new: ConsentIn, now: datetime) -> None:
    row.sqlmodel_update(new.model_dump(mode="json", exclude={"file_id", "kind", "scopes"}))
    row.kind, row.scopes = new.kind, sorted(set(new.scopes))
    row.paper_due = new.kind in PAPER_FOLLOWS and row.file_id is None and row.unobtainable_at is None
    if new.file_id is not None:
        await _attach(db, actor, row, case, new.file_id, now)


async def _attach(db: AsyncSession, actor: Actor, row: Consent, case: Case, file_id: UUID, now: datetime) -> None:
    activity = Activity(row.activity, row.activity_id)
    file = await filed(db, actor, case, activity, file_id, FileKind.consent)
    row.file_id, row.file_sha256, row.paper_due = file.id, file.sha256, False
    await _done(db, actor, row, WorkKind.consent, now)


async def _done(
    db: AsyncSession, actor: Actor, row: Consent, kind: WorkKind, now: datetime, outcome: Outcome = Outcome.done
) -> None:
    """What was asked for this consent has been done; what is asked for others stays."""
    await work.finish(db, row.activity_id, [kind], actor, now, outcome, note={"consent_id": str(row.id)})


def refuse_ended(row: Consent) -> None:
    if row.withdrawn_at is not None:
        raise Conflict("This consent was withdrawn.", reason="withdrawn")
    if row.outdated_at is not None:
        raise Conflict("Another hub is asked now, which this consent does not name.", reason="outdated")


def _log(
    db: AsyncSession,
    actor: Actor | None,
    row: Consent,
    case: Case,
    what: type[OfConsent],
    now: datetime,
    **more: Any,
) -> None:
    event = what(
        id=row.id,
        number=row.number,
        kind=row.kind,
        scopes=tuple(Scope(each) for each in row.scopes),
        paper_due=row.paper_due,
        **more,
    )
    emit(db, event, about(case, Activity(row.activity, row.activity_id)), now, by=actor)
    record(db, actor, event.type, str(row.id), now)
