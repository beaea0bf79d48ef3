"""Every wrong field of a process is named at once, whatever types come in."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.demand.catalogue import catalogue
from models.demand.parameters import check_process_input

STEEL = "steel-h2-dri-eaf"


def codes(process_id: object, **inputs: Any) -> dict[str, str]:
    return {error.field: error.code for error in check_process_input(process_id, **inputs)}


@pytest.mark.parametrize("process_id", [item for item in catalogue() if item != "custom"])
def test_the_defaults_are_well(process_id: str) -> None:
    process = catalogue()[process_id]
    defaults = {parameter.name: parameter.default for parameter in process.parameters}
    field = {"t_per_year": "capacity_t_per_year", "mw": "capacity_mw", "m3_per_day": "capacity_m3_per_day"}
    size = {field[process.capacity_unit]: process.default_capacity}
    inputs: dict[str, Any] = {"utilisation": process.default_utilisation, "parameters": defaults, **size}
    assert check_process_input(process_id, **inputs) == []
    assert check_process_input(process_id) == []


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"capacity_t_per_year": -1.0}, {"capacity_t_per_year": "out_of_range"}),
        ({"capacity_t_per_year": 0.0}, {"capacity_t_per_year": "out_of_range"}),
        ({"capacity_t_per_year": math.nan}, {"capacity_t_per_year": "out_of_range"}),
        ({"capacity_t_per_year": math.inf}, {"capacity_t_per_year": "out_of_range"}),
        ({"capacity_t_per_year": "2"}, {"capacity_t_per_year": "wrong_type"}),
        ({"capacity_t_per_year": True}, {"capacity_t_per_year": "wrong_type"}),
        ({"capacity_mw": 5.0}, {"capacity_mw": "wrong_unit"}),
        ({"utilisation": 0.0}, {"utilisation": "out_of_range"}),
        ({"utilisation": 1.01}, {"utilisation": "out_of_range"}),
        ({"utilisation": [1]}, {"utilisation": "wrong_type"}),
        ({"parameters": []}, {"parameters": "wrong_type"}),
        ({"parameters": {"scrap_share": 1.2}}, {"parameters.scrap_share": "out_of_range"}),
        ({"parameters": {"scrap_share": math.nan}}, {"parameters.scrap_share": "out_of_range"}),
        ({"parameters": {"scrap_share": True}}, {"parameters.scrap_share": "wrong_type"}),
        ({"parameters": {"scrap": 0.1}}, {"parameters.scrap": "unknown_parameter"}),
        ({"parameters": {"rolling": 1}}, {"parameters.rolling": "wrong_type"}),
        ({"parameters": {"reheating": "steam"}}, {"parameters.reheating": "unknown_value"}),
        ({"parameters": {"reheating": None}}, {"parameters.reheating": "wrong_type"}),
        ({"load_mw": 1.0}, {"load_mw": "not_applicable"}),
        (
            {"capacity_mw": 1.0, "utilisation": 2.0, "parameters": {"a": 1, "scrap_share": -1}, "load_mw": []},
            {
                "capacity_mw": "wrong_unit",
                "utilisation": "out_of_range",
                "parameters.a": "unknown_parameter",
                "parameters.scrap_share": "out_of_range",
                "load_mw": "not_applicable",
            },
        ),
    ],
)
def test_wrong_fields_of_a_process(inputs: dict[str, Any], expected: dict[str, str]) -> None:
    assert codes(STEEL, **inputs) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, {"load_mw": "missing"}),
        ({"load_mw": 1.0}, {}),
        ({"hydrogen_kg_per_hour": [1.0] * 8784}, {}),
        ({"load_mw": -1.0}, {"load_mw": "out_of_range"}),
        (
            {"load_mw": 0.0, "hydrogen_kg_per_hour": 0},
            dict.fromkeys(("load_mw", "hydrogen_kg_per_hour"), "out_of_range"),
        ),
        ({"load_mw": [0.0] * 8760}, {"load_mw": "out_of_range"}),
        ({"load_mw": [1.0] * 8761}, {"load_mw": "wrong_length"}),
        ({"load_mw": "1"}, {"load_mw": "wrong_type"}),
        ({"load_mw": [1.0] * 8759 + [math.nan]}, {"load_mw.8759": "out_of_range"}),
        ({"load_mw": ["a"] + [1.0] * 8759}, {"load_mw.0": "wrong_type"}),
        ({"load_mw": [1.0] * 8760, "hydrogen_kg_per_hour": [1.0] * 8784}, {"hydrogen_kg_per_hour": "conflict"}),
        ({"load_mw": 1.0, "capacity_mw": 1.0}, {"capacity_mw": "not_applicable"}),
        ({"load_mw": 1.0, "parameters": {"x": 1}}, {"parameters.x": "unknown_parameter"}),
    ],
)
def test_wrong_fields_of_a_custom_load(inputs: dict[str, Any], expected: dict[str, str]) -> None:
    assert codes("custom", **inputs) == expected


@pytest.mark.parametrize(
    ("process_id", "code"), [("alchemy", "unknown_process"), (None, "wrong_type"), (7, "wrong_type")]
)
def test_a_wrong_id(process_id: object, code: str) -> None:
    assert codes(process_id, utilisation=5.0) == {"id": code}


def test_the_allowed_range_and_its_source_are_told() -> None:
    (error,) = check_process_input(STEEL, parameters={"scrap_share": 1.2})
    assert error.message == "must be a number from 0 to 1 (a share lies between 0 and 1 by definition)"
    (error,) = check_process_input(STEEL, parameters={"reheating": "steam"})
    assert "one of electric, fuel" in error.message


def test_a_heat_pump_has_its_temperatures() -> None:
    (error,) = check_process_input("process-heat", parameters={"supply_temperature_c": 400})
    assert error.field == "parameters.supply_temperature_c"
    assert "from 40 to 160 C with heater heat_pump" in error.message
    assert "Danish Energy Agency" in error.message
    (error,) = check_process_input("process-heat", parameters={"supply_temperature_c": 90, "source_temperature_c": 75})
    assert error.field == "parameters.source_temperature_c"
    assert "at most 70 C" in error.message
    boiler = {"heater": "electrode_boiler", "supply_temperature_c": 300, "source_temperature_c": 75}
    assert check_process_input("process-heat", parameters=boiler) == []
    assert codes("process-heat", parameters=boiler | {"supply_temperature_c": 400}) == {
        "parameters.supply_temperature_c": "out_of_range"
    }


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
fields = ("capacity_t_per_year", "capacity_mw", "capacity_m3_per_day", "utilisation", "parameters")


@given(
    process_id=st.sampled_from([*catalogue()]) | json_values,
    inputs=st.dictionaries(st.sampled_from([*fields, "load_mw", "hydrogen_kg_per_hour"]), json_values),
)
@settings(max_examples=200, deadline=None)
def test_no_input_raises(process_id: object, inputs: dict[str, Any]) -> None:
    for error in check_process_input(process_id, **inputs):
        assert error.field.partition(".")[0] in {"id", *inputs, "load_mw"}
        assert error.message
        assert error.code
