// Back and Forward lead from choice to choice. Streamlit makes a step in the browser's history of
// every change of the address; a pan or a language is none, nor is the first address of a visit.
(() => {
  if (history.plannerSteps) return;
  history.plannerSteps = true;
  const push = history.pushState.bind(history);
  const place = (address) => {
    const url = new URL(address, location.href);
    ["v", "lang"].forEach((name) => url.searchParams.delete(name));
    return url.pathname + url.search;
  };
  history.pushState = (state, title, address) => {
    const arriving = !location.search && new URL(address, location.href).pathname === location.pathname;
    const same = place(address) === place(location.href);
    (arriving || same ? history.replaceState.bind(history) : push)(state, title, address);
  };
})();
