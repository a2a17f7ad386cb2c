"""The list of consultations as a file for a spreadsheet: CSV (RFC 4180), UTF-8 with a byte order mark for Excel."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations.export_words import CHINESE, ENGLISH, Words
from telemed.consultations.model import Consultation
from telemed.consultations.queries import filtered, listed, rows
from telemed.consultations.schemas import Export
from telemed.consultations.shown import RowOut
from telemed.people import service as people
from telemed.people.english import departments_en

MOST = 10_000
MARK = "\ufeff"
# A spreadsheet takes a cell that begins so for a formula (S21); a tab or a return may stand before it.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


async def export(db: AsyncSession, actor: Actor, by: Export, now: datetime) -> bytes:
    """What this person may see of the list, the newest first, and a row in the audit log that they took it along."""
    query = filtered(rows(), actor, by, now).order_by(col(Consultation.id).desc()).limit(MOST)
    found = (await db.exec(query)).all()
    english, zones = await departments_en(db), await people.zones(db)
    items = [listed(row, patient, lead, english, zones, now) for row, patient, lead in found]
    words = ENGLISH if by.language == "en" else CHINESE
    names = {each.id: each.name_en if by.language == "en" else each.name for each in await people.hospitals(db)}
    zone = ZoneInfo(zones[actor.hospital_id])
    record(db, actor, "consultations.exported", f"{len(items)} rows", now)
    return table(words.columns, (_cells(each, words, names, zone) for each in items))


def table(heads: list[str], lines: Iterator[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return (MARK + out.getvalue()).encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


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
