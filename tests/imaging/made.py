"""DICOM files made by code: small pictures of nobody, with the names and flaws a test asks for."""

import struct
from io import BytesIO
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

PREFIX = "1.2.826.0.1.3680043.8.498."


def uid(*seed: str) -> str:
    return str(generate_uid(PREFIX, list(seed)))


def made(
    study: str = "study",
    number: int = 1,
    *,
    series: str = "series",
    name: str = "Ceshi^Yi=测试^一",
    charset: str = "ISO_IR 192",
    side: int = 16,
    salt: int = 0,
    **attributes: Any,
) -> bytes:
    """A CT slice; equal arguments give equal bytes, another `salt` other pixels under the same UIDs."""
    image = Dataset()
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.file_meta.MediaStorageSOPClassUID = image.SOPClassUID = CTImageStorage
    image.SOPInstanceUID = uid(study, series, str(number))
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    image.SpecificCharacterSet = charset
    image.StudyInstanceUID, image.SeriesInstanceUID = uid(study), uid(study, series)
    image.PatientName, image.PatientID, image.PatientSex = name, "T0001", "F"
    image.PatientBirthDate = "19700101"
    image.StudyDate, image.StudyTime, image.StudyDescription = "20260301", "101500", "胸部平扫"
    image.AccessionNumber = f"A-{study}"
    image.Modality, image.SeriesNumber, image.SeriesDescription = "CT", 1, "Lung"
    image.InstanceNumber = number
    image.Rows = image.Columns = side
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 12, 11, 0
    pixels = np.random.default_rng(number + 1000 * salt).integers(0, 4096, (side, side), dtype=np.uint16)
    image.PixelData = pixels.tobytes()
    image["PixelData"].VR = "OW"
    for keyword, value in attributes.items():
        setattr(image, keyword, value)
    return as_bytes(image)


SIDE = 96
"""Of `picture`."""


def picture(kind: str) -> bytes:
    """A smooth picture with some noise, as little-endian words."""
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    values = 2000 * np.sin(x / 20) * np.cos(y / 15) + np.random.default_rng(7).integers(-9, 9, (SIDE, SIDE))
    low, high = np.iinfo(kind).min, np.iinfo(kind).max
    words: bytes = np.clip(values + (0 if low < 0 else 2000), low, high).astype(kind).tobytes()
    return words


def as_bytes(image: Dataset) -> bytes:
    out = BytesIO()
    image.save_as(out, enforce_file_format=True)
    return out.getvalue()


def element(tag: int, vr: bytes, value: bytes) -> bytes:
    """One explicit little endian element, of a VR with a two-byte length."""
    return struct.pack("<HH2sH", tag >> 16, tag & 0xFFFF, vr, len(value)) + value


def file_with(data_set: bytes, syntax: str = ExplicitVRLittleEndian) -> bytes:
    """A file whose data set is written by hand, however wrong."""
    text = syntax.encode() + b"\0" * (len(syntax) % 2)
    return bytes(128) + b"DICM" + element(0x00020010, b"UI", text) + data_set


def named(study: str = "1.2.3", series: str = "1.2.3.4", instance: str = "1.2.3.4.5") -> bytes:
    """The UIDs of a data set, by hand."""
    return b"".join(
        element(tag, b"UI", value.encode() + b"\0" * (len(value) % 2))
        for tag, value in ((0x00080018, instance), (0x0020000D, study), (0x0020000E, series))
    )
