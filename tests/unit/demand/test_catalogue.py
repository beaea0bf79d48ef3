"""The catalogue: every figure sourced, agreeing with the reference table, and mistakes in a file found by name."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.demand.catalogue import DATA, CapacityUnit, Process, Step, catalogue, find_process
from models.demand.errors import CatalogueError, UnknownProcess
from models.demand.loader import load_process
from models.demand.shares import conventional_share
from models.figure import Figure, Status
from tests.shared import SHARED, needs_shared

FILES = [pytest.param(path, id=path.stem) for path in sorted(DATA.glob("*.yaml"))]
BY_ID = [pytest.param(process, id=process.id) for process in catalogue().values()]


def mappings(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping of a document with its place."""
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            yield from mappings(value, f"{place}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from mappings(value, f"{place}[{index}]")


@pytest.mark.parametrize("path", FILES)
def test_every_figure_has_unit_source_and_status(path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    for place, mapping in mappings(document):
        if "central" in mapping:
            assert mapping["low"] <= mapping["central"] <= mapping["high"], place
            assert len(mapping["source"]) > 10, place
            assert mapping["unit"], place
            assert mapping["status"] in ("read", "derived", "recalled"), place
        if "parameter" in mapping:
            assert mapping["source"], place
            assert Status(mapping["status"]), place


@pytest.mark.parametrize("path", FILES)
def test_sources_are_documents_not_tables_of_our_own(path: Path) -> None:
    # A source that is one of our own tables is no source.
    assert ".csv" not in path.read_text(encoding="utf-8")


def test_the_public_ids_are_there() -> None:
    metals = (
        "steel-h2-dri-eaf steel-scrap-eaf iron-h2-dri steel-moe steel-electrowinning aluminium aluminium-inert-anode"
    )
    others = "alumina ammonia methanol hydrogen cement lime e-kerosene chlor-alkali olefins-electric-cracker glass"
    users = "process-heat food-beverage data-centre desalination truck-depot port-shore-power custom"
    needed = f"{metals} {others} pulp-paper copper lithium silicon {users}".split()
    assert sorted(needed) == sorted(catalogue())
    for power_user in ("process-heat", "data-centre", "truck-depot", "port-shore-power"):
        assert find_process(power_user).capacity_unit is CapacityUnit.MW
    assert find_process("desalination").capacity_unit is CapacityUnit.M3_PER_DAY
    assert find_process("custom").default_capacity is None


def test_an_unknown_process_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownProcess, match=r"did you mean steel-h2-dri-eaf\?") as caught:
        find_process("steel_h2_dri")
    assert set(caught.value.valid_ids) == set(catalogue())


@pytest.mark.parametrize("process", BY_ID)
def test_one_option_of_each_group_stands_for_it(process: Process) -> None:
    chosen_by = {
        target
        for parameter in process.parameters
        for effect in parameter.effects
        if effect.kind == "choose"
        for target in effect.targets
    }
    assert chosen_by == set(process.defaults_by_group), "a group nobody can choose from, or the other way about"


RAW_IDS = {
    "steel-h2-dri-eaf": "steel_h2dri_eaf",
    "ammonia": "ammonia_green",
    "aluminium": "aluminium_primary",
    "alumina": "alumina_refining",
    "hydrogen": "h2_electrolysis",
    "methanol": "methanol_e",
    "cement": "cement_electric_ccs",
    "steel-moe": "steel_moe",
    "steel-electrowinning": "steel_electrowinning_eaf",
    "aluminium-inert-anode": "aluminium_primary",
    "lime": "lime_electric",
    "e-kerosene": "kerosene_e_ft",
    "chlor-alkali": "chlor_alkali_membrane",
    "olefins-electric-cracker": "olefins_electric_cracker",
    "pulp-paper": "pulp_paper",
    "copper": "copper",
    "lithium": "lithium",
    "silicon": "silicon",
    "data-centre": "data_centre",
    "desalination": "desalination",
}
# Finishing of steel and what captures CO2 are the same steps wherever they stand, and are stated once in the table.
ALSO_FROM = {
    "steel-moe": ["steel_h2dri_eaf"],
    "steel-electrowinning": ["steel_h2dri_eaf"],
    "e-kerosene": ["methanol_e"],
    "lime": ["cement_electric_ccs"],
}
MWH_PER_UNIT = {"MWh": 1.0, "MWh_th": 1.0, "GJ": 1 / 3.6, "kWh": 1e-3, "kg": 1.0}


def triple(figure: Figure) -> tuple[float, float, float]:
    assert figure.low is not None
    assert figure.high is not None
    return figure.low, figure.value, figure.high


@needs_shared
@pytest.mark.parametrize(("process_id", "raw_id"), RAW_IDS.items())
def test_steps_agree_with_the_reference_table(process_id: str, raw_id: str) -> None:
    with (SHARED / "reference" / "process_steps.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["process"] in (raw_id, *ALSO_FROM.get(process_id, ()))]
    known = []
    for row in rows:
        scale = MWH_PER_UNIT.get(row["unit"].partition("/")[0])
        # Hydrogen's own table is per kg of product, the catalogue's per t.
        scale = 1.0 if raw_id == "h2_electrolysis" else scale
        if scale is not None and not row["step"].startswith("total"):
            known.append([float(row[column]) * scale for column in ("low", "central", "high")])

    def in_table(step: Step) -> bool:
        return any(triple(step.figure) == pytest.approx(values, rel=3e-3) for values in known)

    strangers = {step.name for step in find_process(process_id).steps if not in_table(step)}
    by_definition = {
        "oxygen_from_electrolyser": 0.0,
        "delivered_co2": 0.0,
        "electrolysis": 1000.0,
        "cold_charge": 0.159,  # cold less hot charge of one source, which the table holds as one range
        "electric_haulage": 1.32,  # of the table's 12 GJ of diesel: 12 / 3.6 x 0.36 / 0.91
    }
    for name in strangers:
        assert find_process(process_id).step(name).figure.value == by_definition[name], name


# The shaft furnace alone: the table has it with its arc furnace. Food: heat of the steps times the table's gas boiler.
NOT_IN_THE_TABLE = {"ng-dri", "milk-powder-gas", "beer-gas", "beet-sugar-gas", "potato-products-gas"}
PER_UNIT_OF_THE_TABLE = {"diesel-trucks": 1.25}  # per MWh in the battery; the table's 1,000 km take 1.25 MWh


def test_routes_beside_the_table_by_hand() -> None:
    (shaft,) = find_process("iron-h2-dri").conventional_routes
    assert shaft.direct_co2.value == pytest.approx(10.4 * 0.0561, rel=1e-3)
    for route in find_process("food-beverage").conventional_routes:
        heat = find_process("food-beverage").step(f"{route.for_option}_heat_boiler").figure
        assert triple(route.direct_co2) == pytest.approx(
            [value * co2 for value, co2 in zip(triple(heat), (0.205, 0.215, 0.22), strict=True)], rel=1e-3
        )
        assert route.fuels_mwh["natural_gas"] == pytest.approx(heat.value * 3.83 / 3.6, rel=1e-3)


@needs_shared
def test_conventional_routes_agree_with_the_reference_table() -> None:
    with (SHARED / "reference" / "conventional_routes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = [
        [float(row[f"direct_co2_t_t{end}"]) for end in ("_low", "", "_high")] + [float(row["electricity_mwh_t"])]
        for row in rows
    ]
    for process in catalogue().values():
        for route in process.conventional_routes:
            if route.id in NOT_IN_THE_TABLE:
                continue
            found = [value * PER_UNIT_OF_THE_TABLE.get(route.id, 1.0) for value in triple(route.direct_co2)]
            found.append(route.electricity.value)
            matching = [
                row
                for row, values in zip(rows, known, strict=True)
                if found == pytest.approx(values, rel=3e-3, abs=1e-9)
            ]
            assert matching, (process.id, route.id)
            shares = [float(row["elec_share_before"]) for row in matching]
            assert any(conventional_share(route) == pytest.approx(share, abs=1.5e-3) for share in shares), route.id


def broken(tmp_path: Path, old: str, new: str, process_id: str = "ammonia") -> list[str]:
    """The errors of a file with one text replaced."""
    text = (DATA / f"{process_id}.yaml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path = tmp_path / f"{process_id}.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_process(path)
    return caught.value.errors


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("central: 178", "central: 17.8", "steps[0].central: must lie between low and high"),
        ("central: 178", "central: .nan", "steps[0].central: must be a finite number"),
        ("unit: kg/t", "unit: g/t", "steps[0].unit: must be kg/t"),
        ("carrier: hydrogen", "carrier: steam", "steps[0].carrier: must be one of electricity, hydrogen, heat"),
        ("step: air_separation", "step: electrolysis", "steps and residuals: electrolysis is given twice"),
        ("id: ammonia", "id: nh3", "id: must be the name of the file, ammonia"),
        ("sector:", "colour: green\nsector:", "colour: unknown field"),
        ("default: true\n    source: >-\n      MPP", "source: >-\n      MPP", "exactly one must be the default"),
        ("unit: t/year", "unit: kg/year", "size: must be positive and in t/year"),
        ("status: read", "status: guessed", "status: must be one of read, derived, recalled, given"),
        ("name: Green", "id: x\nname: Green", "key given twice: id"),
        ("steps:", "steps: [", "expected"),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert any(expected in error for error in broken(tmp_path, old, new))


@pytest.mark.parametrize(
    ("process_id", "old", "new", "expected"),
    [
        ("process-heat", "sink: supply_temperature_c", "sink: heater", "source and sink must name number parameters"),
        ("process-heat", "high: 160", "high: 2000", "the limits with heat_pump must lie within its own"),
        ("process-heat", "option: heat_pump\n        low", "option: fire\n        low", "heater has no option fire"),
        (
            "process-heat",
            "    heater: heat_pump",
            "    heater: stove",
            "parameters.thermal_store: heat_pump names no heater",
        ),
        (
            "process-heat",
            "unit: share\n        status",
            "unit: 1\n        status",
            "carnot_fraction.unit: must be a text",
        ),
        ("truck-depot", "hours_per_day: 12", "hours_per_day: 30", "operation.hours_per_day: must lie between 1 and 24"),
        ("truck-depot", "  days_per_week: 6", "  days: 6", "operation.days: unknown field"),
        (
            "food-beverage",
            "option: beer\n      monthly",
            "option: ale\n      monthly",
            "operation.seasons: ale is no option",
        ),
        ("food-beverage", "[0.8, 0, 0,", "[0.8, 0,", "monthly: must be twelve weights"),
        ("food-beverage", "[0.8, 0, 0,", "[x, 0, 0,", "monthly: must be a list of finite numbers"),
        ("food-beverage", "for_option: beer", "for_option: ale", "conventional_routes.beer-gas: ale is no option"),
        ("lime", "unit: h\n", "unit: d\n", "steps[0].flexibility.shift_hours.unit: must be h"),
    ],
)
def test_a_mistake_in_temperatures_hours_or_options_is_named(
    tmp_path: Path, process_id: str, old: str, new: str, expected: str
) -> None:
    errors = broken(tmp_path, old, new, process_id)
    assert any(expected in error for error in errors), errors


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = (DATA / "aluminium.yaml").read_text(encoding="utf-8")
    text = text.replace("central: 14.1", "central: 99", 1).replace("choices: [carbon,", "choices: [coal,", 1)
    path = tmp_path / "aluminium.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_process(path)
    assert [error.partition(":")[0] for error in caught.value.errors] == [
        "steps[0].central",
        "parameters[0].default",
        "parameters.anode",
    ]
