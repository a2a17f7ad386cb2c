"""Roles that somebody has proposed and a second person must confirm."""

from datetime import datetime
from uuid import UUID

from telemed.kit.table import Table, key, moment, refers


class RoleProposal(Table, table=True):
    """A clinical role for an administrator, or the reverse: nobody can give themselves a way to patients alone."""

    id: UUID = key()
    staff_id: UUID = refers("staff.id")
    role: str
    proposed_by: UUID | None = None  # None: on the server's command line
    proposed_at: datetime = moment()
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(optional=True)
    confirmed: bool | None = None
