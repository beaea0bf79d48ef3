// Form controls with label, unit and help; each writes what it holds into the question.
import { h } from "./dom.js";

let made = 0;
const nextId = () => `field-${++made}`;

/** Set, or leave out what is null, so that the service's own default holds. */
export function put(part, name, value) {
  if (value === null || value === "") delete part[name];
  else part[name] = value;
}

/** What is wrong in a form, a line each, in the browser's own words and the units shown. */
export function wrongFields(form) {
  return [...form.querySelectorAll("input:invalid")].map((input) => `${input.labels[0]?.textContent}: ${input.validationMessage}`);
}

/** A labelled control with its unit and a hint below. */
function wrapped(words, control, unit, hint) {
  const id = nextId();
  control.id = id;
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  return h("div", { class: "field" }, h("label", { for: id }, words),
    h("span", {}, control, unit && h("span", { class: "unit" }, unit)), hint && h("small", { class: "hint", id: `${id}-hint` }, hint));
}

/** A number; `set` gets a number, or null when it is left empty. `scale` of 100 shows a share in per cent. */
export function numberField(words, { value, set, unit, hint, min, max, step = "any", scale = 1, placeholder, required }) {
  const shown = value === null || value === undefined ? "" : Number((value * scale).toPrecision(12));
  const input = h("input", { type: "number", inputmode: "decimal", value: shown, min, max, step, placeholder, required });
  input.addEventListener("input", () => {
    const wrong = !input.validity.valid;
    input.setAttribute("aria-invalid", wrong);
    set(input.value === "" ? null : Number(input.value) / scale);
  });
  return wrapped(words, input, unit, hint);
}

export function selectField(words, { value, set, choices = [], groups = new Map(), hint }) {
  const select = h("select", { onchange: () => set(select.value) },
    choices.map(([code, name]) => h("option", { value: code }, name)),
    [...groups].map(([title, members]) => h("optgroup", { label: title }, members.map(({ id, name }) => h("option", { value: id }, name)))));
  select.value = value;
  return wrapped(words, select, null, hint);
}

export function checkField(words, { value, set, hint }) {
  const id = nextId();
  return h("div", {},
    h("label", { class: "check" }, h("input", { type: "checkbox", checked: Boolean(value), "aria-describedby": hint && id, onchange: (event) => set(event.target.checked) }), words),
    hint && h("small", { class: "hint", id }, hint));
}
