"""Jobs whose database is away for a moment, at the worst one."""

from dataclasses import dataclass
from typing import Any

from core import errors
from core.jobs import Job
from core.kicks import Take
from db.jobs import Jobs


@dataclass
class TroubledJobs:
    """`jobs`, of which `lost_answers` finishes are done without an answer, and `unreachable` deliveries not noted."""

    jobs: Jobs
    lost_answers: int = 0
    unreachable: int = 0

    async def finish(self, *values: Any) -> Take:
        made = await self.jobs.finish(*values)
        if self.lost_answers:
            self.lost_answers -= 1
            raise errors.DatabaseUnavailable
        return made

    async def delivered(self, job: Job, messages: tuple[str, ...]) -> None:
        if self.unreachable:
            self.unreachable -= 1
            raise errors.DatabaseUnavailable
        await self.jobs.delivered(job, messages)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.jobs, name)
