"""Behind a proxy: for whom it asks, by its own word only."""

from aiohttp import web
from aiohttp.typedefs import Handler

FORWARDED = "X-Forwarded-For"


@web.middleware
async def proxied(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The last hop is the address the proxy itself saw; what stands before it anybody may have written (S22).

    Without this every page would share the proxy's address, and with it one count of wrong passwords.
    """
    told = request.headers.getall(FORWARDED, [])
    last = told[-1].rpartition(",")[2].strip() if told else ""
    return await handler(request.clone(remote=last) if last else request)
