"""What may go wrong with the model: a family of its own, because the worker's image holds nothing else of ours."""

from collections.abc import Callable
from functools import partial
from inspect import cleandoc
from typing import Self


class ModelError(Exception):
    """The model cannot be used."""

    def __init__(self, **facts: object) -> None:
        """Fill the braces of the class's docstring with `facts`."""
        super().__init__(" ".join(cleandoc(type(self).__doc__ or "").format(**facts).split()))
        self.facts = facts

    def __reduce__(self) -> tuple[Callable[[], Self], tuple[()]]:
        """Errors travel pickled from the worker to the caller, and pickle knows positional arguments only."""
        return partial(type(self), **self.facts), ()


class BadCheckpoint(ModelError):
    """The model file {file} cannot be used: it {problem}."""


class BadRequest(ModelError):
    """The model cannot make this kick: {problem}."""


class HubUnreachable(ModelError):
    """The model hub {endpoint} is out of reach and {repo} is not downloaded yet ({problem}). Try again when it is."""


class NotOnHub(ModelError):
    """The model hub {endpoint} does not give out {repo} at revision {revision} ({problem})."""
