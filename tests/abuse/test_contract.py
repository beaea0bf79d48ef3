"""The service keeps to its description: Schemathesis for a while; `make schemathesis` for longer."""

import pytest

from tests.abuse.contract import check

pytestmark = pytest.mark.slow


def test_the_service_keeps_to_its_description() -> None:
    assert check(45, short=True) == []
