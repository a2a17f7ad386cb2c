"""会诊申请单: what a request says. Everything may be missing in a draft; `missing` names what submitting needs."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, TypeAdapter
from sqlmodel import col

from telemed.consultations.model import Consultation
from telemed.consultations.rules.vitals import NAMES, VitalSign, sign_of, unit_of
from telemed.kit.clock import Moment
from telemed.kit.model import Model
from telemed.kit.uid import Uid
from telemed.people.model import Title

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
MOST_STUDIES = 30
Text = Annotated[str, StringConstraints(max_length=8000)]  # may have paragraphs


class Part(Model):
    model_config = ConfigDict(extra="forbid")


class Measure(Part):
    """A vital sign, by its code, or a laboratory test, by the laboratory's name for it: 「D-二聚体 8.62 mg/L ↑」."""

    code: VitalSign | None = None
    name: Line
    value: Line
    unit: Line = ""
    flag: Literal["", "low", "high", "critical"] = ""


def coded(measure: Measure) -> Measure:
    """Finds the code of a vital sign, however it was written, and the name that the record prints."""
    code = measure.code or sign_of(measure.name)
    if code is None:
        return measure
    name, unit = NAMES[code], unit_of(measure.unit)
    if (measure.code, measure.name, measure.unit) == (code, name, unit):
        return measure  # already coded; copying every one would be slow
    return measure.model_copy(update={"code": code, "name": name, "unit": unit})


class Wish(Part):
    """A time the branch would like, as an interval in which the consultation may lie."""

    start: Moment
    end: Moment


class Filled(Part):
    """Where the text of a prefilled field comes from, and when it was written there."""

    source: Line
    at: Moment


class NamedStudy(Part):
    """A study that belongs to the request; its files may still be missing."""

    uid: Uid | None = None
    description: Line = ""
    taken_at: Moment | None = None
    taken_along: bool = False  # by the system, because an emergency leaves nobody time to choose


class RequestContent(Part):
    department: Line = ""
    ward: Line = ""
    bed: Line = ""
    attending: Line = ""
    attending_phone: Line = ""
    purpose: Text = ""  # 会诊目的
    diagnosis: Line = ""  # 初步诊断
    history: Text = ""  # present illness and treatment so far
    past_history: Text = ""
    examination: Text = ""
    vitals: list[Annotated[Measure, AfterValidator(coded)]] = Field(default_factory=list, max_length=30)
    vitals_at: Moment | None = None
    tests: list[Measure] = Field(default_factory=list, max_length=60)
    tests_at: Moment | None = None
    treatment: Text = ""
    medicines: Text = ""
    specialty: Line = ""
    title_wanted: Title | None = None
    expert_wanted: UUID | None = None
    wishes: list[Wish] = Field(default_factory=list, max_length=20)
    studies: list[NamedStudy] = Field(default_factory=list, max_length=MOST_STUDIES)
    no_images: bool = False
    images_from_radiographer: bool = False
    filled: dict[str, Filled] = Field(default_factory=dict)  # by field name


TEXTS_REQUIRED = ("department", "ward", "bed", "attending", "attending_phone", "purpose", "diagnosis", "history")
TEXTS_REQUIRED_TOO = ("treatment", "medicines", "specialty")
CHECKLISTS: dict[str, tuple[str, ...]] = {
    # by specialty: the tests that its expert needs
    "cardiology": ("ecg", "laboratory", "echocardiogram"),
    "neurology": ("laboratory", "neurological_examination"),
    "oncology": ("pathology", "laboratory"),
    "respiratory": ("laboratory", "blood_gas"),
    "radiology": ("previous_report",),
}
DEFAULT_CHECKLIST = ("laboratory",)


def checklist(specialty: str) -> tuple[str, ...]:
    return CHECKLISTS.get(specialty, DEFAULT_CHECKLIST)


class RequestBrief(Model):
    """The part of a request that a list shows; reading only this is ten times as fast, and lists read hundreds."""

    department: str = ""
    bed: str = ""
    purpose: str = ""
    diagnosis: str = ""


class RequestNeeds(Model):
    """The part of a request that readiness and grants need; they read those of all open consultations."""

    specialty: str = ""
    studies: list[NamedStudy] = Field(default_factory=list)
    no_images: bool = False


STUDIES: Final = col(Consultation.request)["studies"]
"""The named studies without the rest of the request, which takes the database's JSON a tenth of the time to decode."""
_NAMED: Final = TypeAdapter(list[NamedStudy])


def uids_of(named: object) -> set[str]:
    """Of what `STUDIES` reads."""
    return {each.uid for each in _NAMED.validate_python(named or []) if each.uid}


def brief_of(row: Consultation) -> RequestBrief:
    return RequestBrief.model_validate(row.request)


def needs_of(row: Consultation) -> RequestNeeds:
    return RequestNeeds.model_validate(row.request)


def request_of(row: Consultation) -> RequestContent:
    """The request of a row, typed; nothing reads `row.request` by its keys."""
    return RequestContent.model_validate(row.request)


def kept(content: RequestContent) -> dict[str, Any]:
    """The request as `Consultation.request` stores it."""
    return content.model_dump(mode="json")


class Given(Model):
    """What `missing` needs to know besides the content."""

    has_patient: bool
    patient_has_number: bool
    patient_has_age: bool
    allergy_asked: bool
    accompanying: bool
    agreement: bool
    consented: bool  # a consent in force of any kind with scopes consult and imaging
    answered_checklist: frozenset[str]
    absent: frozenset[str]  # UIDs that the request names and of which nothing has arrived
    others: frozenset[str]  # UIDs that it names and that are another patient's
    stat: bool
    live: bool
    now: datetime


def missing(content: RequestContent, given: Given) -> list[str]:
    """Stable words for what is still missing, in the order of the form; empty when it may be submitted."""
    if given.stat:  # needs only patient, place and question
        out = [] if given.has_patient else ["patient"]
        out += [] if (content.ward or content.department) else ["ward"]
        return out + ([] if content.purpose.strip() else ["purpose"])
    out = [] if given.has_patient else ["patient"]
    if given.has_patient:
        out += [] if given.patient_has_number else ["patient_number"]
        out += [] if given.patient_has_age else ["patient_age"]
        out += [] if given.allergy_asked else ["allergy"]
    out += [name for name in TEXTS_REQUIRED if not getattr(content, name).strip()]
    out += [] if content.vitals and content.vitals_at else ["vitals"]
    out += [] if content.tests else ["tests"]
    out += [name for name in TEXTS_REQUIRED_TOO if not getattr(content, name).strip()]
    out += [] if content.title_wanted else ["title_wanted"]
    out += [] if not given.live or any(wish.end > given.now for wish in content.wishes) else ["wishes"]
    out += [] if given.agreement else ["agreement"]
    out += [] if given.accompanying else ["accompanying"]
    out += [f"checklist.{each}" for each in checklist(content.specialty) if each not in given.answered_checklist]
    out += [] if given.consented else ["consent"]
    here = any(each.uid not in given.absent for each in content.studies)
    return out + ([] if (here or content.no_images) and not given.others else ["studies"])
