"""Compares a study's header with a patient's record, field by field."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from telemed.access.model import Actor, Role
from telemed.kit.clock import FIRST, LAST
from telemed.people.model import Patient, Sex
from telemed.people.names import spells, syllables
from telemed.studies.model import LinkState, StudyLink

IMAGING: Final = (Role.radiographer, Role.radiologist)
SENDING: Final = (  # stores images of the own hospital, sends them for a request, and takes wrong ones out of it
    *IMAGING,
    Role.requesting_doctor,
    Role.accompanying_physician,
    Role.senior_doctor,
    Role.duty_doctor,
    Role.duty_officer,
)
JUDGING: Final = (*IMAGING, Role.requesting_doctor, Role.reviewer)  # says whose a study is, and how many images it has
# Where nobody is of imaging: the first of these that anybody has there is asked about studies, and judges hidden ones.
STANDING_IN: Final = (Role.reviewer, Role.requesting_doctor)
SEX = {"M": Sex.male, "F": Sex.female}
CONTRADICTIONS = ("name", "sex", "birth_date")


@dataclass(frozen=True)
class Header:
    """The header's identity: PatientName with all its groups, PatientID, PatientSex, PatientBirthDate."""

    name: str
    number: str
    sex: str
    birth_date: date | None


def asked_at(held: Set[str]) -> Role:
    """Who is asked whose a study is, and how many images it has, at a hospital whose people hold these roles."""
    return next((each for each in (*IMAGING, *STANDING_IN) if each in held), Role.radiographer)


def may_stand_in(actor: Actor) -> bool:
    return actor.has(*STANDING_IN)


def letters(text: str) -> str:
    return "".join(each for each in text.lower() if each.isalpha())


def same_name(header: str, record: str) -> bool:
    """Whether they are the same name: by characters, or by toneless pinyin, the family name first or last."""
    wanted = "".join(record.split())
    for group in header.split("="):
        plain = "".join(group.replace("^", " ").split())
        if plain and plain == wanted:
            return True
        if plain.isascii() and plain and _spelled_like(group, record):
            return True
    return False


def _spelled_like(group: str, record: str) -> bool:
    if record.isascii():  # both are written in letters
        return sorted(letters(each) for each in group.replace("^", " ").split()) == sorted(
            letters(each) for each in record.split()
        )
    readings = syllables(record)
    parts = [letters(each) for each in group.split("^") if letters(each)]
    return any(spells("".join(order), readings) for order in (parts, parts[::-1]))


def evidence(header: Header, patient: Patient, numbers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """For each field: header, record, and whether they agree. An empty side does not agree."""
    known = set(numbers)
    sex = SEX.get(header.sex.upper())
    born = patient.birth_date
    return {
        "number": _field(header.number, ", ".join(sorted(known)), header.number in known),
        "name": _field(header.name, patient.name, same_name(header.name, patient.name)),
        "sex": _field(header.sex, patient.sex, sex is not None and sex == patient.sex),
        "birth_date": _field(
            header.birth_date.isoformat() if header.birth_date else "",
            born.isoformat() if born else "",
            header.birth_date is not None and header.birth_date == born,
        ),
    }


def _field(header: str, record: str, agrees: bool) -> dict[str, Any]:
    return {"header": header, "record": str(record), "agrees": agrees}


def confirms_itself(found: dict[str, dict[str, Any]]) -> bool:
    return all(each["agrees"] for each in found.values())


def still_holds(before: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> bool:
    """Whether a confirmation remains after the record changed: every field that disagrees now did so then, likewise."""
    for field, found in now.items():
        seen = before.get(field)
        if found["agrees"]:
            continue
        if seen is None or seen["agrees"] or (field in CONTRADICTIONS and seen["record"] != found["record"]):
            return False
    return True


def contradicts(found: dict[str, dict[str, Any]]) -> bool:
    """Whether name, sex and birth date all differ, so that the study is somebody else's and must be hidden."""
    return all(not found[each]["agrees"] for each in CONTRADICTIONS)


def is_anothers(link: StudyLink, patient_id: UUID | None) -> bool:
    """Whether it is settled that a study is not this patient's: it is confirmed as another's, or was rejected."""
    return link.state is LinkState.rejected or (link.state is LinkState.confirmed and link.patient_id != patient_id)


def dicom_date(text: str | None) -> date | None:
    """The date; None if it is no date, or of a year that our records do not allow."""
    try:
        day = datetime.strptime(text or "", "%Y%m%d").date()
    except ValueError:
        return None
    return day if FIRST <= day.year <= LAST else None
