"""Stands: every expert on the booking may co-sign the opinion or dissent, under their own name.

A stand from before the lead's signature is part of the record; a later one is a page.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.attempts import attempt
from telemed.access.model import Account, Actor
from telemed.activities import participants
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.documents.canonical import dumped, intact
from telemed.documents.record import Signature
from telemed.errors import Conflict, Stale
from telemed.history.service import emit
from telemed.opinions import page_bodies, pages, rules, words
from telemed.opinions.canonical import FORMAT
from telemed.opinions.content import OpinionContent
from telemed.opinions.desk import Desk
from telemed.opinions.events import OpinionCoSigned, OpinionDissented
from telemed.opinions.model import Opinion, OpinionPage, PageKind, Stand, StandKind
from telemed.opinions.ports import Proof, Signer
from telemed.opinions.schemas import StandIn, StandOut
from telemed.opinions.versions import versions
from telemed.people import service as people
from telemed.work import service as work
from telemed.work.model import WorkKind

EVENTS = {StandKind.co_signed: OpinionCoSigned, StandKind.dissented: OpinionDissented}
WORDS = {StandKind.co_signed: "联合签署", StandKind.dissented: "保留意见"}


async def take(desk: Desk, signer: Signer, actor: Actor, id: UUID, wanted: StandIn, now: datetime) -> None:
    """Records a co-signature or dissent. Raises if the text is no longer the one that was read."""
    async with desk.database.read() as db:
        row, opinion = await _read(db, actor, id, wanted, now)
        account, person = await db.get_one(Account, actor.id), await people.staff(db, actor.id)
    about = about_of(opinion)
    canonical = dumped(
        {
            "format": FORMAT,
            "stand": wanted.kind.value,
            "words": wanted.words,
            "about": about,
            "consultation": {"id": str(id), "number": row.number},
            "version": opinion.number,
            "signed_before": opinion.signed_at is not None,
            "by": {"id": str(actor.id), "name": person.name, "title": person.title, "hospital": actor.hospital_id},
            "at": now.isoformat(),
        }
    )
    counter = f"sign|{actor.id}"  # the same counter as for signing, because it is the same password
    async with attempt(desk.database, counter, now):
        signed = await signer.sign(canonical.encode(), Proof(account, wanted.password))
    async with desk.database.write() as db:
        row, opinion = await _read(db, actor, id, wanted, now, to_change=True)
        if about_of(opinion) != about:
            raise Stale("The opinion has changed since you read it.", current={"version": opinion.version})
        stand = Stand(
            consultation_id=id,
            opinion_id=opinion.id,
            staff_id=actor.id,
            kind=wanted.kind,
            words=wanted.words,
            about_sha256=about,
            at=now,
            canonical=canonical,
            sha256=sha256(canonical.encode()).hexdigest(),
            signature=signed.signature,
        )
        db.add(stand)
        await work.finish(db, id, [WorkKind.co_sign], actor, now, staff_id=actor.id)
        await db.flush()
        if opinion.signed_at is not None:
            body = page_bodies.stands(stand, WORDS[stand.kind], opinion)
            await pages.add(db, opinion, PageKind(stand.kind.value), str(stand.id), body, now, by=actor)
        record(db, actor, f"opinion.{stand.kind}", str(opinion.id), now, reason=stand.words or None)
        event = EVENTS[stand.kind](number=opinion.number, late=opinion.signed_at is not None, rev=row.version)
        emit(db, event, consultations.about(row), now, by=actor)


async def _read(
    db: AsyncSession, actor: Actor, id: UUID, wanted: StandIn, now: datetime, *, to_change: bool = False
) -> tuple[Consultation, Opinion]:
    """The version that the person has read: the draft, or the newest signed one."""
    row = await consultations.get(db, actor, id, now, to_change=to_change)
    draft, signed = await versions(db, id)
    open_to = [each for each in (draft, *signed[:1]) if each is not None]
    if not open_to:
        raise Conflict("Nothing has been written yet.", reason="empty")
    opinion = next((each for each in open_to if each.id == wanted.opinion_id), open_to[0])
    rules.refuse_standing(row, actor, await participants.one(db, row.id, actor.id))
    if (opinion.id, opinion.version) != (wanted.opinion_id, wanted.version):
        raise Stale("The opinion has changed since you read it.", current={"version": opinion.version})
    if wanted.kind is StandKind.co_signed and opinion.signed_at is None:
        rules.refuse_incomplete(OpinionContent.model_validate(opinion.content))
    mine = next((each for each in await held(db, opinion) if each.stand.staff_id == actor.id), None)
    if opinion.signed_by == actor.id or (mine is not None and mine.says(wanted)):
        raise Conflict("You have said so already.", reason="already_stood")
    return row, opinion


def about_of(opinion: Opinion) -> str:
    """The hash of what a stand is about: the signed text, or the draft as it is now."""
    return opinion.sha256 or _draft_sha256(opinion)


def _draft_sha256(opinion: Opinion) -> str:
    return sha256(dumped({"content": opinion.content, "packet_version": opinion.packet_version}).encode()).hexdigest()


@dataclass(frozen=True)
class Held:
    stand: Stand
    earlier: bool  # about a draft that has changed since

    @property
    def lapsed(self) -> bool:
        """Whether it no longer counts: a co-signature of an earlier draft. A dissent counts until it is replaced."""
        return self.stand.kind is StandKind.co_signed and self.earlier

    def says(self, wanted: StandIn) -> bool:
        """Whether it is the same as `wanted`, about the same text."""
        same = self.stand.kind is wanted.kind and not self.earlier
        return same and (wanted.kind is StandKind.co_signed or self.stand.words == wanted.words)


async def held(db: AsyncSession, opinion: Opinion, among: Container[str] | None = None) -> list[Held]:
    """Each expert's stand to this version, in the order of time; only those with ids in `among`, if given."""
    query = select(Stand).where(Stand.opinion_id == opinion.id).order_by(col(Stand.at), col(Stand.id))
    said = (each for each in (await db.exec(query)).all() if among is None or str(each.id) in among)
    last = {each.staff_id: each for each in said}
    about = texts(opinion)
    return [
        Held(each, each.about_sha256 not in about)
        for each in sorted(last.values(), key=lambda each: (each.at, each.id))
    ]


def texts(opinion: Opinion) -> frozenset[str]:
    """The hashes that a valid co-signature may be about: of the draft, or of the signed text.

    Co-signatures from before drafts named their packet version are about the content alone.
    """
    if opinion.sha256 is None:
        return frozenset({_draft_sha256(opinion)})
    content = sha256(dumped({"content": opinion.content}).encode()).hexdigest()
    return frozenset({_draft_sha256(opinion), content, opinion.sha256})


async def standing(db: AsyncSession, opinion: Opinion) -> list[Stand]:
    """The stands that go into the record when the lead signs this draft.

    Not the present lead's own earlier co-signature, because they sign; nor those of people no longer on the booking.
    """
    row = await db.get_one(Consultation, opinion.consultation_id)
    booked = {each.staff_id for each in await participants.of(db, row.id)} - {row.lead_id}
    return [each.stand for each in await held(db, opinion) if not each.lapsed and each.stand.staff_id in booked]


async def carry(db: AsyncSession, dropped: Opinion, to: Opinion, now: datetime) -> None:
    """Keeps the stands to an amendment that is dropped unsigned, as pages of the version it was to replace. So nothing
    that experts said is lost, and they cannot prevent dropping it."""
    found = [each.stand for each in await held(db, dropped) if not each.lapsed]
    staff = await people.staff_by_id(db, [each.staff_id for each in found])
    for stand in found:
        body = page_bodies.of_dropped(stand, WORDS[stand.kind], dropped, staff[stand.staff_id])
        await pages.add(db, to, PageKind.noted, f"stand {stand.id}", body, now, by=None)


async def printed(db: AsyncSession, stood: Sequence[Stand], zone: str) -> tuple[list[Signature], list[str]]:
    """The lines of the record's table of signatures, and the words of the dissents."""
    staff = await people.staff_by_id(db, [each.staff_id for each in stood])
    lines = [
        Signature(
            part="会诊专家",
            name=staff[each.staff_id].name,
            title=words.TITLE[staff[each.staff_id].title],
            stand=WORDS[each.kind],
            at=words.local(each.at, zone, "%Y-%m-%d %H:%M:%S"),
        )
        for each in stood
    ]
    dissents = [
        f"{words.titled(staff[each.staff_id])}：{each.words}" for each in stood if each.kind is StandKind.dissented
    ]
    return lines, dissents


Named = dict[str, tuple[str, str] | None]


def named(opinion: Opinion, added: Sequence[OpinionPage]) -> Named:
    """The stands that the record names, by id with hash and signature, and those that have a page."""
    signed: list[dict[str, str]] = (intact(opinion.canonical, opinion.sha256) or {}).get("stands", [])
    late: Named = {each.about: None for each in added if each.kind in (PageKind.co_signed, PageKind.dissented)}
    return late | {each["id"]: (each["sha256"], each["signature"]) for each in signed}


async def shown(db: AsyncSession, opinion: Opinion | None, among: Container[str] | None = None) -> list[StandOut]:
    found = await held(db, opinion, among) if opinion is not None else []
    staff = await people.staff_by_id(db, [each.stand.staff_id for each in found])
    return [
        StandOut(
            staff_id=each.stand.staff_id,
            name=staff[each.stand.staff_id].name,
            name_en=staff[each.stand.staff_id].name_en,
            kind=each.stand.kind,
            words=each.stand.words,
            at=each.stand.at,
            lapsed=each.lapsed,
            earlier=each.earlier,
        )
        for each in found
    ]
