"""Reads a file of which single frames are wanted: pixels that no codec compressed stay in the file."""

import struct
from mmap import ACCESS_READ, mmap
from typing import BinaryIO, Final

from pydicom import DataElement, Dataset, dcmread

from imaging.syntaxes import EXPLICIT_LE, IMPLICIT_LE

INTEGERS: Final = 0x7FE00010
UNDEFINED: Final = 0xFFFFFFFF


def read_for_frames(path: str) -> Dataset:
    """The data set; of one whose frames lie uncompressed behind one another only those that are used are read.

    A cine of many hundred MB costs the memory of the frame that is decoded.
    """
    with open(path, "rb") as file:
        data_set = dcmread(file, stop_before_pixels=True)
        found = _uncompressed(data_set.file_meta.TransferSyntaxUID, file)
        if found is None:
            return dcmread(path)
        vr, length = found
        start = file.tell()
        mapped = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    value = mapped[start : start + length]
    data_set[INTEGERS] = DataElement(INTEGERS, vr, value, already_converted=True)
    return data_set


def _uncompressed(syntax: str, file: BinaryIO) -> tuple[str, int] | None:
    """VR and length of the pixel data at whose beginning the file stands; it stands at the value then."""
    if syntax not in (EXPLICIT_LE, IMPLICIT_LE):
        return None
    head = file.read(8)
    if len(head) < 8 or head[:4] != struct.pack("<HH", INTEGERS >> 16, INTEGERS & 0xFFFF):
        return None
    vr, length = "OW", head[4:]
    if syntax == EXPLICIT_LE:
        vr, length = head[4:6].decode("ascii", "replace"), file.read(4)
    size = int.from_bytes(length, "little")
    return None if size == UNDEFINED or vr not in ("OB", "OW") else (vr, size)
