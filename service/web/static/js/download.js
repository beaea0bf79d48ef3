// Answers to take away: JSON, CSV, the hours, a report to print, a link.
import { h } from "./dom.js";

/** One CSV cell: quoted where it must be; a text that a spreadsheet would run as a formula is made plain. */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csv = (rows) => rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

/** Every figure of an answer with its dotted name, then every assumption. */
export function answerRows(answer) {
  const rows = [["figure", "value", "unit", "low", "high", "status", "source"]];
  const walk = (value, name) => {
    if (value === null || typeof value !== "object") rows.push([name, value, "", "", "", "answer", ""]);
    else for (const [key, part] of Object.entries(value)) walk(part, name ? `${name}.${key}` : key);
  };
  const { provenance, hourly, ...rest } = answer;
  walk(rest, "");
  for (const item of provenance) rows.push([item.figure, item.value, item.unit, item.low, item.high, item.default ? item.status : "given", item.source]);
  return rows;
}

function hourRows({ hourly }) {
  const columns = { load_mw: hourly.load_mw, hydrogen_load_mw: hourly.hydrogen_load_mw, ...hourly.series };
  for (const [name, values] of Object.entries(hourly.available_mw)) columns[`${name}_available_mw`] = values;
  const names = Object.keys(columns), start = Date.parse(hourly.start);
  const rows = [["hour_utc", ...names]];
  for (let hour = 0; hour < hourly.hours; hour++) rows.push([new Date(start + hour * 3.6e6).toISOString().slice(0, 16) + "Z", ...names.map((name) => columns[name][hour])]);
  return rows;
}

export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Print with everything open: the report is this page on paper, every assumption included. */
export function print() {
  const closed = [...document.querySelectorAll("#results details:not([open])")];
  closed.forEach((part) => { part.open = true; });
  addEventListener("afterprint", () => closed.forEach((part) => { part.open = false; }), { once: true });
  window.print();
}

export function downloads(answer, link) {
  const button = (words, act) => h("button", { type: "button", onclick: act }, words);
  const copy = button("Copy link", async () => {
    try { await navigator.clipboard.writeText(link()); copy.textContent = "Link copied"; }
    catch { window.prompt("The link to this answer:", link()); } // no clipboard without https or permission
    setTimeout(() => { copy.textContent = "Copy link"; }, 2000);
  });
  const file = (kind) => `sitewatt-${answer.assessment_id.slice(0, 8)}${kind}`;
  return h("div", { class: "row actions" }, copy,
    button("Report", print),
    button("JSON", () => save(file(".json"), "application/json", JSON.stringify(answer, null, 2))),
    button("CSV", () => save(file(".csv"), "text/csv", csv(answerRows(answer)))),
    answer.hourly && button("Hours CSV", () => save(file("-hours.csv"), "text/csv", csv(hourRows(answer)))));
}
