"""Rows against the defaults of their batch, chunks of neighbours, points over a region."""

import numpy as np
import pytest
import shapely

from geodata.sea import LandMap
from geodata.search.ellipsoid import geodesic_m
from service.jobs.checking import BadRow, RowCheck, defaults_errors, plain
from service.jobs.chunking import SiteRow, in_chunks, row_text, unpacked
from service.jobs.region import most_points, points_over
from service.jobs.requests import whole

STEEL = {"id": "steel-h2-dri-eaf", "capacity_t_per_year": 1e6}
POINT = {"type": "Point", "coordinates": [20.0, 10.0]}


def codes(row: object, defaults: dict[str, object] | None = None) -> set[tuple[str, str]]:
    found = RowCheck({"process": STEEL} if defaults is None else defaults).check(3, row)
    assert isinstance(found, BadRow)
    assert found.number == 3
    return {(error.pointer, error.code) for error in found.errors}


def test_a_good_row() -> None:
    found = RowCheck({"process": STEEL}).check(1, {"location": POINT, "process": {"utilisation": 0.8}})
    assert isinstance(found, SiteRow)
    assert (found.latitude, found.longitude) == (10.0, 20.0)
    ((_, payload),) = in_chunks([found], 4)
    (site,) = unpacked(payload)
    assert site["site_id"] == "1"
    request = whole({"process": STEEL}, site["site"], site["overrides"])
    assert request == {"site": {"location": POINT}, "process": {**STEEL, "utilisation": 0.8}}


def test_everything_wrong_with_a_row_is_named_at_once() -> None:
    row = {
        "site_id": "",
        "location": {"type": "Point", "coordinates": [200.0, 10.0]},
        "country": "Germany",
        "process": {"utilisation": 2.0, "capacity_mw": 5.0},
        "supply": {"clean_share": -1.0},
        "colour": "red",
    }
    assert codes(row) >= {
        ("/site_id", "wrong_type"),
        ("/location/coordinates/0", "out_of_range"),
        ("/process/utilisation", "out_of_range"),
        ("/supply/clean_share", "out_of_range"),
        ("/colour", "unknown_field"),
    }
    assert codes([1]) == {("", "wrong_type")}
    assert codes({"location": POINT}, {}) == {("/process", "missing")}
    assert codes({"location": {"type": "Point", "coordinates": [float("nan"), 1e999]}}) >= {
        ("/location/coordinates/0", "not_finite")
    }
    assert ("/options/hourly", "conflict") in codes({"location": POINT, "options": {"hourly": True}})


def test_a_site_id_stands_once() -> None:
    check = RowCheck({"process": STEEL})
    assert isinstance(check.check(1, {"site_id": "a", "location": POINT}), SiteRow)
    again = check.check(2, {"site_id": "a", "location": POINT})
    assert isinstance(again, BadRow)
    assert "row 1" in again.errors[0].detail


def test_another_process_takes_nothing_of_the_default_one() -> None:
    own = {"process": {"id": "ammonia"}, "supply": {"grid": {"connected": True}}}
    request = whole({"process": STEEL, "supply": {"clean_share": 0.9, "grid": {"export_price": 1}}}, {}, own)
    assert request["process"] == {"id": "ammonia"}
    assert request["supply"] == {"clean_share": 0.9, "grid": {"export_price": 1, "connected": True}}


def test_defaults_are_checked() -> None:
    errors = defaults_errors({"process": {"id": "nothing"}, "site": {}, "finance": {"wacc": 2.0}})
    assert {(error.pointer, error.code) for error in errors} >= {
        ("/site", "unknown_field"),
        ("/finance/wacc", "out_of_range"),
    }
    assert any(error.pointer == "/process/id" for error in errors)


def test_neighbours_share_a_chunk() -> None:
    draw = np.random.default_rng(1)
    centres = draw.uniform([-60.0, -170.0], [60.0, 170.0], (20, 2))
    places = (centres[:, None] + draw.uniform(0.0, 0.2, (20, 8, 2))).reshape(-1, 2)[draw.permutation(160)]
    rows = [SiteRow(n, y, x, row_text(n, str(n), {"at": [y, x]}, {})) for n, (y, x) in enumerate(places.tolist(), 1)]
    chunks = in_chunks(rows, 8)
    assert sum(size for size, _ in chunks) == 160
    spread = [np.ptp([site["site"]["at"] for site in unpacked(payload)], axis=0).max() for _, payload in chunks]
    assert np.median(spread) < 1.0  # of places that lie up to 340 degrees apart


def test_points_over_a_region() -> None:
    area = shapely.box(13.0, 53.0, 15.0, 54.0)
    places = points_over(area, 10.0, land_only=False)
    assert shapely.contains_xy(area, *places.T).all()
    # 111.2 km by 132 to 134 km at 10 km each: 11 rows of 13
    assert len(places) == pytest.approx(1.112e2 / 10 * 1.33e2 / 10, rel=0.08)
    assert len(places) <= most_points(area, 10.0)
    first = places[0]
    apart = geodesic_m(np.broadcast_to(first, places[1:].shape), places[1:]) / 1000.0
    assert apart.min() == pytest.approx(10.0, rel=0.01)
    coast = shapely.box(11.0, 53.5, 14.0, 55.0)
    on_land = points_over(coast, 10.0, land_only=True)
    assert 0 < len(on_land) < len(points_over(coast, 10.0, land_only=False))
    assert LandMap.load().land.contain(on_land).all()
    assert len(points_over(shapely.box(13.0, 53.0, 13.001, 53.001), 100.0, land_only=False)) == 1


def test_texts_that_no_database_takes() -> None:
    for site_id in ("a\0b", "\ud800", "a\nb"):
        assert codes({"site_id": site_id, "location": POINT}) == {("/site_id", "wrong_type")}
    assert plain("/\ud800\0é") == "/\\ud800\\x00\\xe9"
    assert [error.code for error in defaults_errors({"finance": {"costs": {}}, "process": {**STEEL}})] == []
    odd = {"process": STEEL, "supply": {"remote": [{"name": "\ud800"}]}}
    assert defaults_errors(odd) != []
