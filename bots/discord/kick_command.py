"""`/kick hit house`, and one more of the same."""

from contextlib import suppress
from dataclasses import replace

from discord import app_commands

from bots.discord import acknowledgement, api_errors, context, markup, surface
from bots.discord.surface import Interaction
from core.jobs import Job
from core.making import prompts
from core.refs import Ref

SUMMARY = "Make a kick drum from keywords, such as: hit house. (This kicks nobody out.)"


def command(name: str) -> app_commands.Command[app_commands.Group, ..., None]:
    """The command, under the name that an operator has set."""

    @app_commands.command(name=name, description=SUMMARY)
    @app_commands.describe(
        prompt="Keywords: style and sound, such as deep 808, hit house or hard techno",
        seed="The same words and seed make the same kick again",
        count="How many to make, each with a seed of its own",
    )
    @app_commands.autocomplete(prompt=_complete)
    async def kick(
        interaction: Interaction,
        prompt: app_commands.Range[str, 1, prompts.LONGEST],
        seed: app_commands.Range[int, 0, prompts.SEEDS - 1] | None = None,
        count: app_commands.Range[int, 1, prompts.MOST_AT_ONCE] | None = None,
    ) -> None:
        async with acknowledgement.listening(interaction):
            await make(interaction, prompts.request(prompt, seed, count))

    return kick


async def again(interaction: Interaction, take: Ref) -> None:
    """One more from the words of the take on whose card it is asked."""
    async with acknowledgement.listening(interaction):
        here, actor = surface.from_interaction(interaction), context.actor(interaction)
        placeholder = await acknowledgement.acknowledge(interaction, private=False)
        request = prompts.request(await here.library.prompt(actor, take))
        await _order(interaction, request, placeholder, again_of=take.id)


async def make(interaction: Interaction, request: prompts.Request) -> None:
    """Acknowledge, file and deliver. Raises what `prompts.match` and `Studio.order` do."""
    words = surface.from_interaction(interaction).autocomplete.words
    if words is not None:
        prompts.match(request, words)
    await _order(interaction, request, await acknowledgement.acknowledge(interaction, private=False))


async def _order(
    interaction: Interaction, request: prompts.Request, placeholder: str, again_of: int | None = None
) -> None:
    here = surface.from_interaction(interaction)
    jobs = await here.studio.order(
        context.actor(interaction),
        request,
        event_id=str(interaction.id),
        again_of=again_of,
        placeholder=placeholder if request.count == 1 else None,
        token=interaction.token,
    )
    with here.studio.holding(*jobs):  # placing takes requests, and nobody is to take them over meanwhile
        placed = jobs if request.count == 1 else await _placed(interaction, jobs, placeholder)
    for job in placed:
        here.messenger.limits[job.id] = interaction.filesize_limit
        here.deliveries.start(job)


async def _placed(interaction: Interaction, jobs: list[Job], placeholder: str) -> list[Job]:
    """The jobs with a placeholder for each; the first has the answer itself, which others can only follow."""
    placed = []
    for number, job in enumerate(jobs, 1):
        text = f"⏳ **{markup.name(prompts.spoken(job.prompt)) or 'A kick'}**, {number} of {len(jobs)}"
        own: str | None = placeholder
        with suppress(*api_errors.FAILURES):
            if number == 1:
                await interaction.edit_original_response(content=text)
            else:
                own = None
                own = str((await interaction.followup.send(text, wait=True)).id)
        placed.append(replace(job, address=replace(job.address, placeholder=own)))
    return placed


async def _complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=found, value=found)
        for found in surface.from_interaction(interaction).autocomplete.complete(typed)
    ]
