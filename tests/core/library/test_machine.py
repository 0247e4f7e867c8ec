"""Three people who save, share, rename, delete, join, part and leave in any order, against a plain model."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from core import errors, files
from core.answers import replies
from core.refs import Ref
from db.postgres import pool
from db.postgres.database import Database
from tests import postgres
from tests.core.accounts import accounts_of, linked
from tests.core.library.model import Account
from tests.core.library.shop import Shop
from tests.core.people import SERVER, actor

Result = TypeVar("Result")

PEOPLE = st.sampled_from(["ada", "bob", "carol"])
CHOICE = st.integers(0, 2**16)


def test_any_order_of_all_that_people_do(postgres_server: pool.Target) -> None:
    run_state_machine_as_test(
        lambda: Machine(postgres_server),  # type: ignore[arg-type]  # anything that makes one will do
        settings=settings(
            max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


class Machine(RuleBasedStateMachine):
    """A shop, and what is to be in it."""

    def __init__(self, server: pool.Target) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.shop = self.run(self._open(server))
        self.service = accounts_of(self.shop)
        self.accounts: dict[str, Account] = {}

    async def _open(self, server: pool.Target) -> Shop:
        target = await self.stack.enter_async_context(postgres.new_database(server))
        return Shop(Database(await self.stack.enter_async_context(pool.open_pool(target, size=2))))

    def run(self, action: Coroutine[Any, Any, Result]) -> Result:
        return self.runner.run(action)

    def teardown(self) -> None:
        try:
            self.sweep()
        finally:
            self.run(self.stack.aclose())
            self.runner.close()

    # What people do

    @initialize(choices=st.lists(st.tuples(PEOPLE, CHOICE), min_size=2, max_size=8))
    def begin(self, choices: list[tuple[str, int]]) -> None:
        """Everybody has two takes, and some are saved, or there would be little to go on with."""
        for who in ("ada", "bob", "carol") * 2:
            self.make(who)
        for who, choice in choices:
            self.save_a_take(who, choice)

    @rule(who=PEOPLE)
    def make(self, who: str) -> None:
        account = self._account(who)
        account.takes.add(self.run(self._make(account.number)))

    @rule(who=PEOPLE, choice=CHOICE)
    def save_a_take(self, who: str, choice: int) -> None:
        if take := _chosen([take for account in self._all() for take in account.takes], choice):
            own_file = take in self._account(who).takes
            self._save(who, Ref("take", take), take, own_file=own_file)

    @rule(who=PEOPLE, choice=CHOICE)
    def save_a_preset(self, who: str, choice: int) -> None:
        if (owned := self._any_preset(choice)) is None:
            return
        owner, preset = owned
        account = self._account(who)
        if owner is account:
            saved = self.run(self.shop.desk.library.save(actor(who), Ref("preset", preset)))
            assert (saved.fresh, saved.card.ref.id) == (False, preset)
        elif preset in owner.shared:
            self._save(who, Ref("preset", preset), owner.sound(preset), own_file=False)
        else:
            self._refused(self.shop.desk.library.save(actor(who), Ref("preset", preset)), errors.NoSuchTake)

    @rule(who=PEOPLE, choice=CHOICE)
    def take_back(self, who: str, choice: int) -> None:
        account = self._account(who)
        if sound := _chosen([*account.saved, *account.takes], choice):
            answer = self.run(self.shop.desk.library.unsave(actor(who), Ref("take", sound)))
            assert answer.kind == account.undo(sound)

    @rule(who=PEOPLE, choice=CHOICE)
    def share(self, who: str, choice: int) -> None:
        if owned := self._any_preset(choice):
            owner, preset = owned
            if owner is self._account(who):
                self.run(self.shop.desk.sharing.share(actor(who), f"preset:{preset}"))
                owner.shared.add(preset)
            else:
                sharing = self.shop.desk.sharing.share(actor(who), f"preset:{preset}")
                self._refused(sharing, errors.NoSuchPreset)

    @rule(who=PEOPLE, choice=CHOICE)
    def unshare(self, who: str, choice: int) -> None:
        if owned := self._any_preset(choice):
            owner, preset = owned
            unsharing = self.shop.desk.sharing.unshare(actor(who), f"preset:{preset}")
            if owner is self._account(who):
                self.run(unsharing)
                owner.shared.discard(preset)
            else:
                self._refused(unsharing, errors.NotYourShare if preset in owner.shared else errors.NoSuchPreset)

    @rule(who=PEOPLE, choice=CHOICE)
    def rename(self, who: str, choice: int) -> None:
        if owned := self._any_preset(choice):
            owner, preset = owned
            renaming = self.shop.desk.presets.rename(actor(who), f"preset:{preset}", uuid4().hex)
            if owner is self._account(who):
                self.run(renaming)
                owner.changed.add(preset)
            else:
                self._refused(renaming, errors.NoSuchPreset)

    @rule(who=PEOPLE, choice=CHOICE)
    def delete_a_preset(self, who: str, choice: int) -> None:
        if owned := self._any_preset(choice):
            owner, preset = owned
            if owner is self._account(who):
                assert self._agreed(who, self.run(self.shop.desk.presets.delete(actor(who), f"preset:{preset}")))
                owner.delete_preset(preset)
            else:
                deleting = self.shop.desk.presets.delete(actor(who), f"preset:{preset}")
                self._refused(deleting, errors.NoSuchPreset)

    @rule(who=PEOPLE, choice=CHOICE)
    def delete_a_take(self, who: str, choice: int) -> None:
        if (take := _chosen([take for account in self._all() for take in account.takes], choice)) is None:
            return
        account = self._account(who)
        deleting = self.shop.desk.library.delete(actor(who), f"take:{take}")
        if take in account.takes:
            assert self._agreed(who, self.run(deleting))
            account.delete_sound(take=take, kick=account.with_the_same_file(take))
        else:
            self._refused(deleting, errors.NoSuchTake)

    @rule(who=PEOPLE, choice=CHOICE)
    def delete_a_kick(self, who: str, choice: int) -> None:
        if (kick := _chosen([kick for account in self._all() for kick in account.kicks], choice)) is None:
            return
        account = self._account(who)
        deleting = self.shop.desk.library.delete(actor(who), f"kick:{kick}")
        if held := account.kicks.get(kick):
            assert self._agreed(who, self.run(deleting))
            account.delete_sound(take=held.sound if held.is_take else None, kick=kick)
        else:
            self._refused(deleting, errors.NoSuchTake)

    @rule(who=PEOPLE, choice=CHOICE, with_file=st.booleans())
    def delete_a_kick_in_the_web_app(self, who: str, choice: int, *, with_file: bool) -> None:
        account = self._account(who)
        if kick := _chosen(list(account.kicks), choice):
            held = account.kicks[kick]
            self.run(self._delete_there(kick, with_file=with_file))
            account.delete_sound(take=held.sound if held.is_take and with_file else None, kick=kick)
            self.sweep()

    @rule(who=PEOPLE, other=PEOPLE, really=st.booleans())
    def join(self, who: str, other: str, *, really: bool) -> None:
        mine, theirs = self._account(who), self._account(other)
        if mine is theirs or not really:
            return
        self.run(linked(self.service, actor(who), actor(other)))
        survivor, gone = sorted((mine, theirs), key=lambda account: account.number)
        survivor.merge(gone)
        self.accounts = {name: survivor if one is gone else one for name, one in self.accounts.items()}

    @precondition(lambda machine: len(machine._all()) < len(machine.accounts))
    @rule(who=PEOPLE)
    def part(self, who: str) -> None:
        account = self._account(who)
        if sum(one is account for one in self.accounts.values()) == 1:
            self._refused(self.service.unlink(actor(who)), errors.LastIdentity)
        else:
            self.run(self.service.unlink(actor(who)))
            del self.accounts[who]

    @rule(who=PEOPLE, really=st.integers(0, 3))
    def leave(self, who: str, really: int) -> None:
        if really != 3:  # or too little would be left for the others to do
            return
        account = self._account(who)
        leaving = self.run(self.service.leaving(actor(who)))
        assert (leaving.holdings.kicks, leaving.holdings.presets) == (len(account.kicks), len(account.presets))
        self.run(self.service.forget(actor(who), leaving.mine.id))
        self.accounts = {name: one for name, one in self.accounts.items() if one is not account}

    # What is to be true after it

    @rule()
    def sweep(self) -> None:
        self.run(self.shop.pass_time(hours=2))
        self.run(self.shop.sweeper.sweep())
        assert self.run(self.shop.dangling()) == set()
        assert self.run(self.shop.database.fetchval("SELECT count(*) FROM kickbot.trash")) == 0

    @rule()
    def compare(self) -> None:
        self.run(self._compare())

    async def _compare(self) -> None:
        rows = {name: {tuple(row) for row in await self.shop.database.fetch(sql)} for name, sql in ROWS.items()}
        everybody = self._all()
        assert rows["takes"] == {(one.number, take) for one in everybody for take in one.takes}
        assert rows["kicks"] == {
            (one.number, number, f"take:{kick.sound}") for one in everybody for number, kick in one.kicks.items()
        }
        assert rows["presets"] == {
            (one.number, preset, kick) for one in everybody for preset, kick in one.presets.items()
        }
        assert rows["saved"] == {
            (one.number, f"take:{sound}", kick, preset)
            for one in everybody
            for sound, (kick, preset) in one.saved.items()
        }
        assert rows["shares"] == {
            (one.number, preset, sum(one.sound(preset) in other.saved for other in everybody if other is not one))
            for one in everybody
            for preset in one.shared
        }
        for who, account in self.accounts.items():
            await self._compare_as(who, account)

    async def _compare_as(self, who: str, account: Account) -> None:
        desk, shared = self.shop.desk, {preset for one in self._all() for preset in one.shared}
        kicks = await desk.library.kicks(actor(who))
        assert {card.ref.id for card in kicks.library} == account.kicks.keys()
        mine = await desk.presets.mine(actor(who), size=100)
        assert {entry.card.ref.id for entry in mine.entries} == account.presets.keys()
        here = await desk.sharing.browse(actor(who), size=100)
        assert {entry.card.ref.id for entry in here.entries} == shared
        assert {entry.card.ref.id for entry in here.entries if entry.mine} == shared & account.presets.keys()

    # How it is done

    def _account(self, who: str) -> Account:
        self.shop.moment += timedelta(seconds=1)
        if who not in self.accounts:
            self.accounts[who] = Account(self.run(self.shop.account(who)))
        return self.accounts[who]

    def _all(self) -> list[Account]:
        return list({account.number: account for account in self.accounts.values()}.values())

    def _any_preset(self, choice: int) -> tuple[Account, int] | None:
        return _chosen([(account, preset) for account in self._all() for preset in account.presets], choice)

    async def _make(self, account: int) -> int:
        path = files.sound_path(account, uuid4())
        take = await self.shop.filling.take(account, f"AI: {uuid4().hex[:8]}", path)
        await self.shop.database.execute("UPDATE kickbot.take SET expires_at = now() + interval '90 days'")
        self.shop.files.objects |= {path: b"sound", files.picture_path(path): b"picture"}
        assert await self.shop.messages.record(account, SERVER, f"message-{take}", Ref("take", take))
        return take

    async def _delete_there(self, kick: int, *, with_file: bool) -> None:
        """As the web app's backend does: the file, the presets that play the kick, its row."""
        path = await self.shop.database.fetchval("SELECT storage_path FROM kickgen_generatedkick WHERE id = $1", kick)
        if with_file:
            await self.shop.files.remove([path])
        await self.shop.database.execute(PLAYING, kick)
        await self.shop.database.execute("DELETE FROM kickgen_generatedkick WHERE id = $1", kick)

    def _save(self, who: str, ref: Ref, sound: int, *, own_file: bool) -> None:
        account = self._account(who)
        held = account.holding(sound)
        there = account.preset_of(held) if held is not None else None
        saved = self.run(self.shop.desk.library.save(actor(who), ref))
        assert saved.fresh == (there is None)
        if there is not None:
            assert saved.card.ref.id == there
            return
        preset = self.run(self.shop.preset(saved.card.ref))
        assert preset.account == account.number
        assert preset.kick is not None
        assert preset.kick.id == (held or preset.kick.id)
        assert held is not None or preset.kick.id not in account.kicks
        account.keep(sound, preset.kick.id, preset.id, own_file=own_file)

    def _agreed(self, who: str, answer: replies.Reply) -> bool:
        """Whether it was done, once what was asked is agreed to."""
        if isinstance(answer, replies.Question):
            answer = self.run(self.shop.desk.answer(actor(who), answer.confirm))
        return isinstance(answer, replies.Deleted)

    def _refused(self, action: Coroutine[Any, Any, object], error: type[errors.KickbotError]) -> None:
        try:
            self.run(action)
        except error:
            return
        raise AssertionError(f"no {error.__name__}")


def _chosen(things: list[Result], choice: int) -> Result | None:
    return things[choice % len(things)] if things else None


PLAYING = """
DELETE FROM presets_preset p USING kickgen_generatedkick k
WHERE k.id = $1 AND p.user_id = k.user_id AND p.kick_sample = k.name
"""

ROWS = {
    "takes": "SELECT account_id, id FROM kickbot.take",
    "kicks": """
        SELECT user_id, id, origin FROM kickgen_generatedkick JOIN kickbot.kick_detail ON kick_id = id
    """,
    "presets": """
        SELECT p.user_id, p.id, k.id FROM presets_preset p
        LEFT JOIN kickgen_generatedkick k ON k.user_id = p.user_id AND k.name = p.kick_sample
    """,
    "saved": "SELECT account_id, origin, kick_id, preset_id FROM kickbot.saved",
    "shares": "SELECT account_id, preset_id, saves FROM kickbot.share",
}
