// Scenarios: side by side with the steps behind each difference; ledger, indices, conflicts of each.
(function (page) {
  "use strict";

  const { html, badge, table, section, folded } = page.parts;
  const { t, fixed, mu, hectares, moment, isNumber } = page.words;
  const { totals, findingTable, lines, VIEWS } = page.kinds;

  const land = (m2) => (isNumber(m2) ? t("area", { m2: fixed(m2, 2), mu: mu(m2), hectares: hectares(m2) }) : html("span", { class: "pg-text-unknown" }, `${t("glyph.unknown")} ${t("outcome.unknown")}`));

  function comparison(content) {
    const { comparison: compared, scenarios } = content.answers;
    if (!compared?.rows?.length) return null;
    const name = (id) => scenarios.find((one) => one.id === id)?.name ?? id;
    const others = scenarios.filter((one) => one.id !== compared.first);
    const difference = (row, id) => (row.differences ?? []).find((one) => one.scenario === id);
    const value = (row, id) => (row.values ?? []).find((one) => one.scenario === id) ?? {};
    const shown = ({ text, outcome }) => [outcome ? badge(outcome) : "", html("span", { class: `pg-line${text === t("outcome.unknown") ? " pg-text-unknown" : ""}` }, text ?? "—")];
    const caused = (id) => compared.rows.some((row) => difference(row, id)?.causes?.length);
    const steps = (row, id) => (difference(row, id)?.causes ?? []).map((one) => html("span", { class: "pg-line" }, `${one.change_text ?? ""} ${one.text ?? ""}`));
    return table([
      { title: t("figure"), cell: (row) => row.name },
      ...[{ id: compared.first, name: name(compared.first) }, ...others].map((one) => ({ title: one.name, cell: (row) => shown(value(row, one.id)), number: true })),
      ...others.flatMap((one) => [
        { title: t("difference", { name: one.name }), cell: (row) => difference(row, one.id)?.text ?? "—", number: true },
        caused(one.id) && { title: t("caused_by"), cell: (row) => steps(row, one.id), kind: "pg-cell-said" },
      ]),
      { title: t("id"), cell: (row) => row.id ?? "", kind: "pg-id" },
    ].filter(Boolean), compared.rows);
  }

  function ledger(scenario) {
    const rows = scenario.ledger?.lines ?? [];
    if (!rows.length) return null;
    return [table([
      { title: t("ledger_part"), cell: (one) => one.title },
      { title: t("area_title"), cell: (one) => (one.asked === false && !isNumber(one.area_m2) ? t("not_set") : land(one.area_m2)), number: true },
    ], rows), lines(scenario.ledger.needs)];
  }

  function indices(scenario) {
    const rows = scenario.indices?.indices ?? [];
    if (!rows.length) return null;
    return table([
      { title: t("index"), cell: (one) => [one.name, one.method ? html("span", { class: "pg-soft pg-line" }, one.method) : ""], kind: "pg-cell-check" },
      { title: t("outcome"), cell: (one) => badge(one.outcome), kind: "pg-cell-outcome" },
      { title: t("value"), cell: (one) => one.text || "—", number: true },
      { title: t("bands"), cell: (one) => (one.bands ?? []).map((band) => html("span", { class: "pg-line" }, `${band.title} ${band.text ?? ""}`)), kind: "pg-cell-said" },
      { title: t("said"), cell: (one) => [one.message, one.needs_text ? html("span", { class: "pg-needs" }, t("needs", { data: one.needs_text })) : ""] },
      { title: t("source"), cell: (one) => [...new Set((one.bands ?? []).map((band) => band.source))].map((text) => html("span", { class: "pg-line" }, text)), kind: "pg-cell-source" },
      { title: t("id"), cell: (one) => one.id ?? "", kind: "pg-id" },
    ], rows);
  }

  function balance(scenario) {
    const percent = (share) => (isNumber(share) ? page.words.amount(share, "ratio") : "—");
    return (scenario.balance ?? []).flatMap((one) => [html("h3", {}, one.title), table([
      { title: t("class"), cell: (row) => [row.code, row.name].filter(Boolean).join(" ") },
      { title: t("area_title"), cell: (row) => land(row.area_m2), number: true },
      { title: t("share"), cell: (row) => percent(row.share), number: true },
    ], one.rows ?? [])]);
  }

  function elements(content, scenario) {
    const rows = (content.scenarios ?? []).find((one) => one.id === scenario.id)?.elements ?? [];
    if (!rows.length) return null;
    return table([
      { title: t("element"), cell: (one) => one.title || one.name },
      { title: t("kind"), cell: (one) => one.kind_text ?? one.kind },
      { title: t("class"), cell: (one) => one.code || "—" },
      { title: t("year"), cell: (one) => one.year ?? "—", number: true },
      { title: t("area_title"), cell: (one) => (isNumber(one.area_m2) ? land(one.area_m2) : "—"), number: true },
      { title: t("length"), cell: (one) => (isNumber(one.length_m) ? page.words.amount(one.length_m, "m") : "—"), number: true },
      { title: t("geometry"), cell: (one) => page.findingParts.geometryText(one) ?? "" },
    ], rows);
  }

  function steps(scenario) {
    if (!scenario.steps?.length) return null;
    return table([
      { title: t("step"), cell: (one) => one.number, number: true },
      { title: t("done"), cell: (one) => one.text },
      { title: t("by"), cell: (one) => [one.by, moment(one.at)].filter(Boolean).join(" · ") },
    ], scenario.steps);
  }

  function whole(content, scenario) {
    const element = [{ title: t("element"), cell: (one) => one.element_title, kind: "pg-cell-name" }];
    return section(scenario.name,
      html("p", {}, badge(scenario.outcome), " ", [scenario.owner, moment(scenario.saved_at)].filter(Boolean).join(" · ")),
      html("h3", {}, t("elements")), elements(content, scenario),
      html("h3", {}, t("ledger")), ledger(scenario),
      html("h3", {}, t("indices")), totals(scenario.indices?.summary), indices(scenario),
      html("h3", {}, t("conflicts")), findingTable(scenario.conflicts, element) ?? html("p", {}, t("no_conflicts")),
      folded(t("balance"), ...balance(scenario)), folded(t("steps"), steps(scenario) ?? ""));
  }

  function draw(content) {
    const answers = content.answers ?? {};
    const scenarios = answers.scenarios ?? [];
    return [
      section(t("notices"), lines((answers.notices ?? []).map((one) => one.text))),
      section(t("comparison_of"), answers.comparison?.note ? html("p", {}, answers.comparison.note) : null, comparison(content)),
      ...scenarios.map((one) => whole(content, one)),
    ];
  }

  VIEWS.scenarios = { shown: ["as_of", "comparison", "layers", "packs", "notices", "scenarios"], draw };
})((window.snapshotPage = window.snapshotPage || {}));
