"""pydicom's files, sent in by every way and read back: the bytes, the numbers of their frames, and their pictures.

Each file goes into an archive of its own for each way, because several are one instance in different encodings. What a
frame's numbers are is said by decoders that the archive does not use.
"""

import importlib.util
import subprocess
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import imagecodecs
import numpy as np
import pydicom
from pydicom import Dataset, dcmread
from pydicom.encaps import get_frame
from pydicom.pixels.utils import pixel_array
from pydicom.uid import UID, ExplicitVRBigEndian, SecondaryCaptureImageStorage

from tests.imaging.made import uid
from tests.imaging.rule import Array, picture_of

DCMTK: Final = {
    "1.2.840.10008.1.2.5": "dcmdrle",
    **{f"1.2.840.10008.1.2.4.{number}": "dcmdjpeg" for number in (50, 51, 57, 70)},
}
PLUGINS: Final = {
    **{f"1.2.840.10008.1.2.4.{number}": "pyjpegls" for number in (80, 81)},
    **{f"1.2.840.10008.1.2.4.{number}": "pillow" for number in (50, 90, 91)},
}
"""Of pydicom, and not GDCM, with which the archive decodes."""
NOT_DICOM = (".py", ".pyc", ".json")
PIXELS: Final = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")


def bundled_files() -> list[Path]:
    """Those in pydicom."""
    return _files(Path(pydicom.__file__).parent / "data")


def more_files() -> list[Path]:
    """Those in the package pydicom-data."""
    found = importlib.util.find_spec("data_store")
    assert found is not None
    assert found.origin is not None
    return _files(Path(found.origin).parent)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in NOT_DICOM)


def one_of_each(files: list[Path]) -> list[Path]:
    """The first file of each encoding and kind of pixels; of those without pixels the first of each kind of object."""
    return list({_kind(path): path for path in reversed(files)}.values())[::-1]


def _kind(path: Path) -> tuple[object, ...]:
    try:
        ds = dcmread(path, stop_before_pixels=True)
    except Exception as error:
        return (type(error),)
    syntax, photometric = ds.file_meta.get("TransferSyntaxUID"), ds.get("PhotometricInterpretation")
    if photometric is None:
        return (syntax, ds.get("SOPClassUID"))
    several = ds.get("NumberOfFrames") not in (None, 1)
    return (syntax, photometric, ds.get("BitsAllocated"), ds.get("PlanarConfiguration"), several)


@lru_cache(maxsize=8)
def numbers_of(path: Path, frame: int) -> bytes | None:
    """A frame as it must come decoded, little endian; None where no other decoder reads it."""
    ds = dcmread(path)
    syntax = str(ds.file_meta.TransferSyntaxUID)
    if not UID(syntax).is_encapsulated:
        return _cut(ds, frame)
    for decode in (
        lambda: pixel_array(_by_dcmtk(path), index=frame - 1),
        lambda: pixel_array(ds, index=frame - 1, decoding_plugin=PLUGINS[syntax]),
        lambda: _by_openjpeg(ds, frame),
    ):
        if (pixels := _tried(decode)) is not None:
            return pixels.tobytes()
    return None


def _tried(decode: Callable[[], Array]) -> Array | None:
    try:
        return decode()
    except Exception:
        return None


def _by_dcmtk(path: Path) -> Dataset:
    tool = DCMTK[str(dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID)]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out.dcm"
        subprocess.run([tool, path, out], capture_output=True, timeout=60, check=True)
        return dcmread(BytesIO(out.read_bytes()))


def _by_openjpeg(ds: Dataset, frame: int) -> Array:
    count = int(ds.get("NumberOfFrames") or 1)
    pixels: Array = imagecodecs.jpeg2k_decode(get_frame(ds.PixelData, frame - 1, number_of_frames=count))
    return pixels


def _cut(ds: Dataset, frame: int) -> bytes:
    """Of frames that no codec compressed; those of single bits begin anywhere in a byte (PS3.5 §8.1.1)."""
    bits = ds.Rows * ds.Columns * ds.SamplesPerPixel * ds.BitsAllocated
    keyword = next(each for each in PIXELS if each in ds)
    stored, words = ds[keyword].value, max(ds.BitsAllocated // 8, 1)
    if ds.file_meta.TransferSyntaxUID == ExplicitVRBigEndian:
        words = 2 if words == 1 and ds[keyword].VR == "OW" else words
        stored = np.frombuffer(stored, f">u{words}").astype(f"<u{words}").tobytes() if words > 1 else stored
    if bits % 8 == 0:
        return bytes(stored[(frame - 1) * bits // 8 : frame * bits // 8])
    all_bits = np.unpackbits(np.frombuffer(stored, np.uint8), bitorder="little")
    return np.packbits(all_bits[(frame - 1) * bits : frame * bits], bitorder="little").tobytes()


@lru_cache(maxsize=8)
def picture(path: Path, frame: int) -> Array | None:
    """A frame as pydicom shows it, in three colours; None where it cannot."""
    ds = dcmread(path)
    if ds.file_meta.get("TransferSyntaxUID") == ExplicitVRBigEndian:
        # pydicom 3.0 reads palettes of big endian files in the wrong order; the same picture in little endian shows it.
        for colour in ("Red", "Green", "Blue"):
            if table := ds.get(f"{colour}PaletteColorLookupTableData"):
                swapped = np.frombuffer(table, "<u2").byteswap().tobytes()
                setattr(ds, f"{colour}PaletteColorLookupTableData", swapped)
    shown = _tried(lambda: picture_of(ds, frame))
    if shown is None:
        shown = _tried(lambda: picture_of(_by_dcmtk(path), frame))
    return None if shown is None else coloured(shown)


def coloured(grey_or_not: Array) -> Array:
    return np.repeat(grey_or_not[..., None], 3, axis=2) if grey_or_not.ndim == 2 else grey_or_not


def frames_of(path: Path) -> list[int]:
    """The first, the middle and the last of its frames; none where nobody could show one."""
    try:
        ds = dcmread(path)
    except Exception:
        return []
    if not any(ds.get(keyword) for keyword in PIXELS):
        return []
    try:
        count = int(ds.get("NumberOfFrames") or 1)
    except ValueError:
        count = 1
    return sorted({1, (count + 1) // 2, count} - {0})


def with_uids(path: Path, folder: Path) -> Path:
    """A copy of a file that lacks UIDs, with those it lacks."""
    ds, key = dcmread(path), path.name
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        if not ds.get(keyword):
            setattr(ds, keyword, uid("corpus", key, keyword))
    ds.SOPClassUID = ds.get("SOPClassUID") or SecondaryCaptureImageStorage
    ds.file_meta.MediaStorageSOPClassUID, ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPClassUID, ds.SOPInstanceUID
    target = folder / f"{path.stem}_with_uids.dcm"
    ds.save_as(target, enforce_file_format=True)
    return target
