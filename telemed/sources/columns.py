"""The six views that a hospital's database offers, as docs/howto/hospital-system.md documents them."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Dialect, Select, Unicode, cast, column, func, select, table

from telemed.sources.values import TEXT

LINE: Final = 4000  # characters that are read of a short text: longer ones are refused later


@dataclass(frozen=True)
class View:
    """`times`: columns that hold no text. `newest`: by which column the newest rows come first. `most`: rows read."""

    name: str
    texts: tuple[str, ...]
    times: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    newest: str = ""
    most: int = 200

    @property
    def columns(self) -> tuple[str, ...]:
        return (NUMBER, *self.texts, *self.long, *self.times)


NUMBER: Final = "patient_number"
PATIENT: Final = View("patient", ("number_kind", "name", "pinyin", "sex", "birth_date", "phone"), most=5)
ADMISSION: Final = View(
    "admission",
    ("admission_number", "department", "ward", "bed", "bed_doctor", "bed_doctor_phone", "critical"),
    times=("admitted_at", "discharged_at", "noted_at"),
    long=("diagnosis", "history", "past_history", "examination", "treatment"),
    newest="admitted_at",
    most=5,
)
ALLERGY: Final = View("allergy", ("status", "substance", "reaction"), most=50)
VITALS: Final = View("vitals", ("code", "name", "value", "unit"), times=("measured_at",), newest="measured_at")
TESTS: Final = View(
    "tests",
    ("code", "name", "value", "unit", "ref_low", "ref_high", "flag"),
    times=("reported_at",),
    newest="reported_at",
)
ORDERS: Final = View(
    "orders", ("kind",), times=("started_at", "ended_at"), long=("order_text",), newest="started_at", most=300
)
OPTIONAL: Final = (ADMISSION, ALLERGY, VITALS, TESTS, ORDERS)  # without them the patient still comes


def query(view: View, name: str, number: str, dialect: Dialect) -> Select[Any]:
    """The rows of a patient, the newest first, one more than are wanted so that more are noticed."""
    source = table(name.split(".")[-1], *map(column, view.columns), schema=".".join(name.split(".")[:-1]) or None)
    asked = select(*(_read(view, each, source.c[each], dialect) for each in view.columns))
    asked = asked.where(source.c[NUMBER] == number)
    if view.newest:
        asked = asked.order_by(source.c[view.newest].desc())
    return asked.limit(view.most + 1)


def empty(view: View, name: str) -> Select[Any]:
    """All columns that the view has, and no row."""
    return select(column("*", is_literal=True)).select_from(_named(name)).where(func.coalesce(1, 1) == 0)


def _named(name: str) -> Any:
    return table(name.split(".")[-1], schema=".".join(name.split(".")[:-1]) or None)


def _read(view: View, name: str, of: ColumnElement[Any], dialect: Dialect) -> ColumnElement[Any]:
    """Texts are cut while they are read, so that no answer is larger than memory."""
    if name in view.times:
        return of.label(name)
    if name in view.long:
        cut = func.substring if dialect.name == "mssql" else func.substr
        return cut(of, 1, TEXT + 1).label(name)
    return cast(of, Unicode(LINE)).label(name)
