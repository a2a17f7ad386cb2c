"""What a page only reads is read in a transaction that may change and lock nothing."""

from telemed.db import Database
from telemed.kit.table import new_id
from telemed.people.chart_tables import Admission
from telemed.rounds.consents import covering


async def test_the_consents_of_a_stay_are_shown(any_db: Database) -> None:
    stay = Admission(hospital_id="wuxi", patient_id=new_id(), number="W1", source="typed")
    async with any_db.read() as db:
        assert await covering(db, stay, "ruijin", locked=False) is None
