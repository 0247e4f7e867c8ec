"""The app in many workspaces."""

import base64
import hashlib
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from bots.slack import blocks
from bots.slack.installation import Installed
from bots.slack.token_encryption import TokenCipher
from bots.slack.workspaces import Workspace
from db.installations import Installations
from tests.bots.slack import office as offices
from tests.bots.slack.office import BOT, BOT_TOKEN, Office
from tests.core.library.shop import Shop
from tests.fakes.slack.server import CLIENT

# slack_sdk gives its client secret to aiohttp in a way that is to go in aiohttp 4.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def open_office(shop: Shop) -> AsyncIterator[Office]:
    """One whose bot may be installed by anybody and is not yet."""
    async with offices.office(shop, installable=True) as here:
        yield here


async def begin(office: Office) -> tuple[str, str]:
    """Start to install: the state, and the cookie that the browser gets."""
    async with office.session.get(office.address + "/slack/install", allow_redirects=False) as answer:
        assert answer.status == 302
        target = urlsplit(answer.headers["Location"])
        cookie = answer.cookies["slack-app-oauth-state"].value
    assert (target.hostname, target.path) == ("slack.com", "/oauth/v2/authorize")
    asked = parse_qs(target.query)
    assert asked["client_id"] == [CLIENT[0]]
    assert asked["redirect_uri"] == ["https://kick.example/slack/oauth_redirect"]
    assert "chat:write" in asked["scope"][0].split(",")
    return asked["state"][0], cookie


async def come_back(office: Office, state: str, cookie: str, code: str = "code-1") -> int:
    """Slack sends the browser back; the answer's status."""
    headers = {"Cookie": f"slack-app-oauth-state={cookie}"}
    url = f"{office.address}/slack/oauth_redirect"
    async with office.session.get(url, params={"state": state, "code": code}, headers=headers) as answer:
        return answer.status


async def install(office: Office) -> None:
    office.world.codes["code-1"] = BOT_TOKEN
    assert await come_back(office, *await begin(office)) == 200


async def test_whoever_installs_the_app_can_use_it_at_once(open_office: Office) -> None:
    await install(open_office)
    assert await open_office.kick()


async def test_another_process_knows_the_workspace_too(open_office: Office) -> None:
    await install(open_office)
    async with open_office.process():
        assert await open_office.kick()


async def test_without_an_installation_there_is_no_kick(open_office: Office) -> None:
    await open_office.ada.command("hit", open_office.general.id)
    await open_office.settle()
    assert not open_office.cards()
    assert await open_office.shop.database.fetchval("SELECT count(*) FROM kickbot.job") == 0


@pytest.mark.parametrize("wrong", ["state", "cookie", "code"])
async def test_what_does_not_come_from_the_same_browser_and_from_slack_is_refused(
    open_office: Office, wrong: str
) -> None:
    open_office.world.codes["code-1"] = BOT_TOKEN
    state, cookie = await begin(open_office)
    forged = f"{state[:-4]}AAAA"
    match wrong:
        case "state":
            status = await come_back(open_office, forged, forged)
        case "cookie":
            status = await come_back(open_office, state, "another")
        case _:
            status = await come_back(open_office, state, cookie, "another")
    assert status in (400, 401)
    assert await open_office.shop.database.fetchval("SELECT count(*) FROM kickbot.slack_installation") == 0


async def test_no_token_is_to_be_read_in_the_database(open_office: Office) -> None:
    await install(open_office)
    sealed: bytes = await open_office.shop.database.fetchval("SELECT sealed FROM kickbot.slack_installation")
    assert BOT_TOKEN.encode() not in sealed


async def test_what_is_sealed_opens_with_its_own_key_for_its_own_workspace_only() -> None:
    workspace = Workspace("T1", "UBOT", "B1", "xoxb-secret")
    sealed = TokenCipher.from_secret("one").encrypt(workspace)
    assert TokenCipher.from_secret("one").decrypt("T1", sealed) == workspace
    assert TokenCipher.from_secret("two").decrypt("T1", sealed) is None
    assert TokenCipher.from_secret("one").decrypt("T2", sealed) is None
    assert TokenCipher.from_secret("one").decrypt("T1", sealed[:20]) is None
    assert "xoxb-secret" not in repr(workspace)


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOT"], "oauth": []}}]
)
async def test_an_app_that_was_removed_leaves_no_token(open_office: Office, event: dict[str, object]) -> None:
    await install(open_office)
    await open_office.ada.event(event)
    await open_office.settle()
    assert await open_office.shop.database.fetchval("SELECT count(*) FROM kickbot.slack_installation") == 0
    await open_office.ada.command("hit", open_office.general.id)
    await open_office.settle()
    assert not open_office.cards()


async def test_what_was_shared_goes_with_the_app(office: Office) -> None:
    card = await office.kick()
    await office.ada.press(card, "💾 Save")
    await office.settle()
    name = office.world.private("UADA")[-1].text.split('"')[1]
    await office.ada.command(f"share {name}", office.general.id)
    await office.settle()
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.share") == 1
    await office.ada.event({"type": "app_uninstalled"})
    await office.settle()
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.departure") == 1, "it goes in 30 days"
    async with office.process():
        await office.settle()
    assert await office.shop.database.fetchval("SELECT count(*) FROM kickbot.departure") == 0, "the token works again"


async def test_a_token_under_another_key_is_as_good_as_none(shop: Shop) -> None:
    rows = Installations(shop.database)
    await Installed(rows, TokenCipher.from_secret("one"), "client").add(Workspace("T1", "UBOT", "B1", "xoxb-1"))
    other = Installed(rows, TokenCipher.from_secret("two"), "client")
    assert await other.find("T1") is None
    assert await other.all() == []


def forget_while_away(office: Office) -> dict[str, tuple[float, Workspace]]:
    """The database is away, and what is known of workspaces is out of date."""
    office.rows.away = True
    workspaces = office.surface.post.workspaces
    assert isinstance(workspaces, Installed)
    for team, (_, workspace) in workspaces.known.items():
        workspaces.known[team] = (0.0, workspace)
    return workspaces.known


async def test_while_the_database_is_away_what_was_known_of_a_workspace_counts(open_office: Office) -> None:
    await install(open_office)
    forget_while_away(open_office)
    await open_office.ada.mention("xyzzy", open_office.general.id)
    await open_office.settle()
    assert "xyzzy" in open_office.world.private("UADA")[-1].text


async def test_a_workspace_that_nobody_can_tell_of_leaves_the_response_url(
    open_office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await install(open_office)
    forget_while_away(open_office).clear()
    post, place = open_office.surface.post, Workspace("T1", BOT, "B1", BOT_TOKEN).place(open_office.general.id)
    hook = open_office.world.hook(open_office.general.id, "UADA", BOT)
    assert await post.tell(place, "UADA", blocks.text_message("a secret"), hook)
    assert [message.text for message in open_office.world.private("UADA")] == ["a secret"]
    assert not await post.tell(place, "UADA", blocks.text_message("a secret"))
    assert "could not be told" in caplog.text
    assert "a secret" not in caplog.text


async def test_a_kick_is_shown_once_its_workspace_is_known_again(open_office: Office) -> None:
    await install(open_office)
    open_office.world.fail("users.info", hangs=True)  # Until then nothing is posted.
    await open_office.ada.command("hit house", open_office.general.id)
    forget_while_away(open_office).clear()
    await open_office.settle()
    assert not open_office.general.messages
    open_office.rows.away = False
    await open_office.shop.database.execute("UPDATE kickbot.job SET lease_until = now()")
    [workspace] = await open_office.surface.workspaces.all()
    await open_office.surface.deliveries.take_over(workspace.application)
    await open_office.settle()
    assert len(open_office.cards()) == 1
    assert not open_office.world.private("UADA")


@pytest.mark.parametrize("path", ["install", "oauth_redirect"])
async def test_an_app_for_one_workspace_is_not_installed_by_what_stands_in_the_environment(
    shop: Shop, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", CLIENT[0])
    monkeypatch.setenv("SLACK_CLIENT_SECRET", CLIENT[1])
    async with offices.office(shop) as office, office.session.get(f"{office.address}/slack/{path}") as answer:
        assert answer.status == 404


async def page(office: Office, state: str, cookie: str, code: str = "code-1") -> tuple[int, str, str]:
    """Slack sends the browser back; the answer's status, what it may load, and what it says."""
    headers = {"Cookie": f"slack-app-oauth-state={cookie}"}
    url = f"{office.address}/slack/oauth_redirect"
    async with office.session.get(url, params={"state": state, "code": code}, headers=headers) as answer:
        return answer.status, answer.headers["Content-Security-Policy"], await answer.text()


async def test_an_installation_for_a_whole_organization_is_refused_with_a_sentence(open_office: Office) -> None:
    open_office.world.codes["code-1"], open_office.world.organization = BOT_TOKEN, True
    status, _, text = await page(open_office, *await begin(open_office))
    assert status == 400
    assert "installed into single workspaces, not into a whole organization" in text
    assert await open_office.shop.database.fetchval("SELECT count(*) FROM kickbot.slack_installation") == 0


@pytest.mark.parametrize("code", ["code-1", "another"])
async def test_the_pages_of_an_installation_look_as_their_own_policy_allows(open_office: Office, code: str) -> None:
    open_office.world.codes["code-1"] = BOT_TOKEN
    _, policy, text = await page(open_office, *await begin(open_office), code)
    style = text.partition("<style>")[2].partition("</style>")[0]
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert style
    assert f"style-src 'sha256-{allowed}'" in policy
    assert "default-src 'none'" in policy
    assert ("Kickbot is installed." in text) is (code == "code-1")


async def test_whoever_does_not_allow_it_is_not_told_of_a_mistake(open_office: Office) -> None:
    url = f"{open_office.address}/slack/oauth_redirect?error=access_denied&state=x"
    async with open_office.session.get(url) as answer:
        assert "You did not allow it, so nothing was installed." in await answer.text()
