"""From what is sent to a batch that can be stored: every row checked, the good ones in chunks, the bad ones named."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from service.http.problems import FieldProblem, ProblemError, number_wrong, titled
from service.jobs.checking import BadRow, RowCheck, defaults_errors, is_site_id, plain
from service.jobs.chunking import SiteRow, in_chunks
from service.jobs.reading import FileError, RawRow, read_sites
from service.jobs.records import NewBatch, Row
from service.jobs.region import most_points, points_over, sites_at
from service.operation.call import check as stop_here
from service.schemas.batches import BatchOrder, Region
from service.schemas.site import area_of

READ_AT_ONCE = 1_000_000
MOST_KEPT = 100_000  # wrong fields of all rows; beyond, the first of each row


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one batch, and of one of its chunks."""

    sites: int
    chunk: int


@dataclass(frozen=True, slots=True)
class Intake:
    """A batch to store, and the rows that were left out of it."""

    new: NewBatch
    bad: list[BadRow]


def take_sites(sites: list[Any], order: BatchOrder, key: str | None, limits: Limits) -> Intake:
    """Sites sent as JSON. Raises ProblemError naming everything wrong."""
    _check_defaults(order)
    rows = (RawRow(number, site) for number, site in enumerate(sites, 1))
    digest = _digest(order, json.dumps(sites, sort_keys=True).encode())
    return _take(rows, order, key, limits, digest, lambda number: f"/sites/{number - 1}")


def take_region(region: Region, order: BatchOrder, key: str | None, limits: Limits) -> Intake:
    """Points over a region. Raises ProblemError where there would be too many, or none on land."""
    _check_defaults(order)
    area = area_of(region.area)
    if most_points(area, region.spacing_km) > 4.0 * limits.sites:  # its bounds may be emptier than that
        raise _problem([_too_many("/region/spacing_km", limits.sites)])
    places = points_over(area, region.spacing_km, land_only=region.land_only)
    if not len(places):
        raise _problem([_wrong("/region/area", "no point of it is on land; see land_only", "conflict")])
    if len(places) > limits.sites:
        raise _problem([_too_many("/region/spacing_km", limits.sites)])
    rows = (RawRow(number, site) for number, site in sites_at(places))
    digest = _digest(order, region.model_dump_json().encode())
    return _take(rows, order, key, limits, digest, lambda number: f"/rows/{number}")


def take_file(
    file: BinaryIO, mapping: dict[str, str] | None, order: BatchOrder, key: str | None, limits: Limits
) -> Intake:
    """Sites of a file. Raises ProblemError naming everything wrong, rows by their numbers from 1."""
    _check_defaults(order)
    content = hashlib.sha256(json.dumps(mapping, sort_keys=True).encode())
    while block := file.read(READ_AT_ONCE):
        content.update(block)
    file.seek(0)
    try:
        with closing(read_sites(file, mapping)) as rows:  # a reader that is left half way lets go of the file here
            return _take(rows, order, key, limits, _digest(order, content.digest()), lambda number: f"/rows/{number}")
    except FileError as error:
        raise _problem([_wrong(f"/{field}", detail, code) for field, detail, code in error.errors]) from error


def _check_defaults(order: BatchOrder) -> None:
    """Raise ProblemError where they are not sound: rows can only be judged by them, and they be kept."""
    errors = defaults_errors(order.defaults)
    if errors:
        raise _problem([item.model_copy(update={"pointer": f"/defaults{item.pointer}"}) for item in errors])


def _take(
    rows: Iterable[RawRow], order: BatchOrder, key: str | None, limits: Limits, digest: str, pointer: Any
) -> Intake:
    check = RowCheck(order.defaults)
    good: list[SiteRow] = []
    bad: list[BadRow] = []
    kept = 0
    for raw in rows:
        stop_here()  # where the deadline has passed, or the caller left
        if len(good) + len(bad) >= limits.sites:
            raise _problem([_too_many("/sites" if pointer(1).startswith("/sites") else "/file", limits.sites)])
        if raw.problem is not None:
            named = raw.values.get("site_id")
            site_id = named if is_site_id(named) else str(raw.number)
            bad.append(BadRow(raw.number, site_id, [_wrong("", raw.problem, "malformed")]))
            continue
        found = check.check(raw.number, raw.values)
        if isinstance(found, BadRow):
            kept += len(found.errors)
            bad.append(found if kept <= MOST_KEPT else replace(found, errors=found.errors[:1]))
        else:
            good.append(found)
    if not good and not bad:
        raise _problem([_wrong("/sites", "there is no site", "missing")])
    if bad and (order.on_error == "reject" or not good):
        named = [
            item.model_copy(update={"pointer": pointer(row.number) + item.pointer, "site_id": row.site_id})
            for row in bad
            for item in row.errors
        ]
        detail = f"{len(bad):,} of {len(good) + len(bad):,} rows {'is' if len(bad) == 1 else 'are'} wrong."
        raise ProblemError("invalid-request", detail, named)
    return Intake(_batch(good, bad, order, key, limits, digest), bad)


def _batch(
    good: list[SiteRow], bad: list[BadRow], order: BatchOrder, key: str | None, limits: Limits, digest: str
) -> NewBatch:
    return NewBatch(
        defaults=dict(order.defaults),
        chunks=in_chunks(good, limits.chunk),
        failed=[_failed(row) for row in bad],
        digest=digest,
        idempotency_key=key,
        rank_by=order.rank_by,
        descending=order.descending,
        webhook=order.webhook,
    )


def _failed(row: BadRow) -> Row:
    wrong = [{**item.model_dump(), "pointer": plain(item.pointer), "detail": plain(item.detail)} for item in row.errors]
    return Row(row.number, row.site_id, None, None, None, titled("invalid-request", number_wrong(len(wrong)), wrong))


def _digest(order: BatchOrder, content: bytes) -> str:
    return hashlib.sha256(order.model_dump_json().encode() + content).hexdigest()


def _problem(errors: list[FieldProblem]) -> ProblemError:
    count = "1 field is" if len(errors) == 1 else f"{len(errors)} fields are"
    return ProblemError("invalid-request", f"{count} wrong.", errors)


def _too_many(pointer: str, most: int) -> FieldProblem:
    return _wrong(pointer, f"a batch may have at most {most:,} sites here", "too_long")


def _wrong(pointer: str, detail: str, code: str) -> FieldProblem:
    return FieldProblem(pointer=pointer, detail=detail, code=code)
