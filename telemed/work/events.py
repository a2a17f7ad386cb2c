"""Hints about work items, for the pages of those who should do them."""

from uuid import UUID

from telemed.history.events import Code, Hint


class WorkChanged(Hint):
    """Work was asked for, finished or withdrawn."""

    type = "work.changed"
    to: Code  # a subject: an account, or role:<hospital>:<role>
    about_id: UUID
