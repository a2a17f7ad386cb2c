"""WADO-RS frames (PS3.18 §10.4.1.1.6): stored bytes read by offset, or decoded by a worker; whole or a range."""

from dataclasses import dataclass
from pathlib import Path

from aiohttp import hdrs, web

from imaging.actor import ACTOR
from imaging.dicomweb.accept import Form, frames_form
from imaging.dicomweb.multipart import Writer
from imaging.dicomweb.wado import accept_of
from imaging.errors import Invalid, NotFound, NotRenderable, Refused
from imaging.index.access import Located
from imaging.layout import Ranges, cut, total
from imaging.lookup import Watch, one_instance, opened_pack, view_of
from imaging.store.objects import Source
from imaging.store.packs import frames_of
from imaging.syntaxes import HTJ2K_LOSSLESS_RPCL, JPEG_2000_LOSSLESS, JPEG_BASELINE, JPEG_LS_LOSSLESS
from imaging.web import archive_of, cache_headers, wanted
from imaging.workers.jobs import Decode, Recode

MADE = {JPEG_LS_LOSSLESS: "jls", JPEG_2000_LOSSLESS: "j2k", JPEG_BASELINE: "jpg"}
"""The transfer syntaxes that are made for who asks for them, and the ends of their files' names in the cache."""


@dataclass(frozen=True)
class Place:
    """Where a frame's bytes are, in the transfer syntax that is sent."""

    source: Source
    ranges: Ranges


async def frames(request: web.Request) -> web.StreamResponse:
    found = await one_instance(request)
    numbers = _numbers(request.match_info["frames"], found)
    packed = await _packed(request, found, numbers)
    form = await _form(request, found, numbers, packed)
    return await _send(request, found, numbers, form, packed)


async def _form(request: web.Request, found: Located, numbers: list[int], packed: dict[int, Place]) -> Form:
    """What to send; encoded only if that succeeds, because a picture must not fail for being smaller on its way."""
    header, made = accept_of(request), (*([HTJ2K_LOSSLESS_RPCL] if packed else []), *MADE)
    while True:
        form = frames_form(header, found.frame_syntax, made)
        if form.syntax not in MADE or form.syntax == found.frame_syntax:
            return form
        if await _are_made(request, found, numbers, form):
            return form
        made = tuple(syntax for syntax in made if syntax != form.syntax)


async def _are_made(request: web.Request, found: Located, numbers: list[int], form: Form) -> bool:
    """Whether all these frames can be had so; each is made once, and the cache has it then."""
    try:
        for number in numbers:
            await _derived(request, found, number, form)
    except NotRenderable:
        return False
    return True


async def _packed(request: web.Request, found: Located, numbers: list[int]) -> dict[int, Place]:
    """Where the frames are in the pack of their series; empty if one of them is not."""
    opened = await opened_pack(archive_of(request), found.series, found.pack)
    rows = opened.of(found.sha256) if opened else []
    places = {
        number: Place(frames_of(found.pack), [(row.offset, row.length)])
        for number in numbers
        if number <= len(rows) and (row := rows[number - 1]).length
    }
    return places if len(places) == len(set(numbers)) else {}


async def pixel_data(request: web.Request) -> web.StreamResponse:
    """Answers the pixel data's BulkDataURI: all frames, as stored unless the client asks otherwise."""
    found = await one_instance(request)
    layout = found.layout
    if not layout.count:
        raise NotFound
    form = frames_form(accept_of(request), found.frame_syntax)
    return await _send(request, found, list(range(1, layout.count + 1)), form, {})


def _numbers(text: str, found: Located) -> list[int]:
    count = found.layout.count
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 8 for part in parts):
        raise Invalid("Frames are whole numbers from 1 on, separated by commas.")
    numbers = [int(part) for part in parts]
    if not all(1 <= number <= count for number in numbers):
        raise NotFound
    return numbers


def _place(found: Located, number: int, form: Form, packed: dict[int, Place]) -> Place | None:
    """None: the frame is to be decoded or encoded first."""
    if form.syntax == found.frame_syntax:
        return Place(found.source, found.layout.frame(number))
    return packed.get(number) if form.syntax == HTJ2K_LOSSLESS_RPCL else None


async def _part(
    request: web.Request, found: Located, number: int, form: Form, place: Place | None, writer: Writer, *, last: bool
) -> bytes | bytearray:
    """One frame as a part of a multipart body, and if it is the last one the body's end."""
    after = b"\r\n" + (writer.end() if last else b"")
    if place is None:
        body = await _derived(request, found, number, form)
        return writer.head(_part_type(form), len(body)) + body + after
    around = writer.head(_part_type(form), total(place.ranges)), after
    return await archive_of(request).frames.read(place.source, place.ranges, around)


async def _derived(request: web.Request, found: Located, number: int, form: Form) -> bytes:
    archive, hospital = archive_of(request), request[ACTOR].hospital

    async def make(target: Path) -> None:
        original = str(archive.objects.original(found.sha256))
        job = Recode(original, str(target), number, form.syntax) if form.syntax in MADE else None
        await archive.sandbox.derive(job or Decode(original, str(target), number), hospital)

    try:
        return await archive.derivatives.get(found.sha256, f"{number}.{MADE.get(form.syntax, 'raw')}", make)
    except Refused as refused:
        raise NotRenderable(refused.sentence, reason=refused.code) from refused


def _part_type(form: Form) -> str:
    return f"{form.media_type}; transfer-syntax={form.syntax}"


async def _send(
    request: web.Request, found: Located, numbers: list[int], form: Form, packed: dict[int, Place]
) -> web.StreamResponse:
    tag = f"{found.sha256[:24]}-{'.'.join(map(str, numbers[:20]))}-{form.syntax[-12:]}-{int(form.multipart)}"
    headers = cache_headers(request, tag)
    if request.headers.get(hdrs.IF_NONE_MATCH) == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    if not form.multipart:
        if len(numbers) > 1:
            raise Invalid("Several frames come in parts: accept multipart/related.")
        headers |= {"Content-Type": _part_type(form), "Accept-Ranges": "bytes"}
        return await _single(request, found, numbers[0], form, packed, headers)
    writer = Writer(form.media_type)
    headers["Content-Type"] = writer.content_type
    places = {number: _place(found, number, form, packed) for number in numbers}
    if len(numbers) == 1:
        (place,) = places.values()
        body = await _part(request, found, numbers[0], form, place, writer, last=True)
        return web.Response(body=body, headers=headers)
    response = web.StreamResponse(headers=headers)
    watch = Watch(archive_of(request), view_of(request), found.study)
    for at, number in enumerate(numbers, start=1):
        if not await watch.still_allowed():
            return response
        body = await _part(request, found, number, form, places[number], writer, last=at == len(numbers))
        if not response.prepared:  # answer 200 only once the first frame is decoded
            await response.prepare(request)
        await response.write(body)
    return response


async def _single(
    request: web.Request,
    found: Located,
    number: int,
    form: Form,
    packed: dict[int, Place],
    headers: dict[str, str],
) -> web.Response:
    """One frame as the body, or the range of it that is asked for."""
    place = _place(found, number, form, packed)
    derived = await _derived(request, found, number, form) if place is None else b""
    length = total(place.ranges) if place else len(derived)
    status, start, stop = wanted(request, length, headers)
    if status == 416:
        return web.Response(status=status, headers=headers)
    if place is None:
        return web.Response(status=status, body=derived[start:stop], headers=headers)
    body = await archive_of(request).frames.read(place.source, cut(place.ranges, start, stop))
    return web.Response(status=status, body=body, headers=headers)
