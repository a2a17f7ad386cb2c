"""Hints about requests, for the pages that show one."""

from telemed.history.events import Hint


class RequestChanged(Hint):
    """The content or the named studies of a submitted request changed."""

    type = "request.changed"
    rev: int
