"""The audit log as a file for a spreadsheet, in the form of the consultations' list."""

import asyncio
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.db import Database
from telemed.disclosures import queries
from telemed.disclosures.export_words import CHINESE, ENGLISH
from telemed.disclosures.schemas import AuditExport, AuditRow, SeenAt
from telemed.disclosures.wording import Wording, words
from telemed.kit.spreadsheet import MOST, Exported, table
from telemed.people import service as people

PAGE: Final = 200  # rows read at once: everybody else waits meanwhile
TOLD: Final = "audit.exported"


async def export(database: Database, actor: Actor, by: AuditExport, now: datetime) -> Exported:
    own = ENGLISH if by.language == "en" else CHINESE
    lines, last = list[list[str]](), None
    async with database.read() as db:
        names = {each.id: each.name_en if by.language == "en" else each.name for each in await people.hospitals(db)}
        wording = Wording(by.language, names, ZoneInfo((await people.zones(db))[actor.hospital_id]))
        where = await queries.conditions(db, actor, by)
        while len(lines) <= MOST:
            found = await queries.page(db, where, last, PAGE)
            lines += [_cells(each, wording) for each in await queries.shown(db, actor, found)]
            if len(found) < PAGE:
                break
            last = found[-1].id
    cut = len(lines) > MOST
    shown = [*lines[:MOST], [own.cut.format(count=MOST)]] if cut else lines
    data = await asyncio.to_thread(table, own.columns, shown)
    async with database.write() as db:
        record(db, actor, TOLD, f"{min(len(lines), MOST)} rows{', cut' if cut else ''}", now, reason=_asked(by))
    return Exported(data, MOST if cut else None)


def _asked(by: AuditExport) -> str:
    return by.model_dump_json(exclude={"language"}, exclude_none=True)


def _cells(row: AuditRow, wording: Wording) -> list[str]:
    said, english = words(wording.language), wording.language == "en"
    by = row.by
    return [
        str(row.number or ""),
        row.at.astimezone(wording.zone).strftime("%Y-%m-%d %H:%M:%S"),
        (by.name_en if english else by.name) if by else said["system"],
        wording.hospitals.get(by.hospital_id, "") if by else "",
        (by.department_en if english else by.department) if by else "",
        _place(row.device, english=english),
        said["purpose"][row.purpose] if row.purpose else wording.action(row.action),
        "" if row.outcome == "ok" else said["refused"],
        ((row.patient.pinyin if english else row.patient.name) or row.patient.name) if row.patient else "",
        wording.hospitals.get(row.owner_id or "", ""),
        row.consultation_number or "",
        wording.change(row.action, row.before, row.names),
        wording.change(row.action, row.after, row.names),
    ]


def _place(device: SeenAt | None, *, english: bool) -> str:
    """The device, and where it stands; empty: they were at none."""
    if device is None:
        return ""
    venue = (english and device.venue_en) or device.venue
    return f"{device.name} ({venue})" if venue else device.name
