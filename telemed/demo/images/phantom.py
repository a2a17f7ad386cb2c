"""A thorax made of ellipsoids, from which both CT slices in Hounsfield units and a chest radiograph are computed.

Lengths are millimetres in DICOM's patient coordinates: x to the left, y to the back, z to the head (PS3.3 C.7.6.2).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.float32]
Mask = NDArray[np.bool_]

AIR, LUNG, FAT, MUSCLE, BLOOD, BONE = -1000.0, -860.0, -100.0, 52.0, 42.0, 620.0


@dataclass(frozen=True)
class Ellipsoid:
    x: float
    y: float
    z: float
    a: float
    b: float
    c: float

    def section(self, x: Grid, y: Grid, z: float) -> Mask:
        """The part of a slice at height z that is inside."""
        rest = 1 - ((z - self.z) / self.c) ** 2
        if rest <= 0:
            return np.zeros(np.broadcast_shapes(x.shape, y.shape), dtype=np.bool_)
        return ((x - self.x) / self.a) ** 2 + ((y - self.y) / self.b) ** 2 <= rest

    def chord(self, x: Grid, z: Grid) -> Grid:
        """The length inside of each ray from front to back."""
        rest = 1 - ((x - self.x) / self.a) ** 2 - ((z - self.z) / self.c) ** 2
        return np.asarray(2 * self.b * np.sqrt(np.clip(rest, 0, None)), dtype=np.float32)


BODY = Ellipsoid(0, 0, -20, 178, 118, 900)
CHEST_WALL = Ellipsoid(0, 2, -20, 152, 98, 320)
LUNGS = (Ellipsoid(-74, 4, -18, 62, 84, 150), Ellipsoid(74, 4, -14, 60, 84, 146))
HEART = Ellipsoid(18, -28, -62, 66, 50, 58)
CHAMBERS = (Ellipsoid(30, -30, -70, 34, 30, 40), Ellipsoid(-8, -40, -62, 30, 26, 38), Ellipsoid(8, 0, -48, 32, 20, 26))
DIAPHRAGM = (Ellipsoid(-76, 4, -196, 78, 92, 112), Ellipsoid(74, 6, -208, 70, 90, 106))
MEDIASTINUM = Ellipsoid(2, 6, 0, 36, 66, 260)


@dataclass(frozen=True)
class Findings:
    """The findings, which agree with the written case."""

    contrast: bool = False
    dissection: bool = False  # type B: a flap in a wide descending aorta, the ascending part untouched
    nodule: Ellipsoid | None = None
    consolidation: Ellipsoid | None = None


class Thorax:
    """The slices of one patient; random parts (vessels, noise) depend on the seed."""

    def __init__(self, findings: Findings, seed: int, size: int = 512, field_of_view: float = 384) -> None:
        self.findings, self.size, self.spacing = findings, size, field_of_view / size
        line = (np.arange(size, dtype=np.float32) - (size - 1) / 2) * np.float32(self.spacing)
        self.x, self.y = line[np.newaxis, :], line[:, np.newaxis]
        self.random = np.random.default_rng(seed)
        self.vessels = self._vessels()
        self.noise = self.random.normal(0, 11, (size, size)).astype(np.float32)
        self.wall = ((self.x / 168) ** 2 + (self.y / 110) ** 2) <= 1
        thick = np.abs(np.hypot(self.x / CHEST_WALL.a, self.y / CHEST_WALL.b) - 1.045) < 0.035
        self.bones = thick & (np.abs(self.x) > 22) & self.wall  # where a slice may show a rib
        angle = np.arctan2(self.y / CHEST_WALL.b, self.x / CHEST_WALL.a)
        self.slope = (44 * (1 - np.sin(angle)) / 2)[self.bones]

    def slice(self, z: float) -> NDArray[np.int16]:
        """One axial slice of shape (size, size), in Hounsfield units."""
        x, y = self.x, self.y
        blood = 330.0 if self.findings.contrast else BLOOD
        out = np.full((self.size, self.size), AIR, dtype=np.float32)
        out[BODY.section(x, y, z)] = FAT
        out[self.wall] = MUSCLE
        cavity = CHEST_WALL.section(x, y, z)
        out[self._ribs(z) & ~cavity] = BONE
        out[cavity] = FAT
        lungs = (LUNGS[0].section(x, y, z) | LUNGS[1].section(x, y, z)) & cavity
        out[lungs] = LUNG
        self._lung_detail(out, lungs, z)
        out[MEDIASTINUM.section(x, y, z) & cavity] = 20
        self._heart_and_vessels(out, z, blood)
        for dome in DIAPHRAGM:
            out[dome.section(x, y, z) & cavity] = 95.0 if self.findings.contrast else 58.0
        self._spine_and_sternum(out, z)
        self._airways(out, z)
        shift = int(z * 7) % self.size
        out += np.roll(self.noise, (shift, shift * 3), (0, 1))
        return np.clip(np.rint(out), -1024, 3071).astype(np.int16)

    def _ribs(self, z: float) -> Mask:
        """Ribs slope down from the spine to the front; each is an arc in an axial slice."""
        ribs = np.zeros(self.bones.shape, dtype=np.bool_)
        ribs[self.bones] = np.mod(z + self.slope, 27) < 9
        return ribs

    def _lung_detail(self, out: Grid, lungs: Mask, z: float) -> None:
        for x0, y0, z0, x1, y1, z1, radius in self.vessels:
            if min(z0, z1) <= z <= max(z0, z1):
                t = (z - z0) / (z1 - z0)
                disc(out, self.spacing, x0 + t * (x1 - x0), y0 + t * (y1 - y0), radius * (1 - 0.75 * t), 35, lungs)
        if (nodule := self.findings.nodule) is not None:
            out[nodule.section(self.x, self.y, z) & lungs] = 38
        if (patch := self.findings.consolidation) is not None:
            mottled = np.roll(self.noise, int(z) * 5, 0) * 9
            inside = patch.section(self.x, self.y, z) & lungs
            out[inside] = np.clip(mottled[inside] - 40, -700, 60)

    def _vessels(self) -> list[tuple[float, ...]]:
        """Straight branches from each hilum to the surface of its lung."""
        branches: list[tuple[float, ...]] = []
        for lung in LUNGS:
            hilum = (lung.x * 0.55, 8.0, 2.0)
            for _ in range(90):
                direction = self.random.normal(0, 1, 3)
                direction /= np.linalg.norm(direction)
                end = (
                    lung.x + 0.9 * lung.a * direction[0],
                    lung.y + 0.9 * lung.b * direction[1],
                    lung.z + 0.9 * lung.c * direction[2],
                )
                branches.append((*hilum, *(float(v) for v in end), float(self.random.uniform(1.6, 4.2))))
        return branches

    def _heart_and_vessels(self, out: Grid, z: float, blood: float) -> None:
        x, y = self.x, self.y
        out[HEART.section(x, y, z)] = 95.0 if self.findings.contrast else 48.0
        for chamber in CHAMBERS:
            out[chamber.section(x, y, z)] = blood
        wide = 21.3 if self.findings.dissection else 12.5
        if -45 < z < 62:
            disc(out, self.spacing, -16, -24, 16.5, blood)  # ascending aorta
            disc(out, self.spacing, -42, -18, 9.5, blood)  # superior vena cava
        if -6 < z < 34:
            disc(out, self.spacing, 12, -16, 14, blood)  # pulmonary trunk
        if 62 <= z < 86:
            arch = ((x - 4) / 34) ** 2 + ((y - 4) / 15) ** 2 <= 1 - ((z - 74) / 14) ** 2
            out[arch] = blood
        if z < 66:
            self._descending_aorta(out, z, wide, blood)

    def _descending_aorta(self, out: Grid, z: float, radius: float, blood: float) -> None:
        centre_x, centre_y = 30.0, 42.0
        disc(out, self.spacing, centre_x, centre_y, radius + 1.6, 55)
        disc(out, self.spacing, centre_x, centre_y, radius, blood)
        if not (self.findings.dissection and z < 48):
            return
        # The flap winds slowly down the vessel; the false lumen fills later and is less bright.
        turn = np.float32(0.5 + z / 140)
        # Only the pixels around it: most of a slice is elsewhere.
        rows, columns = (
            np.abs(line - middle).ravel() <= radius for line, middle in ((self.y, centre_y), (self.x, centre_x))
        )
        x, y = self.x[:, columns] - centre_x, self.y[rows] - centre_y
        across = x * np.cos(turn) + y * np.sin(turn)
        along = -x * np.sin(turn) + y * np.cos(turn)
        bent = across - 3 + 0.012 * along**2
        inside = x**2 + y**2 <= radius**2
        here = np.ix_(rows, columns)
        part = out[here]
        part[inside & (bent > 0)] = 0.62 * blood
        part[inside & (np.abs(bent) < 0.8)] = 70
        out[here] = part

    def _spine_and_sternum(self, out: Grid, z: float) -> None:
        x, y = self.x, self.y
        disc_space = np.mod(z, 27) < 5
        disc(out, self.spacing, 0, 68, 19, 90 if disc_space else BONE)
        if not disc_space:
            disc(out, self.spacing, 0, 68, 16.5, 210)
        out[((x / 30) ** 2 + ((y - 92) / 7) ** 2 <= 1)] = 380
        out[(np.abs(x) < 4) & (y > 95) & (y < 112)] = 480
        disc(out, self.spacing, 0, 91, 8.5, 22)
        if z > -50:
            out[((x / 19) ** 2 + ((y + 99) / 6) ** 2 <= 1)] = 320

    def _airways(self, out: Grid, z: float) -> None:
        if z >= 28:
            disc(out, self.spacing, -2, 26, 9, AIR)
        elif z > -22:
            spread = 10 + (28 - z) * 0.75
            disc(out, self.spacing, -2 - spread, 24, 6.5, AIR)
            disc(out, self.spacing, -2 + spread, 25, 6.0, AIR)


def disc(
    out: Grid, spacing: float, x: float, y: float, radius: float, value: float, within: Mask | None = None
) -> None:
    """Fill a circle, touching only the few pixels around it."""
    size = out.shape[0]
    middle = (size - 1) / 2
    column, row, reach = x / spacing + middle, y / spacing + middle, radius / spacing
    top, bottom = max(0, int(row - reach)), min(size, int(row + reach) + 2)
    left, right = max(0, int(column - reach)), min(size, int(column + reach) + 2)
    rows, columns = np.ogrid[top:bottom, left:right]
    inside = (rows - row) ** 2 + (columns - column) ** 2 <= reach**2
    if within is not None:
        inside &= within[top:bottom, left:right]
    out[top:bottom, left:right][inside] = value
