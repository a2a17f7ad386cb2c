"""How a path is written into logs: without the words in it, which may be a secret or name a patient."""

from uuid import UUID

from aiohttp import web

from telemed.kit.uid import WELL_FORMED


def path_of(request: web.Request) -> str:
    """The route's pattern with the ids that were in the path; of an unknown address nothing."""
    resource = request.match_info.route.resource
    if resource is None:
        return "unknown"
    path = resource.canonical
    for name, value in request.match_info.items():
        if _is_id(value):
            path = path.replace(f"{{{name}}}", value)
    return path


def _is_id(value: str) -> bool:
    if "." in value and WELL_FORMED.fullmatch(value):
        return True
    try:
        UUID(value)
    except ValueError:
        return False
    return True
