"""What a worker does: the sites of one chunk, one after the other, each by the use case of a single assessment."""

import gc
import logging
import os
import signal
import threading
from collections.abc import Mapping
from multiprocessing import parent_process
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from geodata import user_data
from geodata.datasets import data_version
from service.access.tenants import DEFAULT_TENANT, acting_for
from service.answer.version import MODEL_VERSION
from service.case import facts
from service.http.problems import ProblemError, number_wrong, titled
from service.http.wrong_fields import field_problems
from service.jobs.chunking import unpacked
from service.jobs.headline import headline
from service.jobs.records import Row
from service.jobs.requests import whole
from service.operation import logs
from service.operation.allocator import keep_freed_memory
from service.schemas.assessment import AssessmentRequest
from service.schemas.site import Point
from service.settings import Settings
from service.supply.weather import use
from service.uses.assess import assess

log = logging.getLogger("sitewatt")


class OtherDataError(Exception):
    """A worker of a cluster has other models or data than the service that asks it."""


def versions() -> tuple[str, str]:
    """Of models and data in this process."""
    return MODEL_VERSION, data_version()


def begin(settings: Settings) -> None:
    """Make this process a worker: settings, one thread, tables in memory; it ends when its parent does."""
    from threadpoolctl import threadpool_limits

    parent = parent_process()
    if parent is not None:
        # Ctrl-C reaches a terminal's whole group; inside a kernel it would look like a site that failed
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    keep_freed_memory()
    threadpool_limits(1)  # a worker for each processor: more threads would only wait for each other
    logs.configure(settings.log_format, settings.log_level)
    use(settings)
    if settings.data_dir is not None:
        user_data.use(settings.data_dir)
    facts.load()
    gc.collect()
    gc.freeze()  # looking through the tables again and again is a twentieth of a site's time


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def begun() -> int:
    """The process's number; that it answers says that `begin` has run."""
    return os.getpid()


def run_chunk(
    payload: bytes, defaults: dict[str, Any], expected: tuple[str, str], tenant: str = DEFAULT_TENANT
) -> list[Row]:
    """Results of all sites of a chunk; what cannot be assessed is a row with its problem.

    Raises OtherDataError where models or data are not those of whoever asks. Uploads are found among
    those of `tenant`.
    """
    if versions() != expected:
        raise OtherDataError(f"this worker has {versions()}, the service {expected}")
    with acting_for(tenant):
        return [_row(site, defaults) for site in unpacked(payload)]


def _row(site: Mapping[str, Any], defaults: Mapping[str, Any]) -> Row:
    number, site_id, place = site["number"], site["site_id"], None
    try:
        request = AssessmentRequest.model_validate(whole(defaults, site["site"], site.get("overrides", {})))
        place = _point(request)
        answer = assess(request)
    except ValidationError as error:  # checked before it was stored; a newer version may see it otherwise
        located = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        wrong = [item.model_dump() for item in field_problems(RequestValidationError(located))]
        return failed(number, site_id, place, titled("invalid-request", number_wrong(len(wrong)), wrong))
    except ProblemError as error:
        wrong = [item.model_dump() for item in error.errors]
        return failed(number, site_id, place, titled(error.kind, error.detail, wrong))
    except Exception:
        log.exception("site %d of a batch failed", number)
        return failed(number, site_id, place, titled("internal-error", "Something broke on our side; it was logged."))
    return Row(number, site_id, answer.place.latitude, answer.place.longitude, headline(answer), None)


def failed(number: int, site_id: str, place: tuple[float, float] | None, problem: dict[str, Any]) -> Row:
    """The row of a site without an answer; `place` is latitude and longitude."""
    latitude, longitude = place or (None, None)
    return Row(number, site_id, latitude, longitude, None, problem)


def _point(request: AssessmentRequest) -> tuple[float, float]:
    location = request.site.location
    if isinstance(location, Point):
        return location.coordinates[1], location.coordinates[0]
    inside = request.site.geometry().representative_point()
    return inside.y, inside.x
