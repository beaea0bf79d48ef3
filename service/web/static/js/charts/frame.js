// What every chart shares: it is drawn for the width it has and redrawn when that changes; scales, ticks, keys.
import { h, s } from "../dom.js";
import { label, tint } from "../words.js";

/** A figure of fixed height whose `draw(width)` gives SVG children; `summary` says in words what it shows. */
export function chart({ height, summary, caption, keys = [], draw }) {
  const svg = s("svg", { class: "chart", role: "img", "aria-label": summary, height });
  const box = h("div", { class: "chart-box" }, svg);
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(box.clientWidth);
    if (!width || width === drawn) return;
    drawn = width;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren(...draw(width));
  }).observe(box);
  return h("figure", {}, box,
    keys.length > 0 && h("div", { class: "keys" }, keys.map((code) => h("span", {}, h("i", { class: `swatch c-${typeof code === "string" ? tint(code) : code[1]}`, "aria-hidden": "true" }), typeof code === "string" ? label(code) : code[0]))),
    caption && h("figcaption", {}, caption));
}

export const scale = (from, to, start, end) => (value) => start + ((value - from) / (to - from || 1)) * (end - start);

/** Round values between least and most, some four of them. */
export function ticks(least, most, count = 4) {
  const span = most - least || 1;
  const rough = span / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const out = [];
  for (let value = Math.ceil(least / step) * step; value <= most + step / 1e6; value += step) out.push(value);
  return out;
}

/** Horizontal grid lines with their values on the left. */
export function yAxis(values, y, width, left, text) {
  return values.flatMap((value) => [
    s("line", { class: value === 0 ? "zero" : "axis", x1: left, x2: width, y1: y(value), y2: y(value) }),
    s("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, text(value)),
  ]);
}

/** A unit in which most is a handy number: [factor, name], as in [0.001, "GW"]. */
export function handy(most, units) {
  return units.find(([factor]) => Math.abs(most) * factor >= 1) ?? units.at(-1);
}
export const POWER = [[1e-3, "GW"], [1, "MW"]];
export const ENERGY = [[1e-6, "TWh"], [1e-3, "GWh"], [1, "MWh"]];

export function line(points) {
  return points.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
