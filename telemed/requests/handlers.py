"""The routes of requests, and of the papers of a consultation."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role, signed_in
from telemed.audit.service import record
from telemed.cases import consents
from telemed.cases.rules import APPROVING, KEEPING, TAKING
from telemed.cases.schemas import ConsentRecord, NoPaperIn, PacketEntry, PacketItemIn, PaperIn
from telemed.consultations import service as consultations
from telemed.db import DATABASE, DB
from telemed.documents.render import render
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS
from telemed.kit.uid import Uid
from telemed.requests import named, papers, queries, service
from telemed.requests.form import consent_form
from telemed.requests.schemas import (
    NewConsent,
    NewRequest,
    RequestChange,
    RequestList,
    RequestOut,
    Submitted,
    TemplateList,
    UploadedIn,
    UploadedOut,
)
from telemed.requests.templates import PHRASES, TEMPLATES
from telemed.studies.rules import SENDING

routes = Routes("", tag="requests")
writing = role(Role.requesting_doctor)
papering = role(*TAKING)
keeping = role(*KEEPING)
approving = role(*APPROVING)
uploading = role(*SENDING)


@routes.get("/request-templates", policy=signed_in)
async def templates(request: web.Request) -> TemplateList:
    """Templates per specialty and common phrases."""
    return TemplateList(items=list(TEMPLATES), phrases=list(PHRASES))


@routes.get("/requests", policy=writing, reads="list")
async def list_open(request: web.Request) -> RequestList:
    """Your drafts and returned requests, to go on with."""
    return await queries.open_ones(request[DB], request[ACTOR], now(request))


@routes.post("/requests", policy=writing, status=201)
async def create(request: web.Request, body: NewRequest) -> RequestOut:
    """Begin a request, empty or as a copy of an earlier consultation."""
    db, who, at = request[DB], request[ACTOR], now(request)
    return await queries.shown(db, who, await service.create(db, who, body, at), at)


@routes.get("/requests/{id}", policy=signed_in)
async def get(request: web.Request, id: UUID) -> RequestOut:
    """Show a request with its papers, what is missing, and who gets it."""
    db, who, at = request[DB], request[ACTOR], now(request)
    return await queries.shown(db, who, await consultations.get(db, who, id, at), at)


@routes.patch("/requests/{id}", policy=writing)
async def change(request: web.Request, id: UUID, if_match: int, body: RequestChange) -> RequestOut:
    """Keep what was typed: only what is given changes."""
    db, who, at = request[DB], request[ACTOR], now(request)
    return await queries.shown(db, who, await service.change(db, who, id, if_match, body, at), at)


@routes.post("/requests/{id}/submit", policy=writing)
async def submit(request: web.Request, id: UUID, if_match: int) -> Submitted:
    """Submit it; the answer says who has it now."""
    db, at = request[DB], now(request)
    row = await service.submit(db, request[ACTOR], id, if_match, at)
    receiver = await queries.receiver(db, row, at)
    return Submitted(id=row.id, version=row.version, number=row.number or "", state=row.state, receiver=receiver)


@routes.delete("/requests/{id}", policy=writing)
async def discard(request: web.Request, id: UUID, if_match: int) -> None:
    """Discard a draft."""
    await service.discard(request[DB], request[ACTOR], id, if_match, now(request))


@routes.post("/consultations/{id}/packet", policy=papering, status=201)
async def add_to_packet(request: web.Request, id: UUID, body: PacketItemIn) -> PacketEntry:
    """Put a file, a study, or why a test was not done into the packet."""
    item = await papers.add(request[DB], request[ACTOR], id, body, now(request))
    return PacketEntry.model_validate(item)


@routes.delete("/consultations/{id}/packet/{item_id}", policy=papering)
async def take_from_packet(request: web.Request, id: UUID, item_id: UUID) -> None:
    """Take an item out; a locked version keeps it."""
    await papers.remove(request[DB], request[ACTOR], id, item_id, now(request))


@routes.post("/consultations/{id}/consents", policy=papering, status=201)
async def add_consent(request: web.Request, id: UUID, body: NewConsent) -> ConsentRecord:
    """Record a consent of one of the four kinds; its form can be printed at once."""
    db = request[DB]
    made = await papers.consent(db, request[ACTOR], id, body, now(request), hub_id=body.hub_id)
    return await consents.shown(db, made)


@routes.post("/consents/{id}/paper", policy=keeping)
async def paper(request: web.Request, id: UUID, body: PaperIn) -> ConsentRecord:
    """File the signed form, as a photo or a scan."""
    db = request[DB]
    return await consents.shown(db, await papers.file_paper(db, request[ACTOR], id, body.file_id, now(request)))


@routes.post("/consents/{id}/unobtainable", policy=approving)
async def unobtainable(request: web.Request, id: UUID, body: NoPaperIn) -> ConsentRecord:
    """Say that the signed form cannot be had, and why: nobody is asked for it any more; it agrees to nothing."""
    db = request[DB]
    return await consents.shown(db, await papers.go_without_paper(db, request[ACTOR], id, body, now(request)))


@routes.post("/consultations/{id}/uploaded", policy=uploading)
async def uploaded(request: web.Request, id: UUID, body: UploadedIn) -> UploadedOut:
    """Say which studies were sent for this request; the radiographer's item is done with it."""
    db, who, at = request[DB], request[ACTOR], now(request)
    row, refused = await named.uploaded(db, who, id, body.study_uids, at)
    return UploadedOut(**dict(await queries.shown(db, who, row, at)), refused=refused)


@routes.delete("/consultations/{id}/uploaded/{study_uid}", policy=uploading)
async def withdraw(request: web.Request, id: UUID, study_uid: Uid) -> RequestOut:
    """Take a study that is another patient's out of the request; the radiographer is asked for what is lacking."""
    db, who, at = request[DB], request[ACTOR], now(request)
    return await queries.shown(db, who, await named.withdraw(db, who, id, study_uid, at), at)


@routes.get("/consents/{id}/form", policy=signed_in, transaction=False, binary="application/pdf", reads="print")
async def form(request: web.Request, id: UUID) -> web.Response:
    """The consent form as a PDF, filled in as far as is known."""
    at, who = now(request), request[ACTOR]
    async with request.config_dict[DATABASE].write() as db:
        data = await consent_form(db, who, id, at, demo=request.config_dict[SETTINGS].demo)
        record(db, who, "consent.printed", str(id), at)
    pdf = await render(data, at)
    headers = {"Content-Disposition": f'inline; filename="{data.number}.pdf"', "Cache-Control": "no-store"}
    return web.Response(body=pdf, content_type="application/pdf", headers=headers)
