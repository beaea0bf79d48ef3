// What the project earns: value, return, payback, and its cash flow drawn.
import { cashChart } from "./charts/cash.js";
import { card, h, table } from "./dom.js";
import { label, large, number, percent } from "./words.js";

export function projectCard({ finance, demand }) {
  const { project, capital } = finance;
  if (!project) return card("What the project earns", h("p", { class: "hint" }, "Not known, for the product's cost is not."), capitalTable(capital));
  const unit = `USD/${demand.product_unit}`;
  const rows = [
    ["Net present value, after tax", `${large(project.npv_after_tax_usd)} USD`],
    ["Internal rate of return, real, after tax", project.irr_after_tax === null ? "there is none" : percent(project.irr_after_tax)],
    ["Payback", project.payback_years === null ? "not within the project" : `${number(project.payback_years)} years`],
    ["Investment", `${large(project.investment_usd)} USD`],
    ["Operation", `${large(project.operation_usd_per_year)} USD a year`],
    ["Discount rate, real", percent(project.discount_rate_real)],
    ["The product sells at", `${number(project.product_price_usd_per_unit)} ${unit}`],
    ["It would have to sell at", `${number(project.levelised_price_usd_per_unit)} ${unit}`],
  ];
  return card(`What the project earns in ${project.years} years`, cashChart(project.cash_flow),
    table("The project", [["Figure"], ["Value", true]], rows),
    h("p", { class: "hint" }, `Price of the product: ${project.price_source}. At the last figure the project would just pay, before tax.`),
    yearTable(project.cash_flow), capitalTable(capital));
}

const FLOWS = [
  ["Revenue", "revenue_usd"], ["Support", "support_usd"], ["Operation", "operation_usd"], ["Investment", "investment_usd"],
  ["Tax", "tax_usd"], ["After tax", "cash_flow_after_tax_usd"],
];

function yearTable(years) {
  const columns = FLOWS.filter(([, name]) => years.some((one) => one[name] !== 0)); // no column of support where there is none
  return h("details", {}, h("summary", {}, "Year by year, million USD"), table("Cash flow by year, million USD",
    [["Year"], ...columns.map(([words]) => [words, true])],
    years.map((one) => [String(one.year), ...columns.map(([, name]) => number(one[name] / 1e6))])));
}

function capitalTable(capital) {
  const rows = capital.map((one) => [label(one.technology), percent(one.wacc_real), one.low === null ? "" : `${percent(one.low)} to ${percent(one.high)}`]);
  return h("details", {}, h("summary", {}, "Cost of capital"), table("Cost of capital", [["For"], ["Real, after tax", true], ["Low to high", true]], rows));
}
