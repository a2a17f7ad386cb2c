"""Content negotiation (PS3.18 §8.7): what the client accepts, matched with what we have."""

from dataclasses import dataclass
from functools import lru_cache

from imaging.dicomweb.multipart import parameters
from imaging.errors import NotAcceptable
from imaging.syntaxes import EXPLICIT_LE, HTJ2K_LOSSLESS_RPCL

ANY = "*"
OCTETS, MULTIPART = "application/octet-stream", "multipart/related"


@dataclass(frozen=True)
class Range:
    """One acceptable media type; for multipart, `inner` is the type of the parts."""

    media_type: str
    inner: str
    syntax: str
    """The wanted transfer syntax, ANY, or empty if not given."""
    quality: float


def split_list(header: str) -> list[str]:
    """Split at commas outside quotes."""
    parts, current, quoted, escaped = [], "", False, False
    for letter in header:
        if escaped:
            escaped = False
        elif quoted and letter == "\\":
            escaped = True
        elif letter == '"':
            quoted = not quoted
        if letter == "," and not quoted:
            parts.append(current)
            current = ""
        else:
            current += letter
    return [part.strip() for part in (*parts, current) if part.strip()]


def parse(header: str) -> list[Range]:
    """The acceptable types, best first; a missing or empty header accepts anything."""
    ranges = []
    for item in split_list(header) or ["*/*"]:
        media_type, values = parameters(item)
        try:
            quality = min(max(float(values.get("q", "1")), 0.0), 1.0)
        except ValueError:
            quality = 0.0
        inner = values.get("type", "").lower() if media_type == MULTIPART else ""
        if quality > 0:
            ranges.append(Range(media_type, inner, values.get("transfer-syntax", ""), quality))
    return sorted(ranges, key=lambda one: -one.quality)


@dataclass(frozen=True)
class Form:
    """How to answer: multipart or one body, its media type, its transfer syntax."""

    multipart: bool
    media_type: str
    syntax: str


# The media type of one frame's bytes, per transfer syntax (PS3.18 table 8.7.3-5).
FRAME_TYPES = {
    "1.2.840.10008.1.2.4.50": "image/jpeg",
    "1.2.840.10008.1.2.4.51": "image/jpeg",
    "1.2.840.10008.1.2.4.57": "image/jpeg",
    "1.2.840.10008.1.2.4.70": "image/jpeg",
    "1.2.840.10008.1.2.5": "image/dicom-rle",
    "1.2.840.10008.1.2.4.80": "image/jls",
    "1.2.840.10008.1.2.4.81": "image/jls",
    "1.2.840.10008.1.2.4.90": "image/jp2",
    "1.2.840.10008.1.2.4.91": "image/jp2",
    "1.2.840.10008.1.2.4.201": "image/jphc",
    "1.2.840.10008.1.2.4.202": "image/jphc",
    "1.2.840.10008.1.2.4.203": "image/jphc",
}


ENCODED = (("image/jphc", ""), ("image/jphc", HTJ2K_LOSSLESS_RPCL), (OCTETS, HTJ2K_LOSSLESS_RPCL))


@lru_cache(256)
def frames_form(header: str, stored: str, *, encodes: bool = False) -> Form:
    """How to send frames stored in transfer syntax `stored`: unchanged if the client allows, else decoded.

    `encodes`: HTJ2K is on offer too, for who asks for it by name.
    """
    stored_type = FRAME_TYPES.get(stored, OCTETS)
    for one in parse(header):
        multipart = one.media_type in (MULTIPART, "*/*", "multipart/*")
        wanted = one.inner if one.media_type == MULTIPART else one.media_type
        if wanted in ("", "*/*", "multipart/*") or (one.syntax in (ANY, stored) and wanted in (OCTETS, stored_type)):
            if one.syntax in ("", ANY, stored):
                return Form(multipart, OCTETS, stored)
        elif encodes and (wanted, one.syntax) in ENCODED:
            return Form(multipart, wanted, HTJ2K_LOSSLESS_RPCL)
        elif wanted == OCTETS and one.syntax in ("", EXPLICIT_LE):
            return Form(multipart, OCTETS, EXPLICIT_LE)
        elif wanted == stored_type and not one.syntax:
            return Form(multipart, stored_type, stored)
    offered = [f"{stored_type}; transfer-syntax={stored}", f"{OCTETS}; transfer-syntax={EXPLICIT_LE}"]
    if encodes:
        offered.append(f"image/jphc; transfer-syntax={HTJ2K_LOSSLESS_RPCL}")
    raise NotAcceptable(
        "These frames are offered as application/octet-stream, stored or as Explicit VR Little Endian.", offered=offered
    )


def instances_form(header: str, *, single: bool) -> tuple[bool, bool]:
    """(multipart, as stored): objects are sent unchanged, or as Explicit VR Little Endian if asked for."""
    for one in parse(header):
        wanted = one.inner or "application/dicom" if one.media_type == MULTIPART else one.media_type
        if wanted in ("*/*", "application/*", "multipart/*"):
            return True, True
        if wanted != "application/dicom" or (one.media_type != MULTIPART and not single):
            continue
        if one.syntax == ANY:
            return one.media_type == MULTIPART, True
        if one.syntax in ("", EXPLICIT_LE):
            return one.media_type == MULTIPART, False
    raise NotAcceptable(
        "Objects are offered as multipart/related; type=application/dicom, stored (transfer-syntax=*) "
        "or as Explicit VR Little Endian.",
        offered=["application/dicom; transfer-syntax=*", f"application/dicom; transfer-syntax={EXPLICIT_LE}"],
    )


def accepts_json(header: str) -> bool:
    taken = ("*/*", "application/*", "application/dicom+json", "application/json")
    return any(one.media_type in taken for one in parse(header))


def picture_type(header: str, names: str | None = None) -> str:
    """The type for rendered frames: JPEG, unless the client prefers PNG."""
    for one in parse(names or header):
        if one.media_type in ("image/jpeg", "*/*", "image/*"):
            return "image/jpeg"
        if one.media_type == "image/png":
            return "image/png"
    raise NotAcceptable("Pictures are offered as image/jpeg and image/png.", offered=["image/jpeg", "image/png"])
