"""The text that is signed, format 2: all that its print shows, so that the print is a function of it and nothing else.

One JSON text, keys sorted, without spaces. Format 1, before it, held the opinion and whose it was, but not the lines
about the patient, the people and the times that its print shows as well.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from telemed.documents.record import Record, Seal

FORMAT: Final = 2


def text_of(given: Mapping[str, Any], record: Record) -> str:
    """`given` is what a machine compares: ids, studies, the opinion as it was typed."""
    return dumped({"format": FORMAT, **given, "record": record.model_dump(mode="json", exclude={"seal"})})


def dumped(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unharmed(canonical: str | None, digest: str | None) -> dict[str, Any] | None:
    """What was signed; None where the text is not the one that was hashed. A damaged text is reported, never read."""
    if canonical is None or sha256(canonical.encode()).hexdigest() != digest:
        return None
    found: dict[str, Any] = json.loads(canonical)
    return found


def format_of(canonical: str | None, digest: str | None) -> int:
    """0: damaged, so nobody can say."""
    signed = unharmed(canonical, digest)
    return int(signed["format"]) if signed else 0


def printed(canonical: str, pictures: Mapping[str, bytes], seal: Seal) -> Record:
    """The record that the text prints as; `pictures` by their hash."""
    return with_pictures(Record.model_validate(json.loads(canonical)["record"]), pictures).model_copy(
        update={"seal": seal}
    )


def with_pictures(record: Record, pictures: Mapping[str, bytes]) -> Record:
    images = [each.model_copy(update={"picture": pictures[each.sha256]}) for each in record.opinion.images]
    opinion = record.opinion.model_copy(update={"images": images})
    return record.model_copy(update={"opinion": opinion})
