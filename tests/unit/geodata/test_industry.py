"""Plants and projects: what ships, trackers of the user's, failing rows, counts, peers."""

import csv
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from geodata import user_data
from geodata.industry import ProjectIndex
from geodata.industry.formats import read_tracker, stage_of
from geodata.industry.ingest import add_projects
from geodata.search.ellipsoid import GEOD
from geodata.user_data import LayerError, LayerKind
from tests.shared import SHARED, needs_shared

MPP = [
    ["Project name", "Sector", "Company", "Country", "Stage", "Capacity", "Capacity unit", "Latitude", "Longitude",
     "Expected start date"],
    ["Green Steel One", "Steel", "A", "Sweden", "Announced", 2.5, "Mt/y", 65.8, 21.7, 2030],
    ["Ammonia Two", "Ammonia", "B", "Saudi Arabia", "Financed", 1200, "kt/y", 27.9, 35.2, "2026"],
    ["Aluminium Three", "Aluminium", "C", "Canada", "Operational", 90000, "t", 48.4, -71.1, 2024],
    ["No Country", "Steel", "D", "Atlantis", "Announced", 1, "Mt/y", None, None, None],
    ["", "Steel", "", "Sweden", "Announced", 1, "Mt/y", 60, 15, None],
    ["Off The Globe", "Steel", "E", "Sweden", "Announced", 1, "Mt/y", 600, 15, None],
    ["Odd Unit", "Steel", "F", "Sweden", "Announced", 1, "barrels", 60, 15, None],
    ["No Number", "Steel", "G", "Sweden", "Announced", "lots", "Mt/y", 60, 15, None],
]  # fmt: skip


def workbook(path: Path, rows: list[list[object]], above: int = 3) -> str:
    """A sheet with a title above its header, beside a sheet of notes."""
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book["Read me"].append(["About this tracker", "see the project page"])
    sheet = book.create_sheet("Data")
    for _ in range(above):
        sheet.append(["The tracker"])
    for row in rows:
        sheet.append(row)
    book.save(path)
    return str(path)


@needs_shared
def test_what_ships_is_what_the_files_hold() -> None:
    folder = SHARED / "data" / "industry"
    with (folder / "gem_iron_steel_2025-03-25.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    index = ProjectIndex.load()
    steel, _ = index.find(sector="steel")
    assert len(steel) == len(rows)
    operating = sum(row["plant-status"] in ("operating", "operating-pre-retirement") for row in rows)
    assert len(index.find(sector="steel", stages=["operational"])[0]) == operating
    assert len(index.find(sector="hydrogen")[0]) == 1990
    crude = next(float(row["operating-nominal-crude-steel-capacity-(ttpa)"]) for row in rows if "Jamshedpur" in
                 row["plant-name-(english)"] and row["plant-name-(english)"].startswith("Tata"))  # fmt: skip
    found = next(p for p in map(index.project, steel) if p.name == "Tata Steel Jamshedpur steel plant")
    assert found.capacity_t_per_year == pytest.approx(crude * 1e3)
    assert (found.country, found.stage) == ("IND", "operational")
    assert "Global Energy Monitor" in found.source


def test_nearest_first_and_within_the_radius() -> None:
    index = ProjectIndex.load()
    rows, distance = index.find(place=(51.49, 6.73), radius_km=60.0, sector="steel")
    assert len(rows) >= 3
    assert (np.diff(distance) >= 0.0).all()
    for row, km in zip(rows, distance, strict=True):
        project = index.project(int(row), float(km))
        truth = GEOD.inv(6.73, 51.49, project.longitude, project.latitude)[2] / 1000.0
        assert km == pytest.approx(truth)
        assert km <= 60.0
    everything, _ = index.find(place=(51.49, 6.73), sector="steel")
    assert len(everything) > len(rows)


def test_counts_add_up() -> None:
    index = ProjectIndex.load()
    rows, _ = index.find(country="DEU")
    counts = index.counts(rows)
    assert sum(count.projects for count in counts) == len(rows)
    assert {count.country for count in counts} == {"DEU"}
    by_hand = [row for row in rows if index.project(int(row)).stage == "operational"]
    assert sum(count.projects for count in counts if count.stage == "operational") == len(by_hand)


def test_peers_are_near_in_place_and_size() -> None:
    """A peer as large at 500 km is as unlike as one twice as large next door: the formula, by hand."""
    index = ProjectIndex.load()
    peers = index.peers((51.49, 6.73), "steel", 2.5e6, 8)
    assert len(peers) == 8
    for peer in peers:
        assert peer.sector == "steel"
        assert peer.distance_km is not None
        doublings = 2.0
        if peer.capacity_t_per_year is not None:
            doublings = abs(np.log2(peer.capacity_t_per_year / 2.5e6))
        assert peer.unlikeness == pytest.approx(np.hypot(peer.distance_km / 500.0, doublings))
    unlike = [peer.unlikeness or 0.0 for peer in peers]
    assert unlike == sorted(unlike)


@pytest.mark.usefixtures("data_folder")
def test_a_project_tracker_of_the_users(tmp_path: Path) -> None:
    before = len(ProjectIndex.load().find()[0])
    layer, read = add_projects("mpp", workbook(tmp_path / "mpp.xlsx", MPP), source="MPP Global Project Tracker")
    assert read.format == "mpp"
    assert layer.counts == {"projects": 3, "without a place": 0}
    assert dict(read.failed).keys() == {4, 5, 6, 7, 8}
    reasons = " ".join(reason for _, reason in read.failed)
    for word in ("Atlantis", "no name", "off the globe", "barrels", "'lots'"):
        assert word in reasons
    index = ProjectIndex.load()
    assert len(index.find()[0]) == before + 3
    assert {"ammonia", "aluminium"} <= set(index.sectors)
    found = {index.project(int(row)).name: index.project(int(row)) for row in index.find(place=(65.83, 21.69))[0][:20]}
    one = found["Green Steel One"]
    assert (one.capacity_t_per_year, one.stage, one.country, one.start_year) == (2.5e6, "announced", "SWE", 2030)
    assert (one.source, one.dataset) == ("MPP Global Project Tracker", "mpp v1")
    financed = index.project(int(index.find(sector="ammonia", stages=["financed"])[0][0]))
    assert financed.capacity_t_per_year == 1.2e6
    user_data.remove(LayerKind.PROJECTS, "mpp")
    assert len(ProjectIndex.load().find()[0]) == before


@pytest.mark.usefixtures("data_folder")
def test_columns_of_other_names_are_mapped_and_plants_not_listed_twice(tmp_path: Path) -> None:
    path = tmp_path / "green.csv"
    path.write_text(
        "Company;Plant;Where;Green steel;Phase;Size (Mt);Lat;Lon;Year online\n"
        "thyssenkrupp;tkH2Steel;Germany;yes;Under construction;2,3;51.4916;6.7331;2028\n".replace("2,3", "2.3")
    )
    with pytest.raises(LayerError, match="no column for name"):
        read_tracker(path, "leadit")
    columns = {"name": "Plant", "country": "Where", "status": "Phase", "capacity": "Size (Mt)"}
    before = ProjectIndex.load()
    old = [before.project(int(row)).name for row in before.find(place=(51.4916, 6.7331), radius_km=1.0)[0]]
    assert "ThyssenKrupp Steel Duisburg steel plant" in old
    _, read = add_projects("leadit", str(path), columns=columns)
    assert read.format == "leadit"
    index = ProjectIndex.load()
    now = [index.project(int(row)) for row in index.find(place=(51.4916, 6.7331), radius_km=1.0)[0]]
    assert [project.name for project in now] == ["tkH2Steel"]
    assert (now[0].stage, now[0].capacity_t_per_year) == ("financed", 2.3e6)
    with pytest.raises(LayerError, match="no field"):
        read_tracker(path, "leadit", {**columns, "colour": "Plant"})
    with pytest.raises(LayerError, match="no column 'Absent'"):
        read_tracker(path, "leadit", {**columns, "year": "Absent"})


def test_files_that_are_no_tracker(tmp_path: Path) -> None:
    noise = tmp_path / "noise.xlsx"
    noise.write_bytes(b"PK\x03\x04 not a workbook")
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    nobody = tmp_path / "nobody.csv"
    nobody.write_text("Project name,Sector,Country,Status\nX,Steel,Atlantis,Announced\n")
    for path, message in ((noise, "cannot be read"), (other, "which tracker"), (nobody, "no row"),
                          (tmp_path / "absent.csv", "there is no file")):  # fmt: skip
        with pytest.raises(LayerError, match=message):
            read_tracker(path)
    with pytest.raises(LayerError, match="the format is one of"):
        read_tracker(other, "excel")


@pytest.mark.parametrize(
    ("word", "stage"),
    [("Announced", "announced"), ("FID/Construction", "financed"), ("under  Construction", "financed"),
     ("Operational", "operational"), ("DEMO", "operational"), ("Cancelled", "closed"), ("dreamt", "unknown")],
)  # fmt: skip
def test_stages(word: str, stage: str) -> None:
    assert stage_of(word) == stage
