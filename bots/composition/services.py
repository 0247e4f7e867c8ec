"""The services of the core put together on a database: for the program and for its tests alike."""

from dataclasses import dataclass
from typing import Self

from bots.composition.platforms import PLATFORMS
from core import days
from core.accounts.accounts import Accounts
from core.accounts.commands import AccountDesk
from core.accounts.keys import Keys
from core.chat.desk import Desk
from core.chat.place_settings import PlaceSettingsCommands
from core.chat.reactions import Reactions
from core.chat.removals import Removals
from core.chat.services import Services
from core.chat.shown_messages import ShownMessages
from core.engine import Engine
from core.files import Files
from core.library.clearing import Clearing
from core.library.hearing import Hearing
from core.library.library import Library
from core.library.presets import Presets
from core.library.sharing import Sharing
from core.library.web_kicks import Appraiser
from core.making.studio import Limits, Studio
from db.accounts.accounts import AccountRows
from db.accounts.link_codes import LinkCodes
from db.accounts.people import People
from db.jobs import Jobs
from db.library.library import LibraryRows
from db.library.presets import PresetRows
from db.library.shares import Shares
from db.messages import Messages
from db.place_settings import PlaceSettingsRows
from db.postgres.database import Database
from db.removals import RemovalRows
from db.sweepings import Sweepings
from db.takes import Takes


@dataclass(frozen=True, slots=True)
class Rows:
    """The stores that the desk's services work on."""

    kicks: LibraryRows
    takes: Takes
    presets: PresetRows
    shares: Shares
    messages: Messages
    accounts: AccountRows
    codes: LinkCodes
    places: PlaceSettingsRows

    @classmethod
    def from_database(cls, database: Database, keys: Keys) -> Self:
        """All of one database."""
        return cls(
            kicks=LibraryRows(database),
            takes=Takes(database),
            presets=PresetRows(database),
            shares=Shares(database),
            messages=Messages(database),
            accounts=AccountRows(database, keys, PLATFORMS),
            codes=LinkCodes(database, PLATFORMS),
            places=PlaceSettingsRows(database),
        )


def studio(database: Database, engine: Engine, files: Files, keys: Keys, limits: Limits) -> Studio:
    """The studio of one process."""
    return Studio(engine, files, Jobs(database), People(database, keys), limits)


def clearing(database: Database, files: Files) -> Clearing:
    """What clears away messages and files."""
    return Clearing(Removals(RemovalRows(database)), Sweepings(database), files)


def services(
    rows: Rows, studio: Studio, clearing: Clearing, keys: Keys, *, keep: int, clock: days.Clock = days.now
) -> Services:
    """All of one process. A library holds at most `keep` kicks."""
    engine, people, files = studio.engine, studio.people, studio.files
    appraiser = Appraiser(rows.kicks, files)
    accounts = Accounts(
        people=people,
        rows=rows.accounts,
        codes=rows.codes,
        clearing=clearing,
        keys=keys,
        daily=studio.limits.daily,
        keep=keep,
        clock=clock,
    )
    stores = (rows.kicks, rows.takes, rows.presets, rows.messages)
    library = Library(*stores, people, files, appraiser, clearing, keep, clock)
    presets = Presets(rows.presets, people, files, appraiser, clearing, clock)
    sharing = Sharing(rows.shares, rows.presets, people, files, appraiser, clock)
    hearing = Hearing(rows.kicks, rows.takes, people, files, appraiser)
    place_settings = PlaceSettingsCommands(rows.places)
    return Services(
        engine=engine,
        files=files,
        studio=studio,
        desk=Desk(engine, files, library, presets, sharing, hearing, AccountDesk(accounts), place_settings),
        library=library,
        presets=presets,
        sharing=sharing,
        hearing=hearing,
        showing=ShownMessages(rows.messages, people),
        reactions=Reactions(library, rows.messages, keys),
        place_settings=place_settings,
        removals=clearing.removals,
    )
