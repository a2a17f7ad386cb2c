"""The routes of imports: check a workbook, import it, get the faulty rows back, get a template."""

import asyncio

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE
from telemed.files.handlers import attachment
from telemed.imports import files, service
from telemed.imports.every import kind_named
from telemed.imports.limits import MOST_BYTES
from telemed.imports.schemas import ImportOut, ImportQuery, TemplateQuery
from telemed.imports.sheet import unreadable
from telemed.kit.http import Routes, now

routes = Routes("/admin/import", tag="administration")
administrator = role(Role.administrator)
CHUNK = 256 * 1024


async def content(request: web.Request) -> bytes:
    data = bytearray()
    async for chunk in request.content.iter_chunked(CHUNK):
        data += chunk
        if len(data) > MOST_BYTES:
            raise unreadable("bytes")
    return bytes(data)


@routes.post("/{kind}/check", policy=administrator, stream=True)
async def check(request: web.Request, kind: str, query: ImportQuery) -> ImportOut:
    """What importing the file in the body would do; nothing is written."""
    data = await content(request)
    return await service.check(request.config_dict[DATABASE], request[ACTOR], kind, query, data, now(request))


@routes.post("/{kind}", policy=administrator, stream=True)
async def run(request: web.Request, kind: str, query: ImportQuery) -> ImportOut:
    """Import the rows of the file in the body that are right."""
    data = await content(request)
    return await service.write(request.config_dict[DATABASE], request[ACTOR], kind, query, data, now(request))


@routes.post("/{kind}/faulty", policy=administrator, stream=True, binary=files.XLSX)
async def faulty(request: web.Request, kind: str, query: ImportQuery) -> web.StreamResponse:
    """The rows of the file in the body that are wrong, with the reasons, to be mended and imported again."""
    data = await content(request)
    made = await service.faulty(request.config_dict[DATABASE], request[ACTOR], kind, query, data, now(request))
    return web.Response(body=made, content_type=files.XLSX, headers=attachment(f"{kind}-faulty.xlsx"))


@routes.get("/{kind}/template", policy=administrator, transaction=False, binary=files.XLSX)
async def template(request: web.Request, kind: str, query: TemplateQuery) -> web.StreamResponse:
    """An empty workbook to fill in."""
    made = await asyncio.to_thread(files.template, kind_named(kind), query.language)
    return web.Response(body=made, content_type=files.XLSX, headers=attachment(f"{kind}.xlsx"))
