"""Every exception of Modal's client in our own terms."""

import pytest
from modal import exception

from core import errors
from gpu.modal_engine import failures


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            exception.AuthError("Token missing"),
            "check MODAL_TOKEN_ID and MODAL_TOKEN_SECRET (AuthError: Token missing)",
        ),
        (exception.PermissionDeniedError("no"), "check MODAL_TOKEN_ID"),
        (exception.NotFoundError("no app"), "modal deploy -m gpu.worker"),
        (exception.ResourceExhaustedError("limit"), "spending limit"),
        (exception.ConnectionError("refused"), "cannot be reached"),
        (exception.ServiceError("503"), "cannot be reached"),
        (TimeoutError(), "cannot be reached (TimeoutError)"),
        (exception.VersionError("too old"), "update `modal`"),
        (exception.InvalidError("a\nb"), "Modal refused the order (InvalidError: a b)"),
        (RuntimeError("the queue is full"), "the Modal client broke (RuntimeError: the queue is full)"),
    ],
)
def test_a_refusal_tells_the_operator_what_to_do(error: Exception, sentence: str) -> None:
    refused = failures.refused(error)
    assert type(refused) is errors.EngineRefused
    assert sentence in refused.detail


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (exception.OutputExpiredError(), errors.ResultGone),
        (exception.NotFoundError("no such call"), errors.ResultGone),
        (exception.FunctionTimeoutError("600s"), errors.EngineTimedOut),
        (exception.InternalFailure("oops"), errors.EngineFailed),
        (exception.RemoteError("killed"), errors.EngineFailed),
        (exception.ExecutionError("unreadable"), errors.EngineFailed),
        (exception.AuthError("revoked"), errors.EngineRefused),
        (ValueError("the worker's"), errors.EngineFailed),
        (SystemExit(1), errors.EngineFailed),
    ],
)
def test_a_call_without_a_result_has_a_reason(error: BaseException, ours: type[errors.KickbotError]) -> None:
    failed = failures.failed(error)
    assert type(failed) is ours
    assert type(error).__name__ in failed.detail


def test_a_long_story_is_cut_short() -> None:
    assert len(failures.failed(ValueError("x" * 10_000)).detail) <= 500
