"""Rendered frames and thumbnails (PS3.18 §10.4.1.1.3), made by a worker and cached."""

from dataclasses import replace

from aiohttp import hdrs, web

from imaging.actor import ACTOR
from imaging.dicomweb.accept import picture_type
from imaging.dicomweb.wado import accept_of
from imaging.errors import Invalid, NotFound, NotRenderable, Refused
from imaging.lookup import OneInstance, middle_instance
from imaging.pictures import THUMBNAIL, Picture, middle_frame, thumbnail_of
from imaging.web import archive_of, cache_headers

LARGEST = 8192


async def rendered(request: web.Request) -> web.Response:
    query = request.query
    window = _window(query["window"]) if "window" in query else None
    size = _size(query["viewport"]) if "viewport" in query else None
    asked = query.get("quality", "")
    quality = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 90
    found = await middle_instance(request)
    media_type = picture_type(accept_of(request))
    picture = Picture(_frame(request, found), media_type, window, size, min(max(quality, 1), 100))
    return await _send(request, found, picture)


async def thumbnail(request: web.Request) -> web.Response:
    size = _size(request.query["viewport"]) if "viewport" in request.query else THUMBNAIL
    found = await middle_instance(request)
    media_type = picture_type(accept_of(request))
    picture = replace(thumbnail_of(found.instance), frame=_frame(request, found), media_type=media_type, size=size)
    return await _send(request, found, picture)


def _window(text: str) -> tuple[float, float]:
    """Parses `center,width[,shape]`; only the linear shape is supported."""
    try:
        center, width, *_ = (float(part) for part in text.split(",")[:2])
    except ValueError:
        raise Invalid("window is center,width in the image's own units.") from None
    if not (width >= 1 and abs(center) < 1e9 and width < 1e9):
        raise Invalid("window is center,width in the image's own units; the width is at least 1.")
    return center, width


def _size(text: str) -> tuple[int, int]:
    parts = text.split(",")[:2]
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() and 0 < int(part[:9]) <= LARGEST for part in parts):
        raise Invalid(f"viewport is width,height in pixels, each at most {LARGEST}.")
    return int(parts[0]), int(parts[1])


async def _send(request: web.Request, found: OneInstance, picture: Picture) -> web.Response:
    sha256 = found.instance.sha256
    headers = cache_headers(request, f"{sha256[:24]}-{picture.name}")
    if request.headers.get(hdrs.IF_NONE_MATCH) == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    try:
        body = await archive_of(request).pictures.get(sha256, picture, request[ACTOR].hospital)
    except Refused as refused:
        raise NotRenderable(refused.sentence, reason=refused.code) from refused
    return web.Response(body=body, headers=headers, content_type=picture.media_type)


def _frame(request: web.Request, found: OneInstance) -> int:
    count = found.instance.frames
    if not count:
        raise NotRenderable("This object holds no picture.")
    text = request.match_info.get("frames")
    if text is None:
        return middle_frame(found.instance)
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= count):
        raise NotFound
    return int(text)
