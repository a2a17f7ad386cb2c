"""What may change after a signature: every column of every table that printing reads, except those listed here.

New tables and columns are included automatically, so that a print that reads one is found out.
"""

import importlib
import pkgutil
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from telemed import opinions
from telemed.access.model import Account
from telemed.activities.model import Participant
from telemed.cases.model import Case, Consent, ConsentKind, PacketItem
from telemed.consultations.model import Consultation
from telemed.consultations.words import ParticipantRole
from telemed.files.model import File
from telemed.kit.quarantine import Quarantine
from telemed.kit.table import Table
from telemed.migrations.guards import APPEND_ONLY
from telemed.opinions.model import Advice, FormerDraft, MemberAbsence, PageDue, StandDeclined
from telemed.people.model import Department, Hospital, Patient, PatientIdentifier, Staff
from telemed.studies.model import StudyLink
from telemed.work.model import WorkItem
from tests.telemed.conftest import NOW

Change = tuple[type[Table], str, Any]
TEXT: Final = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=12)


class Somebody(str):
    """A person of the world by their user name; the id is known only there."""


# Read by the feature, and by no print: who signs in, reminders, what a
# former lead had written, the queue of prints, and what says whose a study is,
# which recalls a signed version and says so on a page.
NO_PRINT: Final[frozenset[type[Table]]] = frozenset(
    {Account, WorkItem, FormerDraft, PageDue, Quarantine, StandDeclined, StudyLink}
)
GUARDED: Final = frozenset({*APPEND_ONLY, "opinion", "membersection"})  # the database refuses the change itself
ROW: Final = frozenset({"id", "version"})
# Which row belongs to which, or who may see it: another value is another case, not another print of this one.
BELONGS: Final[dict[type[Table], frozenset[str]]] = {
    Consultation: frozenset({"case_id", "patient_id", "branch_id", "hub_id", "booking_id", "state"}),
    Participant: frozenset({"activity", "activity_id", "staff_id"}),
    Consent: frozenset({"case_id", "activity", "activity_id"}),
    Case: frozenset({"hospital_id", "patient_id"}),
    PacketItem: frozenset({"case_id", "activity", "activity_id"}),
    Patient: frozenset({"hospital_id"}),
    PatientIdentifier: frozenset({"patient_id"}),
    Hospital: frozenset({"kind"}),
    Department: frozenset({"hospital_id"}),
    Staff: frozenset({"hospital_id", "department_id"}),
    Advice: frozenset({"consultation_id", "opinion_id"}),
    MemberAbsence: frozenset({"consultation_id", "staff_id"}),
    File: frozenset({"case_id", "patient_id", "staff_id", "activity", "activity_id", "hospital_id"}),
}
PEOPLE: Final = st.sampled_from(["reviewer", "chief", "nurse"]).map(Somebody)
OWN: Final[dict[tuple[type[Table], str], SearchStrategy[Any]]] = {
    (Hospital, "time_zone"): st.sampled_from(["UTC", "Asia/Urumqi"]),
    (Hospital, "work_starts"): st.just("09:00"),
    (Hospital, "work_ends"): st.just("18:00"),
    (Hospital, "week"): st.just(["08:00-12:00"] * 7),
    (Consultation, "request"): TEXT.map(lambda text: {"purpose": text, "history": text, "diagnosis": text}),
    (Consultation, "started_with_missing"): st.just(["images"]),
    (Consultation, "requester_id"): PEOPLE,
    (MemberAbsence, "by_id"): PEOPLE,
    (Participant, "role"): st.sampled_from([each.value for each in ParticipantRole]),
    (Consent, "scopes"): st.just(["teaching"]),
    (File, "sha256"): st.just("0" * 64),
}


def tables() -> list[type[Table]]:
    """What the modules of the feature name, wherever a print may be made of it."""
    named: set[type[Table]] = set()
    for module in pkgutil.iter_modules(opinions.__path__, opinions.__name__ + "."):
        known = vars(importlib.import_module(module.name)).values()
        named |= {each for each in known if isinstance(each, type) and issubclass(each, Table) and each is not Table}
    read = {each for each in named | set(BELONGS) if each.__tablename__ not in GUARDED} - NO_PRINT
    return sorted(read, key=lambda each: each.__name__)


def columns(table: type[Table]) -> list[str]:
    return [each for each in table.model_fields if each not in ROW | BELONGS[table]]


def each_change() -> SearchStrategy[tuple[Change, ...]]:
    """All of them, table by table."""
    return st.tuples(*(_of(table, column) for table in tables() for column in columns(table)))


def one_change() -> SearchStrategy[Change]:
    return st.one_of([_of(table, column) for table in tables() for column in columns(table)])


def _of(table: type[Table], column: str) -> SearchStrategy[Change]:
    own = OWN.get((table, column))
    values = own if own is not None else _values(table.model_fields[column].annotation)
    return st.tuples(st.just(table), st.just(column), values)


def _values(kind: Any) -> SearchStrategy[Any]:
    """Of a column's type; of one that may be empty, what stands there when it is not."""
    if isinstance(kind, UnionType):
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
    known: dict[Any, SearchStrategy[Any]] = {
        str: TEXT,
        bool: st.booleans(),
        int: st.integers(2, 9),
        date: st.dates(date(1930, 1, 1), date(2026, 1, 1)),
        datetime: st.integers(0, 10_000).map(lambda minutes: NOW - timedelta(minutes=minutes)),
        UUID: st.uuids(),
        list: st.just([]),
        dict: st.just({}),
    }
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    return known[get_origin(kind) or kind]


def consent(case_id: UUID, consultation_id: UUID, by: UUID) -> Consent:
    return Consent(
        number="WT-1",
        case_id=case_id,
        activity="consultation",
        activity_id=consultation_id,
        kind=ConsentKind.patient,
        scopes=["consult", "imaging"],
        at=NOW,
        recorded_by=by,
    )
