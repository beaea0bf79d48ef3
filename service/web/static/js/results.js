// One answer drawn: figures, charts, grid, rules, sources, warnings.
import { breakdownChart, tornadoChart } from "./charts/bars.js";
import { levelCharts } from "./charts/levels.js";
import { monthChart } from "./charts/months.js";
import { weekChart, weeks } from "./charts/weeks.js";
import { card, h, table } from "./dom.js";
import { downloads } from "./download.js";
import { headline } from "./headline.js";
import { productCard } from "./product.js";
import { projectCard } from "./project.js";
import { summary } from "./summary.js";
import { plainDetail, warningList } from "./warnings.js";
import { coordinates, figureLabel, label, large, number, percent, sentence } from "./words.js";

/** `compare`: the card that asks for other ways and processes. */
export function drawAnswer(answer, { name, process, link, country, compare }) {
  const { place, hourly, cost } = answer;
  const week = hourly && weeks(hourly);
  const where = [country ? `${country} (${place.country})` : place.country, coordinates(place.latitude, place.longitude), place.offshore ? "at sea" : null, place.area_km2 ? `${number(place.area_km2)} km²` : null].filter(Boolean).join(" · ");
  return [
    h("div", { class: "answer-head" }, h("div", {}, h("h2", {}, `${name}: ${process}`), h("p", { class: "hint" }, where)), downloads(answer, link)),
    summary(answer),
    headline(answer),
    h("div", { class: "pair" },
      card("What the power costs, USD/MWh", breakdownChart(cost), h("details", {}, h("summary", {}, "What is in this figure"), h("p", { class: "hint" }, cost.boundary), h("p", { class: "hint" }, cost.band))),
      card("What is built", capacities(answer))),
    week && h("div", { class: "pair" },
      card("A typical week", weekChart(hourly, week.typical, "A typical week")),
      card("The worst week", weekChart(hourly, week.worst, "The week with the least wind and sun"))),
    h("div", { class: "pair" },
      card("Supply against demand", monthChart(answer.supply.monthly), monthTable(answer.supply.monthly)),
      card("Storage over the year", ...(hourly ? levelCharts(hourly) : []), hourly && !levelCharts(hourly).length && h("p", { class: "hint" }, "No store is built."))),
    h("div", { class: "pair" }, h("div", { class: "column" }, productCard(answer), card("What moves the cost of power", tornado(answer))), projectCard(answer)),
    h("div", { class: "pair" }, gridCard(answer), co2Card(answer)),
    rulesCard(answer),
    compare,
    card(`What this answer does not know (${new Set(answer.warnings.map(({ code }) => code)).size})`, warningList(answer.warnings)),
    sources(answer),
  ];
}

function capacities({ supply }) {
  const rows = supply.generators.map((part) => [label(part.technology), `${large(part.capacity_mw)} MW`, percent(part.capacity_factor), part.land_km2 === null ? "not known" : `${number(part.land_km2)} km²`]);
  const stores = supply.storage.filter((part) => part.energy_mwh > 0.5).map((part) => [label(part.technology), `${large(part.power_mw)} MW`, `${large(part.energy_mwh)} MWh`, `${number(part.cycles_per_year)} cycles a year`]);
  const heat = supply.heat ? [[label(supply.heat.heater), `${large(supply.heat.heater_mw)} MW heat`, `${large(supply.heat.thermal_store_mwh)} MWh`, `${number(supply.heat.cycles_per_year)} cycles a year`]] : [];
  const turbine = supply.hydrogen_turbine_mw > 0.5 ? [["Hydrogen turbine", `${large(supply.hydrogen_turbine_mw)} MW`, "", ""]] : [];
  const grid = supply.grid.import_mwh_per_year > 1 ? [["Grid power", `${large(supply.grid.peak_import_mw)} MW at most`, `${large(supply.grid.import_mwh_per_year)} MWh a year`, ""]] : [];
  return [table("Capacities of generators", [["Generator"], ["Capacity", true], ["Capacity factor", true], ["Land", true]], rows),
    stores.length + heat.length + turbine.length + grid.length > 0 && table("Capacities of storage and grid", [["Storage, grid"], ["Power", true], ["Energy", true], ["Use", true]], [...stores, ...heat, ...turbine, ...grid])];
}

function monthTable(monthly) {
  const columns = [["Month"], ["Demand, MWh", true], ["Used, MWh", true], ["Unused, MWh", true], ["Grid, MWh", true]];
  return h("details", {}, h("summary", {}, "As a table"), table("Supply and demand by month", columns,
    monthly.map((month) => [String(month.month), ...[month.load_mwh, month.used_mwh, month.curtailed_mwh, month.import_mwh].map((value) => number(value))])));
}

function tornado({ cost, sensitivity, uncertainty }) {
  const central = cost.levelised_cost_of_clean_power_usd_per_mwh;
  const bars = uncertainty?.tornado.length
    ? uncertainty.tornado.map((bar) => [bar.parameter, bar.at_low_usd_per_mwh, bar.at_high_usd_per_mwh])
    : sensitivity.map((item) => [item.figure, item.low_usd_per_mwh, item.high_usd_per_mwh]);
  if (!bars.length) return h("p", { class: "hint" }, "No assumption with a band.");
  return tornadoChart(central, bars, `Levelised cost, USD/MWh, with one assumption at the low or high end of its sources; the dashed line is ${number(central)}.`);
}

function gridCard({ grid }) {
  const near = [["Line", grid.nearest_line], ["Substation", grid.nearest_substation], ["Power plant", grid.nearest_plant]].filter(([, part]) => part)
    .map(([kind, part]) => [kind, `${number(part.distance_km)} km`, `${number(part.distance_low_km)} to ${number(part.distance_high_km)}`, part.voltage_kv ? `${number(part.voltage_kv)} kV` : [part.name, part.fuel && part.fuel.toLowerCase()].filter(Boolean).join(", ") || "not known"]);
  const joined = grid.connection;
  return card("The grid nearby",
    table("Nearest parts of the grid", [["Nearest"], ["Distance", true], ["Low to high, km", true], ["What"]], near),
    joined ? h("p", {}, `A connection of ${number(joined.required_mw)} MW takes ${number(joined.length_km)} km of new line at ${number(joined.voltage_kv)} kV, to a ${joined.joins} that is there: ${large(joined.cost_usd)} USD (${large(joined.cost_low_usd)} to ${large(joined.cost_high_usd)}). The map shows where.`) : h("p", {}, "What a connection costs is not known."),
    h("p", { class: "hint" }, `How complete the map of the grid is here: ${grid.completeness}.`));
}

const verdict = (word) => h("span", { class: `verdict ${word}` }, label(word));

function rulesCard({ compliance }) {
  if (!compliance.length) return card("Rules", h("p", { class: "hint" }, "No rule that we know applies to this process here."));
  return card("Rules", ...compliance.map((rule) => h("details", {},
    h("summary", {}, verdict(rule.verdict), ` ${rule.title}`),
    h("ul", { class: "warnings" }, rule.reasons.map((text) => h("li", {}, h("p", {}, plainDetail(text))))),
    h("p", { class: "hint" }, `${rule.article}. ${rule.source}`))));
}

function co2Card({ emissions, demand }) {
  const unit = demand.product_unit;
  const rows = [
    ["CO₂ of the process as powered", large(emissions.t_co2_per_year), number(emissions.t_co2_per_unit)],
    ["of that, at the plant", large(emissions.direct_t_co2_per_year), ""],
    ["of that, grid power", large(emissions.grid_t_co2_per_year), ""],
    ["The usual route", "", number(emissions.conventional_t_co2_per_unit)],
    ["Making own wind and sun (life cycle)", large(emissions.life_cycle_generation_t_co2_per_year), ""],
  ];
  const steps = demand.steps.map((step) => [label(step.step), number(step.electricity_mwh_per_t), `${number(step.low)} to ${number(step.high)}`, step.status]);
  return card("CO₂ and demand", table("CO2", [["CO₂"], ["t a year", true], [`t per ${unit} made`, true]], rows),
    h("details", {}, h("summary", {}, "Electricity by step of the process"), table("Steps", [["Step"], [`MWh/${unit}`, true], ["Low to high", true], ["Status"]], steps)));
}

function sources(answer) {
  const rows = answer.provenance.map((item) => [figureLabel(item.figure), number(item.value), item.unit, item.low === null ? "" : `${number(item.low)} to ${number(item.high)}`, item.default ? item.status : "given by you", item.source]);
  const { solution, weather } = answer;
  const part = card("Every assumption and its source",
    h("p", { class: "hint" }, `Weather: ${weather.detail}. ${sentence(weather.known_error)}`),
    h("p", { class: "hint" }, `Sized over ${solution.hours.toLocaleString("en")} hours by ${label(solution.solver).toLowerCase()} in ${number(solution.solve_ms)} ms, to a gap of ${solution.relative_gap.toExponential(1)}. Model ${answer.model_version}, data ${answer.data_version}.`),
    h("details", { class: "all-sources" }, h("summary", {}, `All ${rows.length} figures`),
      table("Assumptions", [["Figure"], ["Value", true], ["Unit"], ["Low to high", true], ["Status"], ["Source"]], rows)));
  part.classList.add("long");
  return part;
}
