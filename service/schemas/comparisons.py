"""POST /v1/comparisons: one site and several cases, and what comes out side by side."""

from itertools import product
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from models.demand.catalogue import CUSTOM, catalogue
from service.http.problems import Problem
from service.schemas.answer import Assessment, SolutionInfo
from service.schemas.base import Caveat, Request, Response, Share, Wrong, all_wrong, wrong
from service.schemas.choices import Options, WeatherChoice
from service.schemas.compliance import ComplianceInput
from service.schemas.finance import Finance
from service.schemas.process import ProcessInput
from service.schemas.score import Score
from service.schemas.site import Site
from service.schemas.supply import Supply

MOST_CASES = 64
Name = Annotated[str, Field(min_length=1, max_length=100)]
Patch = dict[str, Any]
RankedBy = Literal[
    "levelised_cost_of_clean_power_usd_per_mwh",
    "levelised_cost_of_hydrogen_usd_per_kg",
    "product_cost_usd_per_unit",
    "power_cost_usd_per_unit",
    "abatement_cost_usd_per_t_co2",
    "total_annual_cost_usd",
]


def _known(value: str) -> str:
    if value == CUSTOM:
        raise wrong("missing", "a custom process needs its loads: give an object in place of the id")
    if value not in catalogue():
        raise wrong("unknown_value", "unknown process; known: " + ", ".join(catalogue()))
    return value


def _form(value: Any) -> str:
    return "id" if isinstance(value, str) else "process"


Chosen = Annotated[
    Annotated[str, Field(max_length=64), AfterValidator(_known), Tag("id")] | Annotated[ProcessInput, Tag("process")],
    Discriminator(_form),
]


class ComparisonBase(Request):
    """An assessment request that the cases change; `process` may be left out where `processes` names them."""

    site: Site
    process: ProcessInput | None = None
    supply: Supply = Supply()
    weather: WeatherChoice = WeatherChoice()
    finance: Finance = Finance()
    options: Options = Options()
    compliance: ComplianceInput = ComplianceInput()


class Design(Request):
    """A way to supply the process; what is left out is as in the base."""

    name: Name | None = Field(default=None, description="Made from the choices when left out.")
    grid: bool | None = Field(default=None, description="Whether the site draws from the grid.")
    hydrogen: bool | None = Field(
        default=None, description="Whether a hydrogen store and a hydrogen turbine may be built."
    )
    tracking: bool | None = Field(default=None, description="Whether panels follow the sun or are fixed.")
    supply: Patch = Field(
        default={},
        description="JSON merge patch (RFC 7396) on `supply`.",
        examples=[{"hydrogen_store_type": "salt_cavern"}],
    )

    @property
    def label(self) -> str:
        """The name, or one made of the choices."""
        flags = (("grid", self.grid), ("hydrogen", self.hydrogen), ("tracking", self.tracking))
        said = [name if flag else f"no {name}" for name, flag in flags if flag is not None]
        other = [f"other {key}" for key in self.supply if key != "grid" or self.grid is None]
        return self.name or ", ".join(said + other) or "as in the base"


class Alternative(Request):
    """A case of its own."""

    name: Name
    change: Patch = Field(
        description="JSON merge patch (RFC 7396) on the base: null takes a field out, an object goes deeper.",
        examples=[{"supply": {"clean_share": 0.9}, "finance": {"wacc": 0.06}}],
    )


class ComparisonRequest(Request):
    """A base and what is compared: every process with every design at every clean share, then the alternatives."""

    model_config = ConfigDict(title="Comparison request")

    base: ComparisonBase
    processes: Annotated[list[Chosen], Field(max_length=MOST_CASES)] = Field(
        default=[], description="Ids, or processes with their size; the base's own when empty."
    )
    designs: Annotated[list[Design], Field(max_length=MOST_CASES)] = Field(
        default=[], description="Ways to supply; the base's own when empty."
    )
    clean_shares: Annotated[list[Share], Field(max_length=MOST_CASES)] = Field(
        default=[], description="Clean shares; the base's own when empty.", examples=[[0.8, 0.9, 0.95, 1.0]]
    )
    alternatives: Annotated[list[Alternative], Field(max_length=MOST_CASES)] = Field(
        default=[], description="Cases beside these, each a change of the base."
    )
    rank_by: RankedBy = Field(
        default="levelised_cost_of_clean_power_usd_per_mwh", description="The cost that cases are ranked by."
    )
    assessments: bool = Field(default=False, description="Include the whole answer of each case.")

    @property
    def cases(self) -> list[tuple[ProcessInput | None, Design | None, float | None]]:
        """Process, design and clean share of each case of the cross product; None is the base's own."""
        named = [ProcessInput(id=item) if isinstance(item, str) else item for item in self.processes]
        processes: list[ProcessInput | None] = [*named] or [None]
        designs: list[Design | None] = [*self.designs] or [None]
        shares: list[float | None] = [*self.clean_shares] or [None]
        return list(product(processes, designs, shares))

    @model_validator(mode="after")
    def _something_to_compare(self) -> Self:
        errors = []
        if self.base.process is None and not self.processes:
            errors.append(Wrong(("base", "process"), "missing", "give it, or processes"))
        options = self.base.options
        for name, asked in (("hourly", options.hourly), ("uncertainty", options.uncertainty)):
            if asked:
                message = "a comparison does not hold it: ask POST /v1/assessments for the case that matters"
                errors.append(Wrong(("base", "options", name), "conflict", message))
        number = len(self.cases) + len(self.alternatives)
        if not 2 <= number <= MOST_CASES:
            message = f"these are {number} cases; a comparison has 2 to {MOST_CASES}"
            errors.append(Wrong((), "out_of_range", message))
        labels = [design.label for design in self.designs]
        errors += [
            Wrong(("designs", index, "name"), "duplicate", f"{label} names another design already")
            for index, label in enumerate(labels)
            if label in labels[:index]
        ]
        named = [alternative.name for alternative in self.alternatives]
        errors += [
            Wrong(("alternatives", index, "name"), "duplicate", f"{name} names another alternative already")
            for index, name in enumerate(named)
            if name in named[:index]
        ]
        for index, share in enumerate(self.clean_shares):
            if share in self.clean_shares[:index]:
                errors.append(Wrong(("clean_shares", index), "duplicate", f"{share:g} is listed twice"))
        if errors:
            raise all_wrong(errors)
        return self


class ComparisonRow(Response):
    """One case: its headline figures, or the problem that stands in its way."""

    name: str
    process: str | None
    design: str | None = Field(description="Null for the base's own.")
    clean_share: float | None
    change: Patch = Field(description="The merge patch that makes it of the base.")
    status: Literal["ok", "failed"]
    rank_by_cost: int | None = Field(description="1 is the cheapest; null where the figure is not known.")
    rank_by_score: int | None = Field(description="1 is the best.")
    assessment_id: str | None = Field(description="Of the same request to POST /v1/assessments.")
    figures: dict[str, float | None] | None = Field(description="Headline figures by name; units stand in the names.")
    difference: dict[str, float | None] | None = Field(description="Figures less those of the first case.")
    score: Score | None
    solution: SolutionInfo | None
    warnings: list[Caveat]
    problem: Problem | None
    assessment: Assessment | None


class Comparison(Response):
    """Cases side by side, in the order asked for; the first is what the others are held against."""

    model_version: str
    data_version: str
    rank_by: str
    first: str = Field(description="The name of the case that differences are taken to.")
    cases: int
    failed: int
    rows: list[ComparisonRow]
