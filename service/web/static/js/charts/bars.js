// Lying bars: what a cost is made of, and how it moves with its assumptions (tornado).
import { s } from "../dom.js";
import { figureLabel, label, number, tint } from "../words.js";
import { chart, scale, ticks } from "./frame.js";

const ROW = 30;
const SHOWN = 0.1; // USD/MWh; what is less is one bar

/** `parts`: [code, value]; what is under `least` becomes one bar. `what` and `unit` say it in words. */
export function partsChart(parts, { what, unit, least }) {
  const items = parts.filter(([, value]) => Math.abs(value) >= least).toSorted(([, a], [, b]) => b - a);
  const rest = parts.reduce((sum, [, value]) => sum + value, 0) - items.reduce((sum, [, value]) => sum + value, 0);
  if (Math.abs(rest) > least / 20) items.push(["all_else", rest]);
  const values = items.map(([, value]) => value);
  const most = Math.max(...values), lowest = Math.min(0, ...values);
  return chart({
    height: items.length * ROW + 6,
    summary: `${what} by part, ${unit}: ${items.map(([code, value]) => `${label(code)} ${number(value)}`).join(", ")}.`,
    draw: (width) => {
      const left = Math.min(190, width * 0.42), x = scale(lowest, most, left, width - 56);
      return items.flatMap(([code, value], i) => [
        s("text", { class: "strong", x: 0, y: i * ROW + 20 }, label(code)),
        s("rect", { class: `c-${tint(code)}`, x: Math.min(x(0), x(value)), y: i * ROW + 6, height: 20, width: Math.max(1.5, Math.abs(x(value) - x(0))), rx: 3 }),
        s("text", { class: "strong", x: Math.max(x(0), x(value)) + 6, y: i * ROW + 20 }, number(value, Math.abs(value) < 1 ? 2 : 3)),
      ]);
    },
  });
}

export const breakdownChart = (cost) => partsChart(cost.breakdown.map((part) => [part.item, part.usd_per_mwh]), { what: "Cost of clean power", unit: "USD per MWh", least: SHOWN });

/** `bars`: [figure, low, high], USD/MWh at the low and at the high end of the assumption. */
export function tornadoChart(central, bars, caption) {
  const shown = bars.filter(([, low, high]) => low !== null && high !== null && Math.abs(high - low) > 0.01).slice(0, 10);
  const ends = shown.flatMap(([, low, high]) => [low, high]);
  const least = Math.min(central, ...ends), most = Math.max(central, ...ends);
  return chart({
    height: shown.length * ROW + 26,
    keys: [["Assumption low", "accent"], ["Assumption high", "unserved"]],
    summary: `What moves the cost most, USD per MWh: ${shown.slice(0, 4).map(([figure, low, high]) => `${figureLabel(figure)} from ${number(low)} to ${number(high)}`).join("; ")}.`,
    caption,
    draw: (width) => {
      const left = Math.min(220, width * 0.45), x = scale(least, most, left + 4, width - 30), end = shown.length * ROW;
      const bar = (value, row, cls) => s("rect", { class: cls, x: Math.min(x(value), x(central)), width: Math.max(1, Math.abs(x(value) - x(central))), y: row * ROW + 6, height: 20 });
      const fit = (text) => (text.length * 6.6 > left ? `${text.slice(0, Math.floor(left / 6.6) - 1)}…` : text);
      return [
        ...ticks(least, most, width < 480 ? 3 : 5).flatMap((value) => [
          s("line", { class: "axis", x1: x(value), x2: x(value), y1: 0, y2: end }),
          s("text", { x: x(value), y: end + 16, "text-anchor": "middle" }, number(value)),
        ]),
        ...shown.flatMap(([figure, low, high], row) => [
          s("text", { class: "strong", x: 0, y: row * ROW + 20 }, s("title", {}, figureLabel(figure)), fit(figureLabel(figure))),
          bar(low, row, "c-accent"), bar(high, row, "c-unserved"),
        ]),
        s("line", { class: "marker", x1: x(central), x2: x(central), y1: 0, y2: end }),
      ];
    },
  });
}
