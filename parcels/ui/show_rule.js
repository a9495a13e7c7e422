// Bring the rule and the pack that the address names into sight: choice NUMBER of this visit.
(() => {
  let turns = 40; // the rows are drawn after this script is run

  function show() {
    const rule = document.querySelector(".st-key-rules_chosen");
    if (!rule) {
      turns -= 1;
      if (turns) setTimeout(show, 50);
      return;
    }
    const pack = document.querySelector(".st-key-rules_packs input:checked");
    for (const one of [rule, pack && pack.parentElement]) {
      if (one) one.scrollIntoView({ block: "nearest" });
    }
  }

  show();
})();
