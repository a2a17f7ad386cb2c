"""Advice: its rows from a signed version, the requesting doctor's replies, and the orders that execute it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.events import AdviceAnswer, AdviceGiven
from telemed.consultations.model import Consultation
from telemed.consultations.rules.table import ANSWER, capacities
from telemed.consultations.words import State
from telemed.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from telemed.history.events import Event
from telemed.history.service import emit
from telemed.opinions import advice_pages, rules
from telemed.opinions.content import AdviceRow, OpinionContent
from telemed.opinions.events import AdviceDeclined, AdviceExecuted, OpinionAcknowledged
from telemed.opinions.model import Advice, Due, Execution, Opinion, Reply, Section
from telemed.opinions.schemas import Acknowledge, AdviceOut, Answer, Execute
from telemed.opinions.service import in_force, shown_advice
from telemed.people import service as people
from telemed.people.model import Hospital
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind


async def put_advice(db: AsyncSession, row: Consultation, opinion: Opinion, now: datetime) -> None:
    """Writes the advice of a signed version; advice that an amendment did not change keeps its reply and its order."""
    before = {each.row_key: each for each in await in_force(db, row.id)}
    for n, (section, wanted) in enumerate(OpinionContent.model_validate(opinion.content).rows(), 1):
        kept = before.pop(wanted.key, None)
        if kept is not None and _same(kept, section, wanted):
            await _renumber(db, kept, n, now)
            continue
        if kept is not None:
            await _withdraw(db, kept, now)
        db.add(
            Advice(
                consultation_id=row.id,
                opinion_id=opinion.id,
                row_key=wanted.key,
                n=n,
                section=section,
                due=wanted.due or Due.now,
                **wanted.model_dump(include={"kind", "text", "owner", "owner_id", "due_at"}),
            )
        )
    for dropped in before.values():
        await _withdraw(db, dropped, now)
    await db.flush()
    unanswered = any(each.reply is None for each in await in_force(db, row.id))
    waiting = await work.open_items(db, row.id, WorkKind.acknowledge)
    if row.state in rules.AMENDABLE and unanswered and not waiting:
        await work.finish(db, row.id, [WorkKind.close], None, now, Outcome.withdrawn)
        await consultations.ask_to_answer_anew(db, row, now)


def _same(kept: Advice, section: Section, wanted: AdviceRow) -> bool:
    said = (kept.section, kept.kind, kept.text, kept.owner, kept.due, kept.due_at)
    return said == (section, wanted.kind, wanted.text, wanted.owner, wanted.due, wanted.due_at)


async def _renumber(db: AsyncSession, kept: Advice, n: int, now: datetime) -> None:
    """Whoever carries it out is asked by the number that it has now."""
    kept.n = n
    work.restate(db, await work.open_items(db, kept.id, WorkKind.execute), _note(kept), now)


def _note(advice: Advice) -> dict[str, Any]:
    return {"n": advice.n, "text": advice.text[:200], "kind": advice.kind}


async def _withdraw(db: AsyncSession, advice: Advice, now: datetime) -> None:
    advice.withdrawn_at = now
    await work.withdraw(db, advice.id, now)


async def acknowledge(
    db: AsyncSession, actor: Actor, id: UUID, version: int, body: Acknowledge, now: datetime
) -> Consultation:
    """Answers every advice: adopted, in part, not adopted. Each adopted one becomes a work item of the branch."""
    row = await consultations.get(db, actor, id, now, version=version)
    if not capacities(row, actor) & ANSWER:
        raise NotAllowed("A requesting doctor of the branch or the senior doctor answers.", reason="capacity")
    if row.state not in rules.ANSWERABLE:
        raise Conflict("There is no advice to answer now.", reason="wrong_state", state=str(row.state))
    rows = await in_force(db, id)
    waiting = {each.id: each for each in rows if each.reply is None}
    new = frozenset(waiting)
    for answer in body.answers:
        advice = waiting.pop(answer.advice_id, None)
        if advice is None:
            raise Conflict("This advice was answered or changed meanwhile.", reason="advice_changed")
        await _answer(db, actor, row, advice, answer, now)
    if waiting:
        left = [each.n for each in waiting.values()]
        raise Conflict("Every advice needs an answer.", reason="advice_unanswered", missing=left)
    answers = _answers(rows, [each.advice_id for each in body.answers])
    if row.state is State.signed:
        await consultations.acknowledge(db, actor, row, answers, now)
    else:
        await work.finish(db, id, [WorkKind.acknowledge], actor, now)
        numbers = tuple(each.n for each in rows)
        row.version, row.updated_at = row.version + 1, now
        _emit(db, row, OpinionAcknowledged(numbers=numbers, answers=answers, rev=row.version), actor, now)
    await db.flush()
    await advice_pages.answered(db, row, actor, [each for each in rows if each.id in new], now)
    await settle(db, row, now)
    return row


async def _answer(
    db: AsyncSession, actor: Actor, row: Consultation, advice: Advice, answer: Answer, now: datetime
) -> None:
    advice.reply, advice.reply_reason = answer.reply, answer.reason.strip()
    advice.replied_by, advice.replied_at, advice.version = actor.id, now, advice.version + 1
    if answer.reply is Reply.not_adopted:
        return
    branch = await db.get_one(Hospital, row.branch_id)
    usual = await consultations.order_due(db, row, now)
    due = answer.due_at or rules.due_at(advice.due, advice.due_at, usual, now, branch.time_zone)
    advice.assigned_to = await _assignee(db, row, answer.assigned_to, advice.owner_id)
    advice.execution, advice.execute_due_at = Execution.open, due
    await consultations.ask_to_order(
        db, row, advice.id, now, staff_id=advice.assigned_to, due_at=due, note=_note(advice)
    )


async def _assignee(db: AsyncSession, row: Consultation, wanted: UUID | None, proposed: UUID | None) -> UUID:
    """The doctor of the branch who executes: named in the answer, else proposed by the expert, else who requested."""
    for candidate in (wanted, proposed):
        if candidate is None:
            continue
        person = (await people.staff_by_id(db, [candidate])).get(candidate)
        if person and person.hospital_id == row.branch_id and await people.roles_of(db, candidate) & rules.DOCTORS:
            return candidate
        if candidate == wanted:
            raise Invalid("The order is written by a doctor of the branch.", reason="branch_doctor")
    return row.requester_id


async def execute(db: AsyncSession, actor: Actor, id: UUID, version: int, order: Execute, now: datetime) -> AdviceOut:
    """A doctor of the branch records the order written in the hospital system; the advice is then executed."""
    advice, row = await _open(db, actor, id, version, now)
    advice.execution, advice.order_number = Execution.executed, order.order_number.strip()
    advice.ordered_at, advice.ordered_by = order.ordered_at, order.ordered_by
    return await _done(db, actor, advice, row, AdviceExecuted, Outcome.done, now, ordered_at=order.ordered_at)


async def decline(db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime) -> AdviceOut:
    advice, row = await _open(db, actor, id, version, now)
    advice.execution, advice.decline_reason = Execution.declined, reason
    return await _done(db, actor, advice, row, AdviceDeclined, Outcome.declined, now, reason=reason)


async def _open(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> tuple[Advice, Consultation]:
    advice = await db.get(Advice, id)
    if advice is None:
        raise NotFound("There is no such advice.")
    row = await consultations.get(db, actor, advice.consultation_id, now, to_change=True)
    await db.refresh(advice)  # read again, now that it is locked
    rules.refuse_executing(row, actor, advice)
    if advice.version != version:
        current = AdviceOut.model_validate(advice).model_dump(mode="json")
        raise Stale("It has changed since you read it.", current=current)
    return advice, row


async def _done(
    db: AsyncSession,
    actor: Actor,
    advice: Advice,
    row: Consultation,
    what: type[AdviceExecuted | AdviceDeclined],
    outcome: Outcome,
    now: datetime,
    **more: Any,
) -> AdviceOut:
    advice.done_by, advice.done_at, advice.version = actor.id, now, advice.version + 1
    await work.finish(db, advice.id, [WorkKind.execute], actor, now, outcome)
    record(db, actor, what.type, str(advice.id), now, reason=advice.decline_reason or None)
    row.version, row.updated_at = row.version + 1, now
    about: dict[str, Any] = {
        "n": advice.n,
        "advice_id": advice.id,
        "kind": advice.kind,
        "due_at": advice.execute_due_at,
    }
    _emit(db, row, what(rev=row.version, **about, **more), actor, now)
    await settle(db, row, now)
    return (await shown_advice(db, row, [advice]))[0]


async def close(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Consultation:
    """Closes the consultation at the requesting doctor's click, if no advice is open."""
    row = await consultations.get(db, actor, id, now, version=version)
    await consultations.close(db, actor, row, rules.open_count(await in_force(db, id)), now)
    return row


async def settle(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """After an answer or an order: the page of what was carried out, and what is left to do."""
    await db.flush()
    await advice_pages.carried_out(db, row, await in_force(db, row.id), now)
    await go_on(db, row, now)


async def go_on(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Once no advice is open: closes it if everything was adopted and executed, else asks the requesting doctor to."""
    await db.flush()
    if row.state is not State.executing:
        return
    rows: Sequence[Advice] = await in_force(db, row.id)
    if not rules.open_count(rows):
        if rules.all_adopted_and_done(rows):
            await consultations.close_when_done(db, row, now)
            return
        if not await work.open_items(db, row.id, WorkKind.close):
            await consultations.ask_to_close(db, row, now)
    await consultations.execution_changed(db, row, now)


async def given_advice(db: AsyncSession, consultation_id: UUID) -> tuple[AdviceGiven, ...]:
    """The advice in force, as the event of the signature has it."""
    return tuple(
        AdviceGiven(n=each.n, advice_id=each.id, kind=each.kind, due=each.due, due_at=each.due_at)
        for each in await in_force(db, consultation_id)
    )


def _answers(rows: Sequence[Advice], answered: Collection[UUID]) -> tuple[AdviceAnswer, ...]:
    return tuple(
        AdviceAnswer(
            n=each.n,
            advice_id=each.id,
            kind=each.kind,
            reply=each.reply or "",
            reason=each.reply_reason,
            assigned_to=each.assigned_to,
            due_at=each.execute_due_at,
        )
        for each in rows
        if each.id in answered
    )


def _emit(db: AsyncSession, row: Consultation, event: Event, actor: Actor, now: datetime) -> None:
    emit(db, event, consultations.about(row), now, by=actor)
