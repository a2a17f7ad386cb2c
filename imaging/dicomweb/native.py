"""The Native DICOM Model in XML (PS3.19 §A.1), made from the DICOM JSON Model that the index keeps."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from imaging.dicomweb.multipart import Writer

DICOM_XML: Final = "application/dicom+xml"
NAMESPACE: Final = "http://dicom.nema.org/PS3.19/models/NativeDICOM"
NOT_IN_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold."""
NAME_PARTS: Final = ("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix")


def parts_of(data_sets: Iterable[dict[str, Any]]) -> tuple[bytes, str]:
    """A multipart body with a document for each data set, and its content type."""
    writer, body = Writer(DICOM_XML), list[bytes]()
    for data_set in data_sets:
        document = _document(data_set)
        body += [writer.head(DICOM_XML, len(document)), document, b"\r\n"]
    return b"".join([*body, writer.end()]), writer.content_type


def _document(data_set: dict[str, Any]) -> bytes:
    out = ['<?xml version="1.0" encoding="UTF-8"?>', f'<NativeDicomModel xmlns="{NAMESPACE}" xml:space="preserve">']
    _attributes(data_set, out)
    return "".join([*out, "</NativeDicomModel>"]).encode()


def _attributes(data_set: dict[str, Any], out: list[str]) -> None:
    for tag, element in sorted(data_set.items()):
        about = f'tag="{tag}" vr={quoteattr(element["vr"])}'
        if creator := _creator(data_set, tag):
            about += f" privateCreator={_quoted(creator)}"
        elif keyword := _keyword(tag):
            about += f' keyword="{keyword}"'
        out.append(f"<DicomAttribute {about}>")
        if (uri := element.get("BulkDataURI")) is not None:
            out.append(f"<BulkData uri={_quoted(uri)}/>")
        elif (binary := element.get("InlineBinary")) is not None:
            out.append(f"<InlineBinary>{binary}</InlineBinary>")
        for number, value in enumerate(element.get("Value", ()), 1):
            _value(element["vr"], number, value, out)
        out.append("</DicomAttribute>")


def _value(vr: str, number: int, value: Any, out: list[str]) -> None:
    if vr == "SQ":
        out.append(f'<Item number="{number}">')
        _attributes(value, out)
        out.append("</Item>")
    elif value is None:
        return
    elif vr == "PN":
        out.append(f'<PersonName number="{number}">')
        for group in ("Alphabetic", "Ideographic", "Phonetic"):
            if text := value.get(group):
                named = zip(NAME_PARTS, text.split("^"), strict=False)
                inner = "".join(f"<{part}>{_text(one)}</{part}>" for part, one in named if one)
                out.append(f"<{group}>{inner}</{group}>")
        out.append("</PersonName>")
    else:
        out.append(f'<Value number="{number}">{_text(str(value))}</Value>')


def _creator(data_set: dict[str, Any], tag: str) -> str:
    """Whose private element it is (PS3.5 §7.8.1)."""
    if not int(tag[:4], 16) & 1 or tag[4:6] == "00":
        return ""
    values = data_set.get(f"{tag[:4]}00{tag[4:6]}", {}).get("Value") or [""]
    return str(values[0] or "")


@lru_cache(4096)
def _keyword(tag: str) -> str:
    from pydicom.datadict import keyword_for_tag  # slow to import, and few ask for XML

    return keyword_for_tag(int(tag, 16))


def _text(text: str) -> str:
    return escape(NOT_IN_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _quoted(text: str) -> str:
    return quoteattr(NOT_IN_XML.sub("\ufffd", text))
