"""The parts of a vignette: the request as a doctor would write it, and how far the consultation has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from telemed.consultations.rules.content import Measure, NamedStudy, RequestContent, Wish
from telemed.consultations.words import Mode, State, Urgency
from telemed.opinions.model import Reply
from telemed.people.model import Title

M = Measure


def low(name: str, value: str, unit: str = "") -> Measure:
    return Measure(name=name, value=value, unit=unit, flag="low")


def high(name: str, value: str, unit: str = "") -> Measure:
    return Measure(name=name, value=value, unit=unit, flag="high")


def critical(name: str, value: str, unit: str = "") -> Measure:
    return Measure(name=name, value=value, unit=unit, flag="critical")


def normal(name: str, value: str, unit: str = "") -> Measure:
    return Measure(name=name, value=value, unit=unit)


def vitals(temperature: str, pulse: str, breathing: str, pressure: str, saturation: str) -> tuple[Measure, ...]:
    """The five vital signs of every request, in the order of a chart."""
    return (
        _judged("体温", temperature, "℃", 36.0, 37.3),
        _judged("心率", pulse, "次/分", 60, 100),
        _judged("呼吸", breathing, "次/分", 12, 20),
        _pressure(pressure),
        _judged("SpO₂", saturation, "%", 95, 100),
    )


def _judged(name: str, value: str, unit: str, least: float, most: float) -> Measure:
    number = float(value.split("（")[0])
    return (low if number < least else high if number > most else normal)(name, value, unit)


def _pressure(value: str) -> Measure:
    upper, lower = (int(part) for part in value.split("（")[0].split("/"))
    is_high = upper >= 140 or lower >= 90
    return (high if is_high else low if upper < 90 else normal)("血压", value, "mmHg")


@dataclass(frozen=True)
class Chart:
    """The chart: the part of a request that the hospital system can fill in."""

    purpose: str
    diagnosis: str
    history: str
    past_history: str
    examination: str
    vitals: tuple[Measure, ...]
    tests: tuple[Measure, ...]
    treatment: str
    medicines: str
    measured: timedelta  # how long ago the vital signs were measured
    tested: timedelta  # how long ago the tests were made


@dataclass(frozen=True)
class AdviceText:
    text: str
    kind: str  # an AdviceKind
    due: timedelta
    reply: Reply = Reply.adopted
    reply_reason: str = ""
    order: str = ""  # the order's number in the hospital system, if it was written


@dataclass(frozen=True)
class OpinionText:
    analysis: str
    diagnosis: str
    advice: tuple[AdviceText, ...]
    medicines: tuple[AdviceText, ...] = ()
    follow_up: tuple[AdviceText, ...] = ()

    @property
    def rows(self) -> tuple[AdviceText, ...]:
        """The rows in the order of their numbers on the record."""
        return (*self.advice, *self.medicines, *self.follow_up)


@dataclass(frozen=True)
class Vignette:
    """One consultation. `created`: how long ago it was begun. `starts`: how long from now it is booked."""

    key: str
    patient: str
    requester: str
    specialty: str
    title: Title
    state: State
    record: Chart
    created: timedelta
    urgency: Urgency = Urgency.routine
    mode: Mode = Mode.live
    lead: str = ""
    starts: timedelta | None = None
    lasts: timedelta = timedelta(minutes=40)
    studies: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # what a returned request lacks
    reason: str = ""
    opinion: OpinionText | None = None
    sections: Mapping[str, str] = field(default_factory=dict)  # of an MDT, by the expert beside the lead
    recorder: str = ""
    unfilled: frozenset[str] = frozenset()  # fields that a draft does not have yet
    papers: Mapping[str, str] = field(default_factory=dict)  # by item of the checklist: the report's text
    not_done: Mapping[str, str] = field(default_factory=dict)  # by item: why there is no report

    def content(
        self, now: datetime, *, department: str, ward: str, bed: str, attending: str, phone: str,
        studies: list[NamedStudy],
    ) -> RequestContent:  # fmt: skip
        """The request, with its times counted from `now`."""
        record = self.record
        begun = now - self.created
        usual = timedelta(days=1) if self.urgency is Urgency.routine else timedelta(hours=4)
        booked = now + (self.starts or timedelta()) + self.lasts
        filled = RequestContent(
            department=department, ward=ward, bed=bed, attending=attending, attending_phone=phone,
            purpose=record.purpose, diagnosis=record.diagnosis, history=record.history,
            past_history=record.past_history, examination=record.examination,
            vitals=list(record.vitals), vitals_at=now - record.measured,
            tests=list(record.tests), tests_at=now - record.tested,
            treatment=record.treatment, medicines=record.medicines,
            specialty=self.specialty, title_wanted=self.title,
            wishes=[Wish(start=begun, end=max(begun + usual, booked))],
            studies=studies, no_images=not studies,
        )  # fmt: skip
        blank = {name: RequestContent.model_fields[name].get_default(call_default_factory=True)
                 for name in self.unfilled}  # fmt: skip
        return filled.model_copy(update=blank)
