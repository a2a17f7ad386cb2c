"""From the rows of six views to a patient; what cannot be read of one view is left out and named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from telemed.people.model import Allergy
from telemed.people.ports import Measured, Ordered, PatientData, SourcedText, Stay
from telemed.sources import values
from telemed.sources.adapter import Setting
from telemed.sources.columns import ADMISSION, ALLERGY, NUMBER, OPTIONAL, ORDERS, PATIENT, TESTS, VITALS, View
from telemed.sources.faults import Failed
from telemed.sources.model import Fault

Rows = list[dict[str, Any]]
TRUE: Final = frozenset({"1", "true", "t", "y", "yes", "是"})
ALLERGY_TEXT: Final = 200
MEDICINES: Final = frozenset({"medicine", "drug", "药品", "药物"})


@dataclass
class Read:
    """The rows by view, and why a view has none."""

    rows: dict[str, Rows]
    failed: dict[str, Fault] = field(default_factory=dict)


def patient_of(setting: Setting, number: str, read: Read) -> PatientData | None:
    """None if the system knows nobody of this number. Raises Failed if it is unclear who that is."""
    rows = read.rows[PATIENT.name]
    if not rows:
        return None
    if any(each != rows[0] for each in rows[1:]):
        raise Failed(Fault.two_patients)
    row = rows[0]
    _same(row, number)
    said: dict[str, Any] = {
        "hospital_id": setting.hospital_id,
        "source": setting.name,
        "kind": values.number_kind(row["number_kind"]),
        "number": number.strip(),
        "name": values.text(row["name"], values.NAME),
        "pinyin": values.text(row["pinyin"]),
        "sex": values.sex(row["sex"]),
        "birth_date": values.day(row["birth_date"]),
        "measured": [],
    }
    if not said["name"]:
        raise Failed(Fault.wrong)
    if row["phone"]:
        said["phone"] = values.text(row["phone"], values.NAME)
    failed = dict(read.failed)
    for view in OPTIONAL:
        if view.name not in failed:
            try:
                found = _READ[view.name](setting, _own(read.rows[view.name], view, number))
                said |= found | {"measured": said["measured"] + found.get("measured", [])}
            except Failed as failure:
                failed[view.name] = failure.fault
    return PatientData(**said, left_out={name: str(fault) for name, fault in failed.items()})


def _same(row: dict[str, Any], number: str) -> None:
    """Whoever answers with another patient's row is not believed."""
    if values.text(row[NUMBER]).casefold() != number.strip().casefold():
        raise Failed(Fault.other_patient)


def _own(rows: Rows, view: View, number: str) -> Rows:
    """The rows of one view, none of another patient; of what has no time all must have been read."""
    for each in rows:
        _same(each, number)
    if len(rows) > view.most and not view.newest:
        raise Failed(Fault.too_long)
    return rows[: view.most]


def _admission(setting: Setting, rows: Rows) -> dict[str, Any]:
    """The open stay, or else the last one; the place is only said of an open one."""
    if not rows:
        return {}
    row = next((each for each in rows if each["discharged_at"] is None), rows[0])
    here = row["discharged_at"] is None
    said: dict[str, Any] = {
        "department": values.text(row["department"], 60),
        "ward": values.text(row["ward"], 60) if here else "",
        "bed": values.text(row["bed"], 30) if here else "",
        "attending": values.text(row["bed_doctor"], values.NAME),
        "attending_phone": values.text(row["bed_doctor_phone"], values.NAME),
    }
    if row["critical"] is not None:
        said["critical"] = values.text(row["critical"]).lower() in TRUE
    noted = values.moment(row["noted_at"], setting.zone) or values.moment(row["admitted_at"], setting.zone)
    texts = {name: values.text(row[name], values.LINE if name == "diagnosis" else values.TEXT) for name in TEXTS}
    if noted is not None:
        said["record"] = {
            name: SourcedText(text=text, source=setting.name, at=noted) for name, text in texts.items() if text
        }
    said["stay"] = Stay(
        number=values.text(row["admission_number"], values.NAME),
        department=said["department"],
        ward=values.text(row["ward"], 60),
        bed=values.text(row["bed"], 30),
        bed_doctor=said["attending"],
        admitted_at=values.moment(row["admitted_at"], setting.zone),
        discharged_at=values.moment(row["discharged_at"], setting.zone),
    )
    return said


TEXTS: Final = ADMISSION.long


def _allergy(_setting: Setting, rows: Rows) -> dict[str, Any]:
    """Without a row the system says nothing of allergies; none is said by a row with that status."""
    if not rows:
        return {}
    statuses = {values.allergy(each["status"]) for each in rows}
    known = [each for each in rows if values.allergy(each["status"]) is Allergy.known]
    if not known:
        return {"allergy": Allergy.none if Allergy.none in statuses else Allergy.not_asked, "allergy_text": ""}
    named = [_with(values.text(each["substance"]), values.text(each["reaction"])) for each in known]
    return {"allergy": Allergy.known, "allergy_text": values.text("；".join(filter(None, named)), ALLERGY_TEXT)}


def _with(substance: str, reaction: str) -> str:
    return f"{substance}（{reaction}）" if substance and reaction else substance or reaction


def _vitals(setting: Setting, rows: Rows) -> dict[str, Any]:
    return {"measured": [each for each in (_measured(setting, "vital", row, "measured_at") for row in rows) if each]}


def _tests(setting: Setting, rows: Rows) -> dict[str, Any]:
    return {"measured": [each for each in (_measured(setting, "test", row, "reported_at") for row in rows) if each]}


def _measured(setting: Setting, kind: Any, row: dict[str, Any], when: str) -> Measured | None:
    """None for a row that says nothing yet: a test without its result."""
    value, at = values.text(row["value"]), values.moment(row[when], setting.zone)
    if not value or at is None:
        return None
    low, high = (values.text(row.get(each)) for each in ("ref_low", "ref_high"))
    return Measured(
        kind=kind,
        code=values.text(row["code"]) or values.text(row["name"]),
        name=values.text(row["name"]) or values.text(row["code"]),
        value=value,
        unit=values.text(row["unit"]),
        ref_low=low,
        ref_high=high,
        flag=values.flag(row.get("flag"), value, low, high),
        at=at,
    )


def _orders(setting: Setting, rows: Rows) -> dict[str, Any]:
    return {"orders": list(_each_order(setting, rows))}


def _each_order(setting: Setting, rows: Rows) -> Iterable[Ordered]:
    for row in rows:
        if text := values.text(row["order_text"], values.TEXT):
            yield Ordered(
                kind="medicine" if values.text(row["kind"]).lower() in MEDICINES else "other",
                text=text,
                started_at=values.moment(row["started_at"], setting.zone),
                ended_at=values.moment(row["ended_at"], setting.zone),
            )


_READ: Final[dict[str, Callable[[Setting, Rows], dict[str, Any]]]] = {
    ADMISSION.name: _admission,
    ALLERGY.name: _allergy,
    VITALS.name: _vitals,
    TESTS.name: _tests,
    ORDERS.name: _orders,
}
