"""Plays what follows a meeting: the opinion is written and signed, its advice answered and executed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.demo.foundation import Foundation
from telemed.demo.play import Player
from telemed.demo.story import AdviceText, OpinionText, Vignette
from telemed.opinions import advice, drafts, service, signing
from telemed.opinions.content import AdviceRow, OpinionContent
from telemed.opinions.desk import Desk
from telemed.opinions.model import AdviceKind, Due, Method, Reply
from telemed.opinions.ports import Signer
from telemed.opinions.schemas import Acknowledge, Answer, Execute, Sign

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
    wanted = Sign(method=Method.password, password=company.password)
    await signing.sign(desk, company.signer, lead, id, draft.version, wanted, at)
    if vignette.state in ANSWERED:
        async with desk.database.write() as db:
            await _reply(db, requester, id, vignette.opinion, at + ANSWERED_AFTER)
        async with desk.database.write() as db:
            await _carry_out(db, requester, id, vignette, at + CARRIED_OUT_AFTER)


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
