"""The demonstration's hospital system: finds the patients it was given by hospital and number."""

from collections.abc import Iterable

from telemed.people.ports import PatientData


class DemoHis:
    """Implements PatientSource."""

    def __init__(self, data: Iterable[PatientData]) -> None:
        self._known = {(each.hospital_id, each.number.casefold()): each for each in data}

    async def find(self, hospital_id: str, number: str) -> PatientData | None:
        return self._known.get((hospital_id, number.strip().casefold()))
