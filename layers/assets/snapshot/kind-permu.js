// A ranking of firms per 亩: a table for each scheme, with what it lacks; figures of the whole zone.
(function (page) {
  "use strict";

  const { html, table, section, facts } = page.parts;
  const { t, fixed, plainly, isNumber, count } = page.words;
  const { lines, VIEWS } = page.kinds;
  const LAST = 1e9; // place of a firm without a rank

  function index(value, unit) {
    if (!isNumber(value)) return html("span", { class: "pg-text-unknown" }, t("outcome.unknown"));
    return unit === "1" ? page.words.amount(value, "ratio") : fixed(value, 2);
  }

  const headed = (one) => (one.unit && one.unit !== "1" ? t("with_unit", one) : one.title);
  const heading = ({ title, unit }) => [title, unit && unit !== "1" ? html("span", { class: "pg-line" }, unit) : ""];

  function ranking(result) {
    const rows = [...(result.rows ?? [])].sort((a, b) => (a.rank ?? LAST) - (b.rank ?? LAST) || a.row - b.row);
    // What the level of the snapshot leaves out is no unknown: it has no column.
    const indices = (result.indices ?? []).filter((one) => rows.some((row) => row.indices && one.id in row.indices));
    const land = (row) => row.by_denominator?.[result.denominator]?.area_mu;
    return table([
      { title: t("rank"), cell: (one) => (one.rank === null || one.rank === undefined ? "—" : count(one.rank)), number: true },
      { title: t("firm"), cell: (one) => [one.name ?? one.firm, one.promised ? html("span", { class: "pg-chip" }, t("promised")) : ""], kind: "pg-cell-name" },
      { title: t("class"), cell: (one) => one.class ?? html("span", { class: "pg-text-unknown" }, one.unknown ? t("outcome.unknown") : "—") },
      rows.some((row) => row.score_text !== undefined && row.score_text !== "") && { title: t("score"), cell: (one) => one.score_text ?? html("span", { class: "pg-text-unknown" }, t("outcome.unknown")), number: true },
      rows.some((row) => isNumber(land(row))) && { title: t("land_mu", { of: result.denominator_titles?.[result.denominator] ?? "" }), cell: (one) => (isNumber(land(one)) ? fixed(land(one), 2) : "—"), number: true },
      ...indices.map((one) => ({ title: heading(one), cell: (row) => index(row.indices?.[one.id]?.value, one.unit), number: true })),
      { title: t("standing"), cell: (one) => one.standing_text ?? "" },
      { title: t("said"), cell: (one) => (one.notes ?? []).map((note) => html("span", { class: "pg-line" }, note.message)), kind: "pg-cell-said" },
      { title: t("id"), cell: (one) => one.id ?? "", kind: "pg-id" },
    ].filter(Boolean), rows);
  }

  function scheme(result) {
    const weights = (result.indices ?? []).map((one) => [headed(one), [isNumber(one.weight) ? t("weight", { weight: plainly(one.weight) }) : t("weight_unknown"), isNumber(one.base) ? t("base", { base: plainly(one.base) }) : ""].filter(Boolean).join(t("comma"))]);
    const said = [...(result.gaps?.length ? [t("scheme_gaps", { gaps: result.gaps.join(t("list_mark")) })] : []), ...(result.notes ?? []).map((one) => one.message), ...(result.remarks ?? []), ...(result.classes_remarks ?? [])];
    return section(result.title,
      facts([[t("source"), result.source], [t("basis"), result.basis], [t("denominator"), result.denominator_titles?.[result.denominator]], [t("ranked"), t("ranked_of", { ranked: count(result.ranked ?? 0), all: count((result.rows ?? []).length) })]]),
      lines(said), ranking(result), weights.length ? page.parts.folded(t("weights"), facts(weights)) : null);
  }

  function zone(given) {
    if (!given?.figures?.length) return null;
    const years = [...new Set(given.figures.flatMap((one) => Object.keys({ ...one.values, ...one.per_mu })))].sort();
    const unknown = () => html("span", { class: "pg-text-unknown" }, t("outcome.unknown"));
    return [facts([[t("zone_land"), given.land], [t("zone_expansion"), given.expansion], [t("source"), given.source]]), table([
      { title: t("figure"), cell: (one) => t("with_unit", one) },
      ...years.map((year) => ({ title: year, cell: (one) => one.values?.[year] ?? unknown(), number: true })),
      ...years.map((year) => ({ title: t("per_mu_of", { year }), cell: (one) => (isNumber(one.per_mu?.[year]) ? fixed(one.per_mu[year], 2) : unknown()), number: true })),
      { title: t("id"), cell: (one) => one.id ?? "", kind: "pg-id" },
    ], given.figures)];
  }

  function draw(content) {
    const { results = [], zone: given } = content.answers ?? {};
    return [...results.map(scheme), section(t("zone"), ...(zone(given) ?? []))];
  }

  VIEWS.permu = { shown: ["results", "zone"], draw };
})((window.snapshotPage = window.snapshotPage || {}));
