"""The table of rules and the clauses, in the hands of the hub's administrator; the branch's reads its own."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import changed, record
from telemed.errors import Invalid, NotAllowed, NotFound, Stale
from telemed.kit.clock import day_in
from telemed.kit.table import new_id
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.people.model import Agreement, HospitalKind
from telemed.reading import clauses, rules
from telemed.reading.beginning import agreement
from telemed.reading.model import ReadingClause, ReadingRule, RuleDraw
from telemed.reading.rule_schemas import ClauseIn, ClauseRow, Contact, NewRule, Reads, RuleIn, RuleRow, RuleTable
from telemed.reading.words import AGREEMENT_SERVICE, Drawn

COUNTED: Final = timedelta(days=30)


async def table(db: AsyncSession, actor: Actor, now: datetime) -> RuleTable:
    own = actor.hospital_id
    today = day_in((await people.zones(db))[own], now)
    concerned = or_(col(Agreement.branch_id) == own, col(Agreement.hub_id) == own)
    between = (col(Agreement.valid_from) <= today, col(Agreement.valid_until) >= today)
    found = (await db.exec(select(Agreement).where(concerned, *between).order_by(col(Agreement.branch_id)))).all()
    covered = [each for each in found if AGREEMENT_SERVICE in each.services]
    rows = select(ReadingRule).where(or_(col(ReadingRule.branch_id) == own, col(ReadingRule.hub_id) == own))
    kept = (await db.exec(rows.order_by(col(ReadingRule.branch_id), col(ReadingRule.id)))).all()
    in_force = {each.id: await clauses.in_force(db, each.id, today) for each in covered}
    return RuleTable(
        rules=await _shown(db, kept, now),
        agreements=[
            Reads(**each.model_dump(include={"id", "number", "branch_id", "hub_id"}), clause=bool(in_force[each.id]))
            for each in covered
        ],
        clauses=await _clauses(db, covered, {each.id for each in in_force.values() if each}),
        contacts=await _contacts(db, {each.branch_id for each in covered}),
        may_edit=(await people.hospital(db, own)).kind is HospitalKind.hub,
    )


async def _shown(db: AsyncSession, found: Iterable[ReadingRule], now: datetime) -> list[RuleRow]:
    many = select(RuleDraw.rule_id, RuleDraw.outcome, func.count(col(RuleDraw.id)))
    many = many.where(col(RuleDraw.at) > now - COUNTED).group_by(col(RuleDraw.rule_id), col(RuleDraw.outcome))
    counts: dict[UUID, dict[Drawn, int]] = {}
    for rule_id, outcome, count in (await db.exec(many)).all():
        counts.setdefault(rule_id, {})[Drawn(outcome)] = count
    return [
        RuleRow(**each.model_dump(exclude={"saved_by", "created_at", "seed"}), drawn=counts.get(each.id, {}))
        for each in found
    ]


async def _clauses(db: AsyncSession, of: Iterable[Agreement], in_force: set[UUID]) -> list[ClauseRow]:
    found = await clauses.of(db, [each.id for each in of])
    staff = await people.staff_by_id(db, {each.saved_by for each in found})
    return [
        ClauseRow(
            **each.model_dump(exclude={"saved_by"}),
            saved_by=staff[each.saved_by].name,
            saved_by_en=staff[each.saved_by].name_en,
            in_force=each.id in in_force,
        )
        for each in found
    ]


async def _contacts(db: AsyncSession, branches: Iterable[str]) -> list[Contact]:
    """Who may be a rule's contact: whoever requests readings at these branches."""
    ids = {id for branch in branches for role in rules.REQUESTING for id in await holders(db, branch, role)}
    staff = await people.staff_by_id(db, ids)
    known = [Contact(**each.model_dump(include=set(Contact.model_fields))) for each in staff.values()]
    return sorted(known, key=lambda each: (each.hospital_id, each.name))


async def create(db: AsyncSession, actor: Actor, new: NewRule, now: datetime) -> RuleRow:
    """Raises NotAllowed, Conflict if no agreement covers reading, Invalid for a contact who is not of the branch."""
    await _refuse_branch(db, actor)
    await agreement(db, new.branch_id, actor.hospital_id, now)
    await _refuse_contact(db, new.branch_id, new.contact_id)
    row = ReadingRule(
        id=new_id(),
        hub_id=actor.hospital_id,
        seed=token_hex(16),
        saved_by=actor.id,
        created_at=now,
        saved_at=now,
        **new.model_dump(),
    )
    db.add(row)
    await db.flush()
    change = changed({}, _said(row), rule=new.name, branch_id=new.branch_id)
    record(db, actor, "reading_rule.created", str(row.id), now, change=change)
    return (await _shown(db, [row], now))[0]


async def save(db: AsyncSession, actor: Actor, id: UUID, version: int, new: RuleIn, now: datetime) -> RuleRow:
    await _refuse_branch(db, actor)
    query = select(ReadingRule).where(ReadingRule.id == id, ReadingRule.hub_id == actor.hospital_id)
    row = (await db.exec(query.with_for_update())).one_or_none()
    if row is None:
        raise NotFound("There is no such rule.")
    if row.version != version:
        current = (await _shown(db, [row], now))[0].model_dump(mode="json")
        raise Stale("It has changed since you read it.", current=current)
    await _refuse_contact(db, row.branch_id, new.contact_id)
    before = _said(row)
    row.sqlmodel_update(new.model_dump())
    row.version, row.saved_by, row.saved_at = row.version + 1, actor.id, now
    change = changed(before, _said(row), rule=row.name, branch_id=row.branch_id)
    record(db, actor, "reading_rule.changed", str(row.id), now, change=change)
    await db.flush()
    return (await _shown(db, [row], now))[0]


async def save_clause(db: AsyncSession, actor: Actor, new: ClauseIn, now: datetime) -> None:
    """The agreement's next version; those before stay, because readings rest on them."""
    await _refuse_branch(db, actor)
    found = await db.get(Agreement, new.agreement_id, with_for_update=True)
    if found is None or found.hub_id != actor.hospital_id:
        raise NotFound("There is no such agreement.")
    before = next(iter(await clauses.of(db, [found.id])), None)
    row = ReadingClause(number=before.number + 1 if before else 1, saved_by=actor.id, saved_at=now, **new.model_dump())
    db.add(row)
    was = before.model_dump(include=SAID) if before else {}
    change = changed(was, row.model_dump(include=SAID), agreement=found.number)
    record(db, actor, "reading_clause.saved", str(found.id), now, change=change)
    await db.flush()


SAID: Final = {"number", "text", "valid_from"}


def _said(row: ReadingRule) -> dict[str, object]:
    return row.model_dump(include=set(RuleIn.model_fields) - {"name"})


async def _refuse_branch(db: AsyncSession, actor: Actor) -> None:
    if (await people.hospital(db, actor.hospital_id)).kind is not HospitalKind.hub:
        raise NotAllowed("Only the hub's administrator changes this.", reason="hub_administrator")


async def _refuse_contact(db: AsyncSession, branch_id: str, contact_id: UUID) -> None:
    if contact_id not in {each.id for each in await _contacts(db, [branch_id])}:
        raise Invalid("Choose somebody of the branch.", reason="contact_of_branch", fields=["contact_id"])
