// Warnings in plain words: a heading by code, then what the answer itself says.
import { h } from "./dom.js";
import { figureLabel, plain, sentence } from "./words.js";

const TITLES = {
  climate_coarse: "The climate here is known coarsely", grid_incomplete: "The grid map is incomplete here",
  grid_far: "No mapped line is near", recalled_figures: "Some figures rest on general knowledge, without a document",
  land_not_checked: "The land has not been checked for everything", land_shared: "Technologies may share the land",
  supply_elsewhere: "Generators stand away from the gate", connection_way_coarse: "The way to the grid is drawn straight",
  compliance_inputs_missing: "Rules need more facts about the project", product_cost_unavailable: "The product's cost is not known",
  fuel_remains: "Some fuel is still burnt", residual_mix_unknown: "The residual mix is not known",
  grid_line_too_weak: "The nearest line is too weak for this power", connection_cover_not_checked: "What covers the way to the grid is not known",
  weather_source_unavailable: "The weather source could not be reached", grid_plant_proxy: "A power plant stands in for a line",
};

export const warningTitle = (code) => TITLES[code] ?? code.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());

/** Codes in a text as words, the first letter large. */
export const plainDetail = (detail) => sentence(plain(detail));

/** The words of the first warning of these codes; a plain sentence where there is none. */
export function reason(warnings, codes, otherwise) {
  const found = warnings.find(({ code }) => codes.some((start) => code.startsWith(start)));
  return found ? plainDetail(found.detail) : otherwise;
}

const SHORT = 220;

/** The figures that such a warning names, by what they belong to: "Onshore wind: hub height m, cut in m per s". */
function recalled(detail) {
  const names = detail.slice(detail.indexOf(": ") + 2).split(", ").map((name) => figureLabel(name).split(": "));
  const groups = [...Map.groupBy(names, ([whose]) => whose)].map(([whose, found]) => `${whose}: ${found.map(([, what]) => what ?? whose).join(", ")}`);
  return h("details", {}, h("summary", {}, `${names.length} figures, low confidence: no document was found for them. Give your own where you know better.`), groups.map((words) => h("p", {}, words)));
}

/** One entry a code, for several figures may lack the same thing. */
export function warningList(warnings) {
  const words = (text) => (text.length <= SHORT ? h("p", {}, text) : h("details", {}, h("summary", {}, `${text.slice(0, 120).replace(/\s\S*$/, "")}…`), h("p", {}, text)));
  return h("ul", { class: "warnings" }, [...Map.groupBy(warnings, ({ code }) => code)].map(([code, found]) =>
    h("li", {}, h("strong", {}, warningTitle(code)), found.map(({ detail }) => (code === "recalled_figures" ? recalled(detail) : words(plainDetail(detail)))))));
}
