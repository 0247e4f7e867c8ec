"""Processes of every platform killed at random while people act: nothing is lost, doubled or left behind.

`make bench` does the same with 50 kills (`tests/bench/test_chaos.py`).
"""

from pathlib import Path

import pytest

from db.postgres import pool
from tests.chaos import storm

SEEDS = (1,)
KILLS = 10


@pytest.mark.parametrize("seed", SEEDS)
async def test_ten_kills(seed: int, target: pool.Target, pooled_target: pool.Target, tmp_path: Path) -> None:
    async with storm.brewing(seed, target, pooled_target, tmp_path) as here:
        await here.blow(KILLS)
        assert await here.broken() == [], f"seed {seed}"
