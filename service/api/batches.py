"""POST, GET and DELETE /v1/batches."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path as File
from tempfile import NamedTemporaryFile
from typing import Annotated, Any, BinaryIO

import anyio.to_thread
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import ValidationError
from starlette.background import BackgroundTask
from starlette.datastructures import FormData, UploadFile

from service.http.described_problems import NOT_ACCEPTABLE, NOT_FOUND, OTHER_STATE, PROBLEM_RESPONSES, STORAGE
from service.http.negotiation import chosen
from service.http.problems import FieldProblem, ProblemError, wrong_field
from service.http.shape import check_shape
from service.http.tagged import NOT_MODIFIED, Tagged
from service.http.wrong_fields import request_error
from service.jobs import export_files, exports
from service.jobs.records import Batch
from service.jobs.results import Ranking, Results
from service.schemas.batches import (
    BatchAnswer,
    BatchList,
    BatchListing,
    BatchOrder,
    BatchRequest,
    DismissalQuery,
    NewBatchAnswer,
    ResultQuery,
)
from service.uses.batching import MEDIA, Batching, reachable, shown
from service.workers import Workers

router = APIRouter(prefix="/v1", tags=["Batches"], route_class=Tagged)
BatchId = Annotated[str, Path(max_length=64, examples=["3f8b1e0a-52c4-4d0e-9f0e-5b0f4a6c7d21"])]
EVENT_SECONDS = 1.0
RETRY_AFTER = "5"
FORM = ("file", "columns", *BatchOrder.model_fields)
KNOWN: dict[int | str, dict[str, Any]] = {422: PROBLEM_RESPONSES[422], 503: PROBLEM_RESPONSES[503]}
BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/BatchRequest"}},
        "multipart/form-data": {"schema": {"$ref": "#/components/schemas/BatchForm"}},
    },
}
TEXTS = {"jsonl": exports.jsonl, "csv": exports.as_csv, "geojson": exports.geojson}
FILES = {"parquet": export_files.write_geoparquet, "xlsx": export_files.write_workbook}


def _batching(request: Request) -> Batching:
    found: Batching = request.app.state.batching
    return found


def _existing(request: Request, batch_id: BatchId) -> Batch:
    return _batching(request).get(batch_id)


def _root(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root


@router.post(
    "/batches",
    operation_id="create_batch",
    summary="Score many sites",
    status_code=202,
    responses=PROBLEM_RESPONSES | STORAGE,
    openapi_extra={"requestBody": BODY},
)
async def create(
    request: Request,
    response: Response,
    idempotency_key: Annotated[
        str | None, Header(max_length=255, description="Sent again with the same request, it brings back the batch.")
    ] = None,
) -> NewBatchAnswer:
    """Many sites, or points over a region, assessed in the background: sites as JSON, or a CSV, GeoJSON or GeoParquet.

    All rows are checked before anything runs. `Location` says where to look; results can be had while it runs.
    """
    batching, root = _batching(request), _root(request)
    intakes: Workers = request.app.state.intakes
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        try:
            form = await request.form(max_files=1, max_fields=len(FORM))
        except UnicodeError as error:  # of a `charset` that decodes nothing
            raise ProblemError("malformed-body", "The names in the form cannot be read.") from error
        try:
            file, fields = _form_parts(form)
            answer = await intakes.run(batching.create_from_file, file, fields, idempotency_key, root)
        finally:
            await form.close()
    else:
        body = await request.body()
        answer = await intakes.run(lambda: batching.create(_parsed(body), idempotency_key, root))
    response.headers["Location"] = f"{root}/v1/batches/{answer.batch_id}"
    response.headers["Retry-After"] = RETRY_AFTER
    return answer


def _form_parts(form: FormData) -> tuple[BinaryIO, dict[str, str]]:
    """The file and the fields of a form."""
    wrong = [
        FieldProblem(pointer=f"/{name[:64]}", detail="this field is not known here", code="unknown_field")
        for name in form
        if name not in FORM
    ]
    file = form.get("file")
    if not isinstance(file, UploadFile):
        wrong.append(FieldProblem(pointer="/file", detail="send a file of sites", code="missing"))
    if wrong or not isinstance(file, UploadFile):
        detail = "1 field of the form is wrong." if len(wrong) == 1 else f"{len(wrong)} fields of the form are wrong."
        raise ProblemError("invalid-request", detail, wrong)
    return file.file, {name: value for name, value in form.multi_items() if isinstance(value, str)}


def _parsed(body: bytes) -> BatchRequest:
    """The request in a JSON body, or what the framework says of a wrong one."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProblemError("malformed-body", "The body is not valid JSON.") from error
    check_shape({name: part for name, part in data.items() if name != "sites"} if isinstance(data, dict) else None)
    try:
        return BatchRequest.model_validate(data)
    except ValidationError as error:
        raise request_error(error, data) from error


@router.get("/batches", operation_id="list_batches", summary="All batches", responses=KNOWN | NOT_MODIFIED)
def listed(request: Request, asked: Annotated[BatchListing, Query()]) -> BatchList:
    """The newest first, a page at a time."""
    return _batching(request).list(asked, _root(request))


@router.get(
    "/batches/{batch_id}", operation_id="get_batch", summary="One batch", responses=NOT_FOUND | KNOWN | NOT_MODIFIED
)
def one(request: Request, response: Response, batch_id: BatchId) -> BatchAnswer:
    """Status, progress, rate and time left."""
    batch = _batching(request).get(batch_id)
    if batch.active:
        response.headers["Retry-After"] = RETRY_AFTER
    return shown(batch, _root(request))


@router.delete(
    "/batches/{batch_id}",
    operation_id="dismiss_batch",
    summary="Stop or delete a batch",
    responses=NOT_FOUND | OTHER_STATE | KNOWN,
)
def dismiss(request: Request, batch_id: BatchId, asked: Annotated[DismissalQuery, Query()]) -> BatchAnswer:
    """One that is under way is dismissed, what is done stays; one that is over is deleted with its results.

    A batch may end between the look and the call: `only` says which of the two is meant.
    """
    return shown(_batching(request).dismiss(batch_id, asked.only), _root(request))


@router.get(
    "/batches/{batch_id}/events",
    operation_id="watch_batch",
    summary="Follow a batch",
    responses=NOT_FOUND | KNOWN,
    response_class=EventSourceResponse,
)
async def events(
    request: Request,
    batch: Annotated[Batch, Depends(_existing)],
    last_event_id: Annotated[
        str | None, Header(max_length=64, description="The last one seen: not told again.")
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events `progress` whenever it changes, `end` when it is over; the data are those of the batch.

    The first event is the batch as it stands: nothing is lost by connecting again.
    """
    root = _root(request)
    told = last_event_id
    while True:
        state = f"{batch.done}-{batch.status}"
        if told != state or not batch.active:
            name = "progress" if batch.active else "end"
            yield ServerSentEvent(event=name, data=shown(batch, root), id=state)
            told = state
        if not batch.active or not request.app.state.ready:  # the service stops: whoever follows asks again
            return
        if not await request.state.still_allowed():  # the key has ended, or was revoked
            return
        await asyncio.sleep(EVENT_SECONDS)
        try:
            batch = await request.app.state.watching.look(batch.id)
        except ProblemError as error:
            if error.kind == "not-found":
                return


@router.get(
    "/batches/{batch_id}/results",
    operation_id="get_batch_results",
    summary="Results, while it runs too",
    responses=NOT_FOUND | NOT_ACCEPTABLE | KNOWN | {504: PROBLEM_RESPONSES[504]},
    response_class=StreamingResponse,
)
async def results(
    request: Request,
    batch_id: BatchId,
    asked: Annotated[ResultQuery, Query()],
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """A row a site, those that are done so far: JSON Lines (`BatchResult`), CSV, GeoJSON, GeoParquet or XLSX."""
    batching = _batching(request)
    form = chosen(accept, asked.f, MEDIA)
    ranking = Ranking(asked.order == "rank", asked.rank_by, asked.descending, asked.status, asked.limit, asked.after)
    batch, found = await anyio.to_thread.run_sync(_found, batching, batch_id, ranking)
    headers = {
        "Vary": "Accept",
        "Content-Disposition": f'attachment; filename="{batch.id}.{form}"',
        "X-Content-Type-Options": "nosniff",
    }
    if form in TEXTS:
        return StreamingResponse(TEXTS[form](found), media_type=MEDIA[form], headers=headers)
    workers: Workers = request.app.state.exports
    file = await workers.run(_exported, batching, found, form)
    return FileResponse(file, media_type=MEDIA[form], headers=headers, background=BackgroundTask(file.unlink))


def _found(batching: Batching, batch_id: str, ranking: Ranking) -> tuple[Batch, Results]:
    """The batch, and the rows of it that were asked for."""
    batch = batching.get(batch_id)
    return batch, reachable(batching.office, Results, batching.office.database, batch, ranking)


def _exported(batching: Batching, found: Results, form: str) -> File:
    """A new file with the results. Raises ProblemError, and Stopped where it is no longer wanted; it is gone then."""
    with NamedTemporaryFile(suffix=f".{form}", delete=False) as kept:
        file = File(kept.name)
    try:
        reachable(batching.office, FILES[form], found, file)
    except export_files.TooManyRowsError as error:
        file.unlink()
        detail = f"a sheet holds {export_files.MOST_SHEET_ROWS:,} rows: take another form, or a limit"
        raise wrong_field("/limit", detail, "out_of_range") from error
    except OSError as error:
        file.unlink(missing_ok=True)
        raise ProblemError("storage-full", "The file could not be written; CSV and JSON Lines need no disk.") from error
    except BaseException:
        file.unlink(missing_ok=True)  # the database went away half way, the caller left, or a bug
        raise
    return file
