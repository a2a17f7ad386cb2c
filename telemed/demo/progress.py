"""How far the demonstration in a data directory has been made."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel


class Progress(BaseModel):
    """Kept beside the data: when the demonstration began, so that a start that was cut short can be completed."""

    began: datetime
    played: list[str] = []
    done: bool = False


def progress(data_dir: Path) -> Progress | None:
    kept = data_dir / "demo.json"
    return Progress.model_validate_json(kept.read_text()) if kept.exists() else None


def keep(data_dir: Path, state: Progress) -> None:
    fresh = data_dir / "demo.json.new"
    fresh.write_text(state.model_dump_json())
    fresh.replace(data_dir / "demo.json")
