"""Everything that may go wrong in Kickbot: one family, each class's docstring the sentence that a user reads."""

from inspect import cleandoc

from core.sentence import Sentence


class KickbotError(Exception):
    """Something went wrong here; nothing that you saved is lost."""

    def __init__(self, *, detail: str = "", **facts: object) -> None:
        """Fill the braces of the class's docstring with `facts`; `detail` is for an operator, never for a user."""
        self.sentence = Sentence(" ".join(cleandoc(type(self).__doc__ or "").split()), **facts)
        super().__init__(str(self.sentence))
        self.detail = detail
        self.facts = facts
        if detail:
            self.add_note(detail)  # which a traceback shows

    def __repr__(self) -> str:
        said = f", detail={self.detail!r}" if self.detail else ""
        return f"{type(self).__name__}({str(self)!r}{said})"


class BadSound(KickbotError):
    """The engine's answer was no usable sound ({problem}). This attempt was not counted; please try again."""


class EngineRefused(KickbotError):
    """The kick machine takes no orders at the moment, and nothing was counted. Please try again later."""


class EngineBusy(EngineRefused):
    """There is a queue of {waiting:kick} already. This attempt was not counted; please try again in a minute."""


class EngineFailed(KickbotError):
    """The kick machine failed while making this kick. This attempt was not counted; please try again."""


class EngineTimedOut(KickbotError):
    """The kick machine took too long and was stopped. This attempt was not counted; please try again."""


class ResultGone(EngineFailed):
    """The finished kick is no longer on the kick machine. This attempt was not counted; please try again."""


class BadSetting(KickbotError):
    """{name}: {problem}"""


class StorageFailed(KickbotError):
    """The place where sounds are kept is out of reach. Nothing was changed or counted; please try again later."""


class StorageFull(StorageFailed):
    """There is no room left where sounds are kept. Nothing was changed or counted; please ask again once Kickbot's
    operator has made some."""


class PromptTooLong(KickbotError):
    """A prompt may have at most {longest} characters. Nothing was made."""


class UnknownOption(KickbotError):
    """There is no option "{option}:". Options are {known}, as in "seed:42". Nothing was made."""


class BadOption(KickbotError):
    """ "{option}:{value}" does not work: {option} is a whole number from {low} to {high}. Nothing was made."""


class OptionTwice(KickbotError):
    """The option "{option}:" stands twice in the prompt. Nothing was made."""


class NoKnownWord(KickbotError):
    """I know no word of "{words}", so nothing was made. Words to try: {try_these}."""


class QuotaReached(KickbotError):
    """You have made {limit:kick} today; the count starts again at {again} UTC. Your library is safe: {kept:kick}."""


class GlobalQuotaReached(KickbotError):
    """Kickbot has made as many kicks today as it may; the count starts again at {again} UTC. Nothing was counted."""


class AlreadyMaking(KickbotError):
    """Another one from this kick is on its way already. When it is here, you can ask again."""


class LeaseLost(KickbotError):
    """Another process of Kickbot goes on with this kick."""


class Delayed(LeaseLost):
    """Kickbot's database is out of reach. Your kick is not lost: it comes here when that is over, without being asked
    for again."""


class DelayedForRoom(Delayed):
    """The disk of Kickbot's database is full. Your kick is not lost: it counts as one of today's, and comes here when
    there is room again, without being asked for again."""


class TooManyAttempts(KickbotError):
    """This kick could not be finished in {attempts:attempt} and was given up. It was not counted."""


class LeftAlone(KickbotError):
    """Nobody went on with this kick for a day, so it was given up. It was not counted."""


class Cancelled(KickbotError):
    """This kick was cancelled. It counts as one of today's if it was begun."""


class NoSuchTake(KickbotError):
    """There is no such kick here; it may have expired or been deleted."""


class SoundGone(NoSuchTake):
    """The sound of this kick is gone: its file was deleted."""


class NothingShown(NoSuchTake):
    """Nothing has been shown here that could be saved. Say what to save: {/save NAME}."""


class NoWords(KickbotError):
    """Nobody knows which words made this kick, so no other can be made from it. {/kick} takes words of your own."""


class NotYours(KickbotError):
    """Only the one who made this kick can do that."""


class NotTheAsked(NotYours):
    """Only the one who was asked can agree to this. Nothing was changed."""


class NoSuchPreset(KickbotError):
    """There is no such preset here. {/mine} lists yours, {/browse} those that are shared here."""


class NothingCalled(NoSuchPreset):
    """Nothing here is called "{name}". {/save} keeps the last one shown, {naming:/} does so under that name."""


class SeveralPresets(KickbotError):
    """Several presets here are called "{name}". Say which: {which}."""


class NoSoundHere(KickbotError):
    """There is no sound that could be saved: {why}."""


class OperatorsPreset(KickbotError):
    """ "{name}" is one of the presets that everybody sees; those cannot be changed, shared or deleted here."""


class LibraryFull(KickbotError):
    """Your library holds {kept:kick}, and {limit} is the most, so nothing was saved. What could go: {could_go}."""


class NameTooLong(KickbotError):
    """A name has at most {longest} letters. Nobody else speaks now."""


class NobodyNamed(KickbotError):
    """Say who is to speak, as in "/as ada". Nobody else speaks now."""


class NotWritten(KickbotError):
    """Nothing was written to {path}: {problem}."""


class OutputLost(KickbotError):
    """Standard output takes nothing more: {problem}."""

    closed = False
    """Whether whoever read it has gone, which is no failure."""


class PrivatePlace(KickbotError):
    """Presets are shared with a server or workspace, and this is a private conversation. Ask for it there."""


class NothingNamed(KickbotError):
    """Say which one: {usage:/}."""


class BadPresetName(KickbotError):
    """A preset's name is at most 32 letters (A to Z), digits and single spaces. "{suggestion}" would do."""


class NameTaken(KickbotError):
    """You have a preset called "{name}" already. "{suggestion}" is free."""


class NotYourShare(KickbotError):
    """Only the owner of "{name}" and the moderators here can do that."""


class BadFilter(KickbotError):
    """ "{option}:{value}" does not work: {expected}."""


class UnknownFilter(KickbotError):
    """There is no filter "{option}:". Filters are {known}."""


class QueryTooLong(KickbotError):
    """What is browsed for may have at most {longest} characters."""


class AccountGone(KickbotError):
    """Your account was joined with another just now, or forgotten. Nothing was changed; please try again."""


class NoSuchCode(KickbotError):
    """That code does not work: it is mistyped, used, or older than {minutes} minutes. On the other platform,
    "account link" gives a new one."""


class TooManyTries(KickbotError):
    """Too many codes were wrong, so none is taken from you for {minutes} minutes. Nothing was changed."""


class OwnCode(KickbotError):
    """That is your own code. Enter it on the other platform, where you are to join this account."""


class SameAccount(KickbotError):
    """You two share one account already. Nothing was changed."""


class TwoWebLogins(KickbotError):
    """Both accounts have a web login, so they cannot become one: one of the logins would be lost. Nothing was
    changed."""


class LastIdentity(KickbotError):
    """This is the only way into your account: what is in it would be lost. To delete all of it, {/account forget}."""


class WebStays(KickbotError):
    """Who signs in to the web app stays with that login's account. {/account unlink NAME} removes others from it."""


class NoSuchIdentity(KickbotError):
    """Your account has nobody called "{name}". Say which of these: {known}."""


class NothingKept(KickbotError):
    """Nothing is kept of you here."""


class UnknownCommand(KickbotError):
    """There is no command "{command}". {/help} lists them all."""


class MistypedCommand(UnknownCommand):
    """There is no command "{command}". The nearest is "{near}"; {/help} lists them all."""


class DatabaseUnavailable(KickbotError):
    """Kickbot cannot reach its database at the moment. Nothing was lost; please try again in a minute."""


class AnswerLost(DatabaseUnavailable):
    """Kickbot's database went away before it answered, so this may be done or not. Please look before you ask again."""


class DatabaseBusy(DatabaseUnavailable):
    """Something else was changing the same things at that moment, so nothing was changed. Please try again."""


class DatabaseFull(DatabaseUnavailable):
    """The disk of Kickbot's database is full. Nothing was changed or counted; please ask again once Kickbot's operator
    has made room."""


class DatabaseRefused(DatabaseUnavailable):
    """Kickbot's database refuses its user, password or database name, which its operator can set right."""


class DatabaseUntrusted(DatabaseUnavailable):
    """Kickbot does not trust its database and has told it no password: {problem}."""


class DatabaseUnusable(KickbotError):
    """The database in {folder} cannot be used: {problem}."""


class DatabaseNewer(KickbotError):
    """The database was set up by a newer Kickbot (version {found}; this one knows {known}). Please update Kickbot."""


class MigrationFailed(KickbotError):
    """The migration {name} failed; the database is as the migration before it left it. The log says more."""


class MigrationsPending(KickbotError):
    """The database is {count:migration} behind. Bring it up to date first: kickbot migrate"""


class ChannelClosed(KickbotError):
    """Kickbot does not answer in this channel: an admin has set where it does. Nothing was made."""


class NotAdmin(KickbotError):
    """Only an admin of this place can set that. Nothing was changed."""


class NoPlace(KickbotError):
    """There is nothing to set in a private conversation; ask for it in a server or workspace."""


class PlaceQuotaReached(KickbotError):
    """Together you have made {limit:kick} here today, which an admin has set as the limit.

    The count starts again at {again} UTC. Nothing was counted.
    """


class BadSpan(KickbotError):
    """Write 2h or 90m, at most 24h: "{text}" is no time to keep a machine warm."""


class ModelUnusable(KickbotError):
    """{problem}"""


class Restarting(KickbotError):
    """Kickbot is being restarted. Nothing was begun; please try again in a minute."""


class NeverShown(KickbotError):
    """{name} was made but could not be shown here. Nothing is lost: {/kicks} lists it."""
