"""An app as Modal's servers know it: what is deployed, its one container, the calls that were made."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from grpclib import GRPCError, Status
from modal._serialization import deserialize
from modal._utils.blob_utils import MAX_ASYNC_OBJECT_SIZE_BYTES
from modal_proto import api_pb2

from tests.fakes.modal_calls import Call, Outcome

APP = "kick-generator-app"
CLASS = "KickGenerator"

Answer = Callable[[dict[str, Any]], Outcome]


class ModalApp:
    """`methods` of the class and plain `functions`: each says how a call with these arguments ends.

    The app is cold and takes `boot` seconds to start its container. What was called stays in `calls` by call id, while
    servers and clients come and go.
    """

    def __init__(self, *, boot: float = 0.0) -> None:
        """An app with nothing in it."""
        self.methods: dict[str, Answer] = {}
        self.functions: dict[str, Answer] = {}
        self.boot = boot
        self.calls: dict[str, Call] = {}
        self.blobs: dict[str, bytes] = {}
        self.min_containers: int | None = None
        self._release = 1
        self._up: float | None = None

    def redeploy(self) -> None:
        """Give the functions new ids; the old ones are gone."""
        self._release += 1

    def known(self) -> dict[str, Callable[[Any], Awaitable[Any]]]:
        """The calls that a client of a deployed app makes."""
        return {
            "ClassGet": self.look_up_class,
            "FunctionCallCancel": self.cancel,
            "FunctionGet": self.look_up_function,
            "FunctionGetCurrentStats": self.count,
            "FunctionGetOutputs": self.give,
            "FunctionMap": self.take,
            "FunctionUpdateSchedulingParams": self.scale,
        }

    async def look_up_class(self, request: api_pb2.ClassGetRequest) -> api_pb2.ClassGetResponse:
        """`ClassGet`."""
        if (request.app_name, request.object_tag) != (APP, CLASS) or not self.methods:
            raise GRPCError(Status.NOT_FOUND, f"App {request.app_name!r} not found")
        return api_pb2.ClassGetResponse(class_id="cs-1", handle_metadata=api_pb2.ClassHandleMetadata())

    async def look_up_function(self, request: api_pb2.FunctionGetRequest) -> api_pb2.FunctionGetResponse:
        """`FunctionGet`: a function, or under `KickGenerator.*` what serves all methods of the class."""
        tag = request.object_tag
        if tag != f"{CLASS}.*" and tag not in self.functions:
            raise GRPCError(Status.NOT_FOUND, f"No function {tag!r}")
        handle = api_pb2.FunctionHandleMetadata(
            function_name=tag,
            function_type=api_pb2.Function.FUNCTION_TYPE_FUNCTION,
            method_handle_metadata={} if tag in self.functions else {name: _method(name) for name in self.methods},
        )
        return api_pb2.FunctionGetResponse(
            function_id=f"fu-{self._release}-{tag}",
            handle_metadata=handle,
            function=api_pb2.FunctionData(ranked_functions=[api_pb2.FunctionData.RankedFunction()]),
        )

    async def take(self, request: api_pb2.FunctionMapRequest) -> api_pb2.FunctionMapResponse:
        """`FunctionMap`: a call."""
        tag = self._tag(request.function_id)
        given = request.pipelined_inputs[0].input
        positional, named = deserialize(given.args, None)
        if positional:
            raise GRPCError(Status.INVALID_ARGUMENT, "send every parameter by its name")
        if self._up is None:
            self._up = _now() + self.boot
        answer = self.methods[given.method_name] if given.method_name else self.functions[tag]
        call_id = f"fc-{len(self.calls) + 1}"
        self.calls[call_id] = Call(given.method_name or tag, named, answer(named), max(_now(), self._up))
        return api_pb2.FunctionMapResponse(
            function_call_id=call_id,
            pipelined_inputs=[api_pb2.FunctionPutInputsResponseItem(idx=0, input_id=f"in-{call_id}")],
        )

    async def give(self, request: api_pb2.FunctionGetOutputsRequest) -> api_pb2.FunctionGetOutputsResponse:
        """`FunctionGetOutputs`: the result, waited for as long as the request says."""
        call = self.calls.get(request.function_call_id)
        if call is None:
            raise GRPCError(Status.NOT_FOUND, "no such function call")
        if not await call.ended(request.timeout):
            return api_pb2.FunctionGetOutputsResponse(num_unfinished_inputs=1)
        if call.outcome.expired:
            return api_pb2.FunctionGetOutputsResponse(num_unfinished_inputs=0)
        item = api_pb2.FunctionGetOutputsItem(
            result=self._result(request.function_call_id, call.outcome), data_format=api_pb2.DATA_FORMAT_PICKLE
        )
        return api_pb2.FunctionGetOutputsResponse(outputs=[item], num_unfinished_inputs=0)

    async def cancel(self, request: api_pb2.FunctionCallCancelRequest) -> None:
        """`FunctionCallCancel`."""
        self.calls[request.function_call_id].cancel()

    async def count(self, request: api_pb2.FunctionGetCurrentStatsRequest) -> api_pb2.FunctionStats:
        """`FunctionGetCurrentStats`: what waits and what runs."""
        self._tag(request.function_id)
        unfinished = [call for call in self.calls.values() if _now() < call.ends]
        running = sum(call.starts <= _now() for call in unfinished)
        return api_pb2.FunctionStats(
            backlog=len(unfinished) - running,
            num_total_tasks=int(self._up is not None and self._up <= _now()),
            num_running_inputs=running,
        )

    async def scale(
        self, request: api_pb2.FunctionUpdateSchedulingParamsRequest
    ) -> api_pb2.FunctionUpdateSchedulingParamsResponse:
        """`FunctionUpdateSchedulingParams`: how many containers are kept."""
        self._tag(request.function_id)
        self.min_containers = request.settings.min_containers
        return api_pb2.FunctionUpdateSchedulingParamsResponse(current_settings=request.settings)

    def _tag(self, function_id: str) -> str:
        prefix, release, tag = function_id.split("-", 2)
        if (prefix, release) != ("fu", str(self._release)):
            raise GRPCError(Status.NOT_FOUND, f"Function {function_id} not found")
        return tag

    def _result(self, call_id: str, outcome: Outcome) -> api_pb2.GenericResult:
        if len(outcome.data) <= MAX_ASYNC_OBJECT_SIZE_BYTES:
            return api_pb2.GenericResult(status=outcome.status, exception=outcome.message, data=outcome.data)
        self.blobs[f"bl-{call_id}"] = outcome.data
        return api_pb2.GenericResult(status=outcome.status, exception=outcome.message, data_blob_id=f"bl-{call_id}")


def _method(name: str) -> api_pb2.FunctionHandleMetadata:
    return api_pb2.FunctionHandleMetadata(
        function_name=f"{CLASS}.{name}",
        function_type=api_pb2.Function.FUNCTION_TYPE_FUNCTION,
        is_method=True,
        use_method_name=name,
    )


def _now() -> float:
    return asyncio.get_running_loop().time()
