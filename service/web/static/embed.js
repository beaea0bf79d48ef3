// One line on a partner's page:
//   <script src="https://sitewatt.example/embed.js" data-latitude="65.83" data-longitude="21.69" data-process="steel-h2-dri-eaf"></script>
// puts the widget where the line stands and keeps its height. Its messages arrive as events "sitewatt" on the frame.
(() => {
  const script = document.currentScript;
  const address = new URL("embed", script.src);
  for (const [name, value] of Object.entries(script.dataset)) {
    address.searchParams.set(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value);
  }
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: address.href, title: script.title || "Sitewatt: clean power at one site", loading: "lazy" });
  Object.assign(frame.style, { width: "100%", height: "420px", border: "0" });
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== address.origin || event.data?.source !== "sitewatt") return;
    if (event.data.event === "resize") frame.style.height = `${event.data.height}px`;
    frame.dispatchEvent(new CustomEvent("sitewatt", { detail: event.data, bubbles: true }));
  });
  script.after(frame);
})();
