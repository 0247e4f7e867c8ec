"""Modal as `modal deploy` sees it: it takes whatever it is told to build and remembers what the functions are to be."""

from collections.abc import Awaitable, Callable
from typing import Any

from modal_proto import api_pb2


class ModalDeployments:
    """What was deployed: functions by their name, the commands of images, the environments of containers, apps."""

    def __init__(self) -> None:
        """Nothing is deployed."""
        self.blobs: dict[str, bytes] = {}
        self.functions: dict[str, api_pb2.Function] = {}
        self.images: list[list[str]] = []
        self.environments: list[dict[str, str]] = []
        self.published: list[str] = []

    def known(self) -> dict[str, Callable[[Any], Awaitable[Any]]]:
        """The calls that a deployment makes."""
        given = {
            "AppCreate": api_pb2.AppCreateResponse(app_id="ap-1"),
            "AppGetByDeploymentName": api_pb2.AppGetByDeploymentNameResponse(),
            "EnvironmentGetOrCreate": _environment(),
            "MountGetOrCreate": api_pb2.MountGetOrCreateResponse(mount_id="mo-1"),
            "VolumeGetOrCreate": api_pb2.VolumeGetOrCreateResponse(volume_id="vo-1"),
            "ClassCreate": api_pb2.ClassCreateResponse(class_id="cs-1"),
            "AppHeartbeat": None,
            "AppClientDisconnect": None,
            "MountBatchedCheckExistence": None,
        }
        return {name: _always(answer) for name, answer in given.items()} | {
            "AppPublish": self.publish,
            "FunctionCreate": self.create,
            "FunctionPrecreate": self.precreate,
            "ImageGetOrCreate": self.build,
            "SecretGetOrCreate": self.hide,
        }

    async def build(self, request: api_pb2.ImageGetOrCreateRequest) -> api_pb2.ImageGetOrCreateResponse:
        """`ImageGetOrCreate`: it is built already."""
        self.images.append(list(request.image.dockerfile_commands))
        done = api_pb2.GenericResult(status=api_pb2.GenericResult.GENERIC_STATUS_SUCCESS)
        return api_pb2.ImageGetOrCreateResponse(image_id="im-1", result=done)

    async def hide(self, request: api_pb2.SecretGetOrCreateRequest) -> api_pb2.SecretGetOrCreateResponse:
        """`SecretGetOrCreate`: what containers are to find in their environment."""
        self.environments.append(dict(request.env_dict))
        return api_pb2.SecretGetOrCreateResponse(secret_id="st-1")

    async def precreate(self, request: api_pb2.FunctionPrecreateRequest) -> api_pb2.FunctionPrecreateResponse:
        """`FunctionPrecreate`: give the id."""
        return api_pb2.FunctionPrecreateResponse(function_id=f"fu-{request.function_name}")

    async def create(self, request: api_pb2.FunctionCreateRequest) -> api_pb2.FunctionCreateResponse:
        """`FunctionCreate`: remember what it is to be."""
        function = request.function
        self.functions[function.function_name] = function
        ranked = api_pb2.FunctionData.RankedFunction(rank=0, function=function)
        return api_pb2.FunctionCreateResponse(
            function_id=request.existing_function_id,
            function=function,
            function_data=api_pb2.FunctionData(ranked_functions=[ranked]),
            handle_metadata=api_pb2.FunctionHandleMetadata(function_name=function.function_name),
        )

    async def publish(self, request: api_pb2.AppPublishRequest) -> api_pb2.AppPublishResponse:
        """`AppPublish`: from now on it is there."""
        self.published.append(request.name)
        return api_pb2.AppPublishResponse(url="https://modal.test/apps/ap-1")


def _always(answer: Any) -> Callable[[Any], Awaitable[Any]]:
    async def give(_: Any) -> Any:
        return answer

    return give


def _environment() -> api_pb2.EnvironmentGetOrCreateResponse:
    settings = api_pb2.EnvironmentSettings(image_builder_version="2025.06")
    return api_pb2.EnvironmentGetOrCreateResponse(
        environment_id="en-1", metadata=api_pb2.EnvironmentMetadata(name="main", settings=settings)
    )
