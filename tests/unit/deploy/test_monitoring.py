"""The dashboard and the alerts ask for what the service counts, and every alert says what to do."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from service.operation import metrics

ROOT = Path(__file__).parents[3]
DASHBOARD: dict[str, Any] = json.loads((ROOT / "deploy/grafana/sitewatt.json").read_text())
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((ROOT / "deploy/prometheus/alerts.yaml").read_text())["groups"]
    for rule in group["rules"]
]
ASKED = {panel["title"]: [target["expr"] for target in panel["targets"]] for panel in DASHBOARD["panels"]}
ASKED |= {rule["alert"]: [rule["expr"]] for rule in RULES}
NAME = re.compile(r"\b((?:sitewatt|process)_[a-z_]+)(\{[^}]*\})?")
SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}


def counted() -> dict[str, set[str]]:
    """Names that a scrape holds, and their labels."""
    found = {}
    for family in text_string_to_metric_families(generate_latest(metrics.REGISTRY).decode()):
        for suffix in SUFFIXES[family.type]:
            found[family.name + suffix] = set()
    for collector in vars(metrics).values():
        names = getattr(collector, "_labelnames", None)
        if names is not None:
            for name in list(found):
                if name.startswith(collector._name):
                    found[name] = found[name] | set(names) | {"le", "job", "instance"}
    return found


@pytest.mark.parametrize("what", ASKED)
def test_it_asks_for_what_is_counted(what: str) -> None:
    known = counted()
    for expression in ASKED[what]:
        named = NAME.findall(expression)
        assert named, expression
        for name, labels in named:
            assert name in known, expression
            if name.startswith("sitewatt"):
                assert set(re.findall(r"(\w+)\s*[!=]~?\"", labels)) <= known[name], expression
        assert expression.count("(") == expression.count(")")


def test_what_is_counted_is_shown() -> None:
    """No metric of ours without a panel."""
    shown = {name for texts in ASKED.values() for text in texts for name, _ in NAME.findall(text)}
    families = {collector._name for collector in vars(metrics).values() if hasattr(collector, "_labelnames")}
    assert {family for family in families if not any(name.startswith(family) for name in shown)} == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"\d+[mh]", rule["for"])
    assert rule["labels"]["severity"] in ("page", "ticket")
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    headings = re.findall(r"^#+ (.+)$", (ROOT / page).read_text(), re.M)
    assert anchor in {heading.lower().replace(" ", "-") for heading in headings}


def test_the_panels_stand_apart() -> None:
    places = [tuple(panel["gridPos"][axis] for axis in "xy") for panel in DASHBOARD["panels"]]
    assert len(set(places)) == len(places)
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(places)
