"""A modality that sends files to the archive over DIMSE."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from pydicom import dcmread
from pydicom.errors import InvalidDicomError
from pynetdicom import AE, _config
from pynetdicom.dsutils import split_dataset
from pynetdicom.sop_class import CTImageStorage, Verification  # type: ignore[attr-defined]

_config.STORE_SEND_CHUNKED_DATASET = True  # a file that is named by its path goes as it is, and is not written anew


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


@contextmanager
def stored_by(port: int, calling: str = "WUXI_CT") -> Iterator[Callable[[bytes], int | None]]:
    """Stores one file after another over one association; None: the archive has not answered."""
    peer = AE(calling)
    peer.add_requested_context(CTImageStorage, "1.2.840.10008.1.2.1")
    association = peer.associate("127.0.0.1", port, ae_title="TELEMED")
    assert association.is_established
    connection = association.dul.socket

    def store(file: bytes) -> int | None:
        try:
            status = association.send_c_store(dcmread(BytesIO(file)))
        except RuntimeError:  # it has ended
            return None
        return status.Status if "Status" in status else None

    try:
        yield store
    finally:
        association.abort()
        if connection is not None and connection.socket is not None:  # of a peer that died it is left open
            connection.socket.close()


def data_set(file: bytes) -> bytes:
    """What of a file C-STORE carries."""
    return file[144 + int.from_bytes(file[140:144], "little") :]  # after the group length of the file's head


def send_file(port: int, path: Path, calling: str, called: str = "TELEMED") -> int | None:
    """The status of a file, the bytes of whose data set are sent; None where no peer could send it so."""
    try:
        meta, _ = split_dataset(path)
    except InvalidDicomError:
        return None
    needed = ("MediaStorageSOPClassUID", "MediaStorageSOPInstanceUID", "TransferSyntaxUID")
    if not all(meta.get(keyword) for keyword in needed):
        return None
    peer = AE(calling)
    peer.add_requested_context(meta.MediaStorageSOPClassUID, meta.TransferSyntaxUID)
    association = peer.associate("127.0.0.1", port, ae_title=called)
    if not association.is_established or not association.accepted_contexts:
        association.abort()
        return None
    status: int = association.send_c_store(path).Status
    association.release()
    return status
