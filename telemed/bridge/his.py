"""Where no hospital system is connected: typing by hand always works."""

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import Unavailable
from telemed.people.ports import PatientData, SystemState


class NoPatientSource:
    """Implements PatientSource."""

    async def find(self, hospital_id: str, number: str) -> PatientData | None:
        raise Unavailable("No hospital system is connected; type the patient by hand.", reason="no_his")

    async def state(self, db: AsyncSession, hospital_id: str) -> SystemState | None:
        return None
