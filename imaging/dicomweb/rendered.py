"""Rendered frames and thumbnails (PS3.18 §10.4.1.1.3), made by a worker and cached."""

import re
from dataclasses import replace

from aiohttp import hdrs, web

from imaging.actor import ACTOR
from imaging.dicomweb.accept import picture_type
from imaging.dicomweb.wado import accept_of
from imaging.errors import Invalid, NotFound, NotRenderable, Refused
from imaging.index.access import Located
from imaging.lookup import middle_instance
from imaging.pictures import THUMBNAIL, Picture, middle_frame, thumbnail_of
from imaging.web import archive_of, cache_headers

LARGEST = 8192
FUNCTIONS = ("LINEAR", "LINEAR_EXACT", "SIGMOID")
DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", re.ASCII)


async def rendered(request: web.Request) -> web.Response:
    query = request.query
    window, function = window_of(query["window"]) if "window" in query else (None, "")
    if "annotation" in query:
        raise Invalid("annotation is not applied here: pictures carry no names and no texts. Ask without it.")
    if "presentationUID" in query:
        raise Invalid("presentationUID is not applied here. Ask without it.")
    size = size_of(query["viewport"]) if "viewport" in query else None
    asked = query.get("quality", "")
    quality = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 90
    found = await middle_instance(request)
    media_type = picture_type(accept_of(request))
    picture = Picture(frame_of(request, found), media_type, window, function, size, min(max(quality, 1), 100))
    return await send_picture(request, found, picture)


async def thumbnail(request: web.Request) -> web.Response:
    size = size_of(request.query["viewport"]) if "viewport" in request.query else THUMBNAIL
    found = await middle_instance(request)
    media_type = picture_type(accept_of(request))
    picture = replace(thumbnail_of(found.frames), frame=frame_of(request, found), media_type=media_type, size=size)
    return await send_picture(request, found, picture)


def window_of(text: str) -> tuple[tuple[float, float], str]:
    """`center,width[,function]` (PS3.18 §8.3.5.1.4), the function spelled as in files; empty: the file's own."""
    center, width, function = [*(part.strip() for part in text.split(",")), "", ""][:3]
    known = function.upper().replace("-", "_")
    if text.count(",") > 2 or not (DECIMAL.fullmatch(center) and DECIMAL.fullmatch(width)):
        raise Invalid("window is center,width or center,width,function; center and width are numbers.")
    if function and known not in FUNCTIONS:
        raise Invalid("The function of window is linear, linear-exact or sigmoid.")
    window = float(center), float(width)
    if not (abs(window[0]) < 1e9 and 0 < window[1] < 1e9):
        raise Invalid("window is in the image's own units, below 1e9; the width is positive.")
    if window[1] < 1 and known in ("", "LINEAR"):
        raise Invalid("The width of a linear window is at least 1; linear-exact and sigmoid take smaller ones.")
    return window, known


def size_of(text: str) -> tuple[int, int]:
    parts = text.split(",")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and 0 < int(part[:9]) <= LARGEST for part in parts):
        raise Invalid(
            f"viewport is width,height in pixels, each at most {LARGEST}; a part of the picture is not cut out."
        )
    return int(parts[0]), int(parts[1])


async def send_picture(request: web.Request, found: Located, picture: Picture) -> web.Response:
    sha256 = found.sha256
    headers = cache_headers(request, f"{sha256[:24]}-{picture.name}")
    if request.headers.get(hdrs.IF_NONE_MATCH) == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    try:
        body = await archive_of(request).pictures.get(sha256, picture, request[ACTOR].hospital)
    except Refused as refused:
        raise NotRenderable(refused.sentence, reason=refused.code) from refused
    return web.Response(body=body, headers=headers, content_type=picture.media_type)


def frame_of(request: web.Request, found: Located) -> int:
    count = found.frames
    if not count:
        raise NotRenderable("This object holds no picture.")
    text = request.match_info.get("frames")
    if text is None:
        return middle_frame(found.frames)
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= count):
        raise NotFound
    return int(text)
