"""The names of fields that a change of settings can hold, and whether page and export have a word for each."""

import re
from typing import Any, Final

from pydantic import BaseModel

from telemed.access.model import AccountPolicy
from telemed.administration.place_schemas import AgreementIn, Fee, VenueIn, WardIn
from telemed.administration.schemas import RungIO
from telemed.administration.staff_schemas import StaffIn
from telemed.audit.model import AuditEvent
from telemed.devices.schemas import DeviceIn
from telemed.disclosures.wording import words
from telemed.notify.schemas import RobotIn
from telemed.people.model import Department, Hospital, Registration
from telemed.rosters.schemas import RosterIn, ShiftIn
from telemed.sources.service import AUDITED


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


def has_word(language: str, what: str, field: str) -> bool:
    said = words(language)
    return field in said["field_of"].get(what, {}) or field in said["field"]


def has_action(language: str, action: str) -> bool:
    what, verb = action.split(".")
    return what in words(language)["what"] and verb in words(language)["verb"]
