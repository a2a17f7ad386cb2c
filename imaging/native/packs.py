"""Packs for viewers: all previews of a series in one answer, and runs of its frames in one each."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from aiohttp import hdrs, web

from imaging.errors import Gone, Invalid, NotFound
from imaging.layout import Ranges, cut, total
from imaging.lookup import Watch, one_series, opened_pack, view_of
from imaging.store.objects import Source
from imaging.store.packs import Damaged, Opened, frames_of, preview_of
from imaging.web import SIGN_IN, archive_of, cache_headers, wanted

PIECE: Final = 256 << 10
"""Bytes after which others get their turn, and the right to see them is looked at again."""
MOST_FRAMES: Final = 256


@dataclass(frozen=True)
class Pack:
    study: int
    version: str
    opened: Opened


async def preview(request: web.Request) -> web.StreamResponse:
    """The newest pack's contents (JSON) and previews, from the middle outward; 204 while there is no pack."""
    pack = await _pack(request)
    if pack is None:
        return web.Response(status=204)
    headers = _headers(request, pack, "preview")
    if "version" not in request.query and request.match_info.get(SIGN_IN):
        headers["Cache-Control"] = "private, no-cache"  # the next one may be of a newer pack
    return await _send(request, pack, preview_of(pack.version), [(0, pack.opened.index.preview_size)], headers)


async def frames(request: web.Request) -> web.StreamResponse:
    """Frames of one pack behind one another: `frames=3,8-23`, positions in its contents from 0.

    `rest=1`: each without its preview, for who has that already.
    """
    if "version" not in request.query:
        raise Invalid("Name the version of the pack: positions of another one are other pictures.")
    pack = await _pack(request)
    assert pack is not None
    rest, ranges = request.query.get("rest") == "1", list[tuple[int, int]]()
    asked = list(islice(_positions(request.query.get("frames", ""), len(pack.opened.frames)), MOST_FRAMES + 1))
    if len(asked) > MOST_FRAMES:
        raise Invalid(f"At most {MOST_FRAMES} frames come in one answer.")
    for at in asked:
        frame = pack.opened.frames[at]
        if not frame.length:
            raise Invalid("A frame is not in the pack; take it by its own address.")
        skipped = frame.quarter if rest else 0
        _append(ranges, frame.offset + skipped, frame.length - skipped)
    key = hashlib.sha256(f"{request.query['frames']} {rest}".encode()).hexdigest()[:16]
    return await _send(request, pack, frames_of(pack.version), ranges, _headers(request, pack, key))


async def _pack(request: web.Request) -> Pack | None:
    """The pack of the series that is asked for, or else the newest; None: there is none."""
    archive, found = archive_of(request), await one_series(request)
    series, newest = found.id, found.pack
    asked = request.query.get("version", newest)
    if asked == newest:
        opened = await opened_pack(archive, series, newest)
        if opened is None and "version" in request.query:
            raise Gone("There is no such pack; open the series again.")
        return Pack(found.study, newest, opened) if opened else None
    try:
        if not (len(asked) == 32 and asked.isascii() and asked.isalnum()):
            raise Damaged
        opened = await archive.packs.open(asked)
        if opened.index.series != series:
            raise Damaged
    except Damaged:
        raise Gone("There is no such pack any more; open the series again.") from None
    return Pack(found.study, asked, opened)


def _positions(text: str, count: int) -> Iterator[int]:
    for run in text.split(","):
        first, dash, last = run.partition("-")
        numbers = (first, last) if dash else (first, first)
        if not all(each.isascii() and each.isdigit() and len(each) < 8 for each in numbers):
            raise Invalid("Frames are positions from 0 on or runs of them, separated by commas: 3,8-23.")
        if not int(numbers[0]) <= int(numbers[1]) < count:
            raise NotFound
        yield from range(int(numbers[0]), int(numbers[1]) + 1)


def _append(ranges: Ranges, offset: int, length: int) -> None:
    """Neighbours become one range, which is one read."""
    if ranges and sum(ranges[-1]) == offset:
        ranges[-1] = ranges[-1][0], ranges[-1][1] + length
    else:
        ranges.append((offset, length))


def _headers(request: web.Request, pack: Pack, key: str) -> dict[str, str]:
    return cache_headers(request, f"{pack.version}-{key}") | {
        "Content-Type": "application/octet-stream",
        "Accept-Ranges": "bytes",
    }


async def _send(
    request: web.Request, pack: Pack, source: Source, ranges: Ranges, headers: dict[str, str]
) -> web.StreamResponse:
    """The ranges as one body, or the part of it that `Range` asks for."""
    if request.headers.get(hdrs.IF_NONE_MATCH) == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    status, start, stop = wanted(request, total(ranges), headers)
    if status == 416:
        return web.Response(status=status, headers=headers)
    archive = archive_of(request)
    if stop - start <= PIECE:
        return web.Response(
            status=status, body=await archive.frames.read(source, cut(ranges, start, stop)), headers=headers
        )
    watch = Watch(archive, view_of(request), pack.study)
    response = web.StreamResponse(status=status, headers=headers)
    response.content_length = stop - start
    try:
        for at in range(start, stop, PIECE):
            piece = await archive.frames.read(source, cut(ranges, at, min(at + PIECE, stop)))
            if not response.prepared:
                await response.prepare(request)
            if not await watch.still_allowed():
                _abort(request)
                break
            await response.write(piece)
    except OSError:
        if not response.prepared:
            raise
        _abort(request)  # the viewer has gone on to something else, or the disk fails
    return response


def _abort(request: web.Request) -> None:
    """A short body must not look like a whole one."""
    if request.transport is not None:
        request.transport.abort()
