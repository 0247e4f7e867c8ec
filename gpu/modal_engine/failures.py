"""What the Modal client raises, in our own terms: a sentence for the user, and in `detail` one for the operator."""

import aiohttp
from modal import exception

from core import errors

TRANSIENT = (
    exception.ConnectionError,
    exception.ServiceError,
    exception.InternalError,
    exception.ResourceExhaustedError,
    aiohttp.ClientError,
    TimeoutError,
)
"""While a result is awaited these mean: ask again. The order is in Modal's hands already."""

REFUSED: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (exception.AuthError, exception.PermissionDeniedError),
        "Modal refused the token: check MODAL_TOKEN_ID and MODAL_TOKEN_SECRET",
    ),
    (
        (exception.NotFoundError,),
        "Modal knows no such app, class or method: deploy the worker with `modal deploy -m gpu.worker`",
    ),
    ((exception.ResourceExhaustedError,), "a quota or the spending limit on Modal is used up"),
    (
        (exception.ConnectionError, exception.ServiceError, exception.InternalError, TimeoutError, OSError),
        "Modal cannot be reached",
    ),
    ((exception.VersionError,), "Modal does not support this version of its client any more: update `modal`"),
    ((exception.Error,), "Modal refused the order"),
)

FAILED: tuple[tuple[type[Exception], type[errors.KickbotError], str], ...] = (
    (exception.OutputExpiredError, errors.ResultGone, "Modal kept the result no longer"),
    (exception.NotFoundError, errors.ResultGone, "Modal knows no such call: of another workspace, or of long ago"),
    (exception.FunctionTimeoutError, errors.EngineTimedOut, "the worker hit the timeout it was deployed with"),
    (exception.InternalFailure, errors.EngineFailed, "Modal itself failed"),
    (exception.RemoteError, errors.EngineFailed, "the container crashed, or the call was cancelled elsewhere"),
    (exception.ExecutionError, errors.EngineFailed, "what the worker sent cannot be read here"),
)


def refused(error: Exception) -> errors.KickbotError:
    """The refusal of an order, or of anything else that was asked of Modal."""
    for kinds, sentence in REFUSED:
        if isinstance(error, kinds):
            return errors.EngineRefused(detail=_line(sentence, error))
    return errors.EngineRefused(detail=_line("the Modal client broke", error))


def failed(error: BaseException) -> errors.KickbotError:
    """Why a call has no result. Whatever is no exception of Modal's is the worker's own."""
    for kind, ours, sentence in FAILED:
        if isinstance(error, kind):
            return ours(detail=_line(sentence, error))
    if isinstance(error, exception.Error):
        return refused(error)
    return errors.EngineFailed(detail=_line("the worker raised an error", error))


def _line(sentence: str, error: BaseException) -> str:
    said = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
    return f"{sentence} ({said})"[:500]
