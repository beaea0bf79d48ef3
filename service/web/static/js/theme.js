// Light or dark: as the system says, until the reader chooses.
const KEY = "sitewatt-theme";

export function startTheme(button, changed) {
  const preferred = matchMedia("(prefers-color-scheme: dark)");
  const set = (theme) => {
    document.documentElement.dataset.theme = theme;
    if (button) button.textContent = theme === "dark" ? "Light" : "Dark";
    changed?.();
  };
  const kept = () => {
    try { return localStorage.getItem(KEY); } catch { return null; } // storage can be closed to us
  };
  set(kept() ?? (preferred.matches ? "dark" : "light"));
  preferred.addEventListener("change", (event) => kept() || set(event.matches ? "dark" : "light"));
  button?.addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem(KEY, next); } catch { /* it then lasts for this visit */ }
    set(next);
  });
}
