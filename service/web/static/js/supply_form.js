// Step 3 of the form: what may be built, how much of it must be clean, the grid, firm supply, stores and land.
import { by, h } from "./dom.js";
import { checkField, numberField, put, selectField } from "./fields.js";
import { moneyFields } from "./money_form.js";
import { state } from "./state.js";
import { label } from "./words.js";

const ON_LAND = ["pv_tracking", "wind_onshore", "battery", "hydrogen_store", "hydrogen_turbine"];
const ALL = ["pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore", "wind_offshore_floating", "battery", "hydrogen_store", "hydrogen_turbine"];
const FIRM = "firm_contract";
const FIRM_PRICE = 80; // USD/MWh, where somebody starts to state a contract; the field shows it
const STORES = ["buried_pipe", "lined_rock_cavern", "salt_cavern"];

export function showSupply(changed) {
  by("supply-fields").replaceChildren(...supplyFields(changed));
}

const group = (title, open, ...fields) => h("details", { open }, h("summary", {}, title), h("div", { class: "fields" }, fields));

function supplyFields(changed) {
  const { supply, options } = state;
  const set = (name) => (value) => { put(supply, name, value); changed(); };
  const again = () => { changed(); showSupply(changed); };
  return [
    technologies(again, changed),
    numberField("Clean share", { value: supply.clean_share ?? 1, min: 1, max: 100, scale: 100, unit: "% of load", set: set("clean_share"), hint: supply.grid?.connected ? "Least share of the load that is served clean." : "Off grid: least share of the load that is served." }),
    checkField("Connected to the grid", { value: supply.grid?.connected, set: (on) => { if (on) supply.grid = { ...supply.grid, connected: true }; else delete supply.grid; again(); } }),
    ...(supply.grid?.connected ? gridFields(changed) : []),
    group("Storage, firm supply, land", Boolean(supply.firm), ...storeFields(changed), ...firmFields(again, changed),
      numberField("Land for generators", { value: supply.land?.available_km2 ?? null, min: 0, unit: "km²", placeholder: "as mapped", set: (value) => { put(supply, "land", value === null ? null : { available_km2: value }); changed(); } }),
      numberField("Generators within", { value: supply.radius_km ?? null, min: 0, max: 300, unit: "km", placeholder: "50", set: set("radius_km") })),
    group("Money", false, ...moneyFields(changed),
      checkField("Size it anew 64 times for the bands", { value: options.uncertainty, hint: "Costs, efficiency, capital, demand and weather years vary; takes some seconds more.", set: (on) => { put(options, "uncertainty", on || null); changed(); } })),
  ];
}

function gridFields(changed) {
  const { supply } = state;
  const set = (part, name) => (value) => { put(part, name, value); changed(); };
  return [
    selectField("Clean share counted", { value: supply.matching ?? "hourly", set: set(supply, "matching"), choices: [["hourly", "hour by hour"], ["monthly", "month by month"], ["annual", "over the year"]] }),
    numberField("Grid power price", { value: supply.grid.import_price_usd_per_mwh ?? null, unit: "USD/MWh", placeholder: "by country", set: set(supply.grid, "import_price_usd_per_mwh") }),
    numberField("Price for power sold", { value: supply.grid.export_price_usd_per_mwh ?? 0, unit: "USD/MWh", set: set(supply.grid, "export_price_usd_per_mwh") }),
    numberField("Largest import", { value: supply.grid.max_import_mw ?? null, min: 0, unit: "MW", placeholder: "no limit", set: set(supply.grid, "max_import_mw") }),
  ];
}

function storeFields(changed) {
  const { supply } = state;
  const most = (technology, words) => numberField(words, {
    value: supply.limits?.[technology]?.max_mw ?? null, min: 0, unit: "MW", placeholder: "no limit",
    set: (value) => {
      const limits = { ...supply.limits };
      put(limits, technology, value === null ? null : { max_mw: value });
      put(supply, "limits", Object.keys(limits).length ? limits : null);
      changed();
    },
  });
  return [
    most("battery", "Battery, at most"),
    selectField("Hydrogen kept in", { value: supply.hydrogen_store_type ?? "buried_pipe", set: (value) => { put(supply, "hydrogen_store_type", value); changed(); }, choices: STORES.map((code) => [code, label(code)]), hint: "A buried pipe needs no special rock; caverns are cheaper where there are any." }),
    most("hydrogen_turbine", "Hydrogen turbine, at most"),
  ];
}

/** One contract for firm clean power; a request by hand may name five. */
function firmFields(again, changed) {
  const { supply } = state;
  const firm = supply.firm?.[0];
  const set = (name) => (value) => { put(firm, name, value); changed(); };
  const box = checkField("Firm clean power can be bought", { value: firm, hint: "Hydro, geothermal, nuclear or a contract for power round the clock.", set: (on) => { put(supply, "firm", on ? [{ name: FIRM, price_usd_per_mwh: FIRM_PRICE }] : null); again(); } });
  if (!firm) return [box];
  return [box,
    numberField("Price of firm power", { value: firm.price_usd_per_mwh, min: 0, max: 100000, required: true, unit: "USD/MWh", set: set("price_usd_per_mwh") }),
    numberField("Firm power, at most", { value: firm.max_mw ?? null, min: 0, unit: "MW", placeholder: "no limit", set: set("max_mw") }),
    checkField("It is renewable", { value: firm.renewable, hint: "Nuclear power is clean, but is not renewable in the EU's rules.", set: (on) => { firm.renewable = on; changed(); } }),
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
