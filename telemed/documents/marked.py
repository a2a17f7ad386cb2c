"""What somebody has drawn on a study as DICOM objects: an SR of measurements (TID 1500), and a presentation state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from uuid import UUID, uuid5

import numpy as np
from highdicom.pr import (
    AnnotationUnitsValues,
    GraphicAnnotation,
    GraphicLayer,
    GraphicObject,
    GrayscaleSoftcopyPresentationState,
    TextObject,
)
from highdicom.pr import GraphicTypeValues as Drawn
from highdicom.sr import (
    CodedConcept,
    ComprehensiveSR,
    CoordinatesForMeasurement,
    GraphicTypeValues,
    ImageRegion,
    LanguageOfContentItemAndDescendants,
    Measurement,
    MeasurementReport,
    MeasurementsAndQualitativeEvaluations,
    ObservationContext,
    ObserverContext,
    PersonObserverIdentifyingAttributes,
    PlanarROIMeasurementsAndQualitativeEvaluations,
    SourceImageForRegion,
    TrackingIdentifier,
)
from pydicom import Dataset, dcmwrite
from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code
from pydicom.uid import UID

from telemed.documents.mark_geometry import Place, Size, Spacing, axes, sizes, spacing_of, strokes
from telemed.documents.structured import CHINESE, MULTI_FRAME, UTF8, dicom_name

SERIES: Final = UUID("6f0e6c57-5c5e-4a1d-8f55-0a6a3d1a3a12")
NUMBER: Final = {"SR": 9101, "PR": 9102}  # of their series, behind the images'
MAKER: Final = "telemed"
LAYER: Final = GraphicLayer("MARKS", order=1)
NAMES: Final = {
    "length": "长度",
    "probe": "点",
    "ellipse": "椭圆",
    "rectangle": "矩形",
    "polygon": "多边形",
    "angle": "角度",
    "cobb": "Cobb 角",
    "arrow": "箭头",
}
CODES: Final = {"length": codes.SCT.Length, "area": codes.SCT.Area, "angle": codes.SCT.Angle}
UNITS: Final = {
    "mm": Code("mm", "UCUM", "millimeter"),
    "mm2": Code("mm2", "UCUM", "square millimeter"),
    "px": Code("{pixels}", "UCUM", "pixels"),
    "px2": Code("{pixels}2", "UCUM", "square pixels"),
    "deg": Code("deg", "UCUM", "degree"),
}
NEEDED: Final = (
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "PatientSex",
    "StudyDate",
    "StudyTime",
    "StudyID",
    "AccessionNumber",
    "ReferringPhysicianName",
)
SHOWN: Final = {"mm": " mm", "mm2": " mm²", "px": " px", "px2": " px²", "deg": "°"}


@dataclass(frozen=True)
class Drawing:
    """A mark as it is to be stored. `points` as they are kept: (0, 0) is the middle of the first pixel."""

    id: UUID
    instance_uid: str
    frame: int
    kind: str
    points: Sequence[Sequence[float]]
    text: str

    @property
    def at(self) -> list[Place]:
        return [(x + 0.5, y + 0.5) for x, y in self.points]


@dataclass(frozen=True)
class Drawings:
    """All that one person has on one study, as of `saved_at` on the clock of the study's hospital.

    `version` tells this state from their earlier ones.
    """

    author_id: UUID
    author: str
    hospital: str
    saved_at: datetime
    version: str
    marks: Sequence[Drawing]

    def series(self, study_uid: str, modality: str) -> UID:
        return _uid(uuid5(SERIES, f"{study_uid}/{self.author_id}/{modality}"))

    def instance(self, study_uid: str, modality: str) -> UID:
        return _uid(uuid5(SERIES, f"{study_uid}/{self.author_id}/{modality}/{self.version}"))


def _uid(of: UUID) -> UID:
    return UID(f"2.25.{of.int}")


def image_of(header: Mapping[str, Any]) -> Dataset:
    """An image's header from its DICOM JSON Model, with what every object needs, if only empty."""
    out = Dataset.from_json(dict(header))
    for keyword in NEEDED:
        if keyword not in out:
            setattr(out, keyword, "")
    return out


def measurements(
    drawn: Drawings, images: Mapping[str, Dataset], earlier: Sequence[Dataset], number: int
) -> bytes | None:
    """The SR, which takes the place of the last of `earlier`; None if there is nothing to say, and never was.

    `images` by SOP Instance UID: those that there are marks on, or were.
    """
    marks = [each for each in drawn.marks if each.instance_uid in images]
    if not images or not (marks or earlier):
        return None
    used = _used(marks, images)
    study = str(used[0].StudyInstanceUID)
    out = ComprehensiveSR(
        evidence=used,
        content=_content(drawn, marks, images, used[0]),
        series_instance_uid=drawn.series(study, "SR"),
        series_number=NUMBER["SR"],
        sop_instance_uid=drawn.instance(study, "SR"),
        instance_number=number,
        manufacturer=MAKER,
        is_complete=True,
        institution_name=drawn.hospital[:64],
        previous_versions=earlier[-1:] or None,
    )
    out.SeriesDescription = f"标注 {drawn.author}"[:64]
    return file_of(out, drawn.saved_at)


def _content(drawn: Drawings, marks: Sequence[Drawing], images: Mapping[str, Dataset], any_image: Dataset) -> Dataset:
    """The tree of TID 1500. highdicom wants a group of measurements; where none is left, it is taken out again."""
    none_left = Drawing(SERIES, "", 1, "probe", [(0, 0)], "")
    person = PersonObserverIdentifyingAttributes(dicom_name(drawn.author), organization_name=drawn.hospital[:64])
    report = MeasurementReport(
        ObservationContext(ObserverContext(codes.DCM.Person, person)),
        procedure_reported=Code("363679005", "SCT", "Imaging procedure"),
        imaging_measurements=[_group(each, images[each.instance_uid]) for each in marks]
        or [_group(none_left, any_image)],
        language_of_content_item_and_descendants=LanguageOfContentItemAndDescendants(CodedConcept.from_code(CHINESE)),
    )
    (root,) = report
    if not marks:
        groups = codes.DCM.ImagingMeasurements.value
        root.ContentSequence = [
            each for each in root.ContentSequence if each.ConceptNameCodeSequence[0].CodeValue != groups
        ]
    return root


def presentation(drawn: Drawings, images: Mapping[str, Dataset], number: int) -> bytes | None:
    """The presentation state, without graphics where none are left; None if no image is grey, which it is for."""
    grey = {uid: each for uid, each in images.items() if _is_grey(each)}
    marks = [each for each in drawn.marks if each.instance_uid in grey]
    if not grey or not (marks or number > 1):
        return None
    used = _used(marks, grey)
    study = str(used[0].StudyInstanceUID)
    by_frame: dict[tuple[str, int], list[Drawing]] = {}
    for each in marks:
        by_frame.setdefault((each.instance_uid, each.frame), []).append(each)
    out = GrayscaleSoftcopyPresentationState(
        referenced_images=used,
        series_instance_uid=drawn.series(study, "PR"),
        series_number=NUMBER["PR"],
        sop_instance_uid=drawn.instance(study, "PR"),
        instance_number=number,
        manufacturer=MAKER,
        manufacturer_model_name=MAKER,
        software_versions="1",
        device_serial_number="1",
        content_label="MARKS",
        content_description=f"标注 {drawn.author}"[:64],
        graphic_annotations=[_annotation(grey[uid], frame, on) for (uid, frame), on in by_frame.items()] or None,
        graphic_layers=[LAYER] if marks else None,
        institution_name=drawn.hospital[:64],
        content_creator_name=dicom_name(drawn.author),
    )
    out.SeriesDescription = f"标注 {drawn.author}"[:64]
    out.Laterality = out.get("Laterality", "")
    return file_of(out, drawn.saved_at)


def _used(marks: Sequence[Drawing], images: Mapping[str, Dataset]) -> list[Dataset]:
    """The images that the marks are on; all, where none are left."""
    on = {each.instance_uid for each in marks}
    return [each for uid, each in images.items() if not on or uid in on]


def _is_grey(image: Dataset) -> bool:
    return str(image.get("PhotometricInterpretation", "")).startswith("MONOCHROME")


def file_of(out: Dataset, saved_at: datetime) -> bytes:
    """As a file, dated as what it says and not as of now."""
    day, clock = saved_at.strftime("%Y%m%d"), saved_at.strftime("%H%M%S")
    for keyword in ("ContentDate", "InstanceCreationDate", "PresentationCreationDate", "SeriesDate"):
        if keyword in out:
            setattr(out, keyword, day)
            setattr(out, keyword.replace("Date", "Time"), clock)
    out.SpecificCharacterSet = UTF8
    file = BytesIO()
    dcmwrite(file, out, enforce_file_format=True)
    return file.getvalue()


def _group(mark: Drawing, image: Dataset) -> Any:
    """A measurement group of TID 1500: of a region (TID 1410), or of lines (TID 1501)."""
    frames = [mark.frame] if image.SOPClassUID in MULTI_FRAME or mark.frame > 1 else None
    source = SourceImageForRegion(str(image.SOPClassUID), str(image.SOPInstanceUID), frames)
    named = " ".join(filter(None, (NAMES[mark.kind], mark.text)))
    tracked = TrackingIdentifier(_uid(mark.id), named)
    found = sizes(mark.kind, mark.at, spacing_of(image, mark.frame))
    if mark.kind in ("length", "angle", "cobb"):
        lines = [
            CoordinatesForMeasurement(GraphicTypeValues.POLYLINE, np.array(line), source)
            for line in strokes(mark.kind, mark.at, 0)
        ]
        return MeasurementsAndQualitativeEvaluations(
            tracked, measurements=[_measured(mark, each, lines) for each in found]
        )
    return PlanarROIMeasurementsAndQualitativeEvaluations(
        tracked, referenced_region=_region(mark, source), measurements=[_measured(mark, each, None) for each in found]
    )


def _measured(mark: Drawing, size: Size, lines: Sequence[CoordinatesForMeasurement] | None) -> Measurement:
    name = codes.SCT.CobbAngle if mark.kind == "cobb" else CODES[size.of]
    return Measurement(name, round(size.value, 3), UNITS[size.unit], referenced_coordinates=lines)


def _region(mark: Drawing, source: SourceImageForRegion) -> ImageRegion:
    match mark.kind:
        case "ellipse":
            return ImageRegion(GraphicTypeValues.ELLIPSE, np.array(axes(mark.at)), source)
        case "probe":
            return ImageRegion(GraphicTypeValues.POINT, np.array(mark.at), source)
        case "arrow":  # what it points at
            return ImageRegion(GraphicTypeValues.POINT, np.array(mark.at[1:]), source)
        case _:
            return ImageRegion(GraphicTypeValues.POLYLINE, np.array(strokes(mark.kind, mark.at, 0)[0]), source)


def _annotation(image: Dataset, frame: int, marks: Iterable[Drawing]) -> GraphicAnnotation:
    objects, texts = list[GraphicObject](), list[TextObject]()
    pixel, spacing = AnnotationUnitsValues.PIXEL, spacing_of(image, frame)
    long = max(float(image.Rows), float(image.Columns)) / 50
    for mark in marks:
        if mark.kind == "ellipse":
            objects.append(GraphicObject(Drawn.ELLIPSE, _within(image, axes(mark.at)), pixel))
        elif mark.kind == "probe":
            objects.append(GraphicObject(Drawn.POINT, _within(image, mark.at), pixel))
        else:
            lines = strokes(mark.kind, mark.at, long)
            objects += [GraphicObject(Drawn.POLYLINE, _within(image, line), pixel) for line in lines]
        if said := _said(mark, spacing):
            (anchor,) = _within(image, mark.at[:1]).tolist()
            texts.append(TextObject(said, pixel, anchor_point=tuple(anchor), anchor_point_visible=False))
    multiple = frame if image.SOPClassUID in MULTI_FRAME or frame > 1 else None
    return GraphicAnnotation([image], LAYER, multiple, graphic_objects=objects, text_objects=texts or None)


def _within(image: Dataset, line: Sequence[Place]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Cut off at the image's edges, beyond which a presentation state has no places."""
    places: np.ndarray[Any, np.dtype[np.float64]] = np.array(line, dtype=float)
    return places.clip((0, 0), (float(image.Columns), float(image.Rows)))


def _said(mark: Drawing, spacing: Spacing) -> str:
    figures = [f"{each.value:.1f}{SHOWN[each.unit]}" for each in sizes(mark.kind, mark.at, spacing)]
    return " ".join(filter(None, (mark.text, *figures)))
