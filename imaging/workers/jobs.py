"""The jobs and answers of worker processes: length-prefixed msgpack, one answer per job."""

import struct

import msgspec

from imaging.layout import PackedFrame

LENGTH = struct.Struct("<I")


class Inspect(msgspec.Struct, tag=True):
    """Inspect one file; the sidecar is written only if its frames must be rewritten."""

    path: str
    sidecar: str


class Render(msgspec.Struct, tag=True):
    """Make a picture of one frame."""

    path: str
    target: str
    frame: int
    media_type: str
    window: tuple[float, float] | None = None
    function: str = ""
    size: tuple[int, int] | None = None
    quality: int = 90


class Decode(msgspec.Struct, tag=True):
    """Write one frame's numbers, little endian."""

    path: str
    target: str
    frame: int


class Encode(msgspec.Struct, tag=True):
    """Write uncompressed frames of one object as HTJ2K behind one another into `target`, from offset `at` on.

    The header is in `path`, each frame's bytes at its ranges of `source`.
    """

    path: str
    source: str
    frames: list[list[tuple[int, int]]]
    target: str
    at: int


class Recode(msgspec.Struct, tag=True):
    """Write one frame's codestream in another transfer syntax."""

    path: str
    target: str
    frame: int
    syntax: str


class Transcode(msgspec.Struct, tag=True):
    """Write the file again in a transfer syntax: Explicit VR Little Endian, or a lossless one."""

    path: str
    target: str
    syntax: str


class Unpack(msgspec.Struct, tag=True):
    """Unpack members of a zip into a folder, from number `first` on, for a limited time."""

    path: str
    folder: str
    first: int = 0
    unpacked: int = 0
    """Bytes unpacked before `first`."""


Job = Inspect | Render | Decode | Encode | Recode | Transcode | Unpack


class Packed(msgspec.Struct):
    name: str
    file: str
    """The name of its file in the folder; empty if it was refused."""
    bytes: int
    code: str = ""
    sentence: str = ""


class Inspected(msgspec.Struct):
    """Everything that the index stores of one file."""

    study_uid: str
    series_uid: str
    sop_uid: str
    sop_class: str
    transfer_syntax: str
    study: dict[str, str]
    series: dict[str, str]
    series_number: int | None
    instance_number: int | None
    laterality: str
    rows: int | None
    columns: int | None
    bits_allocated: int | None
    frames: int
    frame_syntax: str
    sidecar: bool
    repaired_text: bool
    text_reading: str
    charset_label: str
    name_forms: list[str]
    dicom_json: bytes
    layout: bytes


class Found(msgspec.Struct, tag=True):
    sha256: str
    bytes: int
    about: Inspected


class Done(msgspec.Struct, tag=True):
    media_type: str = ""


class Unpacked(msgspec.Struct, tag=True):
    members: list[Packed]
    more: bool = False


class Encoded(msgspec.Struct, tag=True):
    frames: list[PackedFrame]


class Verdict(msgspec.Struct, tag=True):
    code: str
    sentence: str
    about: dict[str, str] = {}


Answer = Found | Done | Unpacked | Encoded | Verdict
