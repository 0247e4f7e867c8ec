"""The accounts' service on a workshop's database, and who uses it in the tests."""

from bots.composition.platforms import PLATFORMS
from core.accounts.accounts import Accounts
from core.chat.removals import Removals
from core.library.clearing import Clearing
from core.library.sweeping import Sweeper
from core.people import Actor, Person, Place
from db.accounts.accounts import AccountRows
from db.accounts.link_codes import LinkCodes
from db.removals import RemovalRows
from db.sweepings import Sweepings
from tests.core.conftest import Workshop
from tests.core.people import KEYS, actor

ADA, EVE = actor("ada"), actor("eve")
SLACK = Place("test-slack", "slack", id="team", channel="general")
ADA_L = Actor(Person("slack", "team", "U1", "ada.l"), SLACK)
MARY = Actor(Person("slack", "team", "U2", "mary"), SLACK)


def accounts_of(workshop: Workshop) -> Accounts:
    """The service, whose clock is the workshop's."""
    return Accounts(
        people=workshop.people,
        rows=AccountRows(workshop.database, KEYS, PLATFORMS),
        codes=LinkCodes(workshop.database, PLATFORMS),
        clearing=clearing(workshop),
        keys=KEYS,
        clock=lambda: workshop.moment,
    )


def clearing(workshop: Workshop) -> Clearing:
    """What clears away the workshop's messages and files."""
    removals = Removals(RemovalRows(workshop.database), {"test-bot": workshop.channels.remove})
    return Clearing(removals, Sweepings(workshop.database), workshop.files, seconds=workshop.patience)


def sweeper(workshop: Workshop) -> Sweeper:
    """What sweeps the workshop's files."""
    return Sweeper(Sweepings(workshop.database), workshop.files)


async def linked(service: Accounts, giver: Actor, enterer: Actor) -> None:
    """Join the two: `enterer` enters the code of `giver` and confirms."""
    code = await service.link(giver)
    claim = await service.claim(enterer, code.code)
    await service.confirm(enterer, claim.theirs.id)
