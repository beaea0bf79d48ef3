// The widget at /embed: one site by query parameters, its answer, messages to the page around it.
import { getJson, postJson } from "./api.js";
import { breakdownChart } from "./charts/bars.js";
import { readable } from "./contrast.js";
import { by, card, h } from "./dom.js";
import { headline } from "./headline.js";
import { showProblem } from "./problems.js";
import { linkOf } from "./state.js";
import { summary } from "./summary.js";
import { warningList } from "./warnings.js";

const asked = new URLSearchParams(location.search);
const given = (name) => (asked.has(name) ? Number(asked.get(name)) : undefined);

/** Tell the page around: it gets figures that anybody can ask for, so every origin may read them. */
const tell = (event, detail = {}) => window.parent !== window && window.parent.postMessage({ source: "sitewatt", event, ...detail }, "*");

function dress() {
  const theme = asked.get("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme === "dark" ? "dark" : "light";
  const accent = asked.get("accent");
  if (accent && /^[0-9a-fA-F]{6}$/.test(accent)) {
    const { style } = document.documentElement;
    style.setProperty("--accent", readable(`#${accent}`, getComputedStyle(document.documentElement).getPropertyValue("--card").trim()));
  }
  new ResizeObserver(() => tell("resize", { height: Math.ceil(document.body.getBoundingClientRect().height) })).observe(document.body);
}

async function question() {
  const id = asked.get("process") ?? "steel-h2-dri-eaf";
  const process = { id };
  const capacity = given("capacity");
  if (capacity !== undefined) process[`capacity_${(await getJson(`v1/processes/${encodeURIComponent(id)}`)).capacity_unit}`] = capacity;
  const name = asked.get("name");
  return {
    site: { location: { type: "Point", coordinates: [given("longitude") ?? null, given("latitude") ?? null] }, ...(name ? { name } : {}) },
    process,
    supply: { ...(asked.has("clean_share") ? { clean_share: given("clean_share") } : {}), ...(asked.get("grid") === "true" ? { grid: { connected: true } } : {}) },
  };
}

function draw(body, answer) {
  by("widget").replaceChildren(
    h("h2", {}, body.site.name ?? "Clean power here"),
    summary(answer),
    headline(answer),
    card("What the power costs, USD/MWh", breakdownChart(answer.cost)),
    answer.warnings.length > 0 && h("details", {}, h("summary", {}, `What this answer does not know (${new Set(answer.warnings.map(({ code }) => code)).size})`), warningList(answer.warnings)),
    h("p", { class: "hint" }, h("a", { href: linkOf({ sites: [body.site], process: body.process, supply: body.supply }), target: "_blank", rel: "noopener" }, "The whole answer, its sources and hours"), " by Sitewatt"));
}

async function start() {
  dress();
  tell("ready");
  try {
    const body = await question();
    const answer = await postJson("v1/assessments", body);
    draw(body, answer);
    tell("result", { assessment_id: answer.assessment_id, cost: answer.cost, emissions: answer.emissions, warnings: answer.warnings });
  } catch (error) {
    by("widget").replaceChildren();
    showProblem(error);
    tell("error", { title: error.message, detail: error.detail, errors: error.lines });
  } finally {
    by("widget").setAttribute("aria-busy", "false");
  }
}

start();
