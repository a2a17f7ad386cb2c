"""What marks measure by their places alone, from the headers of the image they are on."""

from collections.abc import Sequence
from math import atan2, degrees, dist, hypot, pi
from typing import Final, NamedTuple

from pydicom import Dataset

Place = tuple[float, float]
"""Column and row in pixels; (0, 0) is the corner of the first pixel, as DICOM has it."""

PROJECTION: Final = {"CR", "DX", "MG", "XA", "RF", "PX", "IO", "RG"}
FLAT: Final = 60  # degrees


class Spacing(NamedTuple):
    """Between columns and between rows: in mm, or `unit` is px and only the proportion is known."""

    column: float
    row: float
    unit: str


class Size(NamedTuple):
    """`of`: length, area or angle. `unit`: mm, px, mm2, px2, deg."""

    of: str
    value: float
    unit: str


def spacing_of(image: Dataset, frame: int) -> Spacing:
    """In mm only where Pixel Spacing holds in the patient: in projections, if it was calibrated (PS3.3 10.7)."""
    own = _own_spacing(image, frame)
    imager = _pair(image.get("ImagerPixelSpacing"))
    calibrated = bool(image.get("PixelSpacingCalibrationType")) or (imager is not None and imager != own)
    if own is not None and (image.get("Modality") not in PROJECTION or calibrated):
        return Spacing(own[1], own[0], "mm")
    row, column = own or imager or _pair(image.get("PixelAspectRatio")) or (1.0, 1.0)
    return Spacing(1.0, row / column, "px")


def _own_spacing(image: Dataset, frame: int) -> tuple[float, float] | None:
    """Of the frame in a multi-frame object, else of the image."""
    each, shared = image.get("PerFrameFunctionalGroupsSequence"), image.get("SharedFunctionalGroupsSequence")
    groups = [*(each[frame - 1 : frame] if each else []), *(shared or [])]
    for group in groups:
        for measures in group.get("PixelMeasuresSequence") or []:
            if (found := _pair(measures.get("PixelSpacing"))) is not None:
                return found
    return _pair(image.get("PixelSpacing"))


def _pair(value: object) -> tuple[float, float] | None:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        return None
    row, column = float(value[0]), float(value[1])
    return (row, column) if row > 0 and column > 0 else None


def sizes(kind: str, points: Sequence[Place], spacing: Spacing) -> list[Size]:
    """As the viewer measures them; nothing of what only points at something, or of an outline that crosses itself."""
    at = [(x * spacing.column, y * spacing.row) for x, y in points]
    area = f"{spacing.unit}2"
    match kind:
        case "length":
            return [Size("length", dist(at[0], at[1]), spacing.unit)]
        case "ellipse":
            return [Size("area", pi / 4 * abs((at[1][0] - at[0][0]) * (at[1][1] - at[0][1])), area)]
        case "rectangle":
            return [Size("area", abs((at[1][0] - at[0][0]) * (at[1][1] - at[0][1])), area)]
        case "polygon":
            return [] if _crosses_itself(at) else [Size("area", _enclosed(at), area)]
        case "angle":
            return [Size("angle", _between(_way(at[1], at[0]), _way(at[1], at[2])), "deg")]
        case "cobb":
            return [Size("angle", _between_lines(_way(at[0], at[1]), _way(at[2], at[3])), "deg")]
    return []


def _way(start: Place, end: Place) -> Place:
    return end[0] - start[0], end[1] - start[1]


def _between(a: Place, b: Place) -> float:
    """Between two directions, 0 to 180 degrees."""
    return degrees(atan2(abs(a[0] * b[1] - a[1] * b[0]), a[0] * b[0] + a[1] * b[1]))


def _between_lines(a: Place, b: Place) -> float:
    """The acute angle; of lines that both lie flat, as end plates do, the one that opens between them."""
    first, second = (way if way[0] >= 0 else (-way[0], -way[1]) for way in (a, b))
    opened = _between(first, second)
    flat = all(abs(degrees(atan2(way[1], way[0]))) < FLAT for way in (first, second))
    return opened if flat else min(opened, 180 - opened)


def _enclosed(at: Sequence[Place]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(at, [*at[1:], at[0]], strict=True))) / 2


def _crosses_itself(at: Sequence[Place]) -> bool:
    sides = list(zip(at, [*at[1:], at[0]], strict=True))

    def turn(side: tuple[Place, Place], to: Place) -> float:
        (a, b), c = side, to
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    def cross(one: tuple[Place, Place], other: tuple[Place, Place]) -> bool:
        return turn(one, other[0]) * turn(one, other[1]) < 0 and turn(other, one[0]) * turn(other, one[1]) < 0

    return any(cross(one, other) for i, one in enumerate(sides) for other in sides[i + 1 :])


def strokes(kind: str, points: Sequence[Place], head: float) -> list[list[Place]]:
    """The lines that draw it, but an ellipse and a single place. `head`: the length of an arrow's wings, in pixels."""
    match kind:
        case "rectangle":
            (left, top), (right, bottom) = points
            return [[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]]
        case "polygon":
            return [[*points, points[0]]]
        case "cobb":
            return [list(points[:2]), list(points[2:])]
        case "arrow":
            start, end = points
            x, y = _way(end, start)
            long = hypot(x, y) or 1.0
            x, y = x / long * head, y / long * head
            wings = [(end[0] + x * 0.9 - y * side * 0.44, end[1] + y * 0.9 + x * side * 0.44) for side in (1, -1)]
            return [[start, end], [wings[0], end, wings[1]]]
    return [list(points)]


def axes(points: Sequence[Place]) -> list[Place]:
    """The ends of the longer axis of the ellipse in this box, then those of the shorter one."""
    (x0, y0), (x1, y1) = points
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    across: list[Place] = [(min(x0, x1), middle[1]), (max(x0, x1), middle[1])]
    down: list[Place] = [(middle[0], min(y0, y1)), (middle[0], max(y0, y1))]
    return across + down if abs(x1 - x0) >= abs(y1 - y0) else down + across
