"""The consultations that a person sees, by state."""

from typing import Any

from tests.e2e.conftest import Person


def consultations(person: Person) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = person.context.request.get("/api/consultations?limit=200").json()["items"]
    return items


def in_state(person: Person, *states: str) -> str:
    """The id of a consultation in the first of these states that has one."""
    found = {each["state"]: each["id"] for each in reversed(consultations(person))}
    return next(str(found[state]) for state in states if state in found)


def of_patient(person: Person, name: str) -> str:
    """The id of the one consultation of this patient of the demonstration."""
    (found,) = [str(each["id"]) for each in consultations(person) if each["patient_name"] == name]
    return found


def a_case(person: Person, *, besides: str = "") -> dict[str, Any]:
    """A consultation of Wuxi that still takes papers, with its patient; not of the patient `besides`."""
    answer = person.context.request.get("/api/consultations?limit=100").json()
    for row in answer["items"]:
        if row["state"] in ("accepted", "scheduling", "scheduled", "approved"):
            found: dict[str, Any] = person.context.request.get(f"/api/consultations/{row['id']}").json()
            if found["patient"] and found["branch_id"] == "wuxi" and found["patient"]["id"] != besides:
                return found
    raise AssertionError("the demonstration has no such consultation")
