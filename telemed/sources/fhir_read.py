"""From FHIR R4 resources to a patient. What is no valid resource, or another patient's, is not believed.

The models are R4B's, which does not differ from R4 in what is read here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Literal

from telemed.people.model import Allergy, Sex
from telemed.people.ports import Measured, Ordered, PatientData, SourcedText, Stay, Taken
from telemed.sources import values
from telemed.sources.adapter import Setting
from telemed.sources.faults import Failed
from telemed.sources.fhir_bundle import all_of, codes, entries, guarded, is_of, own_and_void, own_of, subject_id, words
from telemed.sources.model import Fault

NO_KNOWN_ALLERGY: Final = "716186003"  # SNOMED CT
# LOINC, as the profile of vital signs names them (R4, observation-vitalsigns).
VITALS: Final = {
    "8310-5": "temperature",
    "8867-4": "heart_rate",
    "9279-1": "respiration",
    "85354-9": "blood_pressure",
    "59408-5": "oxygen_saturation",
    "2708-6": "oxygen_saturation",
    "29463-7": "weight",
    "8302-2": "height",
}
SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"
PARTS: Final = ("admission", "allergy", "vitals", "tests", "orders")


def load_models() -> None:
    """Takes a second or more, once in a process. Only who has such a system needs them."""
    from fhir.resources.R4B import (  # noqa: F401
        allergyintolerance,
        encounter,
        medicationrequest,
        observation,
        patient,
    )


@dataclass
class Answers:
    """`who`: what the search for the number answered; the others by part, or why there is none."""

    who: Any
    parts: dict[str, Any] = field(default_factory=dict)


def patient_of(setting: Setting, number: str, answers: Answers) -> PatientData:
    """Raises Failed if it is unclear who that is."""
    person = sole_patient(setting, number, answers.who)
    said: dict[str, Any] = {
        "hospital_id": setting.hospital_id,
        "source": setting.name,
        "kind": values.number_kind(setting.mapping.get("number_kind")),
        "number": number.strip(),
        "name": _name(person),
        "sex": {"male": Sex.male, "female": Sex.female}.get(person.gender or "", Sex.unknown),
        "birth_date": values.day(person.birthDate) if not isinstance(person.birthDate, str) else None,
        "measured": [],
        "withdrawn": [],
    }
    phone = next((each.value for each in person.telecom or () if each.system == "phone" and each.value), "")
    if phone:
        said["phone"] = values.text(phone, values.NAME)
    failed: dict[str, str] = {}
    for part in PARTS:
        answer = answers.parts.get(part)
        if isinstance(answer, Fault):
            failed[part] = str(answer)
            continue
        try:
            found = guarded(partial(_READ[part], setting, str(person.id), answer))
            for each in ("measured", "withdrawn"):
                said[each] = said[each] + found.pop(each, [])
            said |= found
        except Failed as failure:
            failed[part] = str(failure.fault)
    return PatientData(**said, left_out=failed)


def sole_patient(setting: Setting, number: str, bundle: Any) -> Any:
    """The one patient who has the number, of themselves or of a stay. Raises Failed."""
    return guarded(lambda: _sole_patient(setting, number, bundle))


def has_any(bundle: Any) -> bool:
    return guarded(lambda: next(iter(entries(bundle, "Patient")), None) is not None)


def subjects(bundle: Any) -> list[str]:
    """The ids of the patients whose stays an answer lists."""
    from fhir.resources.R4B.encounter import Encounter

    stays = guarded(lambda: all_of(bundle, "Encounter", Encounter))
    found = {subject_id(each) for each in stays}
    return sorted(each for each in found if each)


def with_resource(bundle: Any, resource: Any) -> Any:
    return bundle | {"entry": [*bundle["entry"], {"resource": resource}]}


def _sole_patient(setting: Setting, number: str, bundle: Any) -> Any:
    from fhir.resources.R4B.encounter import Encounter
    from fhir.resources.R4B.patient import Patient

    people = {str(each.id): each for each in all_of(bundle, "Patient", Patient)}
    stays = [each for each in all_of(bundle, "Encounter", Encounter) if _has(setting, number, each)]
    meant = {id for id, each in people.items() if _has(setting, number, each)}
    meant |= {id for id in people for stay in stays if is_of(stay, id)}
    if len(meant) > 1:
        raise Failed(Fault.two_patients)
    if not meant:
        raise Failed(Fault.other_patient)
    person = people[meant.pop()]
    if not person.id or not _name(person):
        raise Failed(Fault.wrong)
    return person


def _has(setting: Setting, number: str, resource: Any) -> bool:
    system, wanted = setting.mapping.get("number_system", ""), number.strip().casefold()
    return any(
        (each.value or "").strip().casefold() == wanted and (not system or each.system == system)
        for each in resource.identifier or ()
    )


def _name(person: Any) -> str:
    names = sorted(person.name or (), key=lambda each: each.use != "official")
    if not names:
        return ""
    first = names[0]
    parts = [first.family or "", *(each or "" for each in first.given or ())]
    joint = " " if "".join(parts).isascii() else ""
    return values.text(first.text or joint.join(filter(None, parts)), values.NAME)


def _admission(setting: Setting, patient_id: str, bundle: Any) -> dict[str, Any]:
    from fhir.resources.R4B.encounter import Encounter

    stays = [each for each in own_of(bundle, "Encounter", Encounter, patient_id) if each.status == "in-progress"]
    if not stays:
        return {}
    stay = stays[0]
    said: dict[str, Any] = {}
    for place in stay.location or ():
        kind = next(iter(codes(place.physicalType)), "")
        name = values.text(place.location.display, 30)
        if name:
            said.setdefault("bed" if kind == "bd" else "ward", name)
    if department := words(stay.serviceType):
        said["department"] = values.text(department, 60)
    doctor = next((each.individual.display for each in stay.participant or () if each.individual), "")
    if doctor:
        said["attending"] = values.text(doctor, values.NAME)
    begun = values.moment(stay.period.start, setting.zone) if stay.period and stay.period.start else None
    said["stay"] = Stay(
        number=next((values.text(each.value, values.NAME) for each in stay.identifier or ()), ""),
        **{name: said.get(name, "") for name in ("department", "ward", "bed")},
        bed_doctor=said.get("attending", ""),
        admitted_at=begun,
    )
    reasons = "；".join(filter(None, map(words, stay.reasonCode or ())))
    if reasons and begun is not None:
        said["record"] = {"diagnosis": SourcedText(text=values.text(reasons), source=setting.name, at=begun)}
    return said


def _allergy(_setting: Setting, patient_id: str, bundle: Any) -> dict[str, Any]:
    from fhir.resources.R4B.allergyintolerance import AllergyIntolerance

    found = own_of(bundle, "AllergyIntolerance", AllergyIntolerance, patient_id)
    active = [each for each in found if "inactive" not in codes(each.clinicalStatus)]
    known = [each for each in active if NO_KNOWN_ALLERGY not in codes(each.code)]
    if not known:
        return {"allergy": Allergy.none, "allergy_text": ""} if active else {}
    named = [words(each.code) for each in known]
    if not all(named):
        raise Failed(Fault.wrong)
    return {"allergy": Allergy.known, "allergy_text": values.text("；".join(named))}


def _vitals(setting: Setting, patient_id: str, bundle: Any) -> dict[str, Any]:
    return _measures(setting, patient_id, bundle, "vital")


def _tests(setting: Setting, patient_id: str, bundle: Any) -> dict[str, Any]:
    return _measures(setting, patient_id, bundle, "test")


def _measures(setting: Setting, patient_id: str, bundle: Any, kind: Literal["vital", "test"]) -> dict[str, Any]:
    from fhir.resources.R4B.observation import Observation

    found, void = own_and_void(bundle, "Observation", Observation, patient_id)
    measured = (_measured(setting, one, kind) for one in found)
    withdrawn = (_taken(setting, one, kind) for one in void)
    return {
        "measured": [each for each in measured if each is not None],
        "withdrawn": [each for each in withdrawn if each is not None],
    }


def _taken(setting: Setting, one: Any, kind: Literal["vital", "test"]) -> Taken | None:
    """None for one of which nobody knows what it was or when."""
    when = one.effectiveDateTime or one.issued
    if when is None or isinstance(when, str):
        return None
    at = values.moment(when, setting.zone)
    said = codes(one.code)
    sign = next((VITALS[each] for each in said if each in VITALS), "")
    name = sign.replace("_", " ") or words(one.code)
    if at is None or not name:
        return None
    return Taken(kind=kind, code=values.text(sign or (said[0] if said else name)), name=name, at=at)


def _measured(setting: Setting, one: Any, kind: Literal["vital", "test"]) -> Measured | None:
    """None for one without a result, too."""
    value, unit = _value(one)
    taken = _taken(setting, one, kind) if value else None
    if taken is None:
        return None
    bounds = one.referenceRange[0] if one.referenceRange else None
    low, high = (_plain(getattr(bounds, each, None)) for each in ("low", "high"))
    marks = [code for each in one.interpretation or () for code in codes(each)]
    return Measured(
        **taken.model_dump(),
        value=value,
        unit=unit,
        ref_low=low,
        ref_high=high,
        flag=values.flag(marks[0] if marks else "", value, low, high),
    )


def _value(one: Any) -> tuple[str, str]:
    if one.valueQuantity is not None:
        comparator = one.valueQuantity.comparator or ""
        plain = _plain(one.valueQuantity)
        return (f"{comparator}{plain}" if plain else "", values.text(one.valueQuantity.unit))
    if one.valueString is not None:
        return values.text(one.valueString), ""
    if one.valueCodeableConcept is not None:
        return words(one.valueCodeableConcept), ""
    parts = {code: each.valueQuantity for each in one.component or () for code in codes(each.code)}
    pair = parts.get(SYSTOLIC), parts.get(DIASTOLIC)
    if all(each is not None and each.value is not None for each in pair):
        return "/".join(map(_plain, pair)), values.text(getattr(pair[0], "unit", ""))
    return "", ""


def _plain(quantity: Any) -> str:
    return values.text(quantity.value) if quantity is not None and quantity.value is not None else ""


def _orders(setting: Setting, patient_id: str, bundle: Any) -> dict[str, Any]:
    from fhir.resources.R4B.medicationrequest import MedicationRequest

    found = own_of(bundle, "MedicationRequest", MedicationRequest, patient_id)
    orders = [_ordered(setting, each) for each in found if each.status == "active"]
    return {"orders": [each for each in orders if each is not None]}


def _ordered(setting: Setting, one: Any) -> Ordered | None:
    reference = one.medicationReference
    medicine = words(one.medicationCodeableConcept) or values.text(reference.display if reference else "")
    if not medicine:
        return None
    dose = next((each.text for each in one.dosageInstruction or () if each.text), "")
    begun = None if isinstance(one.authoredOn, str) else values.moment(one.authoredOn, setting.zone)
    return Ordered(kind="medicine", text=f"{medicine} {values.text(dose)}".strip(), started_at=begun)


_READ: Final[dict[str, Callable[[Setting, str, Any], dict[str, Any]]]] = {
    "admission": _admission,
    "allergy": _allergy,
    "vitals": _vitals,
    "tests": _tests,
    "orders": _orders,
}
