// The project's money year by year: what comes in or goes out, and the sum since the first year.
import { s } from "../dom.js";
import { number } from "../words.js";
import { chart, handy, line, scale, ticks, yAxis } from "./frame.js";

const MONEY = [[1e-9, "billion USD"], [1e-6, "million USD"], [1, "USD"]];

/** `years`: the answer's `finance.project.cash_flow`, real USD, after tax. */
export function cashChart(years) {
  const flows = years.map((one) => one.cash_flow_after_tax_usd);
  let total = 0;
  const sums = flows.map((flow) => (total += flow));
  const most = Math.max(0, ...flows, ...sums), least = Math.min(0, ...flows, ...sums);
  const [factor, unit] = handy(Math.max(most, -least), MONEY);
  const [first, last] = [years[0].year, years.at(-1).year];
  return chart({
    height: 240,
    keys: [["Comes in", "accent"], ["Goes out", "unserved"], ["Sum since the start", "line"]],
    summary: `Cash flow after tax from year ${first} to ${last}: at the end the sum is ${number(total * factor)} ${unit}.`,
    caption: "After tax, real US dollars of 2025, not discounted; year 0 starts the operation.",
    draw: (width) => {
      const left = 44, y = scale(most, least, 20, 212), step = (width - left) / years.length;
      const middle = (index) => left + (index + 0.5) * step;
      const every = Math.ceil(years.length / (width < 480 ? 4 : 7));
      return [
        ...yAxis(ticks(least, most), y, width, left, (value) => number(value * factor, 2)),
        s("text", { x: 0, y: 10 }, unit),
        ...flows.map((flow, i) => s("rect", { class: flow < 0 ? "c-unserved" : "c-accent", x: left + i * step + step * 0.15, width: step * 0.7, y: y(Math.max(0, flow)), height: Math.abs(y(flow) - y(0)) })),
        s("path", { class: "loadline", d: line(sums.map((sum, i) => [middle(i), y(sum)])) }),
        ...years.map(({ year }, i) => (i % every === 0 ? s("text", { x: middle(i), y: 232, "text-anchor": "middle" }, String(year)) : null)).filter(Boolean),
      ];
    },
  });
}
