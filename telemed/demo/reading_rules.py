"""The demonstration's rules by which studies are read unasked, and the clauses on which its readings rest."""

from datetime import datetime
from typing import Any, Final

from sqlmodel import select

from telemed.db import Database
from telemed.demo.foundation import Foundation
from telemed.demo.places import HUB
from telemed.people.model import Agreement
from telemed.reading import ruling
from telemed.reading.rule_schemas import ClauseIn, NewRule
from telemed.reading.words import AGREEMENT_SERVICE, Part, ReadingPurpose, Urgency

CLAUSE: Final = "患者在分院就诊时已知悉并同意：影像可由上级医院放射科阅片，仅供本次诊疗使用。"
ALWAYS: Final[dict[str, Any]] = {"days": "1111111", "starts": "00:00", "ends": "00:00", "urgency": Urgency.routine}
# Of kinds that nobody uploads while trying the demonstration, so that its desk holds what the README describes.
RULES: Final[tuple[dict[str, Any], ...]] = (
    {"name": "乳腺钼靶由上级医院书写", "purpose": ReadingPurpose.primary, "modality": "MG", "share": 100,
     "part": Part.breast, "question": "乳腺钼靶诊断。"},
    {"name": "PET 抽查复核", "purpose": ReadingPurpose.over_read, "modality": "PT", "share": 10,
     "part": Part.whole_body, "question": "质量抽查：复核分院报告。"},
)  # fmt: skip


async def keep_rules(database: Database, made: Foundation, now: datetime) -> None:
    administrator = made.actors["admin"]
    async with database.write() as db:
        for each in (await db.exec(select(Agreement).where(Agreement.hub_id == HUB))).all():
            if AGREEMENT_SERVICE in each.services:
                clause = ClauseIn(agreement_id=each.id, text=CLAUSE, valid_from=each.valid_from)
                await ruling.save_clause(db, administrator, clause, now)
        for rule in RULES:
            contact = made.actors["wuxi.radiographer"].id
            new = NewRule(branch_id="wuxi", contact_id=contact, **ALWAYS, **rule)
            await ruling.create(db, administrator, new, now)
