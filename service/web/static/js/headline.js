// The figures that answer the question, each with its band.
import { h, s } from "./dom.js";
import { reason } from "./warnings.js";
import { large, number, percent } from "./words.js";

function figure(name, value, unit, note, main = false) {
  return h("dl", { class: main ? "figure main" : "figure" }, h("dt", {}, name),
    h("dd", {}, value, " ", unit && h("small", {}, unit)), note && h("dd", { class: "note" }, note));
}

const band = (low, high) => (low === null || high === null || low === undefined ? null : `${number(low)} to ${number(high)}`);

/** p10 to p90 of a re-sized figure, where that was asked for. */
function sampled(answer, name) {
  const found = answer.uncertainty?.spread.find((spread) => spread.figure.includes(name));
  return found ? `, 8 in 10 samples ${number(found.p10)} to ${number(found.p90)}` : "";
}

/** The band as a line from low to high with the central value on it. */
function bandLine({ low, high, levelised_cost_of_clean_power_usd_per_mwh: central }) {
  const x = (value) => 4 + ((value - low) / (high - low || 1)) * 192;
  return s("svg", { class: "chart band", viewBox: "0 0 200 34", role: "img", "aria-label": `Band from ${number(low)} to ${number(high)} USD per MWh, central ${number(central)}` },
    s("line", { class: "whisker", x1: 4, x2: 196, y1: 10, y2: 10 }), s("line", { class: "whisker", x1: 4, x2: 4, y1: 4, y2: 16 }), s("line", { class: "whisker", x1: 196, x2: 196, y1: 4, y2: 16 }),
    s("circle", { class: "c-accent", cx: x(central), cy: 10, r: 6 }),
    s("text", { x: 0, y: 32 }, `low ${number(low)}`), s("text", { x: 200, y: 32, "text-anchor": "end" }, `high ${number(high)}`));
}

export function headline(answer) {
  const { cost, emissions, demand, supply, warnings } = answer;
  const unit = demand.product_unit;
  const product = cost.product_cost_usd_per_unit;
  const usual = cost.conventional_product_cost_usd_per_unit;
  return h("div", { class: "headline" },
    figure("Cost of clean power", number(cost.levelised_cost_of_clean_power_usd_per_mwh), "USD/MWh", [bandLine(cost), sampled(answer, "clean_power").replace(/^, /, "")], true),
    cost.levelised_cost_of_hydrogen_usd_per_kg !== null && figure("Hydrogen", number(cost.levelised_cost_of_hydrogen_usd_per_kg), "USD/kg", `${band(cost.hydrogen_low_usd_per_kg, cost.hydrogen_high_usd_per_kg) ?? ""}${sampled(answer, "hydrogen")}`),
    product === null
      ? figure("Product cost", "not known", "", `${reason(warnings, ["product_cost"], "No sourced plant cost").replace(/\.?$/, ".")} Its power and hydrogen cost ${number(cost.power_cost_usd_per_unit)} USD/${unit}.`)
      : figure("Product cost", number(product), `USD/${unit}`, [band(cost.product_cost_low_usd_per_unit, cost.product_cost_high_usd_per_unit) ?? "", h("br"), usual === null ? "the usual route's cost is not known" : `by the usual route ${number(usual)}`]),
    figure("CO₂ avoided", large(emissions.avoided_t_co2_per_year), emissions.avoided_t_co2_per_year === null ? "" : "t a year",
      cost.abatement_cost_usd_per_t_co2 !== null ? `costing ${number(cost.abatement_cost_usd_per_t_co2)} USD/t CO₂` : emissions.conventional_route ? `against: ${emissions.conventional_route.toLowerCase()}` : "there is no usual route to hold it against"),
    figure("Electricity needed", large(demand.electricity_mwh_per_year), "MWh a year", [`${number(demand.mean_mw)} MW on average`, h("br"), `${large(demand.electricity_low_mwh_per_year)} to ${large(demand.electricity_high_mwh_per_year)}`]),
    figure("Served clean", percent(supply.clean_share_achieved), "", `${percent(supply.curtailed_share)} of what wind and sun could make goes unused; at worst they lack for ${number(supply.longest_shortage_hours)} h on end`),
    answer.score && figure("Score", answer.score.total === null ? "not known" : number(answer.score.total, 2), "of 1", "cost, CO₂, wind and sun, grid, land, confidence"));
}
