"""The API's outputs of the ward board, and of the page of all wards."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.rounds.bed_schemas import InstructionOut
from telemed.rounds.schemas import ItemOut, ItemPatient, RoundPerson, RoundRow
from telemed.rounds.words import RoundState


class BoardFilter(Input):
    """`session`: another round of the ward than the one of today."""

    session: UUID | None = None


class BoardDay(Model):
    """A round that the board can show: the one before, today's, the next."""

    id: UUID
    which: Literal["before", "today", "next"]
    starts_at: datetime
    state: RoundState


class LastRound(Model):
    """The last senior round of a stay; `lead` led it."""

    at: datetime
    lead: RoundPerson


class BoardBed(Model):
    """One bed of the list. `expected_at`: when the round comes to it, by the minutes of those before.

    `first_by`: by when the stay's first senior round is due; null where one was. Rounds that the ward makes by itself
    are not known here: past it, nothing is said to be missed.
    """

    item: ItemOut
    turn: Literal["now", "next", "after"] | None
    began_at: datetime | None
    expected_at: datetime | None
    bed_doctor: str
    admitted_at: datetime | None
    last: LastRound | None
    first_by: datetime | None
    unordered: int  # instructions that wait to be carried out


class BoardInstructions(Model):
    """What is open of one patient of the ward, the first due first."""

    bed: str
    patient: ItemPatient
    items: list[InstructionOut]


class WeekNotes(Model):
    """Of the notes of one week; `overdue` ones still wait."""

    in_time: int
    late: int
    waits: int
    overdue: int


class RankRounds(Model):
    """Rounds week by week whose lead has this rank and is registered at the branch: those that count (三级查房)."""

    rank: Title
    counts: list[int]


class CadenceOut(Model):
    """The last eight weeks of the ward, from Monday to Sunday by its calendar, this week last.

    `kept`: whether no day had more than `every` days without a round; null where no series had begun.
    """

    weeks: list[date]
    every: int | None
    since_last: int | None  # days
    kept: list[bool | None]
    ranks: list[RankRounds]
    guidance: list[int]  # rounds that do not count as senior ones
    written: list[WeekNotes]
    countersigned: list[WeekNotes]


class OwedSignature(Model):
    """Notes of the ward whose countersignature is late, of one person, or of the branch's senior doctors.

    `reminded_at`: since when all of them have been reminded of; null where one can still be.
    """

    by: RoundPerson | None
    n: int
    reminded_at: datetime | None


class ReminderIn(Input):
    """Whom to remind; nobody by name: the branch's senior doctors."""

    staff_id: UUID | None = None


class NextRound(Model):
    id: UUID
    starts_at: datetime
    lead: RoundPerson | None


class BoardOut(Model):
    """`hidden`: patients on the list whom this person does not see."""

    ward_id: UUID
    ward: str
    ward_en: str
    hospital_id: str
    department: str
    department_en: str
    days: list[BoardDay]
    session: RoundRow | None
    room_open: bool
    locks_at: datetime | None
    ends_expected_at: datetime | None
    beds: list[BoardBed]
    hidden: int
    instructions: list[BoardInstructions]
    cadence: CadenceOut
    owed: list[OwedSignature]
    next: NextRound | None
    server_time: datetime


class WardSeries(Model):
    """One series of a ward. `kept`: no more than `cadence_days` without a round; `days` since the last or its start."""

    id: UUID
    rrule: str
    at: str
    minutes: int
    cadence_days: int
    kept: bool
    days: int
    last: NextRound | None
    next: NextRound | None


class VisitedWard(Model):
    """A ward that is visited. Counts of instructions and notes, none of which names a patient."""

    ward_id: UUID
    ward: str
    ward_en: str
    hospital_id: str
    series: list[WardSeries]
    open: int
    overdue: int
    late_to_write: int
    late_to_countersign: int
    may_open: bool  # its board


class VisitedWards(Model):
    items: list[VisitedWard]
    server_time: datetime
