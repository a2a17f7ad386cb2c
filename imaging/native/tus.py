"""The tus 1.0 protocol for resumable uploads (tus.io): core, creation, creation-with-upload, termination."""

import asyncio
import binascii
import os
from base64 import b64decode
from pathlib import Path
from uuid import UUID

from aiohttp import hdrs, web
from uuid_utils.compat import uuid7

from imaging.actor import storing_actor
from imaging.archive import Archive
from imaging.errors import (
    Conflict,
    Invalid,
    Locked,
    NotFound,
    PreconditionFailed,
    TooLarge,
    UnsupportedMediaType,
)
from imaging.index.model import Upload, UploadState
from imaging.store.objects import discard, sync
from imaging.web import SIGN_IN, archive_of

VERSION = "1.0.0"
BODY = "application/offset+octet-stream"
HEADERS = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}


async def options(request: web.Request) -> web.Response:
    archive = archive_of(request)
    return web.Response(
        status=204,
        headers={
            **HEADERS,
            "Tus-Version": VERSION,
            "Tus-Extension": "creation,creation-with-upload,termination",
            "Tus-Max-Size": str(archive.limits.upload_bytes),
        },
    )


async def create(request: web.Request) -> web.Response:
    """Creates an upload. A body holds its first bytes, for a small file all of them."""
    actor, archive = storing_actor(request), archive_of(request)
    _check_version(request)
    length = _whole_number(request, "Upload-Length")
    if length > archive.limits.upload_bytes:
        raise TooLarge("The file is larger than an upload may be.")
    metadata = _metadata(request.headers.get("Upload-Metadata", ""))
    upload = Upload(
        id=uuid7(),
        hospital=actor.hospital,
        owner=actor.id,
        batch=_batch(metadata.get("batch", "")),
        name=(metadata.get("relativePath") or metadata.get("filename") or "")[-300:],
        length=length,
        created_at=archive.now(),
    )
    await archive.uploads.check_batch(upload)  # before the file is sent, which may take minutes
    path = archive.uploads.path(upload.id)
    try:
        offset = 0
        path.touch()
        if request.content_type == BODY and request.body_exists:
            offset = await _append(request, upload, 0, path.parent)
        else:
            await archive.disk.write(actor.hospital, sync, path, path.parent)
        if offset == length:
            upload.state = UploadState.RECEIVED
        await archive.uploads.create(upload)
    except Exception:
        discard(path)  # the client did not learn its URL, so nobody can continue it
        raise
    headers = {**HEADERS, "Location": f"{_collection(request)}/{upload.id}", "Upload-Offset": str(offset)}
    return web.Response(status=201, headers=headers)


async def head(request: web.Request) -> web.Response:
    _check_version(request)
    upload = await _own_upload(request)
    archive = archive_of(request)
    offset = await archive.disk.write(upload.hospital, _offset, archive, upload)
    headers = {**HEADERS, "Upload-Offset": str(offset), "Upload-Length": str(upload.length)}
    return web.Response(status=200, headers=headers)


async def patch(request: web.Request) -> web.Response:
    archive = archive_of(request)
    _check_version(request)
    if request.content_type != BODY:
        raise UnsupportedMediaType(f"Send {BODY}.")
    claimed = _whole_number(request, "Upload-Offset")
    upload = await _own_upload(request)
    lock = archive.uploads.locks.setdefault(upload.id, asyncio.Lock())
    if lock.locked():
        raise Locked("Another request is sending this file just now.")
    async with lock:
        try:
            upload = await _own_upload(request)  # read again, under the lock
            offset = await archive.disk.write(upload.hospital, _offset, archive, upload)
            if claimed != offset:
                raise Conflict(f"The upload stands at {offset}.", offset=offset, headers=HEADERS)
            if upload.state == UploadState.RECEIVING:
                offset = await _append(request, upload, offset)
                if offset == upload.length:
                    await archive.uploads.received(upload.id)
        finally:
            archive.uploads.locks.pop(upload.id, None)
    return web.Response(status=204, headers={**HEADERS, "Upload-Offset": str(offset)})


async def terminate(request: web.Request) -> web.Response:
    _check_version(request)
    upload = await _own_upload(request)
    if upload.state == UploadState.RECEIVING:
        await archive_of(request).uploads.cancel(upload.id)
    return web.Response(status=204, headers=HEADERS)


async def _append(request: web.Request, upload: Upload, offset: int, *folder: Path) -> int:
    """Appends the body. What has arrived is synced before the client is told, even if it disconnects.

    `folder`, that of a new file, is synced too.
    """
    archive = archive_of(request)
    path = archive.uploads.path(upload.id)
    try:
        with path.open("r+b", buffering=0) as out:
            out.seek(offset)
            async for block in request.content.iter_any():
                if offset + len(block) > upload.length:
                    raise TooLarge("More bytes came than Upload-Length says.")
                offset += out.write(block)
    finally:
        await asyncio.shield(archive.disk.write(upload.hospital, sync, path, *folder))
    return offset


def _offset(archive: Archive, upload: Upload) -> int:
    """The number of safe bytes: the length of the synced file."""
    if upload.state != UploadState.RECEIVING:
        return upload.length
    path = archive.uploads.path(upload.id)
    sync(path)
    return os.stat(path).st_size


async def _own_upload(request: web.Request) -> Upload:
    actor = storing_actor(request)
    try:
        key = UUID(request.match_info["upload"])
    except ValueError:
        raise NotFound from None
    upload = await archive_of(request).index.read(lambda session: session.get(Upload, key))
    if upload is None or upload.owner != actor.id or upload.hospital != actor.hospital:
        raise NotFound
    return upload


def _batch(text: str) -> UUID | None:
    """The batch's id; `Uploads.check_batch` checks its owner and state."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid("batch is not an id.") from None


def _collection(request: web.Request) -> str:
    """The uploads' URL without a sign-in's prefix, so that an upload can be resumed after the next sign-in."""
    if (signin := request.match_info.get(SIGN_IN)) is not None:
        return request.path.replace(f"/s/{signin}", "", 1)
    return request.path


def _check_version(request: web.Request) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise PreconditionFailed(f"Send Tus-Resumable: {VERSION}.", headers={"Tus-Version": VERSION})


def _whole_number(request: web.Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Invalid(f"{header} is missing or not a whole number.")
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Parses `name base64,name base64`; values are UTF-8."""
    found: dict[str, str] = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Invalid("Upload-Metadata cannot be read.") from None
        if "\0" in found[name]:  # not every database can store a NUL
            raise Invalid("A value of Upload-Metadata holds a NUL character.")
    return found


def add_tus_routes(app: web.Application, prefix: str) -> None:
    one = prefix + "/uploads/{upload}"
    app.router.add_route(hdrs.METH_OPTIONS, prefix + "/uploads", options)
    app.router.add_post(prefix + "/uploads", create)
    app.router.add_route(hdrs.METH_HEAD, one, head)
    app.router.add_patch(one, patch)
    app.router.add_delete(one, terminate)
