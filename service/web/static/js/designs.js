// One site, several ways: supply designs or processes side by side, from POST /v1/comparisons.
import { postJson } from "./api.js";
import { bestCell, bestOf } from "./compare.js";
import { h, table } from "./dom.js";
import { ofItsSector, processName } from "./form.js";
import { say, showProblem } from "./problems.js";
import { large, number, percent } from "./words.js";

const WAYS = [ // name, merge patch on the question
  ["Off the grid, all of the load", { supply: { grid: { connected: false }, clean_share: 1 } }],
  ["Off the grid, 95 % of the load", { supply: { grid: { connected: false }, clean_share: 0.95 } }],
  ["On the grid, 90 % clean hour by hour", { supply: { grid: { connected: true }, clean_share: 0.9, matching: "hourly" } }],
  ["On the grid, all clean over the year", { supply: { grid: { connected: true }, clean_share: 1, matching: "annual" } }],
  ["Without hydrogen for the night", { supply: { limits: { hydrogen_turbine: { max_mw: 0 } } } }],
  ["Without a battery", { supply: { limits: { battery: { max_mw: 0 } } } }],
];
const COLUMNS = [ // words, figure, shown as, -1 where less is better, 1 where more is
  ["Clean power, USD/MWh", "levelised_cost_of_clean_power_usd_per_mwh", number, -1],
  ["Hydrogen, USD/kg", "levelised_cost_of_hydrogen_usd_per_kg", number, -1],
  ["Product, USD a unit", "product_cost_usd_per_unit", number, -1],
  ["CO₂ avoided, t a year", "avoided_t_co2_per_year", large, 1],
  ["Served clean", "clean_share_achieved", percent, 1],
  ["Goes unused", "curtailed_share", percent, -1],
];

const MODES = { ways: "Ways to supply it", processes: "Other processes of its sector" };

/** What the page asks for one site: the base is the question that its answer stands for, without hours and samples. */
function question(site, mode) {
  const { options, ...base } = site.asked;
  if (mode === "ways") return { base, designs: [{ name: "As asked" }], alternatives: WAYS.map(([name, change]) => ({ name, change })) };
  return { base, processes: ofItsSector(base.process.id).map((id) => (id === base.process.id ? base.process : id)) };
}

export function designsCard(site) {
  const found = h("div", { "aria-live": "polite" });
  const buttons = Object.entries(MODES).map(([mode, words]) => h("button", { type: "button", "data-compare": mode, disabled: mode === "processes" && ofItsSector(site.asked.process.id).length < 2, onclick: () => run(mode) }, words));
  const show = (mode) => {
    const kept = site.compared?.[mode];
    if (kept) found.replaceChildren(sideBySide(kept, mode, site.answer.demand.product_unit));
  };
  const run = async (mode) => {
    buttons.forEach((button) => { button.disabled = true; });
    found.replaceChildren(h("div", { class: "skeleton tall" }));
    say("Comparing.");
    try {
      const answer = await postJson("v1/comparisons", question(site, mode));
      site.compared = { [mode]: answer }; // what is shown when the site is picked again
      show(mode);
      say(`${answer.rows.length} cases are side by side.`);
    } catch (error) {
      found.replaceChildren();
      showProblem(error, "The comparison", () => run(mode));
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  };
  Object.keys(site.compared ?? {}).forEach(show);
  return h("section", { class: "card", id: "designs" }, h("h3", {}, "Compare at this site"),
    h("p", { class: "hint" }, "The same question with one thing changed, the best of each column marked."), h("div", { class: "row actions" }, buttons), found);
}

function sideBySide({ rows }, mode, unit) {
  const columns = COLUMNS.filter(([, name]) => rows.some((row) => typeof row.figures?.[name] === "number"));
  const best = columns.map(([, name, shown, better]) => bestOf(rows.map((row) => row.figures?.[name]), better, shown));
  const cell = (row, [, name, shown], index) => {
    const value = row.figures?.[name] ?? null;
    return bestCell(shown(value), best[index] !== null && value === best[index]);
  };
  return table("Cases side by side", [[mode === "ways" ? "Supplied" : "Process"], ...columns.map(([words]) => [mode === "ways" ? words.replace("USD a unit", `USD/${unit}`) : words, true])], rows.map((row) => [
    mode === "ways" ? row.name : processName(row.process),
    ...(row.status === "ok" ? columns.map((column, index) => cell(row, column, index)) : [h("span", { class: "hint" }, row.problem?.detail ?? "no answer"), ...columns.slice(1).map(() => "–")]),
  ]));
}
