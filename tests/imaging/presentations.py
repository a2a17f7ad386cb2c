"""Presentation states made by code, and the picture that they ask for, computed by pydicom's functions and by hand.

pydicom knows no presentation states: what a state says is put in place of the file's own (PS3.4 N.2), and the file is
read as any other.
"""

from collections.abc import Sequence as Many
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian, GrayscaleSoftcopyPresentationStateStorage

from tests.imaging.made import uid
from tests.imaging.rule import RAMP, SIDE, Array, Edit, every, having, lut, picture_of, store, windowed

CENTERS = np.mgrid[1 : SIDE + 1, 1 : SIDE + 1]
"""Row and column of each pixel, counted from 1."""


def item(*edits: Edit) -> Dataset:
    ds = Dataset()
    every(*edits)(ds)
    return ds


def image_of(name: str, *edits: Edit, number: int = 1) -> Dataset:
    """An image of 16 x 16 values from 0 to 4080, 12 bits, with a window and a rescale of its own."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.2")
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(uid("shown", name, str(number)))
    ds.StudyInstanceUID, ds.SeriesInstanceUID = uid("shown", name), uid("shown", name, "series")
    ds.Modality, ds.SeriesNumber, ds.InstanceNumber = "OT", 1, number
    ds.Rows = ds.Columns = SIDE
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.WindowCenter, ds.WindowWidth, ds.RescaleSlope, ds.RescaleIntercept = 300, 200, 2, -1000
    store(ds, RAMP * 16, 12)
    every(*edits)(ds)
    return ds


def referenced(*images: Dataset) -> Dataset:
    def one(image: Dataset) -> Dataset:
        return item(having(ReferencedSOPClassUID=image.SOPClassUID, ReferencedSOPInstanceUID=image.SOPInstanceUID))

    return item(having(ReferencedImageSequence=Sequence(map(one, images))))


def state_of(images: Many[Dataset], name: str, *edits: Edit) -> Dataset:
    """A state of these images: all of them, all that can be."""
    first = images[0]
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = GrayscaleSoftcopyPresentationStateStorage
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(uid("state", name))
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.StudyInstanceUID, ds.SeriesInstanceUID = first.StudyInstanceUID, uid("states", first.StudyInstanceUID)
    ds.Modality, ds.SeriesNumber, ds.InstanceNumber = "PR", 9, 1
    ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = "STATE", name, "Chen^Yi"
    ds.PresentationCreationDate, ds.PresentationCreationTime = "20260301", "101500"
    series = referenced(*images)
    series.SeriesInstanceUID = first.SeriesInstanceUID
    ds.ReferencedSeriesSequence = Sequence([series])
    ds.DisplayedAreaSelectionSequence = Sequence([area((1, 1), (SIDE, SIDE))])
    ds.PresentationLUTShape = "IDENTITY"
    every(*edits)(ds)
    return ds


def area(first: tuple[int, int], last: tuple[int, int], mode: str = "SCALE TO FIT") -> Dataset:
    return item(
        having(
            DisplayedAreaTopLeftHandCorner=list(first),
            DisplayedAreaBottomRightHandCorner=list(last),
            PresentationSizeMode=mode,
            PresentationPixelAspectRatio=[1, 1],
        )
    )


def voi(*edits: Edit, on: Many[Dataset] = ()) -> Dataset:
    part = referenced(*on) if on else Dataset()
    every(*edits)(part)
    return part


def softcopy_voi(*parts: Dataset) -> Edit:
    return having(SoftcopyVOILUTSequence=Sequence(parts))


def shown(image: Dataset, state: Dataset, part: int | None = 0) -> Array:
    """The image as the state asks for it; `part`: that of its VOI; None: it has none, and all possible values show."""
    ds = deepcopy(image)
    for keyword in ("WindowCenter", "WindowWidth", "VOILUTFunction", "VOILUTSequence", "PresentationLUTShape"):
        ds.pop(keyword, None)
    for keyword in ("RescaleSlope", "RescaleIntercept", "ModalityLUTSequence"):
        ds.pop(keyword, None)
        if keyword in state:
            ds[keyword] = state[keyword]
    if part is None:
        low, high = (value * float(state.get("RescaleSlope", 1)) for value in (0, 2**image.BitsStored - 1))
        center = (low + high + 1) / 2 + float(state.get("RescaleIntercept", 0))
        ds.WindowCenter, ds.WindowWidth = center, high - low + 1
    else:
        for element in state.SoftcopyVOILUTSequence[part]:
            ds[element.tag] = element
    ds.PhotometricInterpretation = "MONOCHROME1" if state.PresentationLUTShape == "INVERSE" else "MONOCHROME2"
    for group in range(0x6000, 0x6020, 2):
        if (group, 0x3000) in ds and not state.get((group, 0x1001)):
            del ds[group, 0x3000]
    return picture_of(ds, 1)


@dataclass(frozen=True)
class Case:
    name: str
    state: Edit
    image: Edit = lambda _: None
    part: int | None = 0
    covered: tuple[Array, int] | None = None
    """The pixels behind the shutter, and their grey."""


WINDOW = softcopy_voi(voi(windowed(2000, 3000)))
ROWS, COLUMNS = CENTERS
DISC = np.hypot(ROWS - 8, COLUMNS - 9) > 5
BOX = (ROWS < 3) | (ROWS > 12) | (COLUMNS < 4) | (COLUMNS > 14)
# A diamond with whole corners: its pixels are those whose distances along row and column add up to no more than six.
DIAMOND = np.abs(ROWS - 8) + np.abs(COLUMNS - 8) > 6


def overlay(ds: Dataset) -> None:
    ds.add_new((0x6000, 0x0010), "US", SIDE)
    ds.add_new((0x6000, 0x0011), "US", SIDE)
    ds.add_new((0x6000, 0x0040), "CS", "G")
    ds.add_new((0x6000, 0x0050), "SS", [1, 1])
    ds.add_new((0x6000, 0x0100), "US", 1)
    ds.add_new((0x6000, 0x0102), "US", 0)
    ds.add_new((0x6000, 0x3000), "OW", bytes([0b00111100, 0]) * SIDE)


def activated(ds: Dataset) -> None:
    ds.add_new((0x6000, 0x1001), "CS", "DRAWN")


CASES = (
    Case("a window in place of the file's, and no rescale", WINDOW),
    Case("a rescale", every(WINDOW, having(RescaleSlope=0.5, RescaleIntercept=900, RescaleType="US"))),
    Case("a modality table", every(lut("ModalityLUTSequence", 4095 - np.arange(4096), 16), WINDOW)),
    Case("a VOI table", softcopy_voi(voi(lut("VOILUTSequence", np.arange(4096) // 2, 12)))),
    Case("a sigmoid", softcopy_voi(voi(windowed(2000, 1500, "SIGMOID")))),
    Case("the brightness turned round", every(WINDOW, having(PresentationLUTShape="INVERSE"))),
    Case("of an image whose small values are bright", WINDOW, having(PhotometricInterpretation="MONOCHROME1")),
    Case("no VOI: all values there can be", lambda _: None, part=None),
    Case("no VOI, rescaled", having(RescaleSlope=3, RescaleIntercept=-100, RescaleType="US"), part=None),
    Case(
        "a circle",
        every(WINDOW, having(ShutterShape="CIRCULAR", CenterOfCircularShutter=[8, 9], RadiusOfCircularShutter=5)),
        covered=(DISC, 0),
    ),
    Case(
        "a rectangle and a polygon, in grey",
        every(
            WINDOW,
            having(ShutterShape=["RECTANGULAR", "POLYGONAL"], ShutterPresentationValue=0x8080),
            having(ShutterLeftVerticalEdge=4, ShutterRightVerticalEdge=14),
            having(ShutterUpperHorizontalEdge=3, ShutterLowerHorizontalEdge=12),
            having(VerticesOfThePolygonalShutter=[2, 8, 8, 14, 14, 8, 8, 2]),
        ),
        covered=(BOX | DIAMOND, 0x80),
    ),
    Case("an overlay of the image that is not named", WINDOW, overlay),
    Case("an overlay of the image that is named", every(WINDOW, activated), overlay),
)


def expected(case: Case, image: Dataset, state: Dataset) -> Array:
    want = shown(image, state, case.part)
    if case.covered:
        hidden, grey = case.covered
        want = np.where(hidden, grey, want)
    return want
