// One parcel: what is known of it, what people said, every check with its number, limit and source.
(function (page) {
  "use strict";

  const { html, badge, facts, table, folded, nodes } = page.parts;
  const { t, knows, fixed, mu, hectares, amount, measured, count, moment, isNumber } = page.words;
  const { OUTCOMES } = page.outcomes;
  const SIDES = ["N", "E", "S", "W"];

  function areaText(m2) {
    return isNumber(m2) ? t("area", { m2: fixed(m2, 2), mu: mu(m2), hectares: hectares(m2) }) : null;
  }

  // How the outline came about and how far off it may be.
  function geometryText({ geometry_class: name, accuracy_m: metres, shape, place }) {
    if (!name && !shape && !place) return null;
    const words = page.signs.texts[`geometry_${name}`] ?? String(name ?? "");
    const off = isNumber(metres) ? t("off_by", { metres: amount(metres, "m") }) : t("off_unknown");
    return [words, off].filter(Boolean).join(t("comma"));
  }

  function knownFacts(parcel) {
    const use = parcel.use ?? {};
    const useText = [use.text, use.code && `${use.code}`].filter(Boolean).join(" ");
    return facts([
      [t("id"), parcel.name || parcel.location_text ? parcel.id : ""],
      [t("use"), useText],
      [t("area_ellipsoid"), areaText(parcel.area_m2)],
      [t("area_plane"), areaText(parcel.plane_m2)],
      [t("area_declared"), declared(parcel)],
      [t("geometry"), geometryText(parcel)],
    ]);
  }

  function declared({ declared_m2: m2, declared_text: typed }) {
    if (isNumber(m2)) return typed ? [areaText(m2), html("span", { class: "pg-soft" }, t("as_typed", { value: typed }))] : areaText(m2);
    return typed ? t("as_typed", { value: typed }) : null;
  }

  // The words of the plan and the side that each names; a side without words is open.
  function wordsOf(parcel) {
    if (!parcel.location_text) return null;
    const rows = SIDES.map((side) => {
      const names = parcel.bounds?.[side] ?? [];
      const said = names.length ? names.join(t("list_mark")) : html("span", { class: "pg-text-unknown" }, `${t("glyph.unknown")} ${t("not_written")}`);
      return [t(`side_${side}`), said];
    });
    return html("div", { class: "pg-box" }, html("p", { class: "pg-quote" }, t("quoted", { words: parcel.location_text })), facts(rows));
  }

  function opinion({ opinion: said }) {
    if (!said) return null;
    const verdict = knows(`reviews.verdict.${said.verdict}`) ? t(`reviews.verdict.${said.verdict}`) : said.verdict;
    const changed = (said.changed ?? []).map((one) => t(`reviews.changed.${one}`)).join(t("list_mark"));
    const stands = said.valid === false ? t("opinion_void", { changed }) : null;
    const who = [said.by, moment(said.at)].filter(Boolean).join(" · ");
    return html("div", { class: "pg-box" }, html("h3", {}, t("opinion")), facts([
      [t("opinion_verdict"), [verdict, stands && html("span", { class: "pg-text-warning" }, ` ${stands}`)]],
      [t("reason"), said.reason],
      [t("by"), who],
    ]));
  }

  function said(parcel) {
    const record = parcel.said ?? {};
    const remarks = (record.comments ?? []).map((one) => [[one.by, moment(one.at)].filter(Boolean).join(" · "), one.text]);
    const known = Object.entries(record.facts ?? {}).map(([key, value]) => [page.factTitles[key] ?? key, amount(value)]);
    return [
      opinion(record),
      remarks.length ? html("div", { class: "pg-box" }, html("h3", {}, t("comments")), facts(remarks)) : null,
      known.length ? html("div", { class: "pg-box" }, html("h3", {}, t("facts")), facts(known)) : null,
    ];
  }

  function cause(finding) {
    if (finding.outcome !== "unknown" || !finding.cause) return null;
    const short = knows(`cause.${finding.cause}.short`) ? t(`cause.${finding.cause}.short`) : finding.cause;
    return html("span", { class: "pg-cause" }, short);
  }

  // What is missing, by the names that the snapshot gives to missing data.
  function needs(finding, titles) {
    const missing = (finding.needs ?? []).map((one) => titles.get(one) ?? one);
    return missing.length ? html("span", { class: "pg-needs" }, t("needs", { data: missing.join(t("list_mark")) })) : null;
  }

  function overridden(finding) {
    const one = finding.override;
    if (!one) return null;
    const values = { original: t(`outcome.${finding.original}`), by: one.by ?? "", at: moment(one.at), reason: one.reason ?? "", until: one.until ?? "" };
    return html("p", { class: "pg-override" }, t("override", values));
  }

  function figures(finding) {
    const parts = [];
    if (finding.measured !== null && finding.measured !== undefined) parts.push(`${t("measured")} ${measured(finding)}`);
    if (finding.limit_text) parts.push(`${t("limit")} ${finding.limit_text}`);
    return parts.join(" · ");
  }

  // One finding as an entry of the extract.
  function entry(finding, { checks, titles }) {
    const title = finding.rule_title || checks.get(finding.check) || finding.check;
    const foot = [figures(finding), finding.source].filter(Boolean).join(" · ");
    return html("article", { class: `pg-finding is-${finding.outcome}`, "data-finding": finding.id ?? "" },
      html("p", { class: "pg-finding-head" }, badge(finding.outcome), " ", html("strong", {}, title), " ", ...nodes(cause(finding)),
        html("span", { class: "pg-id" }, finding.id ?? "")),
      html("p", {}, finding.message ?? ""),
      ...nodes(needs(finding, titles)),
      html("p", { class: "pg-soft" }, foot),
      ...nodes(overridden(finding)));
  }

  function points(parcel, system) {
    const rings = parcel.rings ?? [];
    if (!rings.length) return null;
    const rows = rings.flatMap((ring) => ring.names.map((name, i) => [name, ring, ring.north_east[i]]));
    const columns = [
      { title: t("point"), cell: ([name]) => name },
      { title: t("north"), cell: ([, , place]) => fixed(place?.[0], 3), number: true },
      { title: t("east"), cell: ([, , place]) => fixed(place?.[1], 3), number: true },
      { title: t("ring"), cell: ([, ring]) => t(ring.hole ? "ring_hole" : "ring_outer") },
    ];
    const heading = [t("points", { points: count(rows.length) }), system].filter(Boolean).join(" · ");
    return folded(heading, table(columns, rows));
  }

  function attributes(parcel) {
    const rows = Object.entries(parcel.attributes ?? {}).map(([name, value]) => [name, amount(value)]);
    return rows.length ? folded(t("attributes", { count: count(rows.length) }), facts(rows)) : null;
  }

  // The whole extract of a parcel.
  function extract(parcels, at, context) {
    const parcel = parcels.all[at];
    const found = parcels.findings.of(at);
    if (!parcels.isWhole) return html("div", { class: "pg-extract" }, html("h2", {}, parcels.title(at)), knownFacts(parcel), html("p", { class: "pg-soft", role: "status" }, t("loading_findings")));
    const [open, aside] = [found.filter((one) => one.outcome !== "not_applicable"), found.filter((one) => one.outcome === "not_applicable")];
    const counts = OUTCOMES.map((name) => [name, found.filter((one) => one.outcome === name).length]);
    const totals = counts.map(([name, number]) => html("span", { class: `pg-text-${name}` }, `${t(`outcome.${name}`)} ${count(number)}`));
    const twins = (parcel.twins ?? []).map((key) => parcels.byKey.get(String(key))).filter((one) => one !== undefined);
    return html("div", { class: "pg-extract" },
      html("h2", { tabindex: "-1" }, parcels.title(at)),
      html("p", { class: "pg-badges" }, badge(page.parts.outcomeName(parcels.worst[at])), parcel.use?.text ? html("span", { class: "pg-chip" }, parcel.use.text) : ""),
      ...nodes(wordsOf(parcel)), knownFacts(parcel), ...said(parcel).flatMap(nodes),
      twins.length ? html("p", {}, t("twins", { names: twins.map((one) => parcels.title(one)).join(t("list_mark")) })) : "",
      html("h3", {}, t("findings_of", { count: count(found.length) })),
      html("p", { class: "pg-totals" }, ...totals),
      ...open.map((one) => entry(one, context)),
      aside.length ? folded(t("not_applicable_of", { count: count(aside.length) }), ...aside.map((one) => entry(one, context))) : "",
      ...nodes(points(parcel, context.system)), ...nodes(attributes(parcel)));
  }

  page.extract = extract;
  page.findingEntry = entry;
  page.findingParts = { cause, needs, overridden, geometryText };
})((window.snapshotPage = window.snapshotPage || {}));
