"""Rendered frames and thumbnails (PS3.18 §10.4.1.1.3): pictures made by a worker, kept for the next who asks."""

from pathlib import Path

from aiohttp import hdrs, web

from imaging.dicomweb.accept import picture_type
from imaging.dicomweb.lookup import OneInstance, middle_instance
from imaging.dicomweb.wado import accept_of
from imaging.errors import Invalid, NotFound, NotRenderable, Refused
from imaging.ingest.jobs import Render
from imaging.web import archive_of, cache_headers

THUMBNAIL = (200, 200)
LARGEST = 8192


async def rendered(request: web.Request) -> web.Response:
    found = await middle_instance(request)
    query = request.query
    window = _window(query["window"]) if "window" in query else None
    size = _size(query["viewport"]) if "viewport" in query else None
    quality = int(query["quality"]) if query.get("quality", "").isdigit() and len(query["quality"]) < 4 else 90
    return await _picture(request, found, window, size, min(max(quality, 1), 100))


async def thumbnail(request: web.Request) -> web.Response:
    found = await middle_instance(request)
    size = _size(request.query["viewport"]) if "viewport" in request.query else THUMBNAIL
    return await _picture(request, found, None, size, 80)


def _window(text: str) -> tuple[float, float]:
    """center,width[,shape]; the shape is linear."""
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


async def _picture(
    request: web.Request,
    found: OneInstance,
    window: tuple[float, float] | None,
    size: tuple[int, int] | None,
    quality: int,
) -> web.Response:
    instance, archive = found.instance, archive_of(request)
    number = _frame(request, found)
    media_type = picture_type(accept_of(request))
    extension = media_type.partition("/")[2]
    shape = "-".join(
        [
            f"w{window[0]:g}.{window[1]:g}" if window else "w",
            f"s{size[0]}.{size[1]}" if size else "s",
            f"q{quality}",
        ]
    )
    name = f"{number}-{shape}.{extension}"
    headers = cache_headers(request, f"{instance.sha256[:24]}-{name}")
    if request.headers.get(hdrs.IF_NONE_MATCH) == headers["ETag"]:
        return web.Response(status=304, headers=headers)

    async def make(target: Path) -> None:
        original = str(archive.objects.original(instance.sha256))
        await archive.sandbox.derive(Render(original, str(target), number, media_type, window, size, quality))

    try:
        body = await archive.derivatives.get(instance.sha256, name, make)
    except Refused as refused:
        raise NotRenderable(refused.sentence, reason=refused.code) from refused
    return web.Response(body=body, headers=headers, content_type=media_type)


def _frame(request: web.Request, found: OneInstance) -> int:
    count = found.instance.frames
    if not count:
        raise NotRenderable("This object holds no picture.")
    text = request.match_info.get("frames")
    if text is None:
        return (count + 1) // 2
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= count):
        raise NotFound
    return int(text)
