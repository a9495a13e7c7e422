// Ctrl+Z and Ctrl+Y on the page do what its buttons do; the map has the same keys of its own.
// An editor whose address is unknown to a server that was started anew has the page drawn again:
// Streamlit itself leaves a page that nobody touches as it was.
(() => {
  if (window.plannerSketchKeys) return;
  window.plannerSketchKeys = true;
  const TYPING = "input, textarea, select, [contenteditable=true]";

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest?.(TYPING)) return;
    const key = event.key.toLowerCase();
    const back = key === "z" && !event.shiftKey;
    if (!back && key !== "y" && key !== "z") return;
    const button = document.querySelector(`.st-key-sketch_${back ? "undo" : "redo"} button`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  window.addEventListener("message", ({ origin, data }) => {
    if (origin !== window.location.origin || data?.planner !== "sketch-refresh") return;
    document.querySelector(".st-key-sketch_refresh button")?.click();
  });
})();
