"""The cases that must hold do: formulas, processes, rules, and H2Integrate's steel with its plant and costs."""

import pytest

from tests.shared import needs_shared
from tests.validation.cases import Found, formulas, rules

pytestmark = needs_shared


@pytest.mark.parametrize("found", [pytest.param(found, id=found.case) for found in formulas()])
def test_a_published_case_is_met(found: Found) -> None:
    assert found.within, f"{found.what}: {found.ours:.4g} {found.unit} against {found.low:.4g}-{found.high:.4g}"


def test_the_rules_are_exact() -> None:
    assert all(found.deviation == 0.0 for found in rules())
