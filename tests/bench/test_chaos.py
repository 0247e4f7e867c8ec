"""The storm of `tests/chaos`, five times as long."""

from pathlib import Path

import pytest

from db.postgres import pool
from tests.bench.measuring import tell
from tests.chaos import storm

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

SEEDS = (11, 12)
KILLS = 50


@pytest.mark.parametrize("seed", SEEDS)
async def test_fifty_kills(seed: int, target: pool.Target, pooled_target: pool.Target, tmp_path: Path) -> None:
    async with storm.brewing(seed, target, pooled_target, tmp_path) as here:
        await here.blow(KILLS)
        tell(f"{KILLS} kills, seed {seed}", await here.tale())
        assert await here.broken() == [], f"seed {seed}"
