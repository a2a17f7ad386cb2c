"""自动排班: proposes who is on duty in some days of a roster. It writes nothing: the keeper looks, edits, asks again,
and saves the shifts as any others (service.save).
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.db import Database
from telemed.errors import Busy, Conflict, Invalid, Unavailable
from telemed.people.seniority import rank
from telemed.rosters import rules
from telemed.rosters.easing import Easing, easings
from telemed.rosters.model import Shift
from telemed.rosters.plan_loading import Basis
from telemed.rosters.planning import (
    ANYBODY,
    NOTHING,
    Duty,
    Gap,
    Limits,
    Person,
    Question,
    broken,
    counts,
    gaps,
    of_each,
    wishes,
)
from telemed.rosters.planning_schemas import (
    DoneOut,
    EasingOut,
    LeaveOut,
    PlanAskIn,
    PlanBrokenOut,
    PlanGapOut,
    PlannedOut,
    PlannedPersonOut,
    PlanningBasis,
    PlanWhyOut,
)
from telemed.rosters.ports import OnLeave
from telemed.rosters.schemas import PlanQuery, ShiftOut, SpanOut

SOLVING: Final = 15.0  # seconds
EASING: Final = 5.0
MOST_WAITING: Final = 4
MOST_CHOICES: Final = 60_000  # people x seats; a hospital's largest roster has a tenth
_THREAD: Final = ThreadPoolExecutor(1, "planner")  # one after the other: a plan takes a processor for seconds
_asked: Final = set[asyncio.Future["Solved"]]()

Solved = tuple[list[Duty], bool, bool, list[Easing]]


def installed() -> bool:
    """Whether the extra `roster` is there; it is large, and a hospital does without."""
    return find_spec("ortools") is not None


async def basis(
    db: AsyncSession, actor: Actor, id: UUID, query: PlanQuery, on_leave: OnLeave, now: datetime
) -> PlanningBasis:
    found = await Basis.load(db, actor, id, query.first, query.days, on_leave, now)
    return PlanningBasis(
        installed=installed(),
        holidays=[each for each in found.days if not found.calendar.works_on(each)],
        unknown=sorted({each.year for each in found.days} - found.calendar.years),
        leave=[
            LeaveOut(staff_id=who, span=SpanOut(start=each.start, end=each.end))
            for who, spans in found.leave.items()
            for each in spans
        ],
        before=[DoneOut(staff_id=who, **had._asdict()) for who, had in found.before.items()],
    )


async def plan(
    database: Database, actor: Actor, id: UUID, asked: PlanAskIn, on_leave: OnLeave, now: datetime
) -> PlannedOut:
    """Raises NotFound, NotAllowed, Unavailable without the extra, Busy, Invalid for shifts that cannot be kept and for
    more than can be planned at once, and Conflict naming those who cannot be put on this roster any more.
    """
    async with database.read() as db:
        found = await Basis.load(db, actor, id, asked.first, asked.days, on_leave, now)
        if not installed():
            raise Unavailable("Planning is not installed on this server.", reason="planner_missing")
        question = await _question(db, found, asked)
    if len(question.people) * len(question.seats) > MOST_CHOICES:
        raise Invalid("That is too much for one plan.", reason="plan_too_large")
    chosen, fewest, best, eased = await _aside(question)
    return _shown(question, chosen, fewest, best, eased)


async def _question(db: AsyncSession, found: Basis, asked: PlanAskIn) -> Question:
    ids = [each.staff_id for each in asked.people]
    if gone := sorted(set(ids) - found.staff.keys()):
        raise Conflict("Some cannot be on this roster any more.", reason="people_changed", people=[*map(str, gone)])
    shifts = [Shift(roster_id=found.roster.id, **each.model_dump()) for each in asked.kept]
    anybody = {each.staff_id for each in shifts}  # who has left may stand where they stood; saving asks
    if wrong := rules.faults(shifts, [], found.window, anybody):
        raise Invalid("The shifts do not make sense.", reason="shifts_wrong", faults=[each._asdict() for each in wrong])
    kept = [*(found.duty(each) for each in shifts), *await found.around(db)]
    elsewhere = await found.elsewhere(db, ids)
    days = {(each, wish): set[date]() for each in ids for wish in ("off", "on", "cannot")}
    for each in asked.wishes:
        if each.day in found.days and (each.staff_id, each.wish) in days:
            days[each.staff_id, each.wish].add(each.day)
    some = tuple(
        Person(
            id=each.staff_id,
            rank=_rank(found, each.staff_id),
            days=each.shifts != "nights",
            nights=each.shifts != "days",
            leave=tuple(found.leave.get(each.staff_id, ())),
            elsewhere=tuple(elsewhere.get(each.staff_id, ())),
            before=found.before.get(each.staff_id, NOTHING),
            **{wish: frozenset(days[each.staff_id, wish]) for wish in ("off", "on", "cannot")},
        )
        for each in {one.staff_id: one for one in asked.people}.values()
    )
    limits = Limits(
        rest=timedelta(hours=asked.rest_hours),
        nights=asked.nights_in_a_row,
        most=asked.most_shifts,
        ranks=tuple(ANYBODY if each is None else rank(each) or ANYBODY for each in asked.places),
    )
    return Question(tuple(found.slots), some, tuple(kept), limits)


def _rank(found: Basis, id: UUID) -> int:
    held = rank(found.staff[id].title)
    return ANYBODY if held is None else held


async def _aside(question: Question) -> Solved:
    """In a thread of its own; who asks goes without an answer when they leave before their turn."""
    if len(_asked) >= MOST_WAITING:
        raise Busy
    future = asyncio.get_running_loop().run_in_executor(_THREAD, _solved, question)
    _asked.add(future)
    future.add_done_callback(_asked.discard)
    return await future


def _solved(question: Question) -> Solved:
    from telemed.rosters import solving  # the extra; half a second

    answer = solving.solve(question, SOLVING)
    empty = len(question.seats) - len(answer.chosen)
    eased = easings(question, empty, solving.fewest, EASING) if empty else []
    return answer.chosen, answer.fewest, answer.best, eased


def _shown(question: Question, chosen: Sequence[Duty], fewest: bool, best: bool, eased: Sequence[Easing]) -> PlannedOut:
    theirs = of_each([*question.kept, *chosen])
    return PlannedOut(
        shifts=[
            ShiftOut(staff_id=each.person, starts=each.span.start, ends=each.span.end, place=each.place, note="")
            for each in chosen
        ],
        gaps=[_gap(each) for each in gaps(question, chosen)],
        broken=[
            PlanBrokenOut(staff_id=each.person, starts=each.span.start, place=each.place, reason=why)
            for each, why in broken(question)
        ],
        easings=[EasingOut(limit=each.limit, place=each.place, value=each.value, left=each.left) for each in eased],
        people=[_person(each, theirs[each.id]) for each in question.people],
        fewest=fewest,
        best=best,
    )


def _gap(gap: Gap) -> PlanGapOut:
    start, end = gap.seat.slot.span
    why = [PlanWhyOut(reason=reason, people=those) for reason, those in gap.why.items()]
    return PlanGapOut(starts=start, ends=end, place=gap.seat.place, why=why)


def _person(person: Person, duties: Sequence[Duty]) -> PlannedPersonOut:
    said, met = wishes(person, duties)
    return PlannedPersonOut(staff_id=person.id, **counts(duties)._asdict(), wishes=said, met=met)
