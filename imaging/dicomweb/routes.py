"""Every DICOMweb route in one table; each also exists under a sign-in's own prefix, for caching."""

from aiohttp import web

from imaging.dicomweb.accept import JSON, OBJECT_SYNTAXES, XML
from imaging.dicomweb.capabilities import About, add_capabilities
from imaging.dicomweb.frames import frames, pixel_data
from imaging.dicomweb.rendered import rendered, thumbnail
from imaging.dicomweb.search import search
from imaging.dicomweb.stow import store
from imaging.dicomweb.wado import bulk_data, metadata, retrieve
from imaging.dicomweb.wado_uri import PARAMETERS, wado_uri

STUDY = "/studies/{study:[0-9.]{1,64}}"
SERIES = STUDY + "/series/{series:[0-9.]{1,64}}"
INSTANCE = SERIES + "/instances/{instance:[0-9.]{1,64}}"
FRAMES = INSTANCE + "/frames/{frames}"

GET = {
    FRAMES: frames,  # first, because the router tries them in this order, and viewers ask for little else
    "/studies": search,
    "/series": search,
    "/instances": search,
    STUDY + "/series": search,
    STUDY + "/instances": search,
    SERIES + "/instances": search,
    STUDY: retrieve,
    SERIES: retrieve,
    INSTANCE: retrieve,
    STUDY + "/metadata": metadata,
    SERIES + "/metadata": metadata,
    INSTANCE + "/metadata": metadata,
    STUDY + "/rendered": rendered,
    SERIES + "/rendered": rendered,
    INSTANCE + "/rendered": rendered,
    FRAMES + "/rendered": rendered,
    STUDY + "/thumbnail": thumbnail,
    SERIES + "/thumbnail": thumbnail,
    INSTANCE + "/thumbnail": thumbnail,
    FRAMES + "/thumbnail": thumbnail,
    INSTANCE + "/bulkdata/7FE00010": pixel_data,
    INSTANCE + "/bulkdata/7FE00008": pixel_data,
    INSTANCE + "/bulkdata/7FE00009": pixel_data,
    INSTANCE + "/bulkdata/{path:[0-9A-F/]{8,200}}": bulk_data,
}
URI = {"/wado": wado_uri}
POST = {"/studies": store, STUDY: store}

OCTETS = ("application/octet-stream", 'multipart/related; type="application/octet-stream"')
OBJECT = 'multipart/related; type="application/dicom"'
FRAME_TYPES = (*OCTETS, "image/jphc", "image/jls", "image/jp2", "image/jpeg")
PICTURE_TYPES = ("image/jpeg", "image/png")
ABOUT: dict[object, About] = {
    frames: About("Retrieve frames", FRAME_TYPES),
    search: About("Search", (JSON, XML), ("limit", "offset", "fuzzymatching", "includefield")),
    retrieve: About("Retrieve objects", tuple(f"{OBJECT}; transfer-syntax={each}" for each in OBJECT_SYNTAXES)),
    metadata: About("Retrieve metadata", (JSON, XML)),
    rendered: About("Retrieve a picture", PICTURE_TYPES, ("window", "viewport", "quality")),
    thumbnail: About("Retrieve a thumbnail", PICTURE_TYPES, ("viewport",)),
    pixel_data: About("Retrieve pixel data", FRAME_TYPES),
    bulk_data: About("Retrieve bulk data", OCTETS),
    store: About("Store", (JSON,), takes=(OBJECT, "application/dicom")),
    wado_uri: About("WADO-URI", ("application/dicom", *PICTURE_TYPES), PARAMETERS),
}


def add_routes(app: web.Application) -> None:
    for prefix in ("", "/s/{signin:[A-Za-z0-9_-]{8,128}}"):
        methods: dict[str, dict[str, About]] = {}
        for path, handler in [*GET.items(), *URI.items()]:
            methods[path] = {"GET": ABOUT[handler]}
        for path, handler in POST.items():
            methods.setdefault(path, {})["POST"] = ABOUT[handler]
        add_capabilities(app, prefix, methods)
        for path, reading in (GET | URI).items():
            app.router.add_get(prefix + path, reading)
        for path, writing in POST.items():
            app.router.add_post(prefix + path, writing)
