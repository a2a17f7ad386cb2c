"""What happens to a case: it is opened, its packet changes, consents are taken and withdrawn."""

from uuid import UUID

from telemed.cases.model import ConsentKind, ItemKind, Scope
from telemed.history.events import Code, Event, Words


class CaseOpened(Event):
    """The first paper or the submitting of a request opened a case of the patient."""

    type = "case.opened"


class OfPacket(Event):
    """One item of the packet; `version` is the packet's from which this holds."""

    id: UUID
    kind: ItemKind
    title: Words
    checklist: Code | None = None
    version: int
    supplement: bool = False  # 会诊中补充


class PacketAdded(OfPacket):
    """A study, a file or a "not done, because" was put into the packet."""

    type = "packet.added"


class PacketSupplemented(OfPacket):
    """会诊中补充: put in while the consultation is in progress; announced in the room."""

    type = "packet.supplemented"


class PacketWithdrawn(OfPacket):
    """An item was taken out; what an earlier version showed stays in it."""

    type = "packet.withdrawn"


class OfConsent(Event):
    """One consent of the patient's."""

    id: UUID
    number: Words
    kind: ConsentKind
    scopes: tuple[Scope, ...] = ()
    paper_due: bool | None = None  # the signed form is still to come


class ConsentRecorded(OfConsent):
    """A consent was taken, or an emergency without one written down."""

    type = "consent.recorded"


class ConsentChanged(OfConsent):
    """What was written down of it changed before it was signed."""

    type = "consent.changed"


class ConsentPaperFiled(OfConsent):
    """The signed form was filed as a photo or scan."""

    type = "consent.paper_filed"
    file_id: UUID
    sha256: Code | None = None


class ConsentApproved(OfConsent):
    """An emergency without consent was approved by the authorised person."""

    type = "consent.approved"


class ConsentWithdrawn(OfConsent):
    """The patient's side withdrew it; without another in force the grants end."""

    type = "consent.withdrawn"
    reason: Words
    still_consented: bool
