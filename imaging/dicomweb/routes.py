"""Every DICOMweb route in one table; each also exists under a sign-in's own prefix, for caching."""

from aiohttp import web

from imaging.dicomweb.frames import frames, pixel_data
from imaging.dicomweb.rendered import rendered, thumbnail
from imaging.dicomweb.search import search
from imaging.dicomweb.stow import store
from imaging.dicomweb.wado import bulk_data, metadata, retrieve

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
POST = {"/studies": store, STUDY: store}


def add_routes(app: web.Application) -> None:
    for prefix in ("", "/s/{signin:[A-Za-z0-9_-]{8,128}}"):
        for path, reading in GET.items():
            app.router.add_get(prefix + path, reading)
        for path, writing in POST.items():
            app.router.add_post(prefix + path, writing)
