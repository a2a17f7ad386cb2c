"""The routes of what is kept of people as files: the papers of registrations, the pictures of signatures."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role, signed_in
from telemed.administration import proposals, registered, registration_files, signatures
from telemed.administration.staff_schemas import FileChoice, RegistrationRow, SignatureQuery
from telemed.db import DATABASE, DB
from telemed.files.handlers import send, store
from telemed.kit.http import Routes, now

routes = Routes("/admin", tag="administration")
confirming = role(*proposals.CONFIRMING)


@routes.put("/registrations/{staff_id}/{id}/file", policy=confirming)
async def put_registration_file(request: web.Request, staff_id: UUID, id: UUID, body: FileChoice) -> RegistrationRow:
    """Attach your upload (PDF, JPEG or PNG, at most 10 MB) to a registration at either of its hospitals."""
    db, who = request[DB], request[ACTOR]
    row = await registration_files.put(db, who, staff_id, id, body.file_id, now(request))
    return await registered.last_of(db, who, staff_id, row.hospital_id)


@routes.delete("/registrations/{staff_id}/{id}/file", policy=confirming)
async def remove_registration_file(request: web.Request, staff_id: UUID, id: UUID) -> RegistrationRow:
    """Take the file of a registration out."""
    db, who = request[DB], request[ACTOR]
    row = await registration_files.remove(db, who, staff_id, id, now(request))
    return await registered.last_of(db, who, staff_id, row.hospital_id)


@routes.get("/registrations/{staff_id}/{id}/file", policy=signed_in, stream=True)
async def registration_file(request: web.Request, staff_id: UUID, id: UUID) -> web.StreamResponse:
    """The file of a registration: your own, or one of your hospital if you administer it or are its medical office."""
    async with request.config_dict[DATABASE].read() as db:
        row = await registration_files.file_of(db, request[ACTOR], staff_id, id)
    return await send(request, row, keep=False)


@routes.put("/staff/{id}/signature", policy=signed_in, transaction=False, limited=True)
async def put_signature(request: web.Request, id: UUID, body: FileChoice) -> None:
    """Make your upload (PNG or JPEG, at most 1 MB) the signature of yourself, or of a person whom you administer."""
    database = request.config_dict[DATABASE]
    await signatures.put(database, store(request), request[ACTOR], id, body.file_id, now(request))


@routes.delete("/staff/{id}/signature", policy=signed_in)
async def remove_signature(request: web.Request, id: UUID) -> None:
    """Take it out; what was signed with it keeps it."""
    await signatures.remove(request[DB], request[ACTOR], id, now(request))


@routes.get("/staff/{id}/signature", policy=signed_in, stream=True)
async def signature(request: web.Request, id: UUID, query: SignatureQuery) -> web.StreamResponse:
    """The picture of a signature: your own, or of a person of a hospital that you administer."""
    async with request.config_dict[DATABASE].read() as db:
        row = await signatures.file_of(db, request[ACTOR], id)
    return await send(request, row, keep=False)
