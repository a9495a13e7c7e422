// A button with data-copy copies that text. A page of an intranet is often no secure context, where
// browsers refuse the newer way; a field that is chosen and copied works there too.
(() => {
  if (window.plannerShare) return;
  window.plannerShare = true;
  const SHOWN = 1800; // milliseconds

  const byField = (button, text) => {
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.style.cssText = "position: fixed; opacity: 0; left: 0; top: 0";
    button.parentElement.append(field); // inside the dialog, which holds the focus
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    button.focus();
    return done;
  };

  const copy = async (button, text) => {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return byField(button, text);
      }
    }
    return byField(button, text);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const text = button.dataset.copy;
    if (!(await copy(button, text))) return;
    const word = button.textContent;
    if (word === button.dataset.done) return;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = word), SHOWN);
  });
})();
