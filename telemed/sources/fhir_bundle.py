"""A FHIR bundle of somebody else's server: its resources of one kind and of one patient, and the words of concepts."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from telemed.sources import values
from telemed.sources.faults import Failed
from telemed.sources.model import Fault

T = TypeVar("T")
SUBJECT: Final = re.compile(r"(?:\S*/)?Patient/([A-Za-z0-9.-]{1,64})(?:/_history/\S*)?")  # an id as FHIR allows it
MOST: Final = 200  # resources of one answer
VOID: Final = frozenset({"entered-in-error", "cancelled", "refuted", "registered"})


def guarded(read: Callable[[], T]) -> T:
    """Whatever a model or a document of somebody else's raises means that it is not as documented."""
    try:
        return read()
    except Failed:
        raise
    except (ValidationError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as wrong:
        raise Failed(Fault.wrong) from wrong


def is_of(resource: Any, patient_id: str) -> bool:
    subject = getattr(resource, "subject", None) or getattr(resource, "patient", None)
    reference = (subject.reference or "") if subject is not None else ""
    return bool(reference == f"Patient/{patient_id}" or reference.endswith(f"/Patient/{patient_id}"))


def subject_id(resource: Any) -> str:
    """Of a `Patient/<id>`, with or without the server's address; empty for what refers otherwise."""
    reference = (resource.subject.reference or "") if resource.subject is not None else ""
    found = SUBJECT.fullmatch(reference)
    return found[1] if found else ""


def entries(bundle: Any, kind: str) -> Iterable[dict[str, Any]]:
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise Failed(Fault.wrong)
    entries = bundle.get("entry") or []
    if not isinstance(entries, list):
        raise Failed(Fault.wrong)
    if len(entries) > MOST:
        raise Failed(Fault.too_long)
    for each in entries:
        resource = each.get("resource") if isinstance(each, dict) else None
        if isinstance(resource, dict) and resource.get("resourceType") == kind:
            yield resource


def all_of(bundle: Any, kind: str, model: type[BaseModel]) -> list[Any]:
    """One that is not valid spoils all: a list of allergies with a gap is worse than none."""
    return [model.model_validate(each) for each in entries(bundle, kind)]


def own_of(bundle: Any, kind: str, model: type[BaseModel], patient_id: str) -> list[Any]:
    return own_and_void(bundle, kind, model, patient_id)[0]


def own_and_void(bundle: Any, kind: str, model: type[BaseModel], patient_id: str) -> tuple[list[Any], list[Any]]:
    """Those that hold, and those that were withdrawn or have no result yet."""
    found = all_of(bundle, kind, model)
    if not all(is_of(each, patient_id) for each in found):
        raise Failed(Fault.other_patient)
    void = [each for each in found if _status(each) in VOID]
    return [each for each in found if each not in void], void


def _status(resource: Any) -> str:
    verified = getattr(resource, "verificationStatus", None)
    codes = [each.code for each in (verified.coding or ())] if verified is not None else []
    return str(codes[0] if codes else getattr(resource, "status", "") or "")


def words(concept: Any) -> str:
    """A CodeableConcept's own text, or else the first display of its codes."""
    if concept is None:
        return ""
    shown = [each.display for each in concept.coding or () if each.display]
    return values.text(concept.text or (shown[0] if shown else ""))


def codes(concept: Any) -> list[str]:
    return [each.code for each in (concept.coding or ()) if each.code] if concept is not None else []
