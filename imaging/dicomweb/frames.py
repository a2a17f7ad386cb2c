"""WADO-RS frames (PS3.18 §10.4.1.1.6): stored bytes read by offset, or decoded by a worker; whole or a range."""

from pathlib import Path

from aiohttp import hdrs, web

from imaging.actor import ACTOR
from imaging.dicomweb.accept import Form, frames_form
from imaging.dicomweb.multipart import Writer
from imaging.dicomweb.wado import accept_of
from imaging.errors import Invalid, NotFound, NotRenderable, Refused
from imaging.lookup import OneInstance, Watch, one_instance, view_of
from imaging.store.objects import read_ranges
from imaging.web import archive_of, cache_headers
from imaging.workers.jobs import Decode


async def frames(request: web.Request) -> web.StreamResponse:
    found = await one_instance(request)
    numbers = _numbers(request.match_info["frames"], found)
    form = frames_form(accept_of(request), found.instance.frame_syntax)
    return await _send(request, found, numbers, form)


async def pixel_data(request: web.Request) -> web.StreamResponse:
    """Answers the pixel data's BulkDataURI: all frames, as stored unless the client asks otherwise."""
    found = await one_instance(request)
    layout = found.layout
    if not layout.count:
        raise NotFound
    form = frames_form(accept_of(request), found.instance.frame_syntax)
    return await _send(request, found, list(range(1, layout.count + 1)), form)


def _numbers(text: str, found: OneInstance) -> list[int]:
    count = found.layout.count
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 8 for part in parts):
        raise Invalid("Frames are whole numbers from 1 on, separated by commas.")
    numbers = [int(part) for part in parts]
    if not all(1 <= number <= count for number in numbers):
        raise NotFound
    return numbers


async def frame_bytes(request: web.Request, found: OneInstance, number: int, form: Form) -> bytes:
    archive, instance = archive_of(request), found.instance
    if form.syntax == instance.frame_syntax:
        objects = archive.objects
        path = objects.sidecar(instance.sha256) if instance.sidecar else objects.original(instance.sha256)
        return await archive.disk.read(read_ranges, path, found.layout.frame(number))

    async def make(target: Path) -> None:
        original = archive.objects.original(instance.sha256)
        await archive.sandbox.derive(Decode(str(original), str(target), number), request[ACTOR].hospital)

    try:
        return await archive.derivatives.get(instance.sha256, f"{number}.raw", make)
    except Refused as refused:
        raise NotRenderable(refused.sentence, reason=refused.code) from refused


async def _send(request: web.Request, found: OneInstance, numbers: list[int], form: Form) -> web.StreamResponse:
    archive = archive_of(request)
    tag = f"{found.instance.sha256[:24]}-{'.'.join(map(str, numbers[:20]))}-{form.syntax[-12:]}-{int(form.multipart)}"
    headers = cache_headers(request, tag)
    if request.headers.get(hdrs.IF_NONE_MATCH) == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    part_type = f"{form.media_type}; transfer-syntax={form.syntax}"
    if not form.multipart:
        if len(numbers) > 1:
            raise Invalid("Several frames come in parts: accept multipart/related.")
        body = await frame_bytes(request, found, numbers[0], form)
        return _ranged(request, body, {**headers, "Content-Type": part_type, "Accept-Ranges": "bytes"})
    writer = Writer(form.media_type)
    headers["Content-Type"] = writer.content_type
    if len(numbers) == 1:
        body = await frame_bytes(request, found, numbers[0], form)
        return web.Response(body=writer.head(part_type, len(body)) + body + b"\r\n" + writer.end(), headers=headers)
    response = web.StreamResponse(headers=headers)
    watch = Watch(archive, view_of(request), found.study)
    for number in numbers:
        if not await watch.still_allowed():
            return response
        body = await frame_bytes(request, found, number, form)
        if not response.prepared:  # answer 200 only once the first frame is decoded
            await response.prepare(request)
        await response.write(writer.head(part_type, len(body)) + body + b"\r\n")
    await response.write(writer.end())
    return response


def _ranged(request: web.Request, body: bytes, headers: dict[str, str]) -> web.Response:
    try:
        wanted = request.http_range
    except ValueError:
        return web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{len(body)}"})
    if wanted.start is None and wanted.stop is None:
        return web.Response(body=body, headers=headers)
    start, stop, _ = wanted.indices(len(body))
    if start >= stop:
        return web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{len(body)}"})
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(body)}"
    return web.Response(status=206, body=body[start:stop], headers=headers)
