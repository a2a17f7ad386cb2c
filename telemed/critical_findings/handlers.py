"""The routes of critical findings: raised on a reading, told, read back, acted on, closed; and the register."""

from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.critical_findings import queries, register, rules, service
from telemed.critical_findings.lookup import get
from telemed.critical_findings.schemas import (
    ActIn,
    Catalogue,
    CatalogueFilter,
    FindingFilter,
    FindingList,
    FindingOut,
    RaiseIn,
    ReadBackIn,
    RegisterFilter,
    TellIn,
    WithdrawIn,
)
from telemed.db import DATABASE, DB
from telemed.files.handlers import attachment
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS

routes = Routes("", tag="critical_findings")
clinical = role(*CLINICAL)
readers = role(Role.radiologist)
telephoning = role(*rules.TELEPHONING)
receiving = role(*rules.RECEIVING)


@routes.post("/readings/{id}/critical-findings", policy=readers, status=201)
async def raise_(request: web.Request, id: UUID, body: RaiseIn) -> FindingOut:
    """Raise a critical finding of a reading; the branch is told at once."""
    row = await service.raise_(request[DB], request[ACTOR], id, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.get("/critical-findings", policy=clinical, reads="list")
async def find(request: web.Request, query: FindingFilter) -> FindingList:
    """The open ones that concern oneself, those of a reading, or the register of a day and ward."""
    return await queries.find(request[DB], request[ACTOR], query, now(request))


@routes.get("/critical-findings/catalogue", policy=readers, reads=None)
async def catalogue(request: web.Request, query: CatalogueFilter) -> Catalogue:
    """What a reader of this modality picks from."""
    return queries.catalogue(query.modality)


@routes.get("/critical-findings/register", policy=clinical, binary="application/pdf", transaction=False, reads="print")
async def printed(request: web.Request, query: RegisterFilter) -> web.Response:
    """The printed register (危急值登记) of a day, of one ward or of all."""
    database, demo = request.config_dict[DATABASE], request.config_dict[SETTINGS].demo
    name, pdf = await register.printed(database, request[ACTOR], query, now(request), demo=demo)
    return web.Response(body=pdf, content_type="application/pdf", headers=attachment(name))


@routes.get("/critical-findings/{id}", policy=clinical)
async def one(request: web.Request, id: UUID) -> FindingOut:
    """One critical finding, with who was told of it and what they read back."""
    row = await get(request[DB], request[ACTOR], id, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/critical-findings/{id}/tell", policy=telephoning)
async def tell(request: web.Request, id: UUID, if_match: int, body: TellIn) -> FindingOut:
    """Record a telephone call, and what was read back on it."""
    row = await service.tell(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/critical-findings/{id}/read-back", policy=receiving)
async def read_back(request: web.Request, id: UUID, if_match: int, body: ReadBackIn) -> FindingOut:
    """Read the key value back; a wrong one is kept, and answered as it is."""
    row = await service.read_back(request[DB], request[ACTOR], id, if_match, body.value, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/critical-findings/{id}/act", policy=receiving)
async def act(request: web.Request, id: UUID, if_match: int, body: ActIn) -> FindingOut:
    """Say which doctor was informed, and what was done."""
    row = await service.act(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/critical-findings/{id}/close", policy=receiving)
async def close(request: web.Request, id: UUID, if_match: int) -> FindingOut:
    """Close it, once it was acted on."""
    row = await service.close(request[DB], request[ACTOR], id, if_match, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/critical-findings/{id}/withdraw", policy=readers)
async def withdraw(request: web.Request, id: UUID, if_match: int, body: WithdrawIn) -> FindingOut:
    """Take it back as a mistake; everybody who was told of it is told."""
    row = await service.withdraw(request[DB], request[ACTOR], id, if_match, body.reason, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))
