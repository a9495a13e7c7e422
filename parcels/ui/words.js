// The widgets of Streamlit speak English only. Replaces their own words, and nobody else's, by the
// sentences of the page's language: WORDS is a list of pairs of a pattern and what stands for it.
(() => {
  const WIDGETS = [
    "[data-testid=stFileUploader]",
    "[data-testid=stSelectboxVirtualDropdown]",
    "[data-testid=stDataFrameColumnMenu]",
    "[data-testid=stDialog]",
    "[role=dialog]",
  ].join();
  const words = WORDS.map(([pattern, sentence]) => [new RegExp(pattern), sentence]);
  const kept = (window.plannerWords ??= { written: new WeakMap() });
  const say = (node) => {
    if (!node.parentElement?.closest(WIDGETS)) return;
    const known = kept.written.get(node);
    const own = known?.shown === node.data ? known.own : node.data;
    const [pattern, sentence] = words.find(([tried]) => tried.test(own)) ?? [];
    const shown = pattern ? own.replace(pattern, sentence) : own;
    if (pattern) kept.written.set(node, { own, shown });
    if (shown !== node.data) node.data = shown;
  };
  const sayAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return say(root);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) say(texts.currentNode);
  };
  kept.observer?.disconnect();
  kept.observer = new MutationObserver((changes) => {
    changes.forEach((change) =>
      change.type === "characterData" ? say(change.target) : change.addedNodes.forEach(sayAll),
    );
  });
  kept.observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  sayAll(document.body);
})();
