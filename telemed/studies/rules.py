"""Does a study's header speak of this patient? Field by field, with the reason; the header is never edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from telemed.kit.clock import FIRST, LAST
from telemed.people.model import Patient, Sex
from telemed.people.names import syllables

SEX = {"M": Sex.male, "F": Sex.female}
CONTRADICTIONS = ("name", "sex", "birth_date")


@dataclass(frozen=True)
class Header:
    """What the images say: PatientName with all its groups, PatientID, PatientSex, PatientBirthDate."""

    name: str
    number: str
    sex: str
    birth_date: date | None


def letters(text: str) -> str:
    return "".join(each for each in text.lower() if each.isalpha())


def same_name(header: str, record: str) -> bool:
    """By characters, or by toneless pinyin with family and given name in either order."""
    wanted = "".join(record.split())
    for group in header.split("="):
        plain = "".join(group.replace("^", " ").split())
        if plain and plain == wanted:
            return True
        if plain.isascii() and plain and _spelled_like(group, record):
            return True
    return False


def _spelled_like(group: str, record: str) -> bool:
    if record.isascii():  # a name that is written in letters in both
        return sorted(letters(each) for each in group.replace("^", " ").split()) == sorted(
            letters(each) for each in record.split()
        )
    spelled = {""}
    for readings in syllables(record):
        spelled = {before + each for before in spelled for each in readings}
    parts = [letters(each) for each in group.split("^") if letters(each)]
    orders = {"".join(parts), "".join(reversed(parts))}
    return not orders.isdisjoint(spelled)


def evidence(header: Header, patient: Patient, numbers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Per field what the header says, what the record says, and whether they agree; a silent side disagrees."""
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
    """Whether a confirmation outlives a change of the record: what disagrees now was there to be seen, as it is now."""
    for field, found in now.items():
        seen = before.get(field)
        if found["agrees"]:
            continue
        if seen is None or seen["agrees"] or (field in CONTRADICTIONS and seen["record"] != found["record"]):
            return False
    return True


def contradicts(found: dict[str, dict[str, Any]]) -> bool:
    """Name, sex and birth date all differ: it is somebody else's, seen only by the imaging roles."""
    return all(not found[each]["agrees"] for each in CONTRADICTIONS)


def dicom_date(text: str | None) -> date | None:
    """None for what is no date, and for a year no record of ours can name."""
    try:
        day = datetime.strptime(text or "", "%Y%m%d").date()
    except ValueError:
        return None
    return day if FIRST <= day.year <= LAST else None
