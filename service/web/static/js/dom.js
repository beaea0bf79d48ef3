// Elements without a framework: h() for HTML, s() for SVG. Text is always text, never markup.
const SVG = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const h = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);
export const s = (tag, properties, ...children) => fill(document.createElementNS(SVG, tag), properties, children);
export const by = (id) => document.getElementById(id);

/** A card with a heading. */
export const card = (title, ...children) => h("section", { class: "card" }, h("h3", {}, title), ...children);

/** A table: columns are [heading, isNumber]; rows are arrays of text or elements; a cell that is a td stands as it is. */
export function table(caption, columns, rows) {
  const cls = (index) => (columns[index][1] ? "number" : undefined);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {},
      h("caption", { class: "visually-hidden" }, caption),
      h("thead", {}, h("tr", {}, columns.map(([name], i) => h("th", { scope: "col", class: cls(i) }, name)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, i) =>
        cell instanceof HTMLTableCellElement ? cell : i === 0 ? h("th", { scope: "row", class: cls(i) }, cell) : h("td", { class: cls(i) }, cell)))))));
}
