// How full a store is over the year: the band of each day, and its mean.
import { s } from "../dom.js";
import { MONTHS, label, number, tint } from "../words.js";
import { ENERGY, chart, handy, line, scale, ticks, yAxis } from "./frame.js";

const DAY = 24;

/** One chart for each store that is used. */
export function levelCharts(hourly) {
  return Object.entries(hourly.series).filter(([name, values]) => name.endsWith("_level_mwh") && values.some((value) => value > 0.5))
    .map(([name, values]) => levelChart(name.replace("_level_mwh", ""), values));
}

function levelChart(code, values) {
  const days = [];
  for (let start = 0; start < values.length; start += DAY) {
    const day = values.slice(start, start + DAY);
    days.push([Math.min(...day), Math.max(...day)]);
  }
  const top = Math.max(...days.map(([, high]) => high));
  const [factor, unit] = handy(top, ENERGY);
  const empty = days.filter(([low]) => low < top * 0.01).length;
  return chart({
    height: 180,
    summary: `${label(code)}: up to ${number(top * factor)} ${unit}, nearly empty on ${empty} days.`,
    caption: `${label(code)}: lowest and highest level of each day; nearly empty on ${empty} days.`,
    draw: (width) => {
      const left = 44, y = scale(top, 0, 16, 154), x = scale(0, days.length - 1, left, width);
      const area = `${line(days.map(([, high], i) => [x(i), y(high)]))}${line(days.map(([low], i) => [x(i), y(low)]).reverse()).replace("M", "L")}Z`;
      return [
        ...yAxis(ticks(0, top, 3), y, width, left, (value) => number(value * factor, 2)),
        s("text", { x: 0, y: 10 }, unit),
        s("path", { class: `level c-${tint(code)}`, d: area }),
        ...MONTHS.filter((_, i) => width > 520 || i % 2 === 0).map((name) => s("text", { x: x((MONTHS.indexOf(name) * days.length) / 12), y: 172 }, name)),
      ];
    },
  });
}
