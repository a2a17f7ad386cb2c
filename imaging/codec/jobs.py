"""What a worker makes of a stored file: a picture, one frame's numbers, or the file decompressed."""

import sys
import warnings
from pathlib import Path

import numpy as np
from pydicom import dcmread
from pydicom.uid import ExplicitVRLittleEndian

from imaging.codec.decode import Pixels, decode_frame
from imaging.codec.render import render
from imaging.ingest.jobs import Decode, Job, Render, Transcode
from imaging.limits import Limits


def derive(job: Job, limits: Limits) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        match job:
            case Render():
                data_set, pixels = decode_frame(Path(job.path), job.frame, limits)
                picture = render(
                    data_set,
                    pixels,
                    media_type=job.media_type,
                    window=job.window,
                    size=job.size,
                    quality=job.quality,
                )
                Path(job.target).write_bytes(picture)
            case Decode():
                data_set, pixels = decode_frame(Path(job.path), job.frame, limits)
                Path(job.target).write_bytes(little_endian(pixels))
            case Transcode():
                _transcode(Path(job.path), Path(job.target))
            case _:
                raise TypeError(job)


def little_endian(pixels: Pixels) -> bytes:
    if pixels.dtype.byteorder == ">" or (pixels.dtype.byteorder == "=" and sys.byteorder == "big"):
        pixels = pixels.astype(pixels.dtype.newbyteorder("<"))
    if pixels.dtype == np.bool_:
        return np.packbits(pixels, bitorder="little").tobytes()
    return pixels.tobytes()


def _transcode(source: Path, target: Path) -> None:
    data_set = dcmread(source)
    if data_set.file_meta.TransferSyntaxUID.is_encapsulated:
        data_set.decompress(generate_instance_uid=False)
    data_set.preamble = bytes(128)
    data_set.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data_set.save_as(target, implicit_vr=False, little_endian=True, enforce_file_format=True)
