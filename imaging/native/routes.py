"""The routes under /imaging."""

from aiohttp import web

from imaging.native.batches import add_batch_routes
from imaging.native.opening import open_study
from imaging.native.packs import frames, preview
from imaging.native.tus import add_tus_routes

STUDY = "/{study:[0-9.]{1,64}}"
GET = {
    "/open" + STUDY: open_study,
    "/preview" + STUDY + "/{series:[0-9.]{1,64}}": preview,
    "/frames" + STUDY + "/{series:[0-9.]{1,64}}": frames,
}


def add_native_routes(app: web.Application) -> None:
    for prefix in ("", "/s/{signin:[A-Za-z0-9_-]{8,128}}"):
        add_tus_routes(app, prefix)
        add_batch_routes(app, prefix)
        for path, reading in GET.items():
            app.router.add_get(prefix + path, reading)
