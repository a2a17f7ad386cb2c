"""The routes of files: send one, look at one."""

from urllib.parse import quote
from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, signed_in
from telemed.access.replay import HEADER, LONGEST
from telemed.audit.reads import keep_noted
from telemed.db import DATABASE, DB
from telemed.files import service
from telemed.files.model import File
from telemed.files.schemas import FileOut, Upload
from telemed.files.store import FileStore
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS

routes = Routes("/files", tag="files")
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def store(request: web.Request) -> FileStore:
    return FileStore(request.config_dict[SETTINGS].data_dir)


@routes.post("", policy=signed_in, status=201, stream=True)
async def upload(request: web.Request, query: Upload) -> FileOut:
    """Send a file as the body; it is yours alone until it is attached to a case."""
    key = request.headers.get(HEADER, "")[:LONGEST] or None
    chunks = request.content.iter_chunked(256 * 1024)
    row = await service.upload(
        request.config_dict[DATABASE], store(request), request[ACTOR], query, chunks, key, now(request)
    )
    return FileOut.model_validate(row)


@routes.get("/{id}", policy=signed_in)
async def get(request: web.Request, id: UUID) -> FileOut:
    """What is known of a file."""
    return FileOut.model_validate(await service.get(request[DB], request[ACTOR], id, now(request)))


@routes.get("/{id}/content", policy=signed_in, stream=True)
async def content(request: web.Request, id: UUID) -> web.StreamResponse:
    """The file itself, as an attachment; the reading is in the audit before the first byte.

    What break-glass opens is shown in the page and not offered to be kept.
    """
    async with request.config_dict[DATABASE].read() as db:
        row = await service.get(db, request[ACTOR], id, now(request))
    await keep_noted(request)
    return await send(request, row, keep=not request[ACTOR].opened)


async def send(request: web.Request, row: File, *, keep: bool) -> web.StreamResponse:
    """Its bytes; `keep`: to be saved, else to be shown."""
    headers = attachment(row.name or f"{row.kind}.{ENDINGS[row.media_type]}")
    if not keep:
        headers["Content-Disposition"] = "inline"
    response = web.StreamResponse(headers=headers)
    response.content_type, response.content_length = row.media_type, row.bytes
    await response.prepare(request)
    async for chunk in store(request).stream(row.sha256):
        await response.write(chunk)
    await response.write_eof()
    return response


def attachment(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",  # so that a device still holds, and closes, what shows it
        "Cache-Control": "private, no-store",
    }
