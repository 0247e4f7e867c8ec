"""Runs Slack's side: puts its parts together, listens, and at the end closes without losing a kick."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from logging import getLogger

from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings

from bots.chat.deliveries import Deliveries
from bots.chat.delivery import Delivery
from bots.chat.leftovers import Leftovers, Served
from bots.chat.notifications import Notifications
from bots.slack import api_errors, blocks, listeners, markup, reactions, socket_mode
from bots.slack.api import Api
from bots.slack.authorize import Authorize
from bots.slack.http_mode import HttpMode
from bots.slack.markup import SlackMarkup
from bots.slack.messenger import SlackMessenger
from bots.slack.platform import PLATFORM
from bots.slack.playing import Playing
from bots.slack.post import Post
from bots.slack.profiles import TIMEOUT, Profiles
from bots.slack.surface import SeenEvents, Surface
from bots.slack.uploads import WAITS, Uploads
from bots.slack.workspaces import Workspaces
from core import errors
from core.chat.services import Services
from core.identities import PendingNotification

log = getLogger(__name__)

EDITED_EVERY = 6.0
"""Seconds between two edits of a message: Slack takes some fifty a minute in a workspace (Tier 3)."""

SETTLING = 3.0

GRACE = 30.0
"""Seconds that running kicks get to be posted when the process is to end."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds between two edits of a message, before each question whether a file is shared, and to say a name.

    For `settling` see `Surface`.
    """

    edits: float = EDITED_EVERY
    shares: tuple[float, ...] = WAITS
    names: float = TIMEOUT
    settling: float = SETTLING


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What the surface is given of the rest of Kickbot."""

    services: Services
    seen_events: SeenEvents
    notifications: Notifications
    markup: SlackMarkup = field(default_factory=SlackMarkup)


@dataclass(frozen=True, slots=True)
class Connections:
    """The ways in that are open: HTTP, and Socket Mode with `app_token`."""

    http_mode: HttpMode | None = None
    app_token: str | None = None
    oauth: AsyncOAuthSettings | None = None


def surface(dependencies: Dependencies, api: Api, workspaces: Workspaces, timing: Timing) -> Surface:
    """The surface, put together; from now on it carries the notifications to people in Slack."""
    services, notifications = dependencies.services, dependencies.notifications
    post = Post(api, workspaces)
    uploads = Uploads(post, api, services.files, timing.shares)
    playing = Playing(post, uploads, services.showing)
    messenger = SlackMessenger(post, uploads, playing, services.removals, dependencies.markup)
    deliveries = Deliveries(services.studio, Delivery(services.studio, services.desk.card, messenger, timing.edits))
    notifications.carriers[PLATFORM] = partial(_carry, post)
    services.removals.removers[PLATFORM] = post.remove
    return Surface(
        **services.each(),
        api=api,
        workspaces=workspaces,
        post=post,
        markup=dependencies.markup,
        playing=playing,
        profiles=Profiles(api, timing.names),
        seen_events=dependencies.seen_events,
        notifications=notifications,
        deliveries=deliveries,
        settling=timing.settling,
        leftovers=Leftovers(PLATFORM, partial(_served, workspaces), deliveries, services.removals, notifications),
    )


@asynccontextmanager
async def running(here: Surface, connections: Connections) -> AsyncIterator[AsyncApp]:
    """Listen and answer while the block lasts. Raises `errors.BadSetting` where Slack refuses a token.

    At the end no new work is taken, and what is running gets half a minute; the rest is the next process's.
    """
    app = _app(here, connections)
    await _check(here.workspaces)
    beside = [asyncio.create_task(here.leftovers.attend()), here.background.start(reactions.reconcile(here))]
    here.background.start(_back(here))
    try:
        async with AsyncExitStack() as stack:
            if connections.http_mode is not None:
                stack.enter_context(connections.http_mode.open(app, installable=connections.oauth is not None))
            if connections.app_token is not None:
                await stack.enter_async_context(socket_mode.connected(app, here.api, connections.app_token))
            yield app
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        end = asyncio.get_running_loop().time() + GRACE
        await here.background.close(GRACE)
        await here.deliveries.close(max(0.0, end - asyncio.get_running_loop().time()))


def _app(here: Surface, connections: Connections) -> AsyncApp:
    app = AsyncApp(
        name="kickbot",
        client=here.api.client(),
        signing_secret=connections.http_mode.secret if connections.http_mode else "",
        authorize=Authorize(here.workspaces),  # type: ignore[arg-type]  # Bolt's own port is none of its types
        oauth_settings=connections.oauth,
    )
    listeners.listen(app, here)
    return app


async def _check(workspaces: Workspaces) -> None:
    """Find out now whether a token is wrong; that Slack cannot be reached may be over in a while."""
    try:
        await workspaces.all()
    except api_errors.FAILURES as error:
        log.warning("Slack cannot be reached for now: %s", error)


async def _back(here: Surface) -> None:
    """Keep what is shared in workspaces that have the app: one may have removed it and installed it again."""
    with suppress(errors.DatabaseUnavailable, *api_errors.FAILURES):  # Whoever starts next does it.
        await here.sharing.back(PLATFORM, [workspace.team for workspace in await here.workspaces.all()])


async def _served(workspaces: Workspaces) -> list[Served]:
    return [Served(workspace.application, workspace.team) for workspace in await workspaces.all()]


async def _carry(post: Post, notification: PendingNotification) -> bool:
    try:
        await post.write(notification.to.realm, notification.to.id, blocks.text_message(markup.text(notification.text)))
    except api_errors.FAILURES as error:
        log.info("a notification is sent later: %s", error)
        return False
    return True
