// Several sites side by side: one column each, the best of every line marked.
import { h, table } from "./dom.js";
import { large, number, percent } from "./words.js";

const LINES = [ // words, value, shown as, -1 where less is better, 1 where more is
  ["Clean power, USD/MWh", (a) => a.cost.levelised_cost_of_clean_power_usd_per_mwh, number, -1],
  ["low to high", (a) => `${number(a.cost.low)} to ${number(a.cost.high)}`, String, 0],
  ["Hydrogen, USD/kg", (a) => a.cost.levelised_cost_of_hydrogen_usd_per_kg, number, -1],
  ["Product cost, USD a unit", (a) => a.cost.product_cost_usd_per_unit, number, -1],
  ["CO₂ avoided, t a year", (a) => a.emissions.avoided_t_co2_per_year, large, 1],
  ["Wind and sun, MW", (a) => a.supply.generators.reduce((sum, part) => sum + part.capacity_mw, 0), large, -1],
  ["Battery, MWh", (a) => a.supply.storage.find((part) => part.technology === "battery")?.energy_mwh ?? 0, large, -1],
  ["Capacity factor", (a) => a.supply.capacity_factor, percent, 1],
  ["Curtailed", (a) => a.supply.curtailed_share, percent, -1],
  ["Longest shortage, h", (a) => a.supply.longest_shortage_hours, number, -1],
  ["Nearest line, km", (a) => a.grid.nearest_line?.distance_km ?? null, number, -1],
  ["Connection, USD", (a) => a.grid.connection?.cost_usd ?? null, large, -1],
  ["Score, of 1", (a) => a.score?.total ?? null, (value) => number(value, 2), 1],
];

export function comparison(sites, name, choose) {
  const columns = [["Figure"], ...sites.map((site) => [name(site), true])];
  const rows = LINES.map(([words, value, shown, better]) => {
    const values = sites.map((site) => (site.answer ? value(site.answer) : null));
    const known = values.filter((one) => typeof one === "number");
    const best = better && known.length > 1 ? (better < 0 ? Math.min(...known) : Math.max(...known)) : null;
    return [words, ...values.map((one, index) => (!sites[index].answer ? "–" : h("span", { class: best !== null && one === best ? "best" : null }, shown(one), best !== null && one === best && h("span", { class: "visually-hidden" }, " (best)"))))];
  });
  return h("section", { class: "card", id: "comparison" }, h("h2", {}, `${sites.length} sites side by side`),
    table("Sites side by side", columns, rows),
    h("div", { class: "row actions" }, sites.map((site) => h("button", { type: "button", onclick: () => choose(site) }, `Show ${name(site)}`))));
}
