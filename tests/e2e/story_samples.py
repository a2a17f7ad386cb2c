"""What the patient brings in whom the demonstration's folder to practise with is about."""

from datetime import UTC, datetime
from pathlib import Path

from telemed.demo import samples
from telemed.demo.samples import CHECKLIST, EXAMINATION, PATIENT, SLICES
from tests.e2e.story_papers import Papers


def _images(folder: Path) -> Path:
    return samples.images(folder, datetime.now(UTC), "story")


def _report(kind: str, folder: Path) -> Path:
    return samples.paper(kind, folder, datetime.now(UTC))


SAMPLES = Papers(PATIENT.number, PATIENT.name, EXAMINATION, SLICES, CHECKLIST, _images, _report)
