"""Reads the opinion: draft, signed versions with their pages, advice, and what the reader may do."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Participant
from telemed.cases import service as cases
from telemed.consultations.model import Consultation
from telemed.consultations.rules.table import ANSWER, capacities
from telemed.consultations.service import Lost, get, who_reassesses
from telemed.consultations.words import State
from telemed.documents.canonical import intact
from telemed.errors import NotFound, TelemedError
from telemed.opinions import mdt, pages, rules, section_rows, stands
from telemed.opinions.basis import newer
from telemed.opinions.canonical import format_of
from telemed.opinions.content import OpinionContent
from telemed.opinions.model import Advice, Execution, FormerDraft, Opinion, OpinionPage, PageKind
from telemed.opinions.schemas import AdviceOut, DraftOut, FormerOut, May, OpinionOut, PageOut, SignedOut
from telemed.opinions.versions import versions
from telemed.people import service as people
from telemed.people.english import staff_en
from telemed.studies import service as studies
from telemed.work import service as work
from telemed.work.model import WorkItem, WorkKind


async def signed_one(db: AsyncSession, actor: Actor, opinion_id: UUID, now: datetime) -> tuple[Opinion, Consultation]:
    """A signed version of a consultation that this person may see."""
    opinion = await db.get(Opinion, opinion_id)
    if opinion is None or opinion.signed_at is None:
        raise NotFound("There is no such record.")
    return opinion, await get(db, actor, opinion.consultation_id, now)


async def in_force(db: AsyncSession, consultation_id: UUID) -> list[Advice]:
    query = select(Advice).where(Advice.consultation_id == consultation_id, col(Advice.withdrawn_at).is_(None))
    return list((await db.exec(query.order_by(col(Advice.n)))).all())


class OpinionsOf:
    """Implements the port `Opinions` of consultations."""

    async def authors(self, db: AsyncSession, consultation_id: UUID) -> list[UUID]:
        draft, signed = await versions(db, consultation_id)
        former = select(FormerDraft.author_id).where(FormerDraft.consultation_id == consultation_id)
        return sorted({*(await db.exec(former)).all(), *(each.author_id for each in (draft, *signed) if each)})

    async def open_advice(self, db: AsyncSession, consultation_id: UUID) -> int:
        return rules.open_count(await in_force(db, consultation_id))

    async def section_signed(self, db: AsyncSession, consultation_id: UUID) -> bool:
        return bool(section_rows.signed_of(await section_rows.all_of(db, consultation_id)))

    async def lost(self, db: AsyncSession, row: Consultation) -> Lost | None:
        _, signed = await versions(db, row.id)
        studies = await recalled(db, row, signed[0]) if signed else []
        if not studies:
            return None
        packet = await cases.packet(db, row.id, withdrawn=True)
        titles = {f"{each.hospital_id}/{each.study_uid}": each.title for each in packet}
        return Lost(signed[0].number, "、".join(titles.get(each) or each for each in studies))


async def board(db: AsyncSession, actor: Actor, id: UUID, verify: str, now: datetime) -> OpinionOut:
    """Everything that the opinion panel shows; the draft for the hub only."""
    row = await get(db, actor, id, now)
    draft, signed = await versions(db, id)
    advice = await in_force(db, id)
    shown = await _shown(db, row, actor, signed, verify)
    written = draft if draft is not None and actor.hospital_id == row.hub_id else next(iter(signed), None)
    at_hub = actor.hospital_id == row.hub_id
    asked = await work.open_items(db, id, WorkKind.co_sign, WorkKind.recall)
    by = (await people.staff_by_id(db, [draft.author_id])).get(draft.author_id) if draft and at_hub else None
    return OpinionOut(
        author=by.name if by else "",
        author_en=by.name_en if by else "",
        former=await former(db, row, actor) if at_hub else [],
        consultation_id=row.id,
        consultation_version=row.version,
        state=row.state,
        draft=_draft(row, actor, draft, signed),
        signed=shown,
        reassessing=await who_reassesses(db, row) if shown and shown[0].recalled else None,
        newer_packet=await newer(db, row, written.packet_version) if written else None,
        advice=await shown_advice(db, row, advice),
        stands=await stands.shown(db, draft) if at_hub else [],
        mdt=await mdt.board(db, row, actor, draft, signed) if at_hub else None,
        reminded=any(each.kind == WorkKind.co_sign and each.staff_id == actor.id for each in asked),
        may=_may(row, actor, draft, signed, advice, await participants.one(db, row.id, actor.id), asked),
    )


async def former(db: AsyncSession, row: Consultation, actor: Actor) -> list[FormerOut]:
    """What earlier lead experts had written when another took over, the latest first."""
    query = select(FormerDraft).where(FormerDraft.consultation_id == row.id).order_by(col(FormerDraft.taken_at).desc())
    found = (await db.exec(query)).all()
    staff = await people.staff_by_id(db, [id for each in found for id in (each.author_id, each.taken_by)])
    return [
        FormerOut(
            **each.model_dump(include={"id", "number", "author_id", "saved_at", "taken_at", "continued"}),
            author=staff[each.author_id].name,
            author_en=staff[each.author_id].name_en,
            taken_by=staff[each.taken_by].name,
            taken_by_en=staff[each.taken_by].name_en,
            content=OpinionContent.model_validate(each.content) if each.author_id == actor.id else None,
        )
        for each in found
    ]


def _owners(opinion: Opinion) -> set[str]:
    return {each.owner for _, each in OpinionContent.model_validate(opinion.content).rows()}


async def shown_advice(db: AsyncSession, row: Consultation, advice: Sequence[Advice]) -> list[AdviceOut]:
    english = await staff_en(db, row.branch_id, [name for each in advice for name in (each.owner, each.ordered_by)])
    out = [AdviceOut.model_validate(each) for each in advice]
    for each in out:
        each.owner_en, each.ordered_by_en = english.get(each.owner, ""), english.get(each.ordered_by, "")
    return out


def _draft(row: Consultation, actor: Actor, draft: Opinion | None, signed: Sequence[Opinion]) -> DraftOut | None:
    if actor.hospital_id != row.hub_id:
        return None
    if draft is not None:
        return draft_out(draft)
    if signed or not _passes(rules.refuse_saving, row, actor, None):
        return None
    empty = OpinionContent()
    return DraftOut(version=0, number=1, packet_version=row.packet_version, content=empty, missing=rules.missing(empty))


def draft_out(draft: Opinion) -> DraftOut:
    content = OpinionContent.model_validate(draft.content)
    return DraftOut(
        version=draft.version,
        id=draft.id,
        author_id=draft.author_id,
        number=draft.number,
        packet_version=draft.packet_version,
        replaces=draft.replaces,
        amendment_reason=draft.amendment_reason,
        content=content,
        missing=rules.missing(content),
        saved_at=draft.saved_at,
        paper_sha256=draft.paper["sha256"] if draft.paper else None,
    )


def rests_on(opinion: Opinion) -> list[str]:
    """The studies that the signed text names; a damaged text names none."""
    found: list[str] = (intact(opinion.canonical, opinion.sha256) or {"studies": []})["studies"]
    return found


async def recalled(db: AsyncSession, row: Consultation, opinion: Opinion) -> list[str]:
    """The studies of the signed opinion that are no longer this patient's."""
    wanted = rests_on(opinion)
    if row.patient_id is None or not wanted:
        return []
    confirmed = await studies.of_patient(db, row.branch_id, row.patient_id)
    return sorted(set(wanted) - {f"{each.hospital_id}/{each.study_uid}" for each in confirmed})


async def _shown(
    db: AsyncSession, row: Consultation, actor: Actor, signed: Sequence[Opinion], verify: str
) -> list[SignedOut]:
    """The signed versions; what experts said only of a draft is shown to their own hospital only."""
    staff = await people.staff_by_id(db, [each.signed_by for each in signed if each.signed_by])
    english = await staff_en(db, row.branch_id, [name for each in signed for name in _owners(each)])
    added = await pages.of(db, [each.id for each in signed])
    listed = await _listed(db, signed, added)
    out = []
    for each in signed:
        theirs = [page for page in added if page.opinion_id == each.id]
        said = None if actor.hospital_id == row.hub_id else stands.named(each, theirs)
        by = staff.get(each.signed_by or each.id)
        called: dict[str, object] = {"signer": by.name if by else "", "signer_en": by.name_en if by else ""}
        called |= {"owners_en": {name: english[name] for name in _owners(each) if name in english}}
        known = each.model_dump() | called | {"verify_url": f"{verify}{each.verify_code}"}
        known |= {"recalled": await recalled(db, row, each), "format": format_of(each.canonical, each.sha256)}
        known |= {"pages": listed.get(each.id, []), "stands": await stands.shown(db, each, said)}
        known |= {"mdt": await mdt.signed_part(db, each)}
        out.append(SignedOut.model_validate(known))
    return out


async def _listed(
    db: AsyncSession, signed: Sequence[Opinion], found: Sequence[OpinionPage]
) -> dict[UUID, list[PageOut]]:
    """The pages, by the version they belong to."""
    staff = await people.staff_by_id(db, [each.by_id for each in found if each.by_id])
    parents, out = {each.id: each.sha256 or "" for each in signed}, dict[UUID, list[PageOut]]()
    for each in found:
        by = staff.get(each.by_id) if each.by_id else None
        shown = PageOut(
            number=each.number,
            kind=PageKind(each.kind),
            at=each.at,
            by=by.name if by else "",
            by_en=by.name_en if by else "",
            sha256=each.sha256,
            parent_sha256=parents[each.opinion_id],
            damaged=intact(each.canonical, each.sha256) is None,
        )
        out.setdefault(each.opinion_id, []).append(shown)
    return out


async def pages_of(db: AsyncSession, actor: Actor, opinion_id: UUID, now: datetime) -> list[PageOut]:
    opinion, _ = await signed_one(db, actor, opinion_id, now)
    return (await _listed(db, [opinion], await pages.of(db, [opinion_id]))).get(opinion_id, [])


def _may(
    row: Consultation,
    actor: Actor,
    draft: Opinion | None,
    signed: Sequence[Opinion],
    advice: Sequence[Advice],
    taking_part: Participant | None,
    asked: Sequence[WorkItem],
) -> May:
    last = signed[0] if signed else None
    current = draft or last
    writes, leads = _passes(rules.refuse_saving, row, actor, last), actor.id == row.lead_id
    anothers = draft is not None and draft.author_id != row.lead_id
    answers = bool(capacities(row, actor) & ANSWER)
    unanswered = row.state is State.signed or any(each.reply is None for each in advice)
    doctor = rules.is_branch_doctor(row, actor)
    return May(
        write=writes and (last is None or draft is not None) and not anothers,
        sign=draft is not None and not anothers and _passes(rules.refuse_signing, row, actor, last),
        take_over=writes and leads and anothers,
        amend=writes and leads and last is not None and draft is None,
        answer=answers and row.state in rules.ANSWERABLE and unanswered,
        execute=doctor and any(each.execution is Execution.open for each in advice),
        stand=current is not None and current.signed_by != actor.id and rules.may_stand(row, actor, taking_part),
        close=answers and row.state is State.executing and rules.open_count(advice) == 0,
        take_note=any(each.kind == WorkKind.recall for each in asked) and rules.may_take_note(row, actor),
    )


def _passes(rule: rules.WritingRule, row: Consultation, actor: Actor, signed: Opinion | None) -> bool:
    try:
        rule(row, actor, signed)
    except TelemedError:
        return False
    return True
