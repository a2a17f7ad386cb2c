"""WADO-RS (PS3.18 §10.4): objects, metadata and bulk data. Frames: `frames.py`; pictures: `rendered.py`."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
from aiohttp import hdrs, web

from imaging.actor import ACTOR
from imaging.dicomweb.accept import ANY, JSON, LOSSLESS, OBJECTS, XML, instances_form, model_form
from imaging.dicomweb.listing import joined, located, series_zipped
from imaging.dicomweb.multipart import Writer
from imaging.dicomweb.native import parts_of
from imaging.disk import Disk
from imaging.errors import NotAcceptable, NotFound, Refused
from imaging.index.model import Instance, Study
from imaging.layout import total
from imaging.lookup import Watch, metadata_below, one_instance, one_series, to_download, view_of
from imaging.store.objects import CHUNK
from imaging.syntaxes import EXPLICIT_LE, HTJ2K_LOSSLESS_RPCL, JPEG_2000_LOSSLESS, JPEG_LS_LOSSLESS
from imaging.web import archive_of, cache_headers
from imaging.workers.jobs import Transcode

PREAMBLE = bytes(128)
FILES = {JPEG_LS_LOSSLESS: "jls.dcm", JPEG_2000_LOSSLESS: "j2k.dcm", HTJ2K_LOSSLESS_RPCL: "jphc.dcm"}


def accept_of(request: web.Request) -> str:
    """The Accept header, or the query parameter that replaces it (PS3.18 §8.3.3.1)."""
    return request.query.get("accept") or ", ".join(request.headers.getall(hdrs.ACCEPT, []))


async def metadata(request: web.Request) -> web.Response:
    """The metadata of every instance below the path; BulkDataURIs are relative to this URL."""
    form, archive = model_form(accept_of(request)), archive_of(request)
    own = request.query.get("hospital")
    suffix = f"?hospital={own}" if own else ""
    if form == XML:
        rows = await metadata_below(request)
        body, content_type = await archive.disk.read(_in_xml, rows, request.match_info, suffix)
        return web.Response(body=body, headers={"Content-Type": content_type, "Vary": "Accept"})
    zipped = "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, "").lower()
    if zipped and "series" in request.match_info and "instance" not in request.match_info:
        body = await series_zipped(archive, await one_series(request), suffix)
    else:
        rows = await metadata_below(request)
        body = await archive.disk.read(joined, rows, request.match_info, suffix, zipped)
    headers = {"Vary": "Accept, Accept-Encoding"} | ({"Content-Encoding": "gzip"} if zipped else {})
    return web.Response(body=body, content_type=JSON, headers=headers)


def _in_xml(rows: list[tuple[str, str, bytes]], given: dict[str, str], suffix: str) -> tuple[bytes, str]:
    return parts_of(msgspec.json.decode(located(row, given, suffix)) for row in rows)


async def retrieve(request: web.Request) -> web.StreamResponse:
    """The objects of a study, a series or one instance, byte for byte except the preamble."""
    single = "instance" in request.match_info
    multipart, syntax = instances_form(accept_of(request), single=single)
    study, instances = await to_download(request)
    if syntax in LOSSLESS:
        await _make_all(request, study, instances, syntax)
    if not multipart:
        return await send_object(request, instances[0], syntax)
    writer = Writer("application/dicom")
    return await _send(
        request, {"Content-Type": writer.content_type}, _parts(request, writer, study, instances, syntax)
    )


async def send_object(request: web.Request, instance: Instance, asked: str) -> web.StreamResponse:
    """One object, as it is stored (ANY) or in the transfer syntax that is asked for."""
    length, syntax, pieces = await _object(request, instance, asked)
    headers = {"Content-Type": f"application/dicom; transfer-syntax={syntax}", "Content-Length": str(length)}
    return await _send(request, headers, pieces)


async def _send(request: web.Request, headers: dict[str, str], pieces: AsyncIterator[bytes]) -> web.StreamResponse:
    always = {"Cache-Control": "no-store", "Vary": "Accept", "X-Content-Type-Options": "nosniff"}
    response = web.StreamResponse(headers=always | headers)
    async for piece in pieces:
        if not response.prepared:  # answer 200 only once the first object is ready
            await response.prepare(request)
        await response.write(piece)
    return response


async def _parts(
    request: web.Request, writer: Writer, study: Study, instances: list[Instance], asked: str
) -> AsyncIterator[bytes]:
    watch = Watch(archive_of(request), view_of(request), study.id)
    for instance in instances:
        length, syntax, pieces = await _object(request, instance, asked)
        yield writer.head(f"application/dicom; transfer-syntax={syntax}", length)
        async for piece in pieces:
            if not await watch.still_allowed():
                return  # without the closing boundary, so that the client sees it is incomplete
            yield piece
        yield b"\r\n"
    yield writer.end()


async def _make_all(request: web.Request, study: Study, instances: list[Instance], syntax: str) -> None:
    """Makes every object before the first is sent. Raises NotAcceptable for one of which that cannot be made."""
    watch = Watch(archive_of(request), view_of(request), study.id)
    for instance in instances:
        if not await watch.still_allowed():
            raise NotFound
        await _object(request, instance, syntax)


async def _object(request: web.Request, instance: Instance, asked: str) -> tuple[int, str, AsyncIterator[bytes]]:
    """Length, transfer syntax and bytes of an object, as stored or rewritten by a worker."""
    archive = archive_of(request)
    original = archive.objects.original(instance.sha256)
    syntax = asked if instance.frames or asked not in LOSSLESS else EXPLICIT_LE  # without pixels: no codec
    if syntax in (ANY, instance.transfer_syntax):
        return instance.bytes, instance.transfer_syntax, _stream(original, archive.disk)

    async def make(target: Path) -> None:
        await archive.sandbox.derive(Transcode(str(original), str(target), syntax), request[ACTOR].hospital)

    try:
        body = await archive.derivatives.get(instance.sha256, FILES.get(syntax, "explicit"), make)
    except Refused as refused:
        raise NotAcceptable(
            "This object cannot be rewritten; take it as it is stored (transfer-syntax=*).",
            reason=refused.code,
            offered=OBJECTS[:2],
        ) from refused
    return len(body), syntax, _at_once(body)


async def _stream(path: Path, disk: Disk) -> AsyncIterator[bytes]:
    stream = await disk.read(path.open, "rb")
    try:
        first = await disk.read(stream.read, CHUNK)
        # The preamble is sent as zeros, because it may be the header of an executable (S27, CVE-2019-11687).
        yield PREAMBLE + first[len(PREAMBLE) :]
        while block := await disk.read(stream.read, CHUNK):
            yield block
    finally:
        stream.close()


async def _at_once(body: bytes) -> AsyncIterator[bytes]:
    yield body


async def bulk_data(request: web.Request) -> web.Response:
    """A value that is too long for the metadata, by the path in its BulkDataURI."""
    found = await one_instance(request)
    ranges = found.layout.bulk.get(request.match_info["path"])
    if ranges is None:
        raise NotFound
    headers = cache_headers(request, f"{found.sha256[:24]}-{request.match_info['path'].replace('/', '.')}")
    frames = archive_of(request).frames
    if "multipart/related" in accept_of(request):
        writer = Writer("application/octet-stream")
        headers["Content-Type"] = writer.content_type
        around = writer.head("application/octet-stream", total(ranges)), b"\r\n" + writer.end()
        return web.Response(body=await frames.read(found.source, ranges, around), headers=headers)
    body = await frames.read(found.source, ranges)
    return web.Response(body=body, headers=headers, content_type="application/octet-stream")
