// What went wrong, in words, where a reader and a screen reader find it.
import { by, h } from "./dom.js";

export function showProblem(problem, where = "", again = null) {
  by("problem").replaceChildren(h("div", { class: "card problem" },
    h("strong", {}, where ? `${where}: ${problem.message}` : problem.message),
    problem.detail && h("p", {}, problem.detail),
    problem.lines?.length > 0 && h("ul", {}, problem.lines.map((line) => h("li", {}, line))),
    again && problem.passes && h("div", { class: "row" }, h("button", { type: "button", onclick: again }, "Try again")),
    problem.requestId && h("small", { class: "hint" }, `Quote ${problem.requestId} when you report it.`)));
}

export const clearProblem = () => by("problem").replaceChildren();
export const say = (words) => { by("status").textContent = words; };
