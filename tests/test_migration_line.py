"""Migrations stand in one line, which two that were written side by side would fork."""

import re
from pathlib import Path

from telemed.migrations import HEAD

VERSIONS = Path(__file__).resolve().parent.parent / "telemed/migrations/versions"


def test_migrations_stand_in_one_line() -> None:
    files = sorted(VERSIONS.glob("0*.py"))
    said = [re.findall(r'^(?:down_)?revision = (?:"(\d+)"|None)', each.read_text("utf-8"), re.M) for each in files]
    numbers = [f"{n:04}" for n in range(1, len(files) + 1)]
    assert said == [list(pair) for pair in zip(numbers, ["", *numbers], strict=False)]
    assert [each.name[:4] for each in files] == numbers
    assert numbers[-1] == HEAD
