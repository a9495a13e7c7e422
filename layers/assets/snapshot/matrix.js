// Parcels by checks: the worst outcome of each, for as many parcels as one can look over.
(function (page) {
  "use strict";

  const { html, nodes, outcomeName } = page.parts;
  const { t, knows, measured, isNumber } = page.words;
  const MOST = 30; // parcels
  const MOST_GAPS = 8; // missing data that are listed
  const LONGEST = 9; // characters that a cell says beside its glyph

  // The finding that a cell stands for: the worst, of equals the first.
  function cells(parcels) {
    const found = new Map();
    for (const at of parcels.ordered) {
      for (const position of parcels.findings.positionsOf(at)) {
        const key = `${at} ${parcels.findings.checkOf(position)}`;
        const rank = parcels.findings.rank[position];
        if (!found.has(key) || rank < parcels.findings.rank[found.get(key)]) found.set(key, position);
      }
    }
    return found;
  }

  // What decides it, in a few characters.
  function fact(finding) {
    if (finding.outcome === "not_applicable") return "";
    if (finding.outcome === "unknown") return finding.cause && knows(`cause.${finding.cause}.short`) ? t(`cause.${finding.cause}.short`) : "";
    if (!isNumber(finding.measured) || !finding.unit) return "";
    const written = finding.unit === "m2" ? page.words.fixed(finding.measured, 0) + " m²" : measured(finding);
    return written.length <= LONGEST ? written : "";
  }

  function cell(parcels, position) {
    if (position === undefined) return html("td", { class: "is-unknown", title: t("outcome.unknown") }, t("glyph.unknown"));
    const finding = parcels.findings.get(position);
    const words = fact(finding);
    const marks = [t(`glyph.${finding.outcome}`), words].filter(Boolean).join(" ");
    return html("td", { class: `is-${finding.outcome}`, tabindex: "0", title: `${t(`outcome.${finding.outcome}`)} · ${finding.message ?? ""}`, "data-check": finding.check }, marks);
  }

  // What a cell says, and which datum would settle most.
  function explained(parcels, { chosen, check }, context, worklist) {
    const found = parcels.findings.of(chosen).filter((one) => one.check === check);
    const title = [parcels.title(chosen), context.checks.get(check)].filter(Boolean).join(" / ");
    const said = html("div", { class: "pg-card" }, html("h2", {}, check ? title : t("choose_cell")), ...found.map((one) => page.findingEntry(one, context)));
    const gaps = page.sources.gapTable((worklist ?? []).slice(0, MOST_GAPS));
    return html("div", { class: "pg-cards" }, said, gaps ? html("div", { class: "pg-card" }, html("h2", {}, t("gaps_title")), gaps) : "");
  }

  function matrix(parcels, { rows, chosen, check }) {
    const found = cells(parcels);
    const used = parcels.checks.filter((one) => parcels.ordered.some((at) => {
      const position = found.get(`${at} ${one.id}`);
      return position === undefined || outcomeName(parcels.findings.rank[position]) !== "not_applicable";
    }));
    const folded = parcels.checks.filter((one) => !used.includes(one));
    const heads = used.map((one) => html("th", { scope: "col", class: one.id === check ? "is-chosen" : null }, one.short ?? one.title));
    const lines = parcels.ordered.filter((at) => rows.has(at)).map((at) => html("tr", { "data-at": at, class: at === chosen ? "is-chosen" : null },
      html("th", { scope: "row", title: parcels.title(at) }, parcels.title(at)), ...used.map((one) => cell(parcels, found.get(`${at} ${one.id}`)))));
    const head = html("tr", {}, html("th", { scope: "col" }, t("parcel")), ...heads);
    const made = html("table", { class: "pg-matrix" }, html("thead", {}, head), html("tbody", {}, ...lines));
    const note = folded.length ? html("p", { class: "pg-soft" }, t("folded", { names: folded.map((one) => one.short ?? one.title).join(t("list_mark")) })) : null;
    return html("div", { class: "pg-scroll" }, made, ...nodes(note));
  }

  page.matrix = { draw: matrix, explained, MOST };
})((window.snapshotPage = window.snapshotPage || {}));
