"""A large multi-frame object costs disk, and not memory; the bench (cine_600mb_memory) does the same with 600 MB."""

from pathlib import Path

from tests.imaging.large import passage

FRAMES = 144
"""75 MB."""


async def test_a_large_multi_frame_is_taken_read_and_packed_without_being_in_memory_as_a_whole(tmp_path: Path) -> None:
    small, *large = await passage(tmp_path, FRAMES)
    for cost in large:
        assert cost.megabytes > 75
        assert cost.memory["server"] < small.memory["server"] + cost.megabytes / 3
        assert cost.memory["worker"] < small.memory["worker"] + cost.megabytes / 3
