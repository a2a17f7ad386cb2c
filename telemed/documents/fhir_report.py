"""An issued report as a FHIR R4 DiagnosticReport that contains whom and what it names."""

import json
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any, Final
from uuid import UUID

from fhir.resources.R4B.diagnosticreport import DiagnosticReport

from telemed.documents.report import Doctor, ReportPrint

LOINC: Final = "http://loinc.org"
SECTIONS: Final = "http://terminology.hl7.org/CodeSystem/v2-0074"
IDENTIFIERS: Final = "http://terminology.hl7.org/CodeSystem/v2-0203"
STATUS: Final = {"": "final", "补充": "appended", "更正": "corrected", "审核": "final"}
SEX: Final = {"男": "male", "女": "female"}


def diagnostic_report(
    report: ReportPrint, id: UUID, digest: str, taken_at: datetime | None, issued: datetime, print_at: str
) -> bytes:
    """The resource as JSON. `digest` is the hash of the issued text; `print_at` where its print is downloaded."""
    body: dict[str, Any] = {
        "resourceType": "DiagnosticReport",
        "id": str(id),
        "contained": _contained(report),
        "identifier": [
            {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{id}"},
            {"system": "urn:ietf:rfc:3986", "value": f"urn:hash::sha256:{digest}"},
        ],
        "status": "preliminary" if report.provisional else STATUS[report.kind],
        "category": [{"coding": [{"system": SECTIONS, "code": "RAD", "display": "Radiology"}]}],
        "code": {
            "coding": [{"system": LOINC, "code": "18748-4", "display": "Diagnostic imaging study"}],
            "text": report.examination or report.part,
        },
        "subject": {"reference": "#patient", "display": report.patient.name},
        "issued": issued.isoformat(),
        "performer": [{"reference": "#hub"}, {"reference": "#author"}],
        "resultsInterpreter": [{"reference": f"#{each}"} for each in _doctors(report)],
        "imagingStudy": [{"reference": "#study"}],
        "conclusion": report.findings if report.kind else report.impression,
        "presentedForm": [{"contentType": "application/pdf", "url": print_at, "title": report.title}],
        "text": {"status": "generated", "div": _narrative(report)},
    }
    if report.images:
        body["media"] = [
            {"link": {"reference": f"#image{n}"}} | ({"comment": each.note} if each.note else {})
            for n, each in enumerate(report.images, 1)
        ]
    if report.accession_number:
        body["basedOn"] = [{"type": "ServiceRequest", "identifier": _accession(report)}]
    if taken_at is not None:
        body["effectiveDateTime"] = taken_at.isoformat()
    checked = DiagnosticReport.model_validate(body)
    return (json.dumps(json.loads(checked.model_dump_json()), ensure_ascii=False, sort_keys=True, indent=1)).encode()


def _doctors(report: ReportPrint) -> Mapping[str, Doctor]:
    return {"author": report.author} | ({"reviewer": report.reviewer} if report.reviewer else {})


def _contained(report: ReportPrint) -> list[dict[str, Any]]:
    patient: dict[str, Any] = {
        "resourceType": "Patient",
        "id": "patient",
        "name": [{"text": report.patient.name}],
        "gender": SEX.get(report.patient.sex, "unknown"),
    }
    if report.patient.number:
        label = {"text": report.patient.number_label}
        patient["identifier"] = [{"type": label, "value": report.patient.number}]
    if report.patient.birth:
        patient["birthDate"] = report.patient.birth
    doctors = [
        {
            "resourceType": "Practitioner",
            "id": name,
            "name": [{"text": doctor.name}],
            "qualification": [{"code": {"text": doctor.title}}],
        }
        for name, doctor in _doctors(report).items()
    ]
    study: dict[str, Any] = {
        "resourceType": "ImagingStudy",
        "id": "study",
        "status": "available",
        "subject": {"reference": "#patient"},
        "identifier": [{"system": "urn:dicom:uid", "value": f"urn:oid:{report.study_uid}"}],
    }
    if report.accession_number:
        study["identifier"].append(_accession(report))
    return [
        patient,
        {"resourceType": "Organization", "id": "hub", "name": report.hub.name},
        *doctors,
        study,
        *_media(report),
    ]


def _accession(report: ReportPrint) -> dict[str, Any]:
    """检查号, as the implementation notes of ImagingStudy write it."""
    kind = {"coding": [{"system": IDENTIFIERS, "code": "ACSN", "display": "Accession ID"}]}
    return {"type": kind, "value": report.accession_number, "assigner": {"display": report.branch.name}}


def _media(report: ReportPrint) -> list[dict[str, Any]]:
    """The key images, each with its picture and the instance that it is of."""
    return [
        {
            "resourceType": "Media",
            "id": f"image{n}",
            "status": "completed",
            "subject": {"reference": "#patient"},
            "identifier": [
                {"system": "urn:dicom:uid", "value": f"urn:oid:{each.instance_uid}"},
                {"system": "urn:ietf:rfc:3986", "value": f"urn:hash::sha256:{each.sha256}"},
            ],
            "content": {"url": f"/api/files/{each.file_id}/content", "title": f"图 {n} {each.place}".strip()},
        }
        for n, each in enumerate(report.images, 1)
    ]


def _narrative(report: ReportPrint) -> str:
    """All that the report says; `conclusion` alone has no findings."""
    if report.kind:
        parts = [(f"{report.kind}内容", report.findings), ("所附报告的校验值", report.amends)]
    else:
        parts = [("检查方法", report.technique), ("影像所见", report.findings), ("诊断意见", report.impression)]
    said = (
        f"<h3>{name}</h3><p>{'<br/>'.join(escape(line) for line in text.split(chr(10)))}</p>"
        for name, text in parts
        if text.strip()
    )
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(said)}</div>'
