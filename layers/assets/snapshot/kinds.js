// The views of kinds that are no review. What a view does not show is described below it as it is.
(function (page) {
  "use strict";

  const { html, badge, facts, table, section, folded, nodes } = page.parts;
  const { t, amount, measured, count } = page.words;
  const { OUTCOMES } = page.outcomes;
  const { cause, overridden } = page.findingParts;

  const VIEWS = {}; // kind -> {shown: keys of the answers, draw(content)}

  // Outcome and count, all five, the worst first.
  function totals(counts) {
    if (!counts) return null;
    return html("p", { class: "pg-totals" }, ...OUTCOMES.map((name) => html("span", { class: `pg-text-${name}` }, `${t(`outcome.${name}`)} ${count(counts[name] ?? 0)}`)));
  }

  function counted(findings) {
    const counts = Object.fromEntries(OUTCOMES.map((name) => [name, 0]));
    for (const one of findings) counts[one.outcome] = (counts[one.outcome] ?? 0) + 1;
    return counts;
  }

  // Findings as rows, the worst first; what stands before them names their subject.
  function findingTable(findings, before = []) {
    if (!findings?.length) return null;
    const ordered = [...findings].sort((a, b) => page.outcomes.rankOf(a.outcome) - page.outcomes.rankOf(b.outcome));
    const missing = (one) => (one.needs_text?.length ? html("span", { class: "pg-needs" }, t("needs", { data: [one.needs_text].flat().join(t("list_mark")) })) : null);
    return table([
      ...before,
      { title: t("outcome"), cell: (one) => badge(one.outcome), kind: "pg-cell-outcome" },
      { title: t("check"), cell: (one) => [one.title || one.rule_title, one.rule_title && one.rule_title !== one.title && one.title ? html("span", { class: "pg-soft pg-line" }, one.rule_title) : ""], kind: "pg-cell-check" },
      { title: t("measured"), cell: (one) => one.own_text || measured(one), number: true },
      { title: t("limit"), cell: (one) => one.limit_text || "—", number: true },
      { title: t("said"), cell: (one) => [cause(one), cause(one) ? " " : "", one.message ?? "", missing(one), overridden(one)], kind: "pg-cell-said" },
      { title: t("source"), cell: (one) => one.source ?? "", kind: "pg-cell-source" },
      { title: t("id"), cell: (one) => one.id ?? "", kind: "pg-id" },
    ], ordered, { rowAttributes: (one) => ({ "data-finding": one.id ?? "" }) });
  }

  // The whole view: what the kind shows first, then the rest of the answers.
  function view(content) {
    const answers = content.answers ?? {};
    const known = VIEWS[content.kind];
    const sections = known ? known.draw(content).filter(Boolean) : [];
    const rest = Object.fromEntries(Object.entries(answers).filter(([name, value]) => !known?.shown.includes(name) && !page.tables.isEmpty(value)));
    if (!sections.length) sections.push(section(t("results"), page.tables.describe(answers)));
    else if (Object.keys(rest).length) sections.push(folded(t("rest"), page.tables.describe(rest)));
    return html("div", { class: "pg-document" }, ...sections.flatMap(nodes));
  }

  // Lines of text, one below the other.
  const lines = (texts) => (texts?.length ? html("ul", { class: "pg-notes" }, ...texts.map((one) => html("li", {}, one))) : null);

  page.kinds = { VIEWS, view, totals, counted, findingTable, lines, facts, amount };
})((window.snapshotPage = window.snapshotPage || {}));
