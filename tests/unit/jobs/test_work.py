"""A chunk is worked on for the tenant whose batch it is of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.access.tenants import acting_for, tenant_in_use
from service.jobs import work
from service.jobs.chunking import SiteRow, in_chunks, row_text
from service.jobs.database import Database
from service.jobs.leases import Leases
from service.jobs.records import NewBatch
from service.jobs.store import Store
from service.settings import Settings
from service.supply.weather import settings_in_use, uploads, use
from tests.made_files import made_year

DEFAULTS = {
    "process": {"id": "custom", "load_mw": 10.0},
    "supply": {"technologies": ["pv_tracking", "battery"], "clean_share": 0.5, "radius_km": 0},
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[None]:
    before = settings_in_use()
    use(Settings(data_folder=tmp_path))
    yield
    use(before)


def test_the_upload_of_a_tenant_is_found_for_its_own_batches_alone(tmp_path: Path) -> None:
    year = made_year()
    with acting_for("ours"):
        weather = {"source": f"upload:{uploads().add(year).weather_id}"}
    site = {"location": {"type": "Point", "coordinates": [year.longitude, year.latitude]}}
    row = SiteRow(1, year.latitude, year.longitude, row_text(1, "a", site, {"weather": weather}))
    database = Database(f"sqlite:///{tmp_path / 'batches.sqlite'}")
    database.migrate()
    for tenant, status in (("ours", "ok"), ("theirs", "failed")):
        Store(database, tenant).create(NewBatch(DEFAULTS, in_chunks([row], 1), [], "d"))
        (lease,) = Leases(database, "runner", 60.0).claim(1)
        assert lease.tenant == tenant
        (found,) = work.run_chunk(lease.payload, lease.defaults, work.versions(), lease.tenant)
        assert found.status == status, found.problem
    assert found.problem is not None
    assert found.problem["errors"][0]["pointer"].startswith("/weather")
    assert tenant_in_use() == "default"
    database.close()
