"""The list of consultations as a file for a spreadsheet."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations.export_words import CHINESE, ENGLISH, Words
from telemed.consultations.model import Consultation
from telemed.consultations.queries import filtered, listed, rows
from telemed.consultations.schemas import Export
from telemed.consultations.shown import RowOut
from telemed.db import Database
from telemed.kit.spreadsheet import MOST, Exported, table
from telemed.people import service as people
from telemed.people.english import departments_en

PAGE: Final = 200  # rows read at once: everybody else waits meanwhile


async def export(database: Database, actor: Actor, by: Export, now: datetime) -> Exported:
    """What this person may see of the list, the newest first, and a row in the audit log that they took it along.

    It is read beside whoever writes meanwhile, and written as a file beside whoever reads.
    """
    words = ENGLISH if by.language == "en" else CHINESE
    async with database.read() as db:
        english, zones = await departments_en(db), await people.zones(db)
        names = {each.id: each.name_en if by.language == "en" else each.name for each in await people.hospitals(db)}
        zone = ZoneInfo(zones[actor.hospital_id])
        query = filtered(rows(), actor, by, now).order_by(col(Consultation.id).desc()).limit(PAGE)
        lines: list[list[str]] = []
        last: UUID | None = None
        while len(lines) <= MOST:
            page = query.where(Consultation.id < last) if last else query
            found = (await db.exec(page)).all()
            items = [listed(row, patient, lead, english, zones, now) for row, patient, lead in found]
            lines += [_cells(each, words, names, zone) for each in items]
            if len(found) < PAGE:
                break
            last = found[-1][0].id
    cut = len(lines) > MOST
    shown = [*lines[:MOST], [words.cut.format(count=MOST)]] if cut else lines
    data = await asyncio.to_thread(table, words.columns, shown)
    async with database.write() as db:
        record(db, actor, "consultations.exported", f"{min(len(lines), MOST)} rows{', cut' if cut else ''}", now)
    return Exported(data, MOST if cut else None)


def _cells(row: RowOut, words: Words, hospitals: Mapping[str, str], zone: ZoneInfo) -> list[str]:
    def at(moment: datetime | None) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""

    english = words is ENGLISH
    return [
        row.number or "",
        words.urgency[row.urgency],
        words.mode[row.mode],
        (row.patient_pinyin if english else row.patient_name) or row.patient_name,
        words.sex[row.patient_sex] if row.patient_sex else "",
        str(row.patient_age) if row.patient_age is not None else "",
        hospitals[row.branch_id],
        (row.department_en if english else row.department) or row.department,
        row.bed,
        row.title,
        (row.lead_name_en if english else row.lead_name) or row.lead_name,
        at(row.starts_at),
        words.state[row.state],
        at(row.state_since),
        at(row.state_due_at),
    ]
