// Names and numbers as people read them.
const NAMES = {
  pv_fixed: "Fixed solar", pv_tracking: "Tracking solar", wind_onshore: "Onshore wind", wind_offshore: "Offshore wind",
  wind_offshore_floating: "Floating offshore wind", battery: "Battery", hydrogen_store: "Hydrogen store",
  hydrogen_turbine: "Hydrogen turbine", electrolyser: "Electrolyser", electrolyser_for_power: "Electrolyser, for power",
  hydrogen_store_for_power: "Hydrogen store, for power", grid_connection: "Grid connection", grid_import: "Grid power",
  grid_export: "Sold to the grid", buried_pipe: "Buried pipe", lined_rock_cavern: "Lined rock cavern",
  salt_cavern: "Salt cavern", eaf_melting: "Arc furnace, melting", eu_rfnbo: "EU renewable hydrogen (RFNBO)",
  unserved: "Not served", import: "Grid power", met: "met", not_met: "not met", unknown: "not known",
};
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
  const words = rest.join(" ").replace(/_usd_per_/, " per ").replace(/_share_per_/, " a ").replaceAll("_", " ").replace(/\bmwh\b/g, "MWh").replace(/\bmw\b/g, "MW");
  return rest.length ? `${label(first)}: ${words}` : label(first);
}

export const unitLabel = (unit) => UNITS[unit] ?? unit;
export const tint = (code) => (TINTS.find(([start]) => code.startsWith(start)) ?? ["", "firm"])[1];

/** Three significant digits, thousands apart. */
export function number(value, digits = 3) {
  if (value === null || value === undefined) return "not known";
  if (Math.abs(value) < 1e-9) return "0";
  const places = Math.max(0, Math.min(6, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
  const rounded = Math.abs(value) >= 10 ** digits ? Number(value.toPrecision(digits)) : value;
  return rounded.toLocaleString("en", { maximumFractionDigits: places });
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
