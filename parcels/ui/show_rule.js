// Bring the rule and the pack that the address names into sight: choice NUMBER of this visit.
(() => {
  const named = [".st-key-rules_chosen", ".st-key-rules_packs label:has(input:checked)"];
  let turns = 100; // rows and list are drawn after this script is run, each in its time

  function show() {
    for (const one of named.splice(0)) {
      const drawn = document.querySelector(one);
      if (drawn) drawn.scrollIntoView({ block: "nearest" });
      else named.push(one);
    }
    turns -= 1;
    if (named.length && turns) setTimeout(show, 50);
  }

  show();
})();
