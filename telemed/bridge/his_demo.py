"""The demonstration's hospital system: finds the patients it was given by hospital and number."""

from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.ports import PatientData, SystemState


class DemoHis:
    """Implements PatientSource."""

    def __init__(self, data: Iterable[PatientData]) -> None:
        self._known = {(each.hospital_id, each.number.casefold()): each for each in data}

    async def find(self, hospital_id: str, number: str) -> PatientData | None:
        return self._known.get((hospital_id, number.strip().casefold()))

    async def state(self, db: AsyncSession, hospital_id: str) -> SystemState | None:
        found = next((each for (of, _), each in self._known.items() if of == hospital_id), None)
        return SystemState(name=found.source) if found else None
