"""The events of an MDT: that a consultation is one, and who records it."""

from uuid import UUID

from telemed.activities.events import OfActivity
from telemed.history.events import Words


class MdtArranged(OfActivity):
    """It is an MDT from now on, or somebody else records it; `name` is the recorder's, if there is one."""

    type = "consultation.mdt_arranged"
    staff_id: UUID | None = None
    name: Words | None = None


class MdtDropped(OfActivity):
    """It is an ordinary consultation again."""

    type = "consultation.mdt_dropped"
