"""The price of capital by country and technology: real, after tax.

`data/wacc.csv` holds nominal after-tax rates of solar, onshore and offshore wind, made real with the inflation of
`data/wacc_parameters.csv`; beside each stand the debt share, cost of debt and of equity and tax rate it is made of, so
that the answer can show them and a caller change them one by one. Storage, electrolysers, turbines, process plants and
the grid connection take the country's onshore-wind rate plus a premium. The premium is not guessed: it is what the same
table asks, in the median country, of offshore wind over onshore wind, a younger technology over an established one.
"""

from dataclasses import dataclass, replace

from models.figure import Figure, Status
from models.finance import nominal_rate, real_rate, wacc
from models.notice import Notice
from models.wacc_table import (
    BASE,
    PARTS,
    SERIES,
    Parts,
    default_inflation,
    median_parts,
    rate_for,
    rates,
    young_technology_premium,
)


@dataclass(frozen=True, slots=True)
class CapitalTerms:
    """The caller's own terms, nominal; None takes the country's. Cost of debt before the tax shield.

    A cost of debt and of equity of one's own hold for every technology: no premium for a young one is added then.
    """

    debt_share: float | None = None
    cost_of_debt: float | None = None
    cost_of_equity: float | None = None
    tax_rate: float | None = None
    inflation: float | None = None

    @property
    def any(self) -> bool:
        """True where one of them is given."""
        return any(getattr(self, name) is not None for name in self.__dataclass_fields__)

    @property
    def changes_nominal(self) -> bool:
        """True where the nominal rate is not the country's."""
        return any(getattr(self, name) is not None for name in PARTS)


@dataclass(frozen=True, slots=True)
class CapitalStructure:
    """How a cost of capital is made; a part is None where the caller or the source gives the rate alone.

    nominal = debt_share x cost_of_debt x (1 - tax_rate) + (1 - debt_share) x cost_of_equity + premium
    real    = (1 + nominal) / (1 + inflation) - 1
    """

    technology: str
    debt_share: float | None
    cost_of_debt: float | None
    cost_of_equity: float | None
    tax_rate: float | None
    premium: float | None
    inflation: float
    nominal: float
    real: Figure


def wacc_for(iso3: str | None, technology: str, override: float | CapitalTerms | None = None) -> Figure:
    """Real after-tax cost of capital of a technology in a country, with its band over the source's variants.

    iso3 : ISO 3166-1 alpha-3, None at sea beyond any country. A country that is missing takes its region's median, else
        the world's; `wacc_notices` says so.
    technology : a generator; anything else counts as plant, storage or connection.
    override : the caller's own real rate, taken as it is, or the caller's own terms.

    Raises ValueError unless -0.5 < rate < 1.
    """
    return capital_structure(iso3, technology, override).real


def capital_structure(
    iso3: str | None, technology: str, override: float | CapitalTerms | None = None
) -> CapitalStructure:
    """As `wacc_for`, with what the rate is made of."""
    name = f"{technology}.wacc"
    if isinstance(override, int | float):
        if not -0.5 < override < 1.0:
            raise ValueError("the cost of capital must lie between -0.5 and 1")
        figure = Figure(name, float(override), "1/year", "given", status=Status.GIVEN)
        nominal = nominal_rate(float(override), default_inflation())
        return CapitalStructure(technology, None, None, None, None, None, default_inflation(), nominal, figure)
    terms = override or CapitalTerms()
    rate, _ = rate_for(iso3, technology)
    inflation = default_inflation() if terms.inflation is None else terms.inflation
    parts, premium = _parts_for(iso3, technology, terms)
    low, central, high = rate.low, rate.central, rate.high
    source, status = rate.source, Status.DERIVED
    if terms.changes_nominal and parts is not None:
        central = wacc(parts.debt_share, parts.cost_of_debt, parts.cost_of_equity, parts.tax_rate) + (premium or 0.0)
        low = high = central
        given = [part for part in PARTS if getattr(terms, part) is not None]
        source = f"{', '.join(given)} given by the caller; the rest: {rate.source}"
        status = Status.GIVEN if len(given) == len(PARTS) else Status.DERIVED
    note = f"real, after tax; nominal {central:.4f}, inflation {inflation:.3f}"
    if rate.basis == "unstated" and not terms.changes_nominal:
        note += "; the source does not say whether its rate is nominal: taken as nominal"
    figure = Figure(
        name=name,
        value=real_rate(central, inflation),
        unit="1/year",
        source=source,
        year=rate.year,
        low=real_rate(low, inflation),
        high=real_rate(high, inflation),
        status=status,
        note=note,
    )
    return CapitalStructure(
        technology=technology,
        debt_share=None if parts is None else parts.debt_share,
        cost_of_debt=None if parts is None else parts.cost_of_debt,
        cost_of_equity=None if parts is None else parts.cost_of_equity,
        tax_rate=None if parts is None else parts.tax_rate,
        premium=premium,
        inflation=inflation,
        nominal=central,
        real=figure,
    )


def _parts_for(iso3: str | None, technology: str, terms: CapitalTerms) -> tuple[Parts | None, float | None]:
    """Terms of a technology, the caller's in place of the country's, and the premium on top of them.

    A country without terms of its own has none to show, but takes the world's medians where the caller changes one.
    """
    series = SERIES.get(technology)
    row = None if iso3 is None else rates().get((iso3, series or BASE))
    premium = 0.0 if series is not None else young_technology_premium()
    if row is None and series is not None and iso3 is not None:  # as `_nominal`: onshore wind and the premium
        row, premium = rates().get((iso3, BASE)), young_technology_premium()
    parts = None if row is None else row.parts
    if parts is None:
        if not terms.changes_nominal:
            return None, None
        parts = median_parts(series or BASE)
    own = {part: getattr(terms, part) for part in PARTS if getattr(terms, part) is not None}
    if {"cost_of_debt", "cost_of_equity"} <= own.keys():
        premium = 0.0
    return replace(parts, **own), premium


def wacc_notices(iso3: str | None, technology: str = "wind_onshore") -> tuple[Notice, ...]:
    """Coded warnings that go with `wacc_for`: a stand-in was taken, or the source does not state its basis."""
    rate, notice = rate_for(iso3, technology)
    notices = [] if notice is None else [notice]
    if rate.basis == "unstated":
        detail = f"the source of the cost of capital of {iso3} does not say whether it is nominal; taken as nominal"
        notices.append(Notice("wacc_basis_unstated", detail))
    return tuple(notices)
