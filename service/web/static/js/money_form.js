// Money on the form: capital, lifetime, prices, and costs of your own. What is left empty is the service's own figure.
import { getJson } from "./api.js";
import { h } from "./dom.js";
import { numberField, put, selectField } from "./fields.js";
import { state } from "./state.js";
import { label, number } from "./words.js";

const YEARS = [2025, 2030, 2035, 2040, 2045, 2050].map((year) => [String(year), String(year)]);
const PER_KW = 1e-3; // USD/MW shown as USD/kW, USD/MWh as USD/kWh
const OWN_COSTS = [ // technology, parameter of finance.costs, words, unit
  ["pv_tracking", "capex_usd_per_mw", "Tracking solar", "USD/kW"], ["pv_fixed", "capex_usd_per_mw", "Fixed solar", "USD/kW"],
  ["wind_onshore", "capex_usd_per_mw", "Onshore wind", "USD/kW"], ["wind_offshore", "capex_usd_per_mw", "Offshore wind", "USD/kW"],
  ["battery", "capex_usd_per_mwh", "Battery, energy", "USD/kWh"], ["battery", "capex_usd_per_mw", "Battery, power", "USD/kW"],
  ["electrolyser", "capex_usd_per_mw", "Electrolyser", "USD/kW"], ["hydrogen_turbine", "capex_usd_per_mw", "Hydrogen turbine", "USD/kW"],
];

export function moneyFields(changed) {
  const { finance } = state;
  const set = (name) => (value) => { put(finance, name, value); changed(); };
  const own = h("details", {}, h("summary", {}, "Investment costs of your own"), h("div", { class: "fields" }));
  fillCosts(own, changed);
  return [
    selectField("Costs of the year", { value: String(finance.cost_year ?? 2030), choices: YEARS, set: (value) => { finance.cost_year = Number(value); fillCosts(own, changed); changed(); } }),
    numberField("Cost of capital", { value: finance.wacc ?? null, min: 0, max: 50, scale: 100, unit: "% real", placeholder: "by country", hint: "Weighted average (WACC), real, after tax.", set: set("wacc") }),
    numberField("Years of operation", { value: finance.project_years ?? null, min: 1, max: 60, step: 1, unit: "years", placeholder: "plant's life", hint: "Of the cash flow.", set: set("project_years") }),
    numberField("Years of construction", { value: finance.construction_years ?? 0, min: 0, max: 10, step: 1, unit: "years", hint: "They bear interest.", set: set("construction_years") }),
    numberField("Product sells at", { value: finance.product_price_usd_per_unit ?? null, min: 0, unit: "USD a unit", placeholder: "usual cost", hint: "For the cash flow.", set: set("product_price_usd_per_unit") }),
    numberField("Carbon price", { value: finance.carbon_price_usd_per_t ?? 0, min: 0, unit: "USD/t CO₂", hint: "On direct CO₂ of both routes.", set: set("carbon_price_usd_per_t") }),
    own,
  ];
}

/** The costs of the year as placeholders, so that nobody has to know them to change one. */
async function fillCosts(box, changed) {
  const { finance } = state;
  const year = finance.cost_year ?? 2030;
  const known = await getJson(`v1/technologies?cost_year=${year}`).then(({ technologies }) => technologies, () => ({}));
  if ((state.finance.cost_year ?? 2030) !== year) return;
  const central = (technology, parameter) => known[technology]?.find(({ figure }) => figure === `${technology}.${parameter}`)?.value;
  box.lastChild.replaceChildren(...OWN_COSTS.map(([technology, parameter, words, unit]) => {
    const usual = central(technology, parameter);
    return numberField(words, {
      value: finance.costs?.[technology]?.[parameter] ?? null, min: 0, unit, scale: PER_KW, placeholder: usual === undefined ? label("unknown") : number(usual * PER_KW),
      set: (value) => { putCost(technology, parameter, value); changed(); },
    });
  }));
}

function putCost(technology, parameter, value) {
  const costs = { ...state.finance.costs }, own = { ...costs[technology] };
  put(own, parameter, value);
  put(costs, technology, Object.keys(own).length ? own : null);
  put(state.finance, "costs", Object.keys(costs).length ? costs : null);
}
