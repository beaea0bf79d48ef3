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


# Headers of LeadIT's sheet `3. All Projects`, the fifth row, as public code reads the file of September 2026; the
# values are made up, but for the number of Global Energy Monitor's plant at Raahe.
LEADIT = [
    ["Internal ID", "Project name", "Company", "Continent", "Country", "Location (specific)", "Qualified for Tracker",
     "Reason for Disqualification/Qualification", "Technology category", "Specific equipment used", "Project scale",
     "Project status", "Planned commissioning", "Actual start year (yyyy)", "GEM Production plant", "GEM Plant ID"],
    ["GST-001", "Not available", "A Steel", "Europe", "Finland", "Raahe", "Yes", "", "EAF", "EAF", "Full scale",
     "Announced", "2028-2030", None, "SSAB Raahe steel plant", "P100000120468"],
    ["GST-002", "Pilot Two", "B Steel", "Europe", "Sweden", "Lulea", "Yes", "", "H-DR", "Shaft furnace", "Pilot",
     "Operational", 2020, 2021, "", ""],
    ["GST-003", "Hydrogen Three", "C Gas", "Europe", "Norway", "Narvik", "No", "Not explicitly for steel", "H2", "",
     "Full scale", "Announced", 2027, None, "", ""],
    ["GST-004", "Stopped Four", "D Steel", "Europe", "Germany", "Bremen", "Yes", "", "H-DR", "", "Full scale",
     "Paused/Postponed", "Not stated", None, "", ""],
]  # fmt: skip
# The year before, with places and sizes.
LEADIT_2025 = [
    ["Internal ID", "Justification", "Project name", "Project scale", "Year to be online", "Technology to be used",
     "Company", "Potential Partners", "Company type", "Project type", "Company has climate goals?", "Production plant",
     "Updated GEM Plant ID", "GEM wiki page link", "Latitude", "Longitude", "Coordinate accuracy", "Continent",
     "Country", "Iron production capacity (million tonnes per year)",
     "Steel production capacity (million tonnes per year)", "Project status", "Actual start year"],
    ["GST-001", "", "One", "Full scale", 2030, "H-DR", "A", "", "", "", "Yes", "", "", "", 65.8, 21.7, "exact",
     "Europe", "Sweden", 2.1, 2.5, "Under construction", None],
    ["GST-002", "", "Two", "Full scale", 2028, "H-DR", "B", "", "", "", "Yes", "", "", "", 24.5, 54.5, "exact",
     "Asia", "Oman", 2.0, "Not stated", "Announced", None],
]  # fmt: skip
# Global Energy Monitor's own workbook: plants on one sheet, a row for each status on another; headers of March 2025.
GEM_PLANTS = [
    ["Plant ID", "Plant name (English)", "Owner", "Country/Area", "Region", "Coordinates", "Coordinate accuracy",
     "Main production equipment", "Start date"],
    ["P1", "One steel plant", "A", "Sweden", "Europe", "65.8, 21.7", "exact", "DRI; EAF", 2028],
    ["P2", "Two steel plant", "B", "Germany", "Europe", "51.5, 6.7", "exact", "BF; BOF", 1960],
    ["P3", "Three steel plant", "C", "Oman", "Asia", "24.5, 54.5", "exact", "DRI", "unknown"],
]  # fmt: skip
GEM_CAPACITIES = [
    ["Plant ID", "Plant name (English)", "Country/Area", "Status", "Start date", "Nominal crude steel capacity (ttpa)",
     "Nominal BOF steel capacity (ttpa)", "Nominal EAF steel capacity (ttpa)", "Nominal iron capacity (ttpa)"],
    ["P1", "One steel plant", "Sweden", "construction", 2028, 2500, None, 2500, 2100],
    ["P2", "Two steel plant", "Germany", "announced", 2030, 2300, None, 2300, "unknown"],
    ["P2", "Two steel plant", "Germany", "operating", 1960, 9000, 9000, None, 8000],
    ["P2", "Two steel plant", "Germany", "operating pre-retirement", 1970, 1000, 1000, None, 900],
    ["P3", "Three steel plant", "Oman", "announced", "unknown", "N/A", None, None, 1800],
]  # fmt: skip
# Headers of its Global Cement and Concrete Tracker, July 2025.
GEM_CEMENT = [
    ["GEM Plant ID", "GEM Asset name (English)", "Asset name (other language)", "SFI ID", "LeadIT Project ID",
     "Coordinates", "Coordinate accuracy", "Municipality", "Subnational unit", "Country/Area",
     "Cement Capacity (millions metric tonnes per annum)", "Clinker Capacity (millions metric tonnes per annum)",
     "Majority Cement Type", "Operating status", "Start date", "Owner name (English)", "Plant type", "Production type"],
    ["P9", "Works of Z", "", "", "", "48.1, 11.5", "exact", "Z", "Bavaria", "Germany", 1.5, 1.1, "Portland",
     "operating", 1961, "Z AG", "integrated", "dry"],
    ["P8", "Mill of Y", "", "", "", "48.2, 11.6", "exact", "Y", "Bavaria", "Germany", ">0", "n/a", "Portland",
     "announced", "TBD", "Y AG", "grinding", "n/a"],
]  # fmt: skip


@needs_shared
@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize(
    ("file", "kind", "count"),
    [
        ("gem_iron_steel_2025-03-25.csv", "gem", 1204),
        ("SFI-Global-Cement-Database-July-2021.xlsx", "sfi", 3117),
        ("iea_hydrogen_projects_2023_via_hexamya.csv", "iea", 1990),
    ],
)
def test_public_trackers_import_whole(file: str, kind: str, count: int) -> None:
    """The files as their publishers wrote them, through the user's own importer: every row, the format recognised."""
    before = len(ProjectIndex.load().find()[0])
    layer, read = add_projects("own", str(SHARED / "data" / "industry" / file))
    assert (read.format, len(read.projects), read.failed) == (kind, count, [])
    assert layer.counts["projects"] == count
    index = ProjectIndex.load()
    assert len(index.find()[0]) == before  # each is shipped already, and not listed twice
    assert sum(index.project(int(row)).dataset == "own v1" for row in index.find()[0]) == count


def test_leadits_sheet_of_all_projects(tmp_path: Path) -> None:
    path = workbook(tmp_path / "leadit.xlsx", LEADIT, above=4)
    read = read_tracker(Path(path))
    assert read.format == "leadit"
    assert read.failed == [(3, "the tracker does not count it: Not explicitly for steel")]
    projects = read.projects
    assert projects.name == ["A Steel", "Pilot Two", "Stopped Four"]
    assert projects.project_id == ["GST-001", "GST-002", "GST-004"]
    assert projects.stage == ["announced", "operational", "announced"]
    assert projects.technology == ["EAF", "H-DR", "H-DR"]
    assert list(projects.year[:2]) == [2028.0, 2021.0]
    assert np.isnan(projects.year[2])
    raahe = next(p for p in map(ProjectIndex.load().project, ProjectIndex.load().find(country="FIN", sector="steel")[0])
                 if p.project_id == "P100000120468")  # fmt: skip
    assert tuple(projects.places[0]) == pytest.approx((raahe.longitude, raahe.latitude))
    assert np.isnan(projects.places[1:]).all()


def test_leadits_sheet_with_places_and_sizes(tmp_path: Path) -> None:
    read = read_tracker(Path(workbook(tmp_path / "leadit.xlsx", LEADIT_2025, above=3)))
    assert (read.format, read.failed) == ("leadit", [])
    assert list(read.projects.capacity_t_per_year) == [2.5e6, 2.0e6]  # iron where steel is not stated
    assert read.projects.stage == ["financed", "announced"]
    assert list(read.projects.year) == [2030.0, 2028.0]


@pytest.mark.parametrize("key", ["Plant ID", "GEM plant ID"])
def test_global_energy_monitors_workbook_of_two_sheets(tmp_path: Path, key: str) -> None:
    """Plants of the first sheet, status and sizes of the second: what runs, 9 + 1 Mt, before what is announced."""
    book = openpyxl.Workbook()
    book.active.title = "About"
    for title, rows in (("Plant data", GEM_PLANTS), ("Plant capacities and status", GEM_CAPACITIES)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([key if cell == "Plant ID" else cell for cell in row])
    book.save(tmp_path / "gem.xlsx")
    read = read_tracker(tmp_path / "gem.xlsx")
    assert (read.format, read.failed) == ("gem", [])
    projects = read.projects
    assert projects.project_id == ["P1", "P2", "P3"]
    assert projects.status == ["construction", "operating", "announced"]
    assert list(projects.capacity_t_per_year) == [2.5e6, 10e6, 1.8e6]
    assert [tuple(place) for place in projects.places] == [(21.7, 65.8), (6.7, 51.5), (54.5, 24.5)]


def test_global_energy_monitors_cement_is_no_steel(tmp_path: Path) -> None:
    read = read_tracker(Path(workbook(tmp_path / "cement.xlsx", GEM_CEMENT, above=0)))
    assert (read.format, read.failed) == ("gem-cement", [])
    assert set(read.projects.sector) == {"cement"}
    assert read.projects.capacity_t_per_year[0] == 1.5e6
    assert np.isnan(read.projects.capacity_t_per_year[1])
    assert read.projects.stage == ["operational", "announced"]
    assert read.projects.owner == ["Z AG", "Y AG"]


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
