"""The routes of consents that are taken from a round's list."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.audit.service import record
from telemed.cases import consents
from telemed.cases.rules import APPROVING, KEEPING
from telemed.cases.schemas import ConsentIn, ConsentRecord, NoPaperIn, PaperIn
from telemed.db import DATABASE, DB
from telemed.documents.render import render
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS
from telemed.rounds import consenting, rules
from telemed.rounds.schemas import ItemConsents

routes = Routes("/rounds/items", tag="rounds")
doctors = role(*rules.DOCTORS)
keeping = role(*rules.DOCTORS, *KEEPING)


@routes.get("/{id}/consents", policy=keeping, reads="case")
async def item_consents(request: web.Request, id: UUID) -> ItemConsents:
    """The consents of this patient's stay that stand."""
    db = request[DB]
    found = await consenting.of_stay(db, request[ACTOR], id, now(request))
    return ItemConsents(items=[await consents.shown(db, each) for each in found])


@routes.post("/{id}/consents", policy=doctors, status=201)
async def take_consent(request: web.Request, id: UUID, body: ConsentIn) -> ConsentRecord:
    """Record a consent of this patient's stay; its form can be printed at once."""
    db = request[DB]
    return await consents.shown(db, await consenting.take(db, request[ACTOR], id, body, now(request)))


@routes.post("/{id}/consents/{consent_id}/paper", policy=keeping)
async def file_consent(request: web.Request, id: UUID, consent_id: UUID, body: PaperIn) -> ConsentRecord:
    """File the signed form, as a photo or a scan."""
    db, who = request[DB], request[ACTOR]
    filed = await consenting.file_paper(db, who, id, consent_id, body.file_id, now(request))
    return await consents.shown(db, filed)


@routes.post("/{id}/consents/{consent_id}/unobtainable", policy=role(*APPROVING))
async def go_without_paper(request: web.Request, id: UUID, consent_id: UUID, body: NoPaperIn) -> ConsentRecord:
    """Say that the signed form cannot be had, and why: nobody is asked for it any more; it agrees to nothing."""
    db, who = request[DB], request[ACTOR]
    given_up = await consenting.go_without_paper(db, who, id, consent_id, body, now(request))
    return await consents.shown(db, given_up)


@routes.get(
    "/{id}/consents/{consent_id}/form", policy=keeping, transaction=False, binary="application/pdf", reads="print"
)
async def consent_form(request: web.Request, id: UUID, consent_id: UUID) -> web.Response:
    """The consent form as a PDF, filled in as far as is known."""
    at, who = now(request), request[ACTOR]
    async with request.config_dict[DATABASE].write() as db:
        data = await consenting.printed(db, who, id, consent_id, at, demo=request.config_dict[SETTINGS].demo)
        record(db, who, "consent.printed", str(consent_id), at)
    pdf = await render(data, at)
    headers = {"Content-Disposition": f'inline; filename="{data.number}.pdf"', "Cache-Control": "no-store"}
    return web.Response(body=pdf, content_type="application/pdf", headers=headers)
