"""The text that is signed (format 2). It holds everything that the print shows, so the print follows from it alone.

JSON, keys sorted, without spaces. The older format 1 lacks what the print shows of patient, people and times.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from telemed.documents.canonical import dumped, intact
from telemed.documents.record import Record, Seal

FORMAT: Final = 2


def text_of(given: Mapping[str, Any], record: Record) -> str:
    """The text of a record. `given` is what programs compare: ids, studies, the opinion as typed."""
    # Of what is no MDT nothing is said, as before there were any, so that such a text is what it was.
    left_out = {"seal"} if record.mdt else {"seal", "mdt"}
    return dumped({"format": FORMAT, **given, "record": record.model_dump(mode="json", exclude=left_out)})


def format_of(canonical: str | None, digest: str | None) -> int:
    """The format of the signed text; 0 if it is damaged."""
    signed = intact(canonical, digest)
    return int(signed["format"]) if signed else 0


def printed(canonical: str, pictures: Mapping[str, bytes], seal: Seal) -> Record:
    """The record to print from the text; `pictures` by their hash."""
    return with_pictures(Record.model_validate(json.loads(canonical)["record"]), pictures).model_copy(
        update={"seal": seal}
    )


def pictures_of(record: Record) -> list[str]:
    """The hashes of all pictures that it shows."""
    lead = [record.opinion.lead.sha256] if record.opinion.lead.sha256 else []
    return [*(each.sha256 for each in record.opinion.images), *lead]


def with_pictures(record: Record, pictures: Mapping[str, bytes]) -> Record:
    images = [each.model_copy(update={"picture": pictures[each.sha256]}) for each in record.opinion.images]
    lead = record.opinion.lead.model_copy(update={"picture": pictures.get(record.opinion.lead.sha256, b"")})
    opinion = record.opinion.model_copy(update={"images": images, "lead": lead})
    return record.model_copy(update={"opinion": opinion})
