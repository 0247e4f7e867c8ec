"""Where kicks are made: the way of a job from its filing to the take that is shown."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from logging import getLogger
from random import Random, SystemRandom
from typing import TypeVar
from uuid import UUID, uuid4

from core import days, errors, files, names
from core.engine import Engine, Order, Progress, Rendered
from core.jobs import EVERYONE, Ask, Count, Job, Start, State, account_subject, place_subject
from core.kicks import Recipe, Take
from core.making import prompts
from core.people import Actor
from core.sound import preparing
from core.stores.jobs import Jobs
from core.stores.people import People

log = getLogger(__name__)

Noted = TypeVar("Noted")

# Each thread that calculates may keep the event loop waiting for 5 ms, Python's switch interval.
PREPARED_AT_ONCE = 2

# Seconds between attempts to reach a database that is away: while somebody waits for what comes of it, and when it is
# only to be noted what they see already.
PAUSES = (0.5, 2.0, 8.0)
LONG = (*PAUSES, *[10.0] * 60)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator sets. `lease` is in seconds; a process that is silent for so long loses its jobs to another.

    `daily` is for each account, None for any number. Where it is not `counted`, nothing that this process makes counts.
    """

    daily: int | None = 10
    everyone: int = 1000
    take_days: int = 90
    attempts: int = 3
    lease: float = 30
    counted: bool = True


@dataclass(slots=True)
class Studio:
    """Makes kicks. One process is one `worker`; `random` chooses seeds and names.

    Crash windows: between the engine's `submit` and the noting of its call id an order may be rendered twice, and
    between a surface's post and `delivered` it may be posted twice. Nothing is recorded or counted twice. An order that
    was refused because the database did not answer is made all the same where its row was written and another process
    finds it before this one, or this one dies.

    `unanswered` are those orders, by application and event. `in_hand` are the jobs at work here, each with the time
    (`time.monotonic`) until which its lease surely lasts.
    """

    engine: Engine
    files: files.Files
    jobs: Jobs
    people: People
    limits: Limits = field(default_factory=Limits)
    clock: days.Clock = days.now
    random: Random = field(default_factory=SystemRandom)
    worker: UUID = field(default_factory=uuid4)
    in_hand: dict[int, float] = field(default_factory=dict)
    unanswered: set[tuple[str, str]] = field(default_factory=set)
    calculating: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PREPARED_AT_ONCE))

    @property
    def engine_name(self) -> str:
        """What the engine is called that is asked first."""
        return self.engine.name

    async def order(
        self,
        actor: Actor,
        request: prompts.Request,
        *,
        event_id: str,
        again_of: int | None = None,
        placeholder: str | None = None,
        token: str | None = None,
    ) -> list[Job]:
        """File a job for each kick that is asked for; none where the event is filed already.

        Raises `errors.NoKnownWord`, `errors.AlreadyMaking`, `errors.ChannelClosed`, and `errors.DatabaseUnavailable`
        where nothing is filed, or will not be for long.
        """
        vocabulary = await self.engine.vocabulary()
        if vocabulary is not None:
            prompts.match(request, vocabulary)
        seeds = tuple(request.seeds(self.random))
        ask = Ask(actor, event_id, request.prompt, seeds, again_of, placeholder, token)
        try:
            filed = await self.jobs.file(ask, self.worker, self.limits.lease)
            if filed is None:
                await self.people.enrol(actor.person)
                filed = await self.jobs.file(ask, self.worker, self.limits.lease)
        except errors.AnswerLost as lost:
            self.unanswered.add((actor.place.application, event_id))
            raise errors.DatabaseUnavailable(detail=lost.detail) from lost
        if filed:
            self.unanswered.discard((actor.place.application, event_id))
        return filed or []

    async def make(self, job: Job) -> AsyncGenerator[Progress | Take]:
        """Make the kick, telling of it on the way; the last value is the take.

        A job that another process left is gone on with; a placeholder that `job` has got since it was filed is noted.
        Raises an `errors.KickbotError`, for which the attempt was given back, but for `errors.Cancelled` and
        `errors.LeaseLost`: then the job is not ours to end. `errors.Delayed` is one of those: it will be gone on with.
        """
        if job.state == "made":
            try:
                yield await self._made(job)
            except errors.DatabaseUnavailable as error:
                raise _delayed(error) from error
            return
        try:
            async with aclosing(self._make(job)) as steps:
                async for step in steps:
                    yield step
        except (errors.LeaseLost, errors.Cancelled):
            raise
        except Exception as error:
            known = error if isinstance(error, errors.KickbotError) else errors.KickbotError()
            await self._fail(job, known)
            if isinstance(error, errors.AnswerLost):
                raise errors.DatabaseUnavailable(detail=error.detail) from error
            raise

    async def placed(self, job: Job) -> State | None:
        """Note the placeholder of `job`, which is delayed, for whoever goes on with it.

        What has become of the job; None where another process has it, which knows nothing of this placeholder.
        """
        return await self._insist(lambda: self.jobs.placed(job, self.worker), LONG)

    async def delivered(self, job: Job, *messages: str | None, patient: bool = False) -> None:
        """The take of `job` is shown, in the messages (or files) with those ids where the platform has such.

        What is not noted is shown again one day: who is `patient` asks a database that is away for ten minutes.
        """
        shown = tuple(message for message in messages if message is not None)
        await self._insist(lambda: self.jobs.delivered(job, shown), LONG if patient else PAUSES)

    def url(self, take: Take) -> str:
        """Where the sound of the take is heard."""
        return self.files.url(take.path)

    @contextmanager
    def holding(self, *jobs: Job) -> Iterator[None]:
        """Keep the leases of the jobs while they are made and shown; this process does not take them over either."""
        # How long ago each was filed or taken over is not known here, but not for half of a lease.
        self.in_hand.update({job.id: time.monotonic() + self.limits.lease / 2 for job in jobs})
        try:
            yield
        finally:
            for job in jobs:
                self.in_hand.pop(job.id, None)

    def surely_holds(self, job: Job) -> bool:
        """Whether no other process can have taken the job over by now."""
        return time.monotonic() < self.in_hand.get(job.id, 0.0)

    async def cancel(self, job: Job, actor: Actor) -> None:
        """Stop the job of that actor. It stays counted: the engine was at work."""
        account = await self.people.account(actor.person)
        if account is None:
            raise errors.NotYours
        try:
            call_id = await self.jobs.cancel(job, account)
        except errors.NotYours:
            # Perhaps accounts were joined meanwhile.
            joined = await self.people.account(actor.person)
            if joined is None or joined == account:
                raise
            call_id = await self.jobs.cancel(job, joined)
        await self.engine.cancel(call_id)

    async def take_over(self, application: str) -> list[Job]:
        """The jobs of that application that another process has left; they are to be delivered again."""
        for order in [order for order in self.unanswered if order[0] == application]:
            await self.jobs.withdraw(*order, self.worker, errors.DatabaseUnavailable().sentence)
            self.unanswered.discard(order)
        return await self.jobs.take_over(application, self.worker, self.limits.lease, self.in_hand)

    async def keep_leases(self) -> None:
        """Renew the leases of the jobs in hand until cancelled; run it beside the surfaces."""
        third = self.limits.lease / 3
        while True:
            await asyncio.sleep(third)
            try:
                async with asyncio.timeout(third):
                    if self.in_hand:
                        await self._renew()
            except Exception as error:
                # Nothing may end this: without it another process would take over what is being made here.
                log.warning("leases were not renewed: %r", error)

    async def _renew(self) -> None:
        renewed, until = list(self.in_hand), time.monotonic() + self.limits.lease
        await self.jobs.renew(self.worker, self.limits.lease, renewed)
        self.in_hand.update({number: until for number in renewed if number in self.in_hand})

    async def release(self) -> None:
        """Leave what is open to the next process."""
        await self.jobs.release(self.worker)

    async def _made(self, job: Job) -> Take:
        """What was made and perhaps never shown; a job that has nothing any more, or cannot be shown, is closed."""
        take = await self.jobs.take_of(job)
        if take is not None and take.doubted is not None and not await self.files.exists(take.path):
            take = None
        if take is None or job.attempts > self.limits.attempts:
            await self.jobs.delivered(job, ())
            raise errors.NoSuchTake if take is None else errors.NeverShown(name=take.name)
        return take

    async def _make(self, job: Job) -> AsyncGenerator[Progress | Take]:
        if job.attempts > self.limits.attempts:
            raise errors.TooManyAttempts(attempts=self.limits.attempts)
        if job.state == "queued":
            job = await self._start(job)
        async with aclosing(self._render(job)) as steps:
            async for step in steps:
                yield await self._record(job, step) if isinstance(step, Rendered) else step

    async def _start(self, job: Job) -> Job:
        counts = tuple(self._counts(job)) if self.limits.counted else ()
        start = Start(days.day(self.clock()), counts, uuid4(), tuple(names.candidates(self.random)))
        return await self.jobs.start(job, self.worker, start)

    def _counts(self, job: Job) -> Iterator[Count]:
        yield Count(account_subject(job.account), self.limits.daily)
        if job.place_limit is not None:
            yield Count(place_subject(job.address.place), job.place_limit)
        yield Count(EVERYONE, self.limits.everyone)

    async def _render(self, job: Job) -> AsyncGenerator[Progress | Rendered]:
        """Go on with the engine's call where there is one; render again where its result is gone."""
        order = Order(job.prompt, job.seed)
        if job.call_id is not None and job.engine == self.engine.name:
            try:
                async with aclosing(self.engine.updates(order, job.call_id)) as steps:
                    async for step in steps:
                        yield step
            except errors.ResultGone as gone:
                log.warning("job %s is rendered again: %s", job.id, gone.detail)
            else:
                return
        call_id = await self.engine.submit(order)
        if call_id is not None:
            await self._note(job, call_id)
        async with aclosing(self.engine.updates(order, call_id)) as steps:
            async for step in steps:
                yield step

    async def _note(self, job: Job, call_id: str) -> None:
        """Note the call, or cancel it: what nobody knows of nobody would wait for."""
        try:
            await self.jobs.submitted(job, self.worker, self.engine.name, call_id)
        except errors.KickbotError:
            await self.engine.cancel(call_id)
            raise

    async def _record(self, job: Job, rendered: Rendered) -> Take:
        if job.object is None or job.name is None:
            raise ValueError(f"job {job.id} runs without an object or a name")
        label = preparing.Label(title=job.name, prompt=job.prompt, seed=rendered.seed)
        async with self.calculating:
            prepared = await asyncio.to_thread(preparing.prepare, rendered.audio, label)
        path = files.sound_path(job.account, job.object)
        await self._store(path, prepared)
        moment = self.clock()
        recipe = Recipe(
            prompt=job.prompt,
            engine=rendered.engine,
            revision=rendered.revision,
            matched=rendered.matched,
            ignored=rendered.ignored,
            seed=rendered.seed,
            steps=rendered.steps,
            guidance=rendered.guidance,
        )
        expires = moment + timedelta(days=self.limits.take_days)
        take = Take(0, job.account, job.name, path, recipe, prepared.facts, moment, expires)
        return await self._finish(job, take)

    async def _store(self, path: str, prepared: preparing.Prepared) -> None:
        """Store the sound and its picture at once; both have ended, well or not, when this does."""
        ends = await asyncio.gather(
            self.files.store(path, prepared.sound),
            self.files.store(files.picture_path(path), prepared.picture),
            return_exceptions=True,
        )
        for end in ends:
            if end is not None:
                raise end

    async def _finish(self, job: Job, take: Take) -> Take:
        return await self._insist(lambda: self.jobs.finish(job, self.worker, take))

    async def _insist(self, note: Callable[[], Awaitable[Noted]], pauses: Iterable[float] = PAUSES) -> Noted:
        """What `note` gives, which may be done twice; it is asked again after each pause while the database is away."""
        for pause in pauses:
            try:
                return await note()
            except errors.DatabaseUnavailable as error:
                log.warning("the database is asked again in %s s: %s", pause, error.detail)
                await asyncio.sleep(pause)
        return await note()

    async def _fail(self, job: Job, error: errors.KickbotError) -> None:
        """End the job, which failed. Raises `errors.LeaseLost` where it goes on all the same, now or later."""
        if error.detail:
            log.warning("job %s failed: %s", job.id, error.detail)
        try:
            ended = await self.jobs.fail(job, self.worker, str(error))
        except errors.DatabaseUnavailable as unavailable:
            log.warning("job %s is left to be taken over: %s", job.id, unavailable.detail)
            raise _delayed(unavailable) from unavailable
        if not ended:
            raise errors.LeaseLost


def _delayed(error: errors.DatabaseUnavailable) -> errors.Delayed:
    kind = errors.DelayedForRoom if isinstance(error, errors.DatabaseFull) else errors.Delayed
    return kind(detail=error.detail)
