"""The API's inputs and outputs about what was measured of a patient and ordered."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.people.chart_tables import ObservationKind
from telemed.people.ports import Flag, SystemState


class Out(Model):
    model_config = ConfigDict(from_attributes=True)


class StayOut(Out):
    """Where the patient lies now; `rev` counts what changed of it."""

    id: UUID
    rev: int
    number: str
    department: str
    ward: str
    bed: str
    bed_doctor: str
    source: str
    admitted_at: datetime | None


class OlderOut(Out):
    """What the same measure was before."""

    value: str
    unit: str
    flag: Flag
    at: datetime
    source: str


class ObservationOut(OlderOut):
    """The newest of one measure; `older`: those before it, the newest first."""

    kind: ObservationKind
    code: str
    name: str
    ref_low: str
    ref_high: str
    older: list[OlderOut] = Field(default_factory=list)


class OrderOut(Out):
    """An order in force."""

    medicine: bool
    text: str
    started_at: datetime | None
    source: str


class ChartOut(Model):
    """What the hospital system said last: the open stay, the newest of each measure, the orders in force.

    `since`: nothing older is shown, because the reader is of another hospital; null: everything. `read_at`, `source`:
    when the patient was last read, from which system; null and "": never.
    """

    stay: StayOut | None
    vitals: list[ObservationOut]
    tests: list[ObservationOut]
    orders: list[OrderOut]
    since: datetime | None
    read_at: datetime | None
    source: str
    system: SystemState | None  # null: none is connected
    server_time: datetime


class TakenIn(Input):
    """Which measure, and when it was taken; `code` as the chart has it: a known word of a vital sign, or the name."""

    kind: ObservationKind
    code: str = Field(min_length=1, max_length=60)
    at: datetime


class MeasureIn(TakenIn):
    name: str = Field(min_length=1, max_length=60)
    value: str = Field(min_length=1, max_length=40)
    unit: str = Field(default="", max_length=20)
    ref_low: str = Field(default="", max_length=20)
    ref_high: str = Field(default="", max_length=20)


class TypedOrderIn(Input):
    medicine: bool = True
    text: str = Field(min_length=1, max_length=200)
    started_at: datetime | None = None


class ChartedIn(Input):
    """What the ward enters of a patient; `withdrawn`: what was typed wrongly; `ended`: orders by their text."""

    measured: list[MeasureIn] = Field(default_factory=list, max_length=200)
    withdrawn: list[TakenIn] = Field(default_factory=list, max_length=200)
    orders: list[TypedOrderIn] = Field(default_factory=list, max_length=50)
    ended: list[str] = Field(default_factory=list, max_length=50)
