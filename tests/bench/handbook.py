"""The handbook's goals stand outside the repository, where the project is built: a change there is said, no error."""

import json
from pathlib import Path

from tests.bench.goals import GOALS

HANDBOOK = Path(__file__).resolve().parents[3] / "shared" / "goals.json"


def differs(handbook: Path = HANDBOOK, own: Path = GOALS) -> str:
    """One line on the rows that both have and say otherwise; empty where there are none, or no handbook."""
    if not handbook.exists():
        return ""
    theirs = {_name(each): each for each in json.loads(handbook.read_bytes())}
    ours = {_name(each): each for each in json.loads(own.read_bytes())}
    names = [name for name, each in ours.items() if theirs.get(name, each) != each]
    rows = "1 row says" if len(names) == 1 else f"{len(names)} rows say"
    return f"handbook: {rows} otherwise: {', '.join(names)}" if names else ""


def _name(goal: dict[str, str]) -> str:
    return f"{goal['bench']}/{goal['metric']}"
