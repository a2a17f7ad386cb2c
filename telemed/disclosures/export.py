"""The audit log as a file for a spreadsheet, in the form of the consultations' list."""

import asyncio
import json
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.db import Database
from telemed.disclosures import queries
from telemed.disclosures.export_words import CHINESE, ENGLISH, Words
from telemed.disclosures.schemas import AuditExport, AuditRow, Mentioned, SeenAt
from telemed.kit.spreadsheet import MOST, Exported, table
from telemed.people import service as people

PAGE: Final = 200  # rows read at once: everybody else waits meanwhile
TOLD: Final = "audit.exported"


async def export(database: Database, actor: Actor, by: AuditExport, now: datetime) -> Exported:
    words = ENGLISH if by.language == "en" else CHINESE
    lines, last = list[list[str]](), None
    async with database.read() as db:
        names = {each.id: each.name_en if by.language == "en" else each.name for each in await people.hospitals(db)}
        zone = ZoneInfo((await people.zones(db))[actor.hospital_id])
        where = await queries.conditions(db, actor, by)
        while len(lines) <= MOST:
            found = await queries.page(db, where, last, PAGE)
            lines += [_cells(each, words, names, zone) for each in await queries.shown(db, actor, found)]
            if len(found) < PAGE:
                break
            last = found[-1].id
    cut = len(lines) > MOST
    shown = [*lines[:MOST], [words.cut.format(count=MOST)]] if cut else lines
    data = await asyncio.to_thread(table, words.columns, shown)
    async with database.write() as db:
        record(db, actor, TOLD, f"{min(len(lines), MOST)} rows{', cut' if cut else ''}", now, reason=_asked(by))
    return Exported(data, MOST if cut else None)


def _asked(by: AuditExport) -> str:
    return by.model_dump_json(exclude={"language"}, exclude_none=True)


def _cells(row: AuditRow, words: Words, hospitals: dict[str, str], zone: ZoneInfo) -> list[str]:
    english = words is ENGLISH
    by = row.by
    return [
        str(row.number or ""),
        row.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
        (by.name_en if english else by.name) if by else words.system,
        hospitals.get(by.hospital_id, "") if by else "",
        (by.department_en if english else by.department) if by else "",
        _place(row.device, english=english),
        words.purpose[row.purpose] if row.purpose else row.action,
        "" if row.outcome == "ok" else f"{words.refused} ({row.outcome})",
        ((row.patient.pinyin if english else row.patient.name) or row.patient.name) if row.patient else "",
        hospitals.get(row.owner_id or "", ""),
        row.consultation_number or "",
        _said(row.before, row.names, english=english),
        _said(row.after, row.names, english=english),
    ]


def _place(device: SeenAt | None, *, english: bool) -> str:
    """The device, and where it stands; empty: they were at none."""
    if device is None:
        return ""
    venue = (english and device.venue_en) or device.venue
    return f"{device.name} ({venue})" if venue else device.name


def _said(values: dict[str, Any] | None, names: dict[str, Mentioned], *, english: bool) -> str:
    """As JSON, with names where ids and the words of specialties are mentioned."""
    said = json.dumps(values, ensure_ascii=False) if values else ""
    for id, each in names.items():
        said = said.replace(f'"{id}"', json.dumps((english and each.name_en) or each.name, ensure_ascii=False))
    return said
