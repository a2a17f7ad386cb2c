"""WADO-RS frames (PS3.18 §10.4.1.1.6): stored bytes read by offset, or decoded by a worker; whole or a range."""

from pathlib import Path

from aiohttp import hdrs, web

from imaging.actor import ACTOR
from imaging.dicomweb.accept import Form, frames_form
from imaging.dicomweb.multipart import Writer
from imaging.dicomweb.wado import accept_of
from imaging.errors import Invalid, NotFound, NotRenderable, Refused
from imaging.index.access import Located
from imaging.layout import cut, total
from imaging.lookup import Watch, one_instance, view_of
from imaging.syntaxes import HTJ2K_LOSSLESS_RPCL, JPEG_2000_LOSSLESS, JPEG_BASELINE, JPEG_LS_LOSSLESS
from imaging.web import archive_of, cache_headers
from imaging.workers.jobs import Decode, Recode

MADE = {JPEG_LS_LOSSLESS: "jls", JPEG_2000_LOSSLESS: "j2k", JPEG_BASELINE: "jpg"}
"""The transfer syntaxes that are made for who asks for them, and the ends of their files' names in the cache."""


async def frames(request: web.Request) -> web.StreamResponse:
    found = await one_instance(request)
    numbers = _numbers(request.match_info["frames"], found)
    return await _send(request, found, numbers, await _form(request, found, numbers))


async def _form(request: web.Request, found: Located, numbers: list[int]) -> Form:
    """What to send; encoded only if that succeeds, because a picture must not fail for being smaller on its way."""
    header, encoded, made = accept_of(request), archive_of(request).encoded, tuple(MADE)
    if encoded.may(found):
        made = (HTJ2K_LOSSLESS_RPCL, *made)
    while True:
        form = frames_form(header, found.frame_syntax, made)
        if form.syntax not in made or form.syntax == found.frame_syntax:
            return form
        if await _is_made(request, found, numbers, form):
            return form
        made = tuple(syntax for syntax in made if syntax != form.syntax)


async def _is_made(request: web.Request, found: Located, numbers: list[int], form: Form) -> bool:
    """Whether all these frames can be had so; each is made once, and the cache has it then."""
    for number in numbers:
        if form.syntax == HTJ2K_LOSSLESS_RPCL:
            if not await archive_of(request).encoded.made(found, number, request[ACTOR].hospital):
                return False
            continue
        try:
            await _derived(request, found, number, form)
        except NotRenderable:
            return False
    return True


async def pixel_data(request: web.Request) -> web.StreamResponse:
    """Answers the pixel data's BulkDataURI: all frames, as stored unless the client asks otherwise."""
    found = await one_instance(request)
    layout = found.layout
    if not layout.count:
        raise NotFound
    form = frames_form(accept_of(request), found.frame_syntax)
    return await _send(request, found, list(range(1, layout.count + 1)), form)


def _numbers(text: str, found: Located) -> list[int]:
    count = found.layout.count
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 8 for part in parts):
        raise Invalid("Frames are whole numbers from 1 on, separated by commas.")
    numbers = [int(part) for part in parts]
    if not all(1 <= number <= count for number in numbers):
        raise NotFound
    return numbers


async def _part(
    request: web.Request, found: Located, number: int, form: Form, writer: Writer, *, last: bool
) -> bytes | bytearray:
    """One frame as a part of a multipart body, and if it is the last one the body's end."""
    after = b"\r\n" + (writer.end() if last else b"")
    if form.syntax != found.frame_syntax:
        body = await _derived(request, found, number, form)
        return writer.head(_part_type(form), len(body)) + body + after
    ranges = found.layout.frame(number)
    around = writer.head(_part_type(form), total(ranges)), after
    return await archive_of(request).frames.read(found.source, ranges, around)


async def _derived(request: web.Request, found: Located, number: int, form: Form) -> bytes:
    archive, hospital = archive_of(request), request[ACTOR].hospital

    async def make(target: Path) -> None:
        original = str(archive.objects.original(found.sha256))
        job = Recode(original, str(target), number, form.syntax) if form.syntax in MADE else None
        await archive.sandbox.derive(job or Decode(original, str(target), number), hospital)

    try:
        if form.syntax == HTJ2K_LOSSLESS_RPCL:
            return await archive.encoded.get(found, number, hospital)
        return await archive.derivatives.get(found.sha256, f"{number}.{MADE.get(form.syntax, 'raw')}", make)
    except Refused as refused:
        raise NotRenderable(refused.sentence, reason=refused.code) from refused


def _part_type(form: Form) -> str:
    return f"{form.media_type}; transfer-syntax={form.syntax}"


async def _send(request: web.Request, found: Located, numbers: list[int], form: Form) -> web.StreamResponse:
    tag = f"{found.sha256[:24]}-{'.'.join(map(str, numbers[:20]))}-{form.syntax[-12:]}-{int(form.multipart)}"
    headers = cache_headers(request, tag)
    if request.headers.get(hdrs.IF_NONE_MATCH) == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    if not form.multipart:
        if len(numbers) > 1:
            raise Invalid("Several frames come in parts: accept multipart/related.")
        headers |= {"Content-Type": _part_type(form), "Accept-Ranges": "bytes"}
        return await _single(request, found, numbers[0], form, headers)
    writer = Writer(form.media_type)
    headers["Content-Type"] = writer.content_type
    if len(numbers) == 1:
        return web.Response(body=await _part(request, found, numbers[0], form, writer, last=True), headers=headers)
    response = web.StreamResponse(headers=headers)
    watch = Watch(archive_of(request), view_of(request), found.study)
    for at, number in enumerate(numbers, start=1):
        if not await watch.still_allowed():
            return response
        body = await _part(request, found, number, form, writer, last=at == len(numbers))
        if not response.prepared:  # answer 200 only once the first frame is decoded
            await response.prepare(request)
        await response.write(body)
    return response


async def _single(
    request: web.Request, found: Located, number: int, form: Form, headers: dict[str, str]
) -> web.Response:
    """One frame as the body, or the range of it that is asked for."""
    ranges, decoded = found.layout.frame(number), None
    if form.syntax != found.frame_syntax:
        decoded = await _derived(request, found, number, form)
    length = total(ranges) if decoded is None else len(decoded)
    try:
        wanted = request.http_range
    except ValueError:
        return web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{length}"})
    start, stop, _ = wanted.indices(length)
    status = 200
    if wanted != slice(None, None, 1):
        if start >= stop:
            return web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{length}"})
        status, headers["Content-Range"] = 206, f"bytes {start}-{stop - 1}/{length}"
    if decoded is not None:
        return web.Response(status=status, body=decoded[start:stop], headers=headers)
    body = await archive_of(request).frames.read(found.source, cut(ranges, start, stop))
    return web.Response(status=status, body=body, headers=headers)
