// Several sites side by side: one column each, the best of every line marked.
import { h, table } from "./dom.js";
import { large, number, percent } from "./words.js";

const LINES = [ // words, value, shown as, -1 where less is better, 1 where more is
  ["Clean power, USD/MWh", (a) => a.cost.levelised_cost_of_clean_power_usd_per_mwh, number, -1],
  ["Low to high, USD/MWh", (a) => `${number(a.cost.low)} to ${number(a.cost.high)}`, String, 0],
  ["Hydrogen, USD/kg", (a) => a.cost.levelised_cost_of_hydrogen_usd_per_kg, number, -1],
  ["Product, USD a unit", (a) => a.cost.product_cost_usd_per_unit, number, -1],
  ["CO₂ avoided, t a year", (a) => a.emissions.avoided_t_co2_per_year, large, 1],
  ["Wind and sun, MW", (a) => a.supply.generators.reduce((sum, part) => sum + part.capacity_mw, 0), large, -1],
  ["Battery, MWh", (a) => a.supply.storage.find((part) => part.technology === "battery")?.energy_mwh ?? 0, large, -1],
  ["Capacity factor", (a) => a.supply.capacity_factor, percent, 1],
  ["Goes unused (curtailed)", (a) => a.supply.curtailed_share, percent, -1],
  ["Longest lack of wind and sun, h", (a) => a.supply.longest_shortage_hours, number, -1],
  ["Nearest line, km", (a) => a.grid.nearest_line?.distance_km ?? null, number, -1],
  ["Connection, USD", (a) => a.grid.connection?.cost_usd ?? null, large, -1],
  ["Score, of 1", (a) => a.score?.total ?? null, (value) => number(value, 2), 1],
];

/** The best of several values; null where there is none, or where all look alike. */
export function bestOf(values, better, shown) {
  const known = values.filter((one) => typeof one === "number");
  if (!better || known.length < 2 || new Set(known.map((one) => shown(one))).size === 1) return null;
  return better < 0 ? Math.min(...known) : Math.max(...known);
}

/** A figure in a cell; the best one is marked, for the ear too. */
export const bestCell = (words, won) => h("span", { class: won ? "best" : null }, words, won && h("span", { class: "visually-hidden" }, " (best)"));

export function comparison(sites, name, choose) {
  const unit = sites.find((site) => site.answer)?.answer.demand.product_unit;
  const columns = [["Figure"], ...sites.map((site) => [name(site), true])];
  const rows = LINES.map(([words, value, shown, better]) => {
    const values = sites.map((site) => (site.answer ? value(site.answer) : null));
    const best = bestOf(values, better, shown);
    return [unit ? words.replace("USD a unit", `USD/${unit}`) : words, ...values.map((one, index) => (sites[index].answer ? bestCell(shown(one), best !== null && one === best) : "–"))];
  });
  return h("section", { class: "card", id: "comparison" }, h("h2", {}, `${sites.length} sites side by side`), h("p", { class: "hint" }, "The best of each line is green. Below stands the whole answer of one site."),
    table("Sites side by side", columns, rows),
    h("div", { class: "row actions" }, sites.map((site) => h("button", { type: "button", onclick: () => choose(site) }, `Show ${name(site)}`))));
}
