"""What a worker derives from a stored file: a picture, one frame's numbers, codestreams, the file decompressed."""

import os
import sys
import warnings
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
from pydicom import Dataset, dcmread, dcmwrite
from pydicom.encaps import encapsulate
from pydicom.uid import UID

from imaging.codec.colours import refuse_unknown
from imaging.codec.compress import compress, samples_of
from imaging.codec.decode import Pixels, decode_frame
from imaging.codec.encode import encode_frame
from imaging.codec.render import render
from imaging.codec.source import read_for_frames
from imaging.errors import Refused
from imaging.layout import PackedFrame, Ranges
from imaging.limits import Limits
from imaging.syntaxes import EXPLICIT_LE
from imaging.workers.jobs import Decode, Encode, Encoded, Job, Recode, Render, Transcode


def derive(job: Job, limits: Limits) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        match job:
            case Render():
                data_set = read_for_frames(job.path)
                refuse_unknown(data_set)
                picture = render(
                    data_set,
                    decode_frame(data_set, job.frame, limits),
                    frame=job.frame,
                    media_type=job.media_type,
                    window=job.window,
                    function=job.function,
                    size=job.size,
                    quality=job.quality,
                )
                Path(job.target).write_bytes(picture)
            case Decode():
                Path(job.target).write_bytes(little_endian(decode_frame(read_for_frames(job.path), job.frame, limits)))
            case Recode():
                data_set = read_for_frames(job.path)
                samples = samples_of(data_set, job.frame, limits)
                Path(job.target).write_bytes(compress(data_set, samples, job.syntax))
            case Transcode():
                _transcode(Path(job.path), Path(job.target), job.syntax, limits)
            case _:
                raise TypeError(job)


def encode(job: Encode) -> Encoded:
    """Each frame's place in the target; one that is not to be encoded is said to be as stored."""
    with warnings.catch_warnings(), open(job.source, "rb") as source, open(job.target, "r+b") as target:
        warnings.simplefilter("ignore")
        target.truncate(job.at)  # what a killed worker began
        target.seek(job.at)
        header = dcmread(job.path, stop_before_pixels=True)
        return Encoded([_encoded(header, _stored(source, ranges), target) for ranges in job.frames])


def _encoded(header: Dataset, stored: bytes, target: BinaryIO) -> PackedFrame:
    try:
        data, quarter = encode_frame(header, stored)
    except Refused as refused:
        return PackedFrame(why=refused.code)
    at = target.tell()
    target.write(data)
    return PackedFrame(at, len(data), quarter, zlib.crc32(data))


def _stored(source: BinaryIO, ranges: Ranges) -> bytes:
    return b"".join(os.pread(source.fileno(), length, start) for start, length in ranges)


def little_endian(pixels: Pixels) -> bytes:
    if pixels.dtype.byteorder == ">" or (pixels.dtype.byteorder == "=" and sys.byteorder == "big"):
        pixels = pixels.astype(pixels.dtype.newbyteorder("<"))
    if pixels.dtype == np.bool_:
        return np.packbits(pixels, bitorder="little").tobytes()
    return pixels.tobytes()


def _transcode(source: Path, target: Path, wanted: str, limits: Limits) -> None:
    data_set = dcmread(source)
    syntax = data_set.file_meta.TransferSyntaxUID
    if wanted != EXPLICIT_LE:
        _compress(data_set, wanted, limits)
    elif "PixelData" in data_set and (syntax.is_encapsulated or not syntax.is_little_endian):
        _decompress(data_set, limits)
    for offsets in ("ExtendedOffsetTable", "ExtendedOffsetTableLengths"):
        data_set.pop(offsets, None)  # they are those of the codestreams as they were
    data_set.preamble = bytes(128)
    data_set.file_meta.TransferSyntaxUID = UID(wanted)
    # Values were decoded when read, so those of a big endian file are written correctly too.
    dcmwrite(target, data_set, implicit_vr=False, little_endian=True, force_encoding=True)


def _compress(data_set: Dataset, wanted: str, limits: Limits) -> None:
    count, codestreams = int(data_set.get("NumberOfFrames") or 1), list[bytes]()
    for number in range(1, count + 1):
        samples = samples_of(data_set, number, limits)
        if samples.nbytes * count > limits.decoded_bytes:
            raise Refused("too_large", "The object is too large to be compressed here; take it as it is stored.")
        codestreams.append(compress(data_set, samples, wanted))
    if samples.ndim == 3:
        data_set.PlanarConfiguration = 0
    data_set.PixelData = encapsulate(codestreams)
    data_set["PixelData"].VR = "OB"
    data_set["PixelData"].is_undefined_length = True


def _decompress(data_set: Dataset, limits: Limits) -> None:
    count = int(data_set.get("NumberOfFrames") or 1)
    first = decode_frame(data_set, 1, limits)
    if first.nbytes * count > limits.decoded_bytes:
        raise Refused("too_large", "The object is too large to be decompressed here; take it as it is stored.")
    frames = [first, *(decode_frame(data_set, number, limits) for number in range(2, count + 1))]
    if first.ndim == 3:
        data_set.PhotometricInterpretation, data_set.PlanarConfiguration = "RGB", 0
    data_set.BitsAllocated = first.dtype.itemsize * 8 if first.dtype != np.bool_ else 1
    body = b"".join(map(little_endian, frames))
    data_set.PixelData = body + b"\0" * (len(body) % 2)
    data_set["PixelData"].VR = "OW" if data_set.BitsAllocated > 8 else "OB"
    data_set["PixelData"].is_undefined_length = False
