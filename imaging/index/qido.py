"""QIDO-RS on the index's columns (PS3.18 §10.6): matching, order, paging."""

import re
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, true
from sqlalchemy import select as sql_select
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Session, col, select

from imaging.charset import TextReading
from imaging.dicom_json import ORIGINAL_ATTRIBUTES, original_label
from imaging.errors import Invalid
from imaging.index.access import View, visible
from imaging.index.attributes import BY_TAG, LEVELS, MODALITIES, UNTOLD, json_value
from imaging.index.matching import named, text
from imaging.index.model import Instance, InstanceDetail, Series, Study

TAG = re.compile(r"[0-9A-Fa-f]{8}")
REQUEST_ATTRIBUTES = "00400275"
"""Told of each series that has it (PS3.18 table 10.6.3-4)."""
MOST = 1000
"""The most rows of one answer, also if the client sets no limit."""


@dataclass
class Query:
    level: str
    matches: list[tuple[str, str]] = field(default_factory=list)
    include: set[str] = field(default_factory=set)
    """Keywords or tags; 'all' for everything."""
    fuzzy: bool = False
    limit: int = MOST
    offset: int = 0
    hospital: str | None = None
    study: int | None = None
    """Only in this study, which the caller may see."""
    series: int | None = None
    base: str = ""
    """The service's URL as the client sees it, for Retrieve URLs."""


def parse(level: str, pairs: list[tuple[str, str]]) -> Query:
    """Parses the query string; attributes are named by keyword or tag."""
    query = Query(level)
    for name, value in pairs:
        if name == "limit":
            query.limit = min(_count(value), MOST)
        elif name == "offset":
            query.offset = _count(value)
        elif name == "fuzzymatching":
            query.fuzzy = value.lower() == "true"
        elif name == "hospital":
            query.hospital = value
        elif name == "includefield":
            query.include.update(BY_TAG.get(one.upper(), one) for one in value.split(",") if one)
        elif name not in ("accept", "charset"):
            query.matches.append((BY_TAG.get(name.upper(), name), value))
    return query


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Invalid("limit and offset are whole numbers.")
    return int(value)


def search(session: Session, view: View, query: Query) -> list[dict[str, Any]]:
    tables: tuple[Any, ...] = {"studies": (Study,), "series": (Study, Series), "instances": (Study, Series, Instance)}[
        query.level
    ]
    statement: Select[Any] = sql_select(*tables)
    statement = statement.where(visible(view))
    if Series in tables:
        statement = statement.join(Series, col(Series.study) == Study.id)
    if Instance in tables:
        statement = statement.join(Instance, col(Instance.series) == Series.id)
    if query.hospital is not None:
        statement = statement.where(col(Study.hospital) == query.hospital)
    if query.study is not None:
        statement = statement.where(col(Study.id) == query.study)
    if query.series is not None:
        statement = statement.where(col(Series.id) == query.series)
    for name, value in query.matches:
        statement = statement.where(_matching(name, value, query))
    order: dict[str, list[Any]] = {
        "studies": [col(Study.study_date).desc(), col(Study.study_time).desc(), col(Study.id).desc()],
        "series": [col(Study.id).desc(), col(Series.number).is_(None), Series.number, Series.id],
        "instances": [col(Series.id), col(Instance.number).is_(None), Instance.number, Instance.id],
    }
    found = session.execute(statement.order_by(*order[query.level]).limit(query.limit).offset(query.offset))
    return _answers(session, [tuple(row) for row in found], query)


def _matching(name: str, value: str, query: Query) -> ColumnElement[bool]:
    if name == MODALITIES:
        words = [word for word in re.split(r"[,\\]", value) if word]
        wild = [word for word in words if "*" in word or "?" in word]
        fits = or_(col(Series.modality).in_(words), *(text(Series.modality, word) for word in wild))
        return exists().where(col(Series.study) == Study.id, fits) if words else true()
    known = {key: one for level in LEVELS[query.level] for key, one in level.items()}
    attribute = known.get(name)
    if attribute is None:
        raise Invalid(f"{name} cannot be searched for among {query.level}.")
    column: InstrumentedAttribute[Any] = attribute.column
    if not value or value == "*":
        return column == column
    if name == "PatientName":
        return named(value, query.fuzzy)
    if attribute.vr == "UI":
        return column.in_([uid.strip() for uid in re.split(r"[,\\]", value)])
    if attribute.vr in ("DA", "TM"):
        return _within(column, value, attribute.vr)
    if attribute.vr in ("IS", "US"):
        if not re.fullmatch(r"[+-]?[0-9]{1,12}", value.strip()):  # the most an IS may have (PS3.5 §6.2)
            raise Invalid(f"{name} is a number.")
        return column == int(value)
    return text(column, value)


def _within(column: InstrumentedAttribute[Any], value: str, vr: str) -> ColumnElement[bool]:
    if "-" not in value:
        return column == value if vr == "DA" else column.startswith(value, autoescape=True)
    first, _, last = value.partition("-")
    bounds = [column != ""]
    if first:
        bounds.append(column >= first)
    if last:
        # '10' as the end of a range of times means the end of that hour.
        bounds.append(column <= last if vr == "DA" else or_(column <= last, column.startswith(last, autoescape=True)))
    return and_(*bounds)


def _answers(session: Session, rows: list[tuple[Any, ...]], query: Query) -> list[dict[str, Any]]:
    modalities = _modalities(session, [row[0].id for row in rows])
    extra = _extra_fields(session, rows, query)
    answers = []
    for row in rows:
        answer: dict[str, Any] = {"00080005": {"vr": "CS", "Value": ["ISO_IR 192"]}}
        for level, record in zip(LEVELS[query.level], row, strict=True):
            for name, attribute in level.items():
                if name in UNTOLD and not query.include & {name, "all"}:
                    continue
                answer[attribute.tag] = json_value(attribute.vr, getattr(record, attribute.column.key))
        if row[0].text_reading != TextReading.as_labelled:
            said = original_label(row[0].text_reading, row[0].charset_label, row[0].received_at)
            answer[ORIGINAL_ATTRIBUTES] = {"vr": "SQ", "Value": [said]}
        answer["00080056"] = {"vr": "CS", "Value": ["ONLINE"]}
        answer["00080061"] = {"vr": "CS", "Value": modalities.get(row[0].id, [])}
        answer["00081190"] = {"vr": "UR", "Value": [f"{query.base}/{retrieve_url(row)}"]}
        if extra:
            answer = {**extra.get(row[-1].id, {}), **answer}
        answers.append(dict(sorted(answer.items())))
    return answers


def retrieve_url(row: tuple[Any, ...]) -> str:
    parts = [f"studies/{row[0].study_uid}"]
    if len(row) > 1:
        parts.append(f"series/{row[1].series_uid}")
    if len(row) > 2:
        parts.append(f"instances/{row[2].sop_uid}")
    return "/".join(parts)


def _modalities(session: Session, studies: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    pairs = select(Series.study, Series.modality).where(col(Series.study).in_(studies), Series.modality != "")
    for study, modality in session.exec(pairs.distinct().order_by(Series.modality)):
        found.setdefault(study, []).append(modality)
    return found


def _extra_fields(session: Session, rows: list[tuple[Any, ...]], query: Query) -> dict[int, dict[str, Any]]:
    """Attributes that have no column, from the stored metadata of the instance of each row that came first."""
    wanted = {one.upper() for one in query.include} | {_tag_of(one) for one in query.include}
    if query.level == "series":
        wanted.add(REQUEST_ATTRIBUTES)
    wanted -= set(BY_TAG.values())
    if not wanted - {""}:
        return {}
    whole = "all" in query.include and query.level == "instances"
    first = _first_instances(session, [row[-1].id for row in rows], query.level)
    details = select(InstanceDetail).where(col(InstanceDetail.instance).in_(first))
    return {
        first[one.instance]: {
            tag: value
            for tag, value in msgspec.json.decode(one.dicom_json).items()
            if (whole or tag in wanted) and "BulkDataURI" not in value
        }
        for one in session.exec(details)
    }


def _first_instances(session: Session, rows: list[int], level: str) -> dict[int, int]:
    """Of each row's key, by the instance's."""
    if level == "instances":
        return {key: key for key in rows}
    holder = col(Instance.series)
    query = sql_select(func.min(Instance.id), holder).where(holder.in_(rows)).group_by(holder)
    if level == "studies":
        holder = col(Series.study)
        query = sql_select(func.min(Instance.id), holder).join(Series, col(Instance.series) == Series.id)
        query = query.where(holder.in_(rows)).group_by(holder)
    return {instance: key for instance, key in session.execute(query)}


def unknown_fields(query: Query) -> list[str]:
    """What includefield names that is no attribute: neither a tag nor a keyword of the dictionary."""
    named_ones = query.include - {"all"} - set(BY_TAG.values())
    return sorted(one for one in named_ones if not TAG.fullmatch(one) and not _tag_of(one))


def _tag_of(keyword: str) -> str:
    from pydicom.datadict import tag_for_keyword  # slow to import; only unusual queries need it

    tag = tag_for_keyword(keyword)
    return "" if tag is None else f"{tag:08X}"
