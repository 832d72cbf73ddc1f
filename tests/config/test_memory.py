"""The embedded server takes its share of the memory that there is."""

from pathlib import Path

import psutil
import pytest

from comptoir.config import memory
from comptoir.config.embedded import tuning

MB = 1 << 20


@pytest.mark.parametrize(
    ("machine", "buffers", "cached"),
    [(512, 128, 256), (2048, 256, 1024), (24_000, 3000, 12_000), (512_000, 8192, 256_000)],
)
def test_buffers_are_an_eighth_of_the_memory(machine: int, buffers: int, cached: int) -> None:
    lines = tuning(machine * MB).splitlines()
    assert f"shared_buffers = {buffers}MB" in lines
    assert f"effective_cache_size = {cached}MB" in lines


def test_a_container_s_limit_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = psutil.virtual_memory().total
    limit, none, absent = tmp_path / "limit", tmp_path / "none", tmp_path / "absent"
    limit.write_text(f"{256 * MB}\n")
    none.write_text("max\n")
    monkeypatch.setattr(memory, "LIMITS", (none, absent))
    assert memory.memory_bytes() == machine
    monkeypatch.setattr(memory, "LIMITS", (limit, absent))
    assert memory.memory_bytes() == min(machine, 256 * MB)
