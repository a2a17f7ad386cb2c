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
