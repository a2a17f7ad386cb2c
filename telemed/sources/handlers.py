"""The routes by which a hospital's administrator sets up its system and names what may send images."""

from dataclasses import dataclass
from time import monotonic

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.audit.service import record
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.sources import service
from telemed.sources.ae_titles import AeTitles
from telemed.sources.schemas import (
    AeTitleIn,
    AeTitleOut,
    PartOut,
    ReceiverOut,
    SourcesOut,
    SystemIn,
    SystemOut,
    TriedOut,
    TryIn,
)
from telemed.sources.systems import Systems


@dataclass(frozen=True)
class Sources:
    """What the routes act on. `title`, `port`: of the receiver of images."""

    systems: Systems
    ae_titles: AeTitles
    title: str
    port: int


routes = Routes("/admin/sources", tag="sources")
SOURCES: web.AppKey[Sources] = web.AppKey("sources", Sources)
administrator = role(Role.administrator)


@routes.get("", policy=administrator)
async def show(request: web.Request) -> SourcesOut:
    """Your hospital's system, and the devices that may send images in its name."""
    sources, db, actor = request.config_dict[SOURCES], request[DB], request[ACTOR]
    return SourcesOut(
        system=await service.system(db, actor, now(request)),
        ae_titles=await service.ae_titles(db, actor),
        receiver=ReceiverOut(title=sources.title, port=sources.port),
    )


@routes.put("/system", policy=administrator)
async def save(request: web.Request, if_match: int, body: SystemIn) -> SystemOut:
    """Set up or change your hospital's system; it holds at once."""
    seal = request.config_dict[SOURCES].systems.seal
    return await service.save(request[DB], request[ACTOR], if_match, body, seal, now(request))


@routes.delete("/system", policy=administrator, status=204)
async def remove(request: web.Request, if_match: int) -> None:
    """Take your hospital's system away; patients are typed by hand from then on."""
    await service.remove(request[DB], request[ACTOR], if_match, now(request))


@routes.post("/system/try", policy=administrator, transaction=False)
async def try_it(request: web.Request, body: TryIn) -> TriedOut:
    """Ask your hospital's system whether each part can be read, and perhaps for one patient."""
    systems, actor, began = request.config_dict[SOURCES].systems, request[ACTOR], monotonic()
    async with request.config_dict[DATABASE].write() as db:
        record(db, actor, "source.tried", actor.hospital_id, now(request), reason="patient" if body.number else None)
    tried = await systems.try_it(actor.hospital_id, body.number)
    parts = [PartOut(name=each.name, why=each.why, missing=list(each.missing)) for each in tried.parts]
    took = round((monotonic() - began) * 1000)
    return TriedOut(why=tried.why, parts=parts, fields=tried.fields, milliseconds=took)


@routes.post("/ae-titles", policy=administrator, status=201, transaction=False)
async def add_ae_title(request: web.Request, body: AeTitleIn) -> AeTitleOut:
    """Let a device send images in your hospital's name; it may at once."""
    sources = request.config_dict[SOURCES]
    async with request.config_dict[DATABASE].write() as db:
        added = await service.add_ae_title(db, request[ACTOR], body, sources.title, now(request))
    await sources.ae_titles.load()
    return added


@routes.delete("/ae-titles/{title}", policy=administrator, status=204, transaction=False)
async def remove_ae_title(request: web.Request, title: str) -> None:
    """Let a device send no more images."""
    async with request.config_dict[DATABASE].write() as db:
        await service.remove_ae_title(db, request[ACTOR], title, now(request))
    await request.config_dict[SOURCES].ae_titles.load()
