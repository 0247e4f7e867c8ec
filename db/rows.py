"""Rows made into values: the columns that several tables share are named and read here."""

import asyncpg

from core.jobs import Address, Job
from core.kicks import Recipe, Take
from core.people import Place
from core.sound import measuring, pitch

RECIPE = "prompt, matched, ignored, seed, steps, guidance, engine, revision"
FACTS = "hz, seconds, peak_db, lufs"
TAKE = f"id, account_id, name, path, {RECIPE}, {FACTS}, created_at, expires_at, doubted_at"


def take(row: asyncpg.Record) -> Take:
    """A row with the columns `TAKE`."""
    return Take(
        id=row["id"],
        account=row["account_id"],
        name=row["name"],
        path=row["path"],
        recipe=recipe(row),
        facts=facts(row),
        created=row["created_at"],
        expires=row["expires_at"],
        doubted=row["doubted_at"],
    )


def recipe(row: asyncpg.Record) -> Recipe:
    """A row with the columns `RECIPE`."""
    return Recipe(
        prompt=row["prompt"],
        engine=row["engine"],
        revision=row["revision"],
        matched=_words(row["matched"]),
        ignored=_words(row["ignored"]),
        seed=row["seed"],
        steps=row["steps"],
        guidance=row["guidance"],
    )


def recipe_values(recipe: Recipe) -> tuple[object, ...]:
    """The values of the columns `RECIPE`, in their order."""
    return (
        recipe.prompt,
        recipe.matched,
        recipe.ignored,
        recipe.seed,
        recipe.steps,
        recipe.guidance,
        recipe.engine,
        recipe.revision,
    )


def facts(row: asyncpg.Record) -> measuring.Facts:
    """A row with the columns `FACTS`."""
    note, cents = pitch.note_name(row["hz"]) if row["hz"] is not None else (None, None)
    return measuring.Facts(
        hz=row["hz"], note=note, cents=cents, seconds=row["seconds"], peak_db=row["peak_db"], lufs=row["lufs"]
    )


def facts_values(facts: measuring.Facts) -> tuple[object, ...]:
    """The values of the columns `FACTS`, in their order."""
    return (facts.hz, facts.seconds, facts.peak_db, facts.lufs)


def job(row: asyncpg.Record) -> Job:
    """A row of `kickbot.job` with its identity's `display_name` and `external_id` and its place's `place_limit`."""
    place = Place(
        application=row["application"],
        platform=row["platform"],
        id=row["place"],
        channel=row["channel"],
        thread=row["thread"],
        private=row["private"],
        outside=row["outside"],
    )
    return Job(
        id=row["id"],
        event_id=row["event_id"],
        index=row["idx"],
        account=row["account_id"],
        asker=row["display_name"],
        asker_id=row["external_id"],
        address=Address(place, row["placeholder"], row["token"]),
        prompt=row["prompt"],
        seed=row["seed"],
        state=row["state"],
        attempts=row["attempts"],
        object=row["object"],
        name=row["name"],
        engine=row["engine"],
        call_id=row["call_id"],
        place_limit=row["place_limit"],
    )


def _words(value: list[str] | None) -> tuple[str, ...] | None:
    return tuple(value) if value is not None else None
