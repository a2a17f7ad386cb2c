"""The archive's two sub-apps to mount: DICOMweb, and the routes that DICOMweb does not have."""

from aiohttp import web

from imaging.actor import Authenticate
from imaging.archive import Archive
from imaging.dicomweb.routes import add_routes
from imaging.native.routes import add_native_routes
from imaging.reads import READS, Reads, refusals
from imaging.web import ARCHIVE, problems, signed_in, with_actor

REQUEST_BYTES = 1 << 20
"""For bodies that are read as a whole; images are streamed and have limits of their own."""


def build_apps(archive: Archive, authenticate: Authenticate, reads: Reads | None = None) -> dict[str, web.Application]:
    """The apps by mount point. Every route asks `authenticate` who the caller is, and tells `reads` what they see."""
    apps = {"/dicomweb": add_routes, "/imaging": add_native_routes}
    mounts: dict[str, web.Application] = {}
    for prefix, add in apps.items():
        app = web.Application(
            middlewares=[with_actor(authenticate), problems, signed_in, refusals], client_max_size=REQUEST_BYTES
        )
        if reads is not None:
            app[READS] = reads
        app[ARCHIVE] = archive
        add(app)
        mounts[prefix] = app
    return mounts
