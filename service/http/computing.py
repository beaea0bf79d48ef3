"""Routes that compute: the body is checked in a thread, the answer computed and written in the workers', and kept.

The framework would check bodies and write answers on the event loop, and hold up all others for as long.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import anyio.to_thread
from fastapi import Request, Response
from pydantic import BaseModel, ValidationError

from service.access.limiter import spend
from service.http.shape import check_shape
from service.http.wrong_fields import request_error
from service.operation.results import Kept, Results

M = TypeVar("M", bound=BaseModel)
A = TypeVar("A")
JSON = "application/json"


async def computed(
    request: Request,
    sent: Any,
    model: type[M],
    use: Callable[[M], A],
    write: Callable[[A], bytes],
    *,
    repeatable: Callable[[M, A], bool] = lambda _asked, _found: True,
    form: str = "json",
    media_type: str = JSON,
    headers: dict[str, str] | None = None,
    units: Callable[[M], float] = lambda _asked: 1.0,
) -> Response:
    """The answer of a use case to what was sent; from memory where the same was asked before.

    repeatable : whether the answer would be the same again, so that it may be kept. units : of the caller's limit.
    Raises RequestValidationError and ProblemError.
    """
    results: Results = request.app.state.results
    body = await request.body()
    key = await anyio.to_thread.run_sync(results.key, f"{request.url.path} {form}", body)
    kept = results.get(key)
    if kept is None:
        asked = await anyio.to_thread.run_sync(_checked, model, sent)
        spend(units(asked) - 1.0)  # the route itself is one
        content, again = await request.app.state.workers.run(_answered, asked, use, write, repeatable)
        stored = again and results.put(key, content)
        status = "sitewatt; fwd=uri-miss" + ("; stored" if stored else "")
        kept = Kept(content)
    else:
        status = "sitewatt; hit"
    own = {"ETag": f'W/"{key[:40]}"', "Cache-Status": status}
    if kept.age_seconds or status.endswith("hit"):
        own["Age"] = str(kept.age_seconds)
    return Response(kept.content, media_type=media_type, headers=own | (headers or {}))


def written(answer: BaseModel) -> bytes:
    """An answer as JSON."""
    return answer.model_dump_json().encode()


def _checked(model: type[M], sent: Any) -> M:
    check_shape(sent)
    try:
        return model.model_validate(sent, from_attributes=True)  # as the framework does
    except ValidationError as error:
        raise request_error(error, sent) from error


def _answered(
    asked: M, use: Callable[[M], A], write: Callable[[A], bytes], repeatable: Callable[[M, A], bool]
) -> tuple[bytes, bool]:
    found = use(asked)
    return write(found), repeatable(asked, found)
