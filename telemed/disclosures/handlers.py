"""The routes of the audit log: who saw what, and what was changed."""

from aiohttp import web

from telemed.access.model import CLINICAL, Role
from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE, DB
from telemed.disclosures import can_see as seeing
from telemed.disclosures import export as exporting
from telemed.disclosures import queries
from telemed.disclosures.schemas import AuditExport, AuditList, AuditQuery, CanSeeList, OfPatient, ReadsToday
from telemed.disclosures.today import reads_today
from telemed.kit.http import Routes, now
from telemed.kit.paging import CURSOR_SECRET, cursor, place

routes = Routes("/audit", tag="audit")
CSV = "text/csv"
clinical = role(*sorted(CLINICAL))
reading = role(Role.reviewer, Role.administrator)  # the latter settings only, which the query sees to


@routes.get("", policy=reading)
async def find(request: web.Request, query: AuditQuery) -> AuditList:
    """Who saw a patient, what a person saw, who saw what on a day; or what was changed. The newest first."""
    db, actor, secret = request[DB], request[ACTOR], request.config_dict[CURSOR_SECRET]
    bound = f"{actor.id}|{actor.hospital_id}|audit|{query.about}|{query.patient}|{query.staff}|{query.day}"
    bound += f"|{query.purpose}|{query.target}"
    where = await queries.conditions(db, actor, query)
    after = place(secret, bound, query.after) if query.after else None
    found = await queries.page(db, where, after, query.limit + 1)
    items = await queries.shown(db, actor, found[: query.limit])
    return AuditList(items=items, next=cursor(secret, bound, items[-1].id) if len(found) > query.limit else None)


@routes.get("/today", policy=role(Role.reviewer))
async def today(request: web.Request) -> ReadsToday:
    """How often your hospital's patients were read today."""
    return await reads_today(request[DB], request[ACTOR], now(request))


@routes.get("/can-see", policy=clinical)
async def can_see(request: web.Request, query: OfPatient) -> CanSeeList:
    """Who can see a patient of one's own hospital now, and why."""
    return await seeing.of(request[DB], request[ACTOR], query.patient, now(request))


@routes.post("/export", policy=reading, binary=CSV, transaction=False)
async def export(request: web.Request, body: AuditExport) -> web.Response:
    """The same as a file for a spreadsheet, which the audit log notes; the newest rows, if it is too long.

    `Cut-At`: so many rows are in it, and older ones are not.
    """
    taken = await exporting.export(request.config_dict[DATABASE], request[ACTOR], body, now(request))
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"}
    if taken.cut_at is not None:
        headers["Cut-At"] = str(taken.cut_at)
    return web.Response(body=taken.data, content_type=CSV, charset="utf-8", headers=headers)
