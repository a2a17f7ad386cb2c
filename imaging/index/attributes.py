"""The attributes of QIDO-RS at each level: keyword, tag, VR and column (PS3.18 §10.6.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imaging.index.model import Instance, Series, Study


@dataclass(frozen=True)
class Attribute:
    tag: str
    vr: str
    column: Any


A = Attribute
STUDY: Mapping[str, Attribute] = {
    "StudyDate": A("00080020", "DA", Study.study_date),
    "StudyTime": A("00080030", "TM", Study.study_time),
    "AccessionNumber": A("00080050", "SH", Study.accession_number),
    "InstitutionName": A("00080080", "LO", Study.institution),
    "ReferringPhysicianName": A("00080090", "PN", Study.referring_physician),
    "TimezoneOffsetFromUTC": A("00080201", "SH", Study.timezone_offset),
    "StudyDescription": A("00081030", "LO", Study.description),
    "PatientName": A("00100010", "PN", Study.patient_name),
    "PatientID": A("00100020", "LO", Study.patient_id),
    "IssuerOfPatientID": A("00100021", "LO", Study.issuer_of_patient_id),
    "PatientBirthDate": A("00100030", "DA", Study.patient_birth_date),
    "PatientSex": A("00100040", "CS", Study.patient_sex),
    "StudyInstanceUID": A("0020000D", "UI", Study.study_uid),
    "StudyID": A("00200010", "SH", Study.study_id),
    "NumberOfStudyRelatedSeries": A("00201206", "IS", Study.series_count),
    "NumberOfStudyRelatedInstances": A("00201208", "IS", Study.instance_count),
}
SERIES: Mapping[str, Attribute] = {
    "SeriesDate": A("00080021", "DA", Series.series_date),
    "SeriesTime": A("00080031", "TM", Series.series_time),
    "Modality": A("00080060", "CS", Series.modality),
    "Manufacturer": A("00080070", "LO", Series.manufacturer),
    "SeriesDescription": A("0008103E", "LO", Series.description),
    "BodyPartExamined": A("00180015", "CS", Series.body_part),
    "ProtocolName": A("00181030", "LO", Series.protocol),
    "SeriesInstanceUID": A("0020000E", "UI", Series.series_uid),
    "SeriesNumber": A("00200011", "IS", Series.number),
    "Laterality": A("00200060", "CS", Series.laterality),
    "NumberOfSeriesRelatedInstances": A("00201209", "IS", Series.instance_count),
    "PerformedProcedureStepStartDate": A("00400244", "DA", Series.step_start_date),
    "PerformedProcedureStepStartTime": A("00400245", "TM", Series.step_start_time),
}
INSTANCE: Mapping[str, Attribute] = {
    "SOPClassUID": A("00080016", "UI", Instance.sop_class),
    "SOPInstanceUID": A("00080018", "UI", Instance.sop_uid),
    "AvailableTransferSyntaxUID": A("00083002", "UI", Instance.frame_syntax),
    "InstanceNumber": A("00200013", "IS", Instance.number),
    "ImageLaterality": A("00200062", "CS", Instance.laterality),
    "NumberOfFrames": A("00280008", "IS", Instance.frames),
    "Rows": A("00280010", "US", Instance.rows),
    "Columns": A("00280011", "US", Instance.columns),
    "BitsAllocated": A("00280100", "US", Instance.bits_allocated),
}
LEVELS = {"studies": (STUDY,), "series": (STUDY, SERIES), "instances": (STUDY, SERIES, INSTANCE)}
BY_TAG = {one.tag: name for level in (STUDY, SERIES, INSTANCE) for name, one in level.items()}
MODALITIES = "ModalitiesInStudy"
BY_TAG["00080061"] = MODALITIES
UNTOLD = frozenset(("InstitutionName", "Manufacturer", "ProtocolName"))
"""Returned only when asked for by includefield."""


def json_value(vr: str, value: str | int | None) -> dict[str, Any]:
    if value is None or value == "":
        return {"vr": vr}
    if vr == "PN":
        groups = zip(("Alphabetic", "Ideographic", "Phonetic"), str(value).split("="), strict=False)
        return {"vr": vr, "Value": [{name: group for name, group in groups if group}]}
    return {"vr": vr, "Value": [value]}
