"""A hospital system with one patient, in Wuxi."""

from datetime import UTC, date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.model import Allergy, IdentifierKind, Sex
from telemed.people.ports import PatientData, SourcedText, SystemState


class FakePatients:
    async def find(self, hospital_id: str, number: str) -> PatientData | None:
        if (hospital_id, number) != ("wuxi", "0026118842"):
            return None
        at = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
        return PatientData(
            hospital_id="wuxi",
            source="FakeHIS",
            kind=IdentifierKind.admission,
            number=number,
            name="陈远山",
            sex=Sex.male,
            birth_date=date(1968, 4, 12),
            allergy=Allergy.known,
            allergy_text="青霉素（皮疹）",
            department="心内科",
            ward="CCU",
            bed="3",
            attending="许知遥",
            attending_phone="13800000000",
            record={"history": SourcedText(text="突发胸背部撕裂样疼痛。", source="入院记录", at=at)},
        )

    async def state(self, db: AsyncSession, hospital_id: str) -> SystemState | None:
        return SystemState(name="FakeHIS") if hospital_id == "wuxi" else None
