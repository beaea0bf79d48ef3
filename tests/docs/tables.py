"""Tables of the documentation that are held against the code; `python -m tests.docs.tables` writes the settings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from models.demand.catalogue import catalogue
from service.settings import Settings
from tests.docs.blocks import ROOT

SETTINGS_PAGE = ROOT / "docs/reference/settings.md"
WARNINGS_PAGE = ROOT / "docs/reference/warnings.md"
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->"
# the classes of a coded warning, and where one is made of what another one said or a file holds
WARNING_CLASSES = {"Notice", "DataWarning", "Caveat", "Caution"}
PASSED_ON = {
    "service/answer/tracing.py": "warnings of models and geodata as the answer states them",
    "models/demand/variant.py": "cautions of the process files",
    "models/demand/parameter_loader.py": "cautions of the process files",
    "geodata/weather/uploads.py": "warnings kept with an upload",
}


def settings_table() -> str:
    """Every setting of the service: its variable, its default, what it does."""
    lines = ["| Variable | Default | What |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.is_required() else _shown(name, field.get_default(call_default_factory=True))
        lines.append(f"| `SITEWATT_{name.upper()}` | {default} | {field.description} |".replace("|  |", "| |"))
    return "\n".join(lines) + "\n"


def _shown(name: str, value: object) -> str:
    if name == "data_folder":
        return "`~/.cache/sitewatt`"
    if value in (None, "", (), {}):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else f"{value}"


def warnings_listed() -> list[str]:
    """The codes of the page of warnings, in its order."""
    return re.findall(r"^\| `([a-z0-9_]+)` \|", WARNINGS_PAGE.read_text(encoding="utf-8"), re.M)


def warnings_emitted() -> set[str]:
    """Every code that the sources or the process files can put into an answer."""
    written = {code for path in _sources() for code in _codes(path)}
    parameters = (parameter for process in catalogue().values() for parameter in process.parameters)
    return written | {parameter.caution.code for parameter in parameters if parameter.caution is not None}


def _sources() -> Iterator[Path]:
    for room in ("service", "models", "geodata"):
        for path in (ROOT / room).rglob("*.py"):
            if not path.is_relative_to(ROOT / "geodata/build"):
                yield path


def _codes(path: Path) -> Iterator[str]:
    where = str(path.relative_to(ROOT))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            not isinstance(node, ast.Call)
            or getattr(node.func, "id", getattr(node.func, "attr", "")) not in WARNING_CLASSES
        ):
            continue
        code = node.args[0] if node.args else next((item.value for item in node.keywords if item.arg == "code"), None)
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            yield code.value
        elif where not in PASSED_ON:
            raise AssertionError(f"{where}, line {node.lineno}: a warning's code is written out where it is made")


if __name__ == "__main__":
    text = SETTINGS_PAGE.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    SETTINGS_PAGE.write_text(before + BEGIN + settings_table() + END + after, encoding="utf-8")
