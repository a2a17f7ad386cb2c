"""WADO-URI (PS3.18 §9): one object named by query parameters, whole or as a picture; for older clients."""

import re

from aiohttp import web

from imaging.dicomweb.accept import ANY, LOSSLESS, parse
from imaging.dicomweb.rendered import LARGEST, frame_of, send_picture, size_of, window_of
from imaging.dicomweb.wado import accept_of, send_object
from imaging.errors import Invalid, NotAcceptable
from imaging.lookup import one_instance, to_download
from imaging.pictures import Picture
from imaging.syntaxes import EXPLICIT_LE

DICOM = "application/dicom"
PICTURES = ("image/jpeg", "image/png")
NAMES = {"studyUID": "study", "seriesUID": "series", "objectUID": "instance"}
NOT_APPLIED = ("anonymize", "annotation", "region", "presentationUID", "presentationSeriesUID")
PARAMETERS = (
    *("requestType", *NAMES, "contentType", "transferSyntax", "frameNumber"),
    *("rows", "columns", "windowCenter", "windowWidth", "imageQuality"),
)
UID = re.compile(r"[0-9.]{1,64}")


async def wado_uri(request: web.Request) -> web.StreamResponse:
    query = request.query
    if query.get("requestType") != "WADO":
        raise Invalid("requestType is WADO.")
    for name, part in NAMES.items():
        if not UID.fullmatch(query.get(name, "")):
            raise Invalid(f"{name} is a UID; studyUID, seriesUID and objectUID are needed.")
        request.match_info[part] = query[name]  # what follows is the same as under WADO-RS' address
    if given := [name for name in NOT_APPLIED if name in query]:
        raise Invalid(f"{given[0]} is not applied here. Ask without it.")
    media_type = _media_type(request)
    if media_type == "" or media_type in PICTURES:
        found = await one_instance(request)
        if media_type or found.frames == 1:
            if "frameNumber" in query:
                request.match_info["frames"] = query["frameNumber"]
            picture = Picture(frame_of(request, found), media_type or PICTURES[0], *_look(request))
            return await send_picture(request, found, picture)
    syntax = query.get("transferSyntax", EXPLICIT_LE)
    _, [instance] = await to_download(request)
    if syntax == instance.transfer_syntax:
        syntax = ANY
    elif syntax not in (EXPLICIT_LE, *LOSSLESS):
        raise NotAcceptable(
            "This object is not offered in that transfer syntax.",
            offered=sorted({instance.transfer_syntax, EXPLICIT_LE, *LOSSLESS}),
        )
    return await send_object(request, instance, syntax)


def _media_type(request: web.Request) -> str:
    """What is asked for; empty: what is usual for the object (§9.1.2.1.1)."""
    asked = request.query.get("contentType") or accept_of(request)
    for one in parse(asked):
        if one.media_type in (DICOM, *PICTURES):
            return one.media_type
        if one.media_type in ("*/*", "image/*", "application/*"):
            return {"image/*": PICTURES[0], "application/*": DICOM}.get(one.media_type, "")
    raise NotAcceptable("Objects are offered whole and as pictures.", offered=[DICOM, *PICTURES])


def _look(request: web.Request) -> tuple[tuple[float, float] | None, str, tuple[int, int] | None, int]:
    """Window, its function, size and quality of the picture."""
    query = request.query
    center, width = query.get("windowCenter"), query.get("windowWidth")
    if (center is None) != (width is None):
        raise Invalid("windowCenter and windowWidth come together.")
    window, function = (None, "") if center is None else window_of(f"{center},{width}")
    size = None
    if "rows" in query or "columns" in query:
        size = size_of(f"{query.get('columns', LARGEST)},{query.get('rows', LARGEST)}")
    quality = query.get("imageQuality", "90")
    if not (quality.isascii() and quality.isdigit() and 1 <= int(quality[:4]) <= 100):
        raise Invalid("imageQuality is a whole number from 1 to 100.")
    return window, function, size, int(quality)
