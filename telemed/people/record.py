"""What a hospital system's measures and orders fill of a request: the newest of each, with source and time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from telemed.people.ports import Measured, Ordered, PatientData, SourcedMeasure, SourcedText

# How far back from the newest: what is older is history and not how the patient is now.
VITALS_WITHIN: Final = timedelta(hours=24)
TESTS_WITHIN: Final = timedelta(days=7)
MOST_VITALS, MOST_TESTS = 30, 60  # as many as a request holds


def record_of(data: PatientData) -> dict[str, SourcedText]:
    """By the field of the request; what the system says in words comes before what is put together here."""
    vitals = _newest([each for each in data.measured if each.kind == "vital"], VITALS_WITHIN, MOST_VITALS)
    tests = _newest([each for each in data.measured if each.kind == "test"], TESTS_WITHIN, MOST_TESTS)
    made = {"vitals": _said(data.source, vitals), "tests": _said(data.source, tests)}
    made["medicines"] = _medicines(data.source, data.orders)
    return {name: text for name, text in made.items() if text is not None} | data.record


def _newest(measured: Iterable[Measured], within: timedelta, most: int) -> list[Measured]:
    """The newest of each code, none older than the newest of all by more than `within`, as they came."""
    found: dict[str, Measured] = {}
    for each in measured:
        if each.code not in found or each.at > found[each.code].at:
            found[each.code] = each
    last = max((each.at for each in found.values()), default=None)
    return [each for each in found.values() if last is not None and last - each.at <= within][:most]


def _said(source: str, measured: list[Measured]) -> SourcedText | None:
    if not measured:
        return None
    shown = [SourcedMeasure(name=each.name, value=each.value, unit=each.unit, flag=each.flag) for each in measured]
    return SourcedText(source=source, at=max(each.at for each in measured), measures=shown)


def _medicines(source: str, orders: Iterable[Ordered]) -> SourcedText | None:
    """The medicines in force, one a line."""
    given = [each for each in orders if each.kind == "medicine" and each.ended_at is None]
    at = max((each.started_at for each in given if each.started_at is not None), default=None)
    return _text(source, "\n".join(each.text for each in given), at) if at is not None else None


def _text(source: str, text: str, at: datetime) -> SourcedText:
    return SourcedText(text=text, source=source, at=at)
