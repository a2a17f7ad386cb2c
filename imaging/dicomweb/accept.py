"""Content negotiation (PS3.18 §8.7): what the client accepts, matched with what we have."""

from dataclasses import dataclass
from functools import lru_cache

from imaging.dicomweb.multipart import parameters
from imaging.errors import NotAcceptable
from imaging.syntaxes import EXPLICIT_LE, HTJ2K_LOSSLESS_RPCL, JPEG_2000_LOSSLESS, JPEG_LS_LOSSLESS

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


LOSSLESS = (HTJ2K_LOSSLESS_RPCL, JPEG_LS_LOSSLESS, JPEG_2000_LOSSLESS)
"""May be made for who names nothing but the media type; what loses something only for who names it."""


@lru_cache(256)
def frames_form(header: str, stored: str, made: tuple[str, ...] = ()) -> Form:
    """How to send frames stored in transfer syntax `stored`: unchanged if the client allows, else decoded.

    `made`: the transfer syntaxes that can be made of them, for who asks by name.
    """
    stored_type = FRAME_TYPES.get(stored, OCTETS)
    for one in parse(header):
        multipart = one.media_type in (MULTIPART, "*/*", "multipart/*")
        wanted = one.inner if one.media_type == MULTIPART else one.media_type
        if wanted in ("", "*/*", "multipart/*") or (one.syntax in (ANY, stored) and wanted in (OCTETS, stored_type)):
            if one.syntax in ("", ANY, stored):
                return Form(multipart, OCTETS, stored)
        elif wanted == OCTETS and one.syntax in ("", EXPLICIT_LE):
            return Form(multipart, OCTETS, EXPLICIT_LE)
        elif wanted == stored_type and not one.syntax:
            return Form(multipart, stored_type, stored)
        elif (syntax := _to_make(wanted, one.syntax, made)) is not None:
            return Form(multipart, wanted, syntax)
    offered = [f"{stored_type}; transfer-syntax={stored}", f"{OCTETS}; transfer-syntax={EXPLICIT_LE}"]
    offered += [f"{FRAME_TYPES[syntax]}; transfer-syntax={syntax}" for syntax in made]
    raise NotAcceptable("These frames are not offered in the form that was asked for.", offered=offered)


def _to_make(wanted: str, asked: str, made: tuple[str, ...]) -> str | None:
    """The transfer syntax to make for a media type and the syntax asked with it, if any."""
    for syntax in made:
        by_type = wanted == FRAME_TYPES[syntax]
        if (asked == syntax and (by_type or wanted == OCTETS)) or (by_type and not asked and syntax in LOSSLESS):
            return syntax
    return None


def instances_form(header: str, *, single: bool) -> tuple[bool, str]:
    """(multipart, transfer syntax): objects are sent as they are stored (ANY), or rewritten if asked for."""
    for one in parse(header):
        wanted = one.inner or "application/dicom" if one.media_type == MULTIPART else one.media_type
        if wanted in ("*/*", "application/*", "multipart/*"):
            return True, ANY
        if wanted != "application/dicom" or (one.media_type != MULTIPART and not single):
            continue
        if one.syntax in ("", ANY, EXPLICIT_LE, *LOSSLESS):
            return one.media_type == MULTIPART, one.syntax or EXPLICIT_LE
    raise NotAcceptable("Objects are not offered in the form that was asked for.", offered=OBJECTS)


OBJECT_SYNTAXES = (ANY, EXPLICIT_LE, *LOSSLESS)
OBJECTS = [f"application/dicom; transfer-syntax={syntax}" for syntax in OBJECT_SYNTAXES]


JSON, XML = "application/dicom+json", 'multipart/related; type="application/dicom+xml"'
JSON_TYPES = ("*/*", "application/*", JSON, "application/json")


def model_form(header: str) -> str:
    """How to send data sets without pixels: as JSON, or as XML in parts."""
    for one in parse(header):
        if one.media_type in JSON_TYPES:
            return JSON
        if one.media_type == MULTIPART and one.inner == "application/dicom+xml":
            return XML
    raise NotAcceptable("Attributes are offered as JSON and XML.", offered=[JSON, XML])


def picture_type(header: str, names: str | None = None) -> str:
    """The type for rendered frames: JPEG, unless the client prefers PNG."""
    for one in parse(names or header):
        if one.media_type in ("image/jpeg", "*/*", "image/*"):
            return "image/jpeg"
        if one.media_type == "image/png":
            return "image/png"
    raise NotAcceptable("Pictures are offered as image/jpeg and image/png.", offered=["image/jpeg", "image/png"])
