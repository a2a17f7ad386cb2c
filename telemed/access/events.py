"""The news of access: who may see a case has changed."""

from telemed.history.events import Code, Hint


class GrantsChanged(Hint):
    """A case was opened to somebody, or closed to them; the table of grants says how it is now."""

    type = "grants.changed"
    grantee: Code
    ended: bool
