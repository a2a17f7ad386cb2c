"""How far the demonstration in a data directory has been made."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from telemed.errors import StartRefused

SAMPLES = "samples"  # the folder of the data directory with files to practise with


class Progress(BaseModel):
    """Kept beside the data: when the demonstration began, so that a start that was cut short can be completed."""

    began: datetime
    played: list[str] = []
    done: bool = False


def progress(data_dir: Path) -> Progress | None:
    kept = data_dir / "demo.json"
    if not kept.exists():
        return None
    try:
        return Progress.model_validate_json(kept.read_bytes())
    except ValidationError as broken:
        raise StartRefused(
            f"不能读取 {kept}：内容已损坏，或由别的程序写成。"
            "请用 --data-dir 另选一个目录，或删除这个演示数据目录后重新生成。",
            f"{kept} cannot be read: it is damaged, or another program wrote it. "
            "Choose another data directory (--data-dir), or delete this demonstration to have it made anew.",
        ) from broken


def keep(data_dir: Path, state: Progress) -> None:
    fresh = data_dir / "demo.json.new"
    fresh.write_text(state.model_dump_json())
    fresh.replace(data_dir / "demo.json")
