"""Everything that may go wrong in Kickbot: one family, each class's docstring the sentence that a user reads."""

from inspect import cleandoc


class KickbotError(Exception):
    """Something went wrong here; nothing that you saved is lost."""

    def __init__(self, *, detail: str = "", **facts: object) -> None:
        """Fill the braces of the class's docstring with `facts`; `detail` is for the log, never for a user."""
        super().__init__(" ".join(cleandoc(type(self).__doc__ or "").format(**facts).split()))
        self.detail = detail
        self.facts = facts


class BadSound(KickbotError):
    """The engine's answer was no usable sound ({problem}). This attempt was not counted; please try again."""


class EngineRefused(KickbotError):
    """The kick machine takes no orders at the moment. This attempt was not counted; please try again later."""


class EngineFailed(KickbotError):
    """The kick machine failed while making this kick. This attempt was not counted; please try again."""


class EngineTimedOut(KickbotError):
    """The kick machine took too long and was stopped. This attempt was not counted; please try again."""


class ResultGone(EngineFailed):
    """The finished kick is no longer on the kick machine. This attempt was not counted; please try again."""


class BadSetting(KickbotError):
    """{name}: {problem}"""


class StorageFailed(KickbotError):
    """The sound could not be stored. This attempt was not counted; please try again."""
