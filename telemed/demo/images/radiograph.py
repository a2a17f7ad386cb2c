"""A chest radiograph of the phantom: the absorption of each ray from front to back."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from telemed.demo.images.phantom import BODY, CHEST_WALL, DIAPHRAGM, HEART, LUNGS, Findings, Grid

SPACING = 0.25  # mm at the detector


def chest(findings: Findings, seed: int, rows: int = 1640, columns: int = 1480) -> NDArray[np.uint16]:
    """The image (rows, columns), 12 bits, bright where absorption is high; the patient's right is on the left."""
    random = np.random.default_rng(seed)
    x, z = detector(rows, columns)
    healthy, lung_length = of_everybody(rows, columns)
    absorbed = healthy.copy()
    absorbed += vessel_markings(random, rows, columns) * np.clip(lung_length / 150, 0, 1)
    absorbed -= np.where((np.abs(x + 2) < 8) & (z > 26), 0.35, 0).astype(np.float32)
    if (patch := findings.consolidation) is not None:
        cloud = 0.75 + 0.5 * vessel_markings(random, rows, columns)
        absorbed += patch.chord(x, z) * np.float32(0.011) * cloud
    if findings.nodule is not None:
        absorbed += findings.nodule.chord(x, z) * np.float32(0.017)
    absorbed += random.normal(0, 0.018, absorbed.shape).astype(np.float32)
    low, high = np.percentile(absorbed[::8, ::8], [0.5, 99.8])
    return np.asarray(np.clip((absorbed - low) / (high - low) * 3700 + 180, 0, 4095), dtype=np.uint16)


def detector(rows: int, columns: int) -> tuple[Grid, Grid]:
    """Where each column and each row lies in the patient: x and z."""
    x = ((np.arange(columns, dtype=np.float32) - columns / 2) * np.float32(SPACING))[np.newaxis, :]
    z = (168 - np.arange(rows, dtype=np.float32) * np.float32(SPACING))[:, np.newaxis]
    return x, z


@lru_cache(maxsize=1)
def of_everybody(rows: int, columns: int) -> tuple[Grid, Grid]:
    """The absorption that no finding changes, computed once for all images; and the length inside of the lungs."""
    x, z = detector(rows, columns)
    absorbed = BODY.chord(x, z) * np.float32(0.019)
    lung_length = np.zeros_like(absorbed)
    for lung in LUNGS:
        lung_length += lung.chord(x, z)
    under = np.zeros_like(absorbed)
    for dome in DIAPHRAGM:
        under = np.maximum(under, dome.chord(x, z))
    heart = HEART.chord(x, z)
    absorbed -= np.clip(lung_length - 0.85 * under - 0.6 * heart, 0, None) * np.float32(0.0165)
    absorbed += heart * np.float32(0.004)
    spine = np.clip(1 - (x / 17) ** 2, 0, None)
    absorbed += np.sqrt(spine) * np.where(np.mod(z, 27) < 5, 0.55, 0.85).astype(np.float32)
    absorbed += np.exp(-(((x - 18) / 22) ** 2) - ((z - 72) / 20) ** 2) * np.float32(0.45)  # aortic knob
    for side in (-1, 1):
        hilum = np.exp(-(((x - side * 42) / 15) ** 2) - ((z - 2) / 26) ** 2)
        absorbed += hilum.astype(np.float32) * np.float32(0.4)
    absorbed += ribs(x, z)
    return absorbed, lung_length


def ribs(x: Grid, z: Grid) -> Grid:
    """The absorption of the ribs. Each ray crosses the chest wall behind and in front; ribs slope down to the front."""
    width = CHEST_WALL.a * np.sqrt(np.clip(1 - ((z - CHEST_WALL.z) / CHEST_WALL.c) ** 2, 0, None))
    depth = np.sqrt(np.clip(1 - (x / np.maximum(width, 1)) ** 2, 0, None))
    inside = depth > 0
    # Where the wall is parallel to the ray, the ray crosses more bone.
    weight = np.clip(0.3 / np.maximum(depth, 0.28), 0, 1)
    behind = np.mod(z + 44 * (1 - depth) / 2, 27) < 9
    front = np.mod(z + 44 * (1 + depth) / 2, 27) < 8
    bone = behind * 0.42 + front * 0.26 * (np.abs(x) > 34)
    return np.asarray(np.where(inside, bone * weight, 0), dtype=np.float32)


def vessel_markings(random: np.random.Generator, rows: int, columns: int) -> Grid:
    """Soft mottle at two sizes, between 0 and about 0.5."""
    total = np.zeros((rows, columns), dtype=np.float32)
    for cell, strength in ((64, 0.28), (22, 0.2)):
        coarse = random.random((rows // cell + 2, columns // cell + 2)).astype(np.float32)
        total += strength * enlarge(coarse, rows, columns, cell)
    return total


def enlarge(coarse: Grid, rows: int, columns: int, cell: int) -> Grid:
    """Bilinear interpolation of a coarse grid."""
    row, column = np.arange(rows) / cell, np.arange(columns) / cell
    top, left = row.astype(int), column.astype(int)
    down, right = (row - top)[:, np.newaxis], (column - left)[np.newaxis, :]
    wide = coarse[:, left] * (1 - right) + coarse[:, left + 1] * right  # first across, while there are few rows
    return np.asarray(wide[top] * (1 - down) + wide[top + 1] * down, dtype=np.float32)
