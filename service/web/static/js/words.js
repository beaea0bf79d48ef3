// Names and numbers as people read them.
const NAMES = {
  pv_fixed: "Fixed solar", pv_tracking: "Tracking solar", wind_onshore: "Onshore wind", wind_offshore: "Offshore wind",
  wind_offshore_floating: "Floating offshore wind", battery: "Battery", hydrogen_store: "Hydrogen store",
  hydrogen_turbine: "Hydrogen turbine", electrolyser: "Electrolyser", electrolyser_for_power: "Electrolyser, for power",
  hydrogen_store_for_power: "Hydrogen store, for power", grid_connection: "Grid connection", grid_import: "Grid power",
  grid_export: "Sold to the grid", buried_pipe: "Buried pipe", lined_rock_cavern: "Lined rock cavern",
  salt_cavern: "Salt cavern", eaf_melting: "Arc furnace, melting", eu_rfnbo: "EU renewable hydrogen (RFNBO)",
  iea_near_zero_steel: "IEA near-zero steel", us_45v: "US hydrogen credit (45V)", eu_cbam: "EU carbon border charge (CBAM)",
  unserved: "Not served", import: "Grid power", met: "met", not_met: "not met", unknown: "not known",
};
const CONTROLS = { // fields of a request by the words that stand on the form
  "supply.technologies": "What may be built", "supply.radius_km": "Generators within", "supply.clean_share": "Clean share",
  "supply.grid.connected": "Connected to the grid", "supply.grid.max_import_mw": "Largest import", "supply.land.available_km2": "Land for generators",
  "supply.grid.import_price_usd_per_mwh": "Grid power price", "finance.wacc": "Cost of capital", "finance.carbon_price_usd_per_t": "Carbon price",
};
const CODE = /\b[a-z][a-z0-9-]*(?:[_.][a-z0-9-]+)+\b/g;
const NO_CODE = /^[a-z]\.[a-z]$|\.(md|csv|py)$/; // e.g. or the name of a file
const UNITS = { t_per_year: "t a year", mw: "MW", m3_per_day: "m³ a day" };
const TINTS = [
  ["pv", "pv"], ["wind_offshore", "offshore"], ["wind", "wind"], ["battery", "battery"], ["hydrogen_turbine", "turbine"],
  ["hydrogen", "hydrogen"], ["electrolyser", "hydrogen"], ["grid", "grid"], ["import", "grid"], ["connection", "grid"], ["unserved", "unserved"],
];
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A code as words: `pv_tracking` is "Tracking solar". */
export function label(code) {
  if (code in NAMES) return NAMES[code];
  const words = code.replaceAll("_", " ").replace(/ om$/, ", O&M");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `wind_onshore.capex_usd_per_mw` is "Onshore wind: capex". */
export function figureLabel(code) {
  const [first, ...rest] = code.split(".");
  const whose = first.includes("-") ? "Process" : label(first); // its name has hyphens: steel-h2-dri-eaf
  const words = rest.join(" ").replace(/_usd_per_/, " per ").replace(/_share_per_/, " a ").replaceAll("_", " ").replace(/\bmwh\b/g, "MWh").replace(/\bmw\b/g, "MW").replace(/\bco2\b/g, "CO₂");
  return rest.length ? `${whose}: ${words}` : label(first);
}

/** Codes within a sentence as words: `wind_onshore` is "onshore wind", `supply.radius_km` the control of that. */
export function plain(text) {
  return text.replaceAll("`", "").replace(CODE, (code) => {
    if (NO_CODE.test(code)) return code;
    if (code in CONTROLS) return `“${CONTROLS[code]}”`;
    if (code in NAMES) return /^[A-Z]{2}/.test(NAMES[code]) ? NAMES[code] : NAMES[code].toLowerCase();
    return code.replaceAll("_", " ").replaceAll(".", " › ");
  });
}

export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const unitLabel = (unit) => UNITS[unit] ?? unit;
export const tint = (code) => (TINTS.find(([start]) => code.startsWith(start)) ?? ["", "firm"])[1];

/** Three significant digits, thousands apart. */
export function number(value, digits = 3) {
  if (value === null || value === undefined) return "not known";
  if (Math.abs(value) < 1e-9) return "0";
  const places = Math.max(0, Math.min(6, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
  const rounded = Math.abs(value) >= 10 ** digits ? Number(value.toPrecision(digits)) : value;
  return rounded.toLocaleString("en", { maximumFractionDigits: places }).replace("-", "−");
}

export const percent = (value) => (value === null || value === undefined ? "not known" : `${number(value * 100)} %`);

/** Large numbers with a word: 7,930,000 is "7.93 million". */
export function large(value) {
  if (value === null || value === undefined) return "not known";
  if (Math.abs(value) >= 1e9) return `${number(value / 1e9)} billion`;
  return Math.abs(value) >= 1e6 ? `${number(value / 1e6)} million` : number(value);
}

export function coordinates(latitude, longitude) {
  return `${Math.abs(latitude).toFixed(2)}° ${latitude < 0 ? "S" : "N"}, ${Math.abs(longitude).toFixed(2)}° ${longitude < 0 ? "W" : "E"}`;
}
