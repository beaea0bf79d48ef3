// The key that a closed service asks for: kept for this tab, gone with it.
import { h } from "./dom.js";

const NAME = "sitewatt-key";
let kept = null; // where the browser keeps nothing for a page
let asking = null;

const stored = () => { try { return sessionStorage.getItem(NAME) ?? kept; } catch { return kept; } };

function store(key) {
  kept = key;
  try { sessionStorage.setItem(NAME, key); } catch { /* kept above */ }
}

/** Options of a call with the key, if there is one. */
export function keyed(options) {
  const key = stored();
  return key ? { ...options, headers: { ...options.headers, Authorization: `Bearer ${key}` } } : options;
}

/** Ask for a key, once for all calls that wait; whether one was given. */
export function askKey() {
  asking ??= new Promise((resolve) => {
    const refused = stored() !== null;
    const input = h("input", { type: "password", id: "key", name: "key", autocomplete: "off", required: true });
    const form = h("form", { method: "dialog" },
      h("h2", { id: "key-title" }, "This service asks for a key"),
      h("p", {}, refused ? "The key is not known here, or has ended." : "Whoever runs it gives you one. It stays in this tab."),
      h("label", { for: "key" }, "Key"), input,
      h("div", { class: "row actions" }, h("button", { type: "submit", class: "primary" }, "Go on"), h("button", { type: "button", onclick: () => dialog.close() }, "Cancel")));
    const dialog = h("dialog", { "aria-labelledby": "key-title", onclose: () => { dialog.remove(); asking = null; resolve(false); } }, form);
    form.addEventListener("submit", () => { store(input.value.trim()); resolve(true); });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
