// Step 2 and 3 of the form: the process with its size, and how it is powered. Defaults come from the service.
import { getJson } from "./api.js";
import { by, h } from "./dom.js";
import { checkField, numberField, selectField } from "./fields.js";
import { state } from "./state.js";
import { label, number, unitLabel } from "./words.js";

const ON_LAND = ["pv_tracking", "wind_onshore", "battery", "hydrogen_store", "hydrogen_turbine"];
const ALL = ["pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore", "wind_offshore_floating", "battery", "hydrogen_store", "hydrogen_turbine"];
let catalogue = [];

/** Set, or leave out what is null, so that the service's own default holds. */
function put(part, name, value) {
  if (value === null || value === "") delete part[name];
  else part[name] = value;
}

export async function startForm(changed) {
  ({ processes: catalogue } = await getJson("v1/processes"));
  await showForm(changed);
}

/** Draw the fields anew from the state, as after a link was opened. */
export async function showForm(changed) {
  by("supply-fields").replaceChildren(...supplyFields(changed));
  await showProcess(changed);
}

export const processName = (id) => catalogue.find((process) => process.id === id)?.name ?? id;

async function showProcess(changed) {
  const summary = catalogue.find((process) => process.id === state.process.id) ?? catalogue[0];
  const head = selectField("Process", {
    value: summary.id,
    groups: Map.groupBy(catalogue, ({ sector }) => label(sector)),
    set: (id) => { state.process = { id }; showProcess(changed); changed(); },
  });
  const size = `capacity_${summary.capacity_unit}`;
  const fields = summary.id === "custom" ? [
    numberField("Electric load", { value: state.process.load_mw ?? null, min: 0, unit: "MW", set: (value) => { put(state.process, "load_mw", value); changed(); } }),
    numberField("Hydrogen load", { value: state.process.hydrogen_kg_per_hour ?? null, min: 0, unit: "kg an hour", set: (value) => { put(state.process, "hydrogen_kg_per_hour", value); changed(); } }),
  ] : [
    numberField("Size", {
      value: state.process[size] ?? summary.default_capacity, min: 0, unit: unitLabel(summary.capacity_unit),
      hint: `Usual: ${number(summary.default_capacity)} ${unitLabel(summary.capacity_unit)}`,
      set: (value) => { put(state.process, size, value); changed(); },
    }),
    numberField("Use over the year", {
      value: state.process.utilisation ?? summary.default_utilisation, min: 1, max: 100, scale: 100, unit: "% of full",
      set: (value) => { put(state.process, "utilisation", value); changed(); },
    }),
  ];
  const more = h("details", {}, h("summary", {}, "More about the process"), h("div", { class: "fields" }, h("p", { class: "hint" }, "Loading…")));
  by("process-fields").replaceChildren(head, ...fields, more);
  const detail = await getJson(`v1/processes/${summary.id}`);
  if (!more.isConnected) return; // another process was chosen meanwhile
  more.lastChild.replaceChildren(h("p", { class: "hint" }, detail.boundary), ...detail.parameters.map((parameter) => parameterField(parameter, changed)));
}

function parameterField(parameter, changed) {
  const { parameter: name, kind, description } = parameter;
  const value = state.process.parameters?.[name] ?? parameter.default;
  const set = (next) => {
    const parameters = { ...state.process.parameters };
    put(parameters, name, next);
    put(state.process, "parameters", Object.keys(parameters).length ? parameters : null);
    changed();
  };
  const words = label(name);
  if (kind === "flag") return checkField(words, { value, set, hint: description });
  if (kind === "choice") return selectField(words, { value, set, hint: description, choices: parameter.choices.map((choice) => [choice, label(choice)]) });
  return numberField(words, { value, set, hint: description, min: parameter.low ?? undefined, max: parameter.high ?? undefined, unit: parameter.unit });
}

function supplyFields(changed) {
  const { supply, finance, options } = state;
  const grid = () => (supply.grid ??= {});
  const set = (part, name) => (value) => { put(part(), name, value); changed(); };
  const again = () => { changed(); by("supply-fields").replaceChildren(...supplyFields(changed)); };
  return [
    technologies(again, changed),
    numberField("Clean share", { value: supply.clean_share ?? 1, min: 1, max: 100, scale: 100, unit: "% of load", set: set(() => supply, "clean_share"), hint: supply.grid?.connected ? "Least share of the load that is served clean." : "Off grid: least share of the load that is served." }),
    checkField("Connected to the grid", { value: supply.grid?.connected, set: (on) => { supply.grid = on ? { ...supply.grid, connected: true } : undefined; if (!on) delete supply.grid; again(); } }),
    ...(supply.grid?.connected ? [
      selectField("Clean share counted", { value: supply.matching ?? "hourly", set: set(() => supply, "matching"), choices: [["hourly", "hour by hour"], ["monthly", "month by month"], ["annual", "over the year"]] }),
      numberField("Grid power price", { value: supply.grid.import_price_usd_per_mwh ?? null, unit: "USD/MWh", placeholder: "by country", set: set(grid, "import_price_usd_per_mwh") }),
      numberField("Price for power sold", { value: supply.grid.export_price_usd_per_mwh ?? 0, unit: "USD/MWh", set: set(grid, "export_price_usd_per_mwh") }),
      numberField("Largest import", { value: supply.grid.max_import_mw ?? null, min: 0, unit: "MW", placeholder: "no limit", set: set(grid, "max_import_mw") }),
    ] : []),
    h("details", {}, h("summary", {}, "Land, storage, money"), h("div", { class: "fields" },
      numberField("Land for generators", { value: supply.land?.available_km2 ?? null, min: 0, unit: "km²", placeholder: "as mapped", set: (value) => { put(supply, "land", value === null ? null : { available_km2: value }); changed(); } }),
      numberField("Generators within", { value: supply.radius_km ?? null, min: 0, max: 300, unit: "km", placeholder: "50", set: set(() => supply, "radius_km") }),
      selectField("Hydrogen kept in", { value: supply.hydrogen_store_type ?? "buried_pipe", set: set(() => supply, "hydrogen_store_type"), choices: ["buried_pipe", "lined_rock_cavern", "salt_cavern"].map((code) => [code, label(code)]) }),
      selectField("Costs of the year", { value: String(finance.cost_year ?? 2030), set: (value) => { finance.cost_year = Number(value); changed(); }, choices: [2025, 2030, 2035, 2040, 2045, 2050].map((year) => [String(year), String(year)]) }),
      numberField("Cost of capital", { value: finance.wacc ?? null, min: 0, max: 50, scale: 100, unit: "% real", placeholder: "by country", set: set(() => finance, "wacc") }),
      checkField("Size it anew 64 times for the bands", { value: options.uncertainty, hint: "Costs, efficiency, capital, demand and weather years vary; takes some seconds more.", set: (on) => { put(options, "uncertainty", on || null); changed(); } }),
    )),
  ];
}

function technologies(again, changed) {
  const { supply } = state;
  const chosen = supply.technologies;
  const toggle = (code) => (on) => {
    supply.technologies = ALL.filter((name) => (name === code ? on : supply.technologies.includes(name)));
    changed();
  };
  return h("fieldset", {}, h("legend", {}, "What may be built"),
    checkField("What suits the place", { value: !chosen, hint: "On land tracking solar and onshore wind, at sea offshore wind; battery, hydrogen store and turbine.", set: (on) => { if (on) delete supply.technologies; else supply.technologies = [...ON_LAND]; again(); } }),
    ...(chosen ? ALL.map((code) => checkField(label(code), { value: chosen.includes(code), set: toggle(code) })) : []));
}
