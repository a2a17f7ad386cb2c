"""Who and what the lines of a question name: the candidates of each, their hospitals, and who would do instead."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.errors import Invalid, NotFound
from telemed.people.model import Department, Staff, Title
from telemed.people.seniority import rank
from telemed.scheduling.find_schemas import FindLine
from telemed.scheduling.finding import Line
from telemed.scheduling.model import THINGS, Resource, ResourceKind

MOST: Final = 200  # of one line
MOST_SPARES: Final = 20


@dataclass
class Candidates:
    """The lines as the search takes them; `hospitals` of everybody that they name."""

    lines: list[Line] = field(default_factory=list)
    hospitals: dict[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    id: UUID
    hospital_id: str
    specialty: str
    title: Title


async def candidates(db: AsyncSession, actor: Actor, asked: Sequence[FindLine]) -> Candidates:
    """Raises NotFound for somebody who does not exist or has left, and Invalid where lines ask for the same people."""
    found = Candidates()
    people = await _named(db, [id for line in asked for id in line.people])
    places = await _places(db, [id for line in asked for id in line.venues])
    pools: list[tuple[UUID, ...]] = []
    for line in asked:
        known: Mapping[UUID, str] = people if line.people else places
        of = line.people or line.venues
        if line.specialty:
            able = await _able(db, [(line.hospital_id or actor.hospital_id, line.specialty)], line.role)
            known = {each.id: each.hospital_id for each in _at_least(able, line.title)}
            of = list(known)
        elif line.venues_of:
            known = await places_of(db, [line.venues_of])
            has = await places_in(db, known)
            of = [id for id in known if not is_too_small(has[id], _people_at(asked, line.venues_of, people, actor))]
        if any(id not in known for id in of):
            raise NotFound("There is no such person or venue.", reason="unknown_resource")
        found.hospitals |= {id: known[id] for id in of}
        pools.append(tuple(dict.fromkeys(of)))
    for line, of_line in zip(asked, _apart(asked, pools), strict=True):
        found.lines.append(Line(line.key, of_line[:MOST], line.count, line.required, line.stays))
    return found


def _apart(asked: Sequence[FindLine], pools: Sequence[tuple[UUID, ...]]) -> list[tuple[UUID, ...]]:
    """Whoever a line cannot do without is taken out of the others. Raises Invalid where two still share somebody."""
    fixed = [
        set(pool) if len(pool) == line.count and (line.people or line.venues) else set()
        for line, pool in zip(asked, pools, strict=True)
    ]
    out = []
    for n, pool in enumerate(pools):
        elsewhere = set().union(*(fixed[:n] + fixed[n + 1 :]))
        out.append(pool if fixed[n] else tuple(id for id in pool if id not in elsewhere))
    named = [id for pool in out for id in pool]
    if len(named) != len(set(named)):
        raise Invalid("Two lines ask for the same people or places: make them one, with a count.", reason="same_line")
    return out


async def with_spares(db: AsyncSession, asked: Sequence[FindLine], found: Candidates) -> Candidates:
    """With who would do instead of one named: of the same specialty and at least the title, or another room, or
    other equipment, of the hospital; the nearest title first.
    """
    named = {id for line in found.lines for id in line.of}
    replaceable = [line for line in asked if line.replaceable and (line.people or line.venues)]
    people = {each.id: each for each in await _people(db, [id for line in replaceable for id in line.people])}
    able: dict[Role, list[Person]] = {}
    for role in {line.role for line in replaceable if line.people}:
        of = {people[id] for line in replaceable if line.role is role for id in line.people if id in people}
        able[role] = await _able(db, {(each.hospital_id, each.specialty) for each in of}, role)
    alike = await _alike(db, [id for line in replaceable for id in line.venues])
    lines, hospitals = [], dict(found.hospitals)
    for line, known in zip(asked, found.lines, strict=True):
        spares: list[UUID] = []
        if line in replaceable and line.people:
            of_line = [people[id] for id in line.people if id in people]
            spares = [each.id for each in _instead(of_line, able[line.role])]
            hospitals |= {each.id: each.hospital_id for each in able[line.role]}
        elif line in replaceable:
            of_these = {alike[id] for id in line.venues}
            spares = [id for id, of in alike.items() if of in of_these]
            hospitals |= {id: hospital for id, (hospital, _) in alike.items()}
        spares = [id for id in spares if id not in named][:MOST_SPARES]
        lines.append(Line(known.key, known.of, known.count, known.required, known.stays, tuple(spares)))
    return Candidates(lines, hospitals)


async def equals(db: AsyncSession, person: UUID, role: Role = Role.expert) -> list[UUID]:
    """Who would do instead of this one: of the same hospital and specialty, at least the title, the nearest first."""
    of = await _people(db, [person])
    able = await _able(db, [(each.hospital_id, each.specialty) for each in of], role)
    return [each.id for each in _instead(of, able) if each.id != person]


def _instead(of: Iterable[Person], able: Iterable[Person]) -> list[Person]:
    """Those of the specialty of one of them and at least that one's title."""
    ranks = [(each.hospital_id, each.specialty, held) for each in of if (held := rank(each.title)) is not None]
    fit = [
        each
        for each in able
        if any(
            (each.hospital_id, each.specialty) == (hospital, specialty) and _rank(each) >= held
            for hospital, specialty, held in ranks
        )
    ]
    return sorted(fit, key=_rank)


def _rank(person: Person) -> int:
    """Who is no doctor stands below all of them."""
    held = rank(person.title)
    return -1 if held is None else held


def _at_least(able: Iterable[Person], title: Title | None) -> list[Person]:
    """Those of the title first, then the more senior; without a title everybody."""
    least = rank(title) if title else None
    if least is None:
        return list(able)
    return sorted((each for each in able if _rank(each) >= least), key=_rank)


async def _named(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """Without those who have left: nothing takes their time, and they would always be free."""
    query = select(Staff.id, Staff.hospital_id).join(Account, col(Account.id) == Staff.id, isouter=True)
    query = query.where(col(Staff.id).in_(ids), col(Account.disabled_at).is_(None))
    return dict((await db.exec(query)).all()) if ids else {}


async def _places(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    can_be_had = (col(Resource.kind).in_(THINGS), col(Resource.ended_at).is_(None))
    query = select(Resource.id, Resource.hospital_id).where(col(Resource.id).in_(ids), *can_be_had)
    return dict((await db.exec(query)).all()) if ids else {}


async def _alike(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, tuple[str, ResourceKind]]:
    """With them the other rooms of their hospitals, or the other equipment: by hospital and kind."""
    if not ids:
        return {}
    hospitals = select(Resource.hospital_id).where(col(Resource.id).in_(ids))
    of = (col(Resource.kind).in_(THINGS), col(Resource.ended_at).is_(None), col(Resource.hospital_id).in_(hospitals))
    query = select(Resource.id, Resource.hospital_id, Resource.kind).where(*of)
    found = (await db.exec(query.order_by(col(Resource.name), col(Resource.id)))).all()
    return {id: (hospital, ResourceKind(kind)) for id, hospital, kind in found}


async def places_of(db: AsyncSession, hospitals: Collection[str]) -> dict[UUID, str]:
    query = select(Resource.id, Resource.hospital_id).where(
        Resource.kind == ResourceKind.venue, col(Resource.hospital_id).in_(hospitals)
    )
    by_name = query.order_by(col(Resource.name), col(Resource.id))
    return dict((await db.exec(by_name)).all()) if hospitals else {}


async def places_in(db: AsyncSession, venues: Collection[UUID]) -> dict[UUID, int]:
    """How many people there is room for."""
    query = select(Resource.id, Resource.places).where(col(Resource.id).in_(venues))
    return dict((await db.exec(query)).all()) if venues else {}


def is_too_small(places: int, people: int) -> bool:
    """One place is what a room has of which nobody has said how many."""
    return 1 < places < people


def _people_at(asked: Sequence[FindLine], hospital: str, known: Mapping[UUID, str], actor: Actor) -> int:
    """How many of those asked for come from this hospital."""
    named = sum(known.get(id) == hospital for line in asked for id in line.people[: line.count])
    of = sum(line.count for line in asked if line.specialty and (line.hospital_id or actor.hospital_id) == hospital)
    return named + of


async def _people(db: AsyncSession, ids: Collection[UUID]) -> list[Person]:
    """With their specialty; without those of no department."""
    query = select(Staff.id, Staff.hospital_id, Department.specialty, Staff.title)
    query = query.join(Department, col(Department.id) == Staff.department_id).where(col(Staff.id).in_(ids))
    return [Person(id, at, of, Title(title)) for id, at, of, title in (await db.exec(query)).all()] if ids else []


async def _able(db: AsyncSession, of: Collection[tuple[str, str]], role: Role) -> list[Person]:
    """Who works as this at a hospital, of a specialty of it, as their names are spelled."""
    if not of:
        return []
    theirs = or_(
        *(and_(col(Staff.hospital_id) == hospital, col(Department.specialty) == name) for hospital, name in of)
    )
    query = (
        select(Staff.id, Staff.hospital_id, Department.specialty, Staff.title)
        .join(Department, col(Department.id) == Staff.department_id)
        .join(Account, col(Account.id) == Staff.id)
        .join(AccountRole, col(AccountRole.account_id) == Staff.id)
        .where(theirs, col(Account.disabled_at).is_(None), AccountRole.role == role)
        .order_by(col(Staff.pinyin), col(Staff.id))
    )
    return [Person(id, at, of, Title(title)) for id, at, of, title in (await db.exec(query)).all()]
