"""The list of people as administrators see it: searched and paged by the database, also with thousands."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.administration import rules, slips
from telemed.administration.hospitals import administrators_by_hospital
from telemed.administration.model import RoleProposal
from telemed.administration.proposals import may_decide, waiting
from telemed.administration.saving import seen_by
from telemed.administration.staff_schemas import (
    PAGE,
    ProposalOut,
    Proposed,
    RegistrationOut,
    StaffListed,
    StaffPage,
    StaffQuery,
    StaffRow,
)
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import BOOKED
from telemed.errors import NotFound
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.model import HospitalKind, Registration, Staff
from telemed.people.staff_search import called
from telemed.rosters.coming import coming
from telemed.work.outgoing import NoticeChoice


async def page(db: AsyncSession, by: Actor, query: StaffQuery, now: datetime) -> StaffPage:
    """One page, with the counts behind the three filters. Who has left comes last."""
    seen = await seen_by(db, by)
    within = seen & {query.hospital_id} if query.hospital_id else seen
    today = day_in((await people.hospital(db, by.hospital_id)).time_zone, now)
    wanted = [col(Staff.hospital_id).in_(within), *_found(query.q)]
    disabled = col(Account.disabled_at).is_not(None)
    filters: dict[str, list[ColumnElement[bool]]] = {
        "all": [],
        "disabled": [disabled],
        "ending": [~disabled, _ending(today)],
    }
    counts = {}
    for name, more in filters.items():
        counted = select(func.count()).select_from(Staff).join(Account, col(Account.id) == Staff.id)
        counts[name] = (await db.exec(counted.where(*wanted, *more))).one()
    listed = select(Staff, Account).join(Account, col(Account.id) == Staff.id).where(*wanted, *filters[query.shown])
    order = (disabled, col(Staff.hospital_id) != by.hospital_id, col(Staff.hospital_id), Staff.number)
    rows = (await db.exec(listed.order_by(*order).offset(query.page * PAGE).limit(PAGE))).all()
    duty = await coming(db, [person.id for person, _ in rows], now)
    return StaffPage(
        items=[StaffListed(**each.model_dump(), duty=duty.get(each.id)) for each in await _shown(db, by, rows)],
        **counts,
        hospitals=len(seen),
        may_add=True,
    )


async def one(db: AsyncSession, by: Actor, id: UUID) -> StaffRow:
    """A person of a hospital that this administrator may look at. Raises NotFound."""
    query = select(Staff, Account).join(Account, col(Account.id) == Staff.id).where(Staff.id == id)
    found = (await db.exec(query)).first()
    if found is None or found[0].hospital_id not in await seen_by(db, by):
        raise NotFound("There is no such person.")
    row = (await _shown(db, by, [found]))[0]
    zones = await people.zones(db)
    for each in row.registrations:
        day_after = datetime.combine(each.valid_until + timedelta(days=1), time(), ZoneInfo(zones[each.hospital_id]))
        each.touched = await _booked_after(db, id, each.hospital_id, day_after)
    return row


async def _booked_after(db: AsyncSession, lead_id: UUID, branch_id: str, after: datetime) -> int:
    """How many consultations of that branch this person leads from that moment on."""
    c = Consultation
    query = select(func.count()).where(
        c.lead_id == lead_id, c.branch_id == branch_id, col(c.state).in_(BOOKED), col(c.starts_at) >= after
    )
    return (await db.exec(query)).one()


def _found(q: str) -> list[ColumnElement[bool]]:
    """By characters, pinyin, initials, number or sign-in name; several words must all be found."""
    return [called(each, col(Account.username)) for each in q.lower().split()]


def _ending(today: date) -> ColumnElement[bool]:
    """Whose last registration at some hospital has ended, or ends soon."""
    last = select(Registration.staff_id).group_by(col(Registration.staff_id), col(Registration.hospital_id))
    return col(Staff.id).in_(last.having(func.max(Registration.valid_until) < today + rules.WARNED_BEFORE))


async def _shown(db: AsyncSession, by: Actor, rows: Sequence[tuple[Staff, Account]]) -> list[StaffRow]:
    ids = [person.id for person, _ in rows]
    roles, registrations = await _roles(db, ids), await last_registrations(db, ids)
    proposals, emails = await _proposals(db, ids), await _emails(db, ids)
    hub = (await people.hospital(db, by.hospital_id)).kind is HospitalKind.hub
    administrators = await administrators_by_hospital(db) if hub else {}
    out = []
    for person, account in rows:
        waiting = [
            ProposalOut(**each.model_dump(), may_decide=may_decide(by, each, person.hospital_id))
            for each in proposals[person.id]
        ]
        out.append(
            StaffRow(
                **person.model_dump(),
                username=account.username,
                disabled_at=account.disabled_at,
                email=emails.get(person.id, ""),
                roles=sorted(roles[person.id]),
                registrations=registrations[person.id],
                proposals=waiting,
                may_edit=person.hospital_id == by.hospital_id,
                may_issue=account.disabled_at is None
                and slips.may_issue(
                    by, person, account, roles[person.id], hub=hub, only=administrators.get(person.hospital_id) == 1
                ),
            )
        )
    return out


async def _roles(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[Role]]:
    found: dict[UUID, list[Role]] = defaultdict(list)
    for each in (await db.exec(select(AccountRole).where(col(AccountRole.account_id).in_(ids)))).all():
        found[each.account_id].append(Role(each.role))
    return found


async def last_registrations(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[RegistrationOut]]:
    """Of each person the last one at each hospital, the one that ends first at the head."""
    last: dict[tuple[UUID, str], RegistrationOut] = {}
    query = select(Registration).where(col(Registration.staff_id).in_(ids)).order_by(col(Registration.valid_until))
    for each in (await db.exec(query)).all():
        last[each.staff_id, each.hospital_id] = RegistrationOut(**each.model_dump(), touched=0)
    found: dict[UUID, list[RegistrationOut]] = defaultdict(list)
    for (id, _), each_out in sorted(last.items(), key=lambda known: known[1].valid_until):
        found[id].append(each_out)
    return found


async def _proposals(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[RoleProposal]]:
    found: dict[UUID, list[RoleProposal]] = defaultdict(list)
    open_ones = and_(col(RoleProposal.staff_id).in_(ids), col(RoleProposal.decided_at).is_(None))
    for each in (await db.exec(select(RoleProposal).where(open_ones))).all():
        found[each.staff_id].append(each)
    return found


async def proposed(db: AsyncSession, by: Actor) -> list[Proposed]:
    """What waits for a second person at this person's hospital, the oldest first."""
    found = await waiting(db, by)
    roles = await _roles(db, [person.id for _, person in found])
    proposers = await people.staff_by_id(db, {each.proposed_by for each, _ in found if each.proposed_by})
    out = []
    for each, person in found:
        by_whom = proposers.get(each.proposed_by) if each.proposed_by else None
        out.append(
            Proposed(
                **each.model_dump(include={"id", "staff_id", "role", "proposed_at"}),
                may_decide=may_decide(by, each, person.hospital_id),
                name=person.name,
                name_en=person.name_en,
                number=person.number,
                title=person.title,
                roles=sorted(roles[person.id]),
                proposed_by=by_whom.name if by_whom else "",
                proposed_by_en=by_whom.name_en if by_whom else "",
            )
        )
    return out


async def _emails(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    found = await db.exec(select(NoticeChoice.staff_id, NoticeChoice.email).where(col(NoticeChoice.staff_id).in_(ids)))
    return dict(found.all())
