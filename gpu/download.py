"""Fetching the published model from the hub: only the files that inference needs, once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import httpx2
from huggingface_hub import HfApi, errors

from gpu.model import published
from gpu.model.errors import HubUnreachable, ModelError, NotOnHub
from gpu.model.progress import Bar, Progress

# From the library itself, from its HTTP client, and (the builtin ones) from its client of the hub's newer storage.
FAILURES = (
    *(errors.EntryNotFoundError, errors.RevisionResolutionError, errors.HFValidationError),
    *(httpx2.HTTPError, OSError, RuntimeError),
)


@dataclass(frozen=True, slots=True)
class Published:
    """Where the published files lie and the commit that they are from."""

    folder: Path
    commit: str


def download(
    repo: str,
    *,
    cache: Path,
    revision: str = "main",
    progress: Callable[[Progress], None] = lambda _: None,
    endpoint: str | None = None,
    patience: float = 10.0,
) -> Published:
    """Fetch what is not in `cache` yet, telling `progress` of it; `endpoint` stands in for the hub's own address.

    A cut connection is taken up where it broke; of a process that ended, the files that were finished are kept. Once
    all files of a revision are in `cache`, the hub is only asked, for at most `patience` seconds, what the revision
    stands for, and not even that where it is a commit. Raises `HubUnreachable`, `NotOnHub`, and OSError where the files
    cannot be kept.
    """
    hub = _Hub(HfApi(endpoint=endpoint), repo, revision, cache, patience)
    silence: str | None = None
    try:
        silence = hub.silence()
        commit = hub.commit(offline=silence is not None)
        paths = [hub.fetch(file, commit, progress, offline=silence is not None) for file in published.FILES]
    except FAILURES as error:
        if isinstance(error, OSError) and error.errno is not None:  # this machine's trouble, a full disk for instance
            raise
        raise hub.translated(error, silence) from error
    return Published(paths[0].parents[1], commit)


@dataclass(frozen=True, slots=True)
class _Hub:
    api: HfApi
    repo: str
    revision: str
    cache: Path
    patience: float

    def silence(self) -> str | None:
        """Why the hub does not answer; None where it does, or where it need not because the revision is a commit.

        The library's own way to resolve a revision would wait for an answer without end.
        """
        if re.fullmatch(r"[0-9a-f]{40}", self.revision):
            return None
        try:
            self.api.model_info(self.repo, revision=self.revision, timeout=self.patience)
        except errors.HfHubHTTPError as error:
            if error.response.status_code < 500:
                raise
            return _first_line(error)
        except (httpx2.TransportError, errors.OfflineModeIsEnabled) as error:
            return _first_line(error)
        return None

    def commit(self, *, offline: bool) -> str:
        """What the revision stands for; offline, what it stood for when it was last asked."""
        resolved = self.api.resolve_revision(
            self.repo, revision=self.revision, cache_dir=self.cache, local_files_only=offline
        )
        return resolved.resolved

    def fetch(self, file: str, commit: str, progress: Callable[[Progress], None], *, offline: bool) -> Path:
        """The file's place in the cache."""
        path = self.api.hf_hub_download(
            self.repo,
            file,
            revision=commit,
            cache_dir=self.cache,
            etag_timeout=self.patience,
            local_files_only=offline,
            tqdm_class=cast(Any, partial(Bar, file, progress)),
        )
        return Path(path)

    def translated(self, error: Exception, silence: str | None) -> ModelError:
        """One of our own errors; the library's messages go on with advice that is not for our users."""
        match error:
            case errors.RepositoryNotFoundError():
                problem = "there is no such repository, or it is not public"
            case errors.RevisionNotFoundError():
                problem = "there is no such revision"
            case errors.RemoteEntryNotFoundError():
                problem = "one of its files is missing"
            case errors.HFValidationError():
                problem = "that is no name of a repository"
            case _:
                reason = silence or _first_line(error)
                return HubUnreachable(endpoint=self.api.endpoint, repo=self.repo, problem=reason)
        return NotOnHub(endpoint=self.api.endpoint, repo=self.repo, revision=self.revision, problem=problem)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
