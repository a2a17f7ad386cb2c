"""A modality that sends files to the archive over DIMSE."""

from io import BytesIO

from pydicom import dcmread
from pynetdicom import AE
from pynetdicom.sop_class import CTImageStorage, Verification  # type: ignore[attr-defined]


def send(port: int, *files: bytes, calling: str = "WUXI_CT", called: str = "TELEMED") -> list[int] | None:
    """The statuses of an echo and of each file; None when the association is refused."""
    peer = AE(calling)
    peer.add_requested_context(Verification)
    peer.add_requested_context(CTImageStorage, "1.2.840.10008.1.2.1")
    association = peer.associate("127.0.0.1", port, ae_title=called)
    if not association.is_established:
        return None
    statuses = [association.send_c_echo().Status]
    statuses += [association.send_c_store(dcmread(BytesIO(file))).Status for file in files]
    association.release()
    return statuses
