"""Plays what follows a meeting: the opinion is written and signed, its advice answered and executed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.demo.foundation import Foundation
from telemed.demo.play import Player
from telemed.demo.story import AdviceText, OpinionText, Vignette
from telemed.opinions import advice, drafts, sections, service, signing, stands
from telemed.opinions.content import AdviceRow, OpinionContent
from telemed.opinions.desk import Desk
from telemed.opinions.model import AdviceKind, Due, Method, Reply, StandKind
from telemed.opinions.ports import Signer
from telemed.opinions.schemas import Acknowledge, Answer, DraftOut, Execute, Sign, StandIn

WRITES_FOR = timedelta(minutes=18)
ANSWERED_AFTER = timedelta(hours=2)
CARRIED_OUT_AFTER = timedelta(hours=3)
ANSWERED = (State.acknowledged, State.executing, State.closed)


@dataclass(frozen=True)
class Company:
    """What playing needs: the people, the desk, and the password with which leads sign meanwhile."""

    made: Foundation
    desk: Desk
    signer: Signer
    password: str


async def play(company: Company, vignette: Vignette, now: datetime) -> None:
    """Plays one vignette from its draft to its state."""
    desk = company.desk
    async with desk.database.write() as db:
        player = Player(db, desk.store, company.made, vignette, now)
        id = (await player.play()).id
        if vignette.opinion is None:
            return
        await player.meet()
        at = player.at + WRITES_FOR
        lead, requester = company.made.actors[vignette.lead], company.made.actors[vignette.requester]
        draft = await drafts.save(db, lead, id, 0, content(vignette.opinion, requester, at), at)
    await _sections(company, vignette, draft, id, at)
    wanted = Sign(method=Method.password, password=company.password)
    await signing.sign(desk, company.signer, lead, id, draft.version, wanted, at)
    if vignette.state in ANSWERED:
        async with desk.database.write() as db:
            await _reply(db, requester, id, vignette.opinion, at + ANSWERED_AFTER)
        async with desk.database.write() as db:
            await _carry_out(db, requester, id, vignette, at + CARRIED_OUT_AFTER)


async def _sections(company: Company, vignette: Vignette, opinion: DraftOut, id: UUID, at: datetime) -> None:
    """The recorder of an MDT writes what each expert beside the lead has said; they sign it, and the consensus too."""
    if opinion.id is None:
        raise RuntimeError("the consensus is written first")
    read: dict[str, Any] = {"opinion_id": opinion.id, "version": opinion.version, "password": company.password}
    desk = company.desk
    for username, text in vignette.sections.items():
        expert, recorder = company.made.actors[username], company.made.actors[vignette.recorder]
        async with desk.database.write() as db:
            draft = await sections.save(db, recorder, id, expert.id, 0, text, at)
        await sections.sign(desk, company.signer, expert, id, draft.version, company.password, at)
        await stands.take(desk, company.signer, expert, id, StandIn(kind=StandKind.co_signed, **read), at)


def content(opinion: OpinionText, owner: Actor, at: datetime) -> OpinionContent:
    def rows(section: str, texts: tuple[AdviceText, ...]) -> list[AdviceRow]:
        return [
            AdviceRow(
                key=f"{section}-{number}",
                kind=AdviceKind(each.kind),
                text=each.text,
                owner=owner.name,
                owner_id=owner.id,
                due=Due.at,
                due_at=at + each.due,
            )
            for number, each in enumerate(texts, start=1)
        ]

    return OpinionContent(
        analysis=opinion.analysis,
        diagnosis=opinion.diagnosis,
        advice=rows("advice", opinion.advice),
        medicines=rows("medicines", opinion.medicines),
        follow_up=rows("follow_up", opinion.follow_up),
    )


async def _reply(db: AsyncSession, requester: Actor, id: UUID, opinion: OpinionText, at: datetime) -> None:
    rows = await service.in_force(db, id)
    answers = [
        Answer(advice_id=row.id, reply=text.reply, reason=text.reply_reason)
        for row, text in zip(rows, opinion.rows, strict=True)
    ]
    consultation = await db.get_one(Consultation, id)
    await advice.acknowledge(db, requester, id, consultation.version, Acknowledge(answers=answers), at)


async def _carry_out(db: AsyncSession, doctor: Actor, id: UUID, vignette: Vignette, at: datetime) -> None:
    """Records the orders: in a closed case for every adopted advice, in one being executed as the vignette says."""
    if vignette.opinion is None:
        return
    rows = await service.in_force(db, id)
    for row, text in zip(rows, vignette.opinion.rows, strict=True):
        order = text.order or (f"YZ-{row.n:04d}" if vignette.state is State.closed else "")
        if order and text.reply is not Reply.not_adopted:
            written = Execute(order_number=order, ordered_at=at, ordered_by=doctor.name)
            await advice.execute(db, doctor, row.id, row.version, written, at)
