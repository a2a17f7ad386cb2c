"""What the headers of some instances say, for whoever makes objects that refer to them."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from imaging.index.model import Instance, InstanceDetail, Series, Study


def headers_of(session: Session, hospital: str, study_uid: str, instances: Sequence[str]) -> list[dict[str, Any]]:
    """The DICOM JSON Model of these instances of a study, by their numbers, without what would have to be fetched.

    Without `instances`: of those that the product has made of the study itself.
    """
    query = (
        sql_select(col(InstanceDetail.dicom_json))
        .join(Instance, col(Instance.id) == InstanceDetail.instance)
        .join(Series, col(Series.id) == Instance.series)
        .join(Study, col(Study.id) == Series.study)
        .where(col(Study.hospital) == hospital, col(Study.study_uid) == study_uid)
        .where(col(Instance.sop_uid).in_(instances) if instances else col(Series.made))
        .order_by(col(Instance.number), col(Instance.id))
    )
    return [_inline(json.loads(text)) for text in session.execute(query).scalars()]


def lacking(
    session: Session, hospital: str, study_uid: str, images: Collection[tuple[str, int]]
) -> set[tuple[str, int]]:
    """Which of these, by SOP Instance UID and frame (from 1), the study does not have."""
    query = (
        sql_select(col(Instance.sop_uid), col(Instance.frames))
        .join(Series, col(Series.id) == Instance.series)
        .join(Study, col(Study.id) == Series.study)
        .where(col(Study.hospital) == hospital, col(Study.study_uid) == study_uid)
        .where(col(Instance.sop_uid).in_({uid for uid, _ in images}))
    )
    frames = {uid: count for uid, count in session.execute(query)}
    return {(uid, frame) for uid, frame in images if frame > frames.get(uid, 0)}


def _inline(header: dict[str, Any]) -> dict[str, Any]:
    return {tag: element for tag, element in header.items() if "BulkDataURI" not in element}
