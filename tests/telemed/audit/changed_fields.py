"""The names of fields that a change of settings can hold, and whether the page has a word for each."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from telemed.access.model import AccountPolicy
from telemed.administration.place_schemas import AgreementIn, Fee, VenueIn, WardIn
from telemed.administration.schemas import RungIO
from telemed.administration.staff_schemas import StaffIn
from telemed.audit.model import AuditEvent
from telemed.devices.schemas import DeviceIn
from telemed.notify.schemas import RobotIn
from telemed.people.model import Department, Hospital, Registration
from telemed.rosters.schemas import RosterIn, ShiftIn
from telemed.sources.service import AUDITED

ROOT: Final = Path(__file__).resolve().parents[3]


def of(what: str, *tables: type[BaseModel], without: str = "") -> set[tuple[str, str]]:
    every = {name for table in tables for name in table.model_fields}
    return {(what, name) for name in every - {"version", *without.split()}}


# What else can change than what the test of every change does, by what is audited. Each stands on the page as a word.
FIELDS: Final = (
    of("hospital", Hospital)
    | of("department", Department, without="id")
    | of("ward", WardIn)
    | of("venue", VenueIn)
    | of("agreement", AgreementIn, Fee)
    | of("staff", StaffIn)
    | of("registration", Registration, without="id staff_id")
    | of("roster", RosterIn, ShiftIn)
    | of("ladder", RungIO)
    | of("account_policy", AccountPolicy)
    | of("robot", RobotIn, without="url secret")
    | of("device", DeviceIn)
    | {("source", each) for each in (*AUDITED, "number_system", "number_kind")}
)
DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


def named_in(event: AuditEvent) -> set[tuple[str, str]]:
    """What was changed, and each name of a field in it; a day of the calendar is none."""

    def names(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(names, value))
        if not isinstance(value, dict):
            return set()
        return {each for each in value if not DATE.fullmatch(each)}.union(*map(names, value.values()))

    what = event.action.split(".")[0]
    return {(what, name) for side in (event.change or {}).values() for name in names(side)}


@cache
def has_word(language: str, what: str, field: str) -> bool:
    source = (ROOT / f"web/src/i18n/{language}/audit.ts").read_text(encoding="utf-8")
    (own,) = re.findall(r"^  field_of: \{(.*?)^  \}", source, re.S | re.M)
    (every,) = re.findall(r"^  field: \{(.*?)^  \}", source, re.S | re.M)
    theirs = re.search(rf"\b{what}: \{{(.*?)\}}", own, re.S)
    return re.search(rf"\b{field}: ", every + (theirs[1] if theirs else "")) is not None
