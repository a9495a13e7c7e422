// What the snapshot rests on, what it leaves out, and how it is verified.
(function (page) {
  "use strict";

  const { html, button, facts, table, section, nodes, badge } = page.parts;
  const { t, knows, count, moment } = page.words;
  const MOST_NAMED = 4; // documents of a pack that are named

  // The documents that the findings of each pack cite.
  function documents(findings) {
    const found = new Map();
    for (const { pack, source } of findings?.said ?? []) {
      if (!pack || !source) continue;
      if (!found.has(pack)) found.set(pack, new Set());
      found.get(pack).add(source);
    }
    return found;
  }

  function packTable(packs, findings) {
    if (!packs?.length) return null;
    const cited = documents(findings);
    const named = (pack) => {
      const all = [...(cited.get(pack.id) ?? [])];
      const more = all.length > MOST_NAMED ? [t("and_more", { count: all.length - MOST_NAMED })] : [];
      return [...all.slice(0, MOST_NAMED), ...more].map((one) => html("span", { class: "pg-line" }, one));
    };
    const columns = [
      { title: t("pack"), cell: (one) => one.title || page.packTitles[one.id] || one.id },
      { title: t("version"), cell: (one) => one.version ?? "" },
      { title: t("cited"), cell: (one) => (named(one).length ? named(one) : t("not_cited")) },
    ];
    return table(columns, packs);
  }

  function layerTable(layers) {
    if (!layers?.length) return null;
    const columns = [
      { title: t("layer"), cell: (one) => one.title || one.kind },
      { title: t("layer_file"), cell: (one) => one.file ?? one.source ?? "" },
      { title: t("date"), cell: (one) => one.date || t("not_given") },
      { title: t("complete"), cell: (one) => ("complete" in one ? completeText(one) : t("not_given")) },
      { title: t("digest"), cell: (one) => (one.digest ? html("code", {}, String(one.digest).slice(0, 12)) : t("not_given")) },
    ];
    return table(columns, layers);
  }

  function completeText({ complete }) {
    if (complete === true) return t("complete_yes");
    return html("span", { class: "pg-text-unknown" }, t(complete === false ? "complete_no" : "complete_unknown"));
  }

  function drawnTable(groups) {
    const layers = (groups ?? []).flatMap((group) => (group.layers ?? []).map((layer) => ({ ...layer, group: group.title })));
    if (!layers.length) return null;
    const columns = [
      { title: t("layer"), cell: (one) => one.title },
      { title: t("count"), cell: (one) => count(one.count ?? 0), number: true },
      { title: t("source"), cell: (one) => one.source || t("not_given") },
      { title: t("in_file"), cell: (one) => t(one.features ? "in_file_yes" : "in_file_no") },
    ];
    return table(columns, layers);
  }

  function gapTable(worklist) {
    if (!worklist?.length) return null;
    const columns = [
      { title: t("gap_need"), cell: (one) => one.title ?? one.need },
      { title: t("gap_alone"), cell: (one) => count(one.alone), number: true },
      { title: t("gap_involved"), cell: (one) => count(one.involved), number: true },
      { title: t("gap_parcels"), cell: (one) => count(one.parcels), number: true },
    ];
    return table(columns, worklist);
  }

  function rejectedTable(rejected) {
    if (!rejected?.length) return null;
    const columns = [
      { title: t("where"), cell: (one) => one.where ?? "" },
      { title: t("said"), cell: (one) => one.message ?? one.code ?? "" },
    ];
    return table(columns, rejected);
  }

  function overrideTable(parcels) {
    const rows = parcels.shown.flatMap((at) => (parcels.all[at].said?.overrides ?? []).map((one) => ({ ...one, parcelAt: at })));
    if (!rows.length) return null;
    const checks = new Map(parcels.checks.map((one) => [one.id, one.title]));
    const columns = [
      { title: t("parcel"), cell: (one) => parcels.title(one.parcelAt) },
      { title: t("check"), cell: (one) => checks.get(one.check) ?? one.check },
      { title: t("override_from"), cell: (one) => badge(one.original) },
      { title: t("override_to"), cell: (one) => [badge(one.outcome), one.counts ? "" : ` ${t("override_idle")}`] },
      { title: t("reason"), cell: (one) => one.reason ?? "" },
      { title: t("by"), cell: (one) => [one.by, moment(one.at)].filter(Boolean).join(" · ") },
      { title: t("until"), cell: (one) => one.until ?? "" },
    ];
    return table(columns, rows);
  }

  function opinionTable(parcels) {
    const rows = parcels.shown.filter((at) => parcels.all[at].said?.opinion);
    if (!rows.length) return null;
    const said = (at) => parcels.all[at].said.opinion;
    const verdict = (at) => (knows(`reviews.verdict.${said(at).verdict}`) ? t(`reviews.verdict.${said(at).verdict}`) : said(at).verdict);
    const columns = [
      { title: t("parcel"), cell: (at) => parcels.title(at) },
      { title: t("opinion_verdict"), cell: (at) => [verdict(at), said(at).valid === false ? html("span", { class: "pg-text-warning pg-line" }, t("opinion_void", { changed: (said(at).changed ?? []).map((one) => t(`reviews.changed.${one}`)).join(t("list_mark")) })) : ""] },
      { title: t("reason"), cell: (at) => said(at).reason ?? "" },
      { title: t("by"), cell: (at) => [said(at).by, moment(said(at).at)].filter(Boolean).join(" · ") },
    ];
    return table(columns, rows);
  }

  // What the level leaves out, as the snapshot itself says.
  function withheld({ withheld: left }) {
    const notes = left?.notes ?? [];
    return notes.length ? html("ul", { class: "pg-notes" }, ...notes.map((one) => html("li", {}, one))) : null;
  }

  function sources(content, parcels) {
    const answers = content.answers ?? {};
    return html("div", { class: "pg-document" }, ...[
      section(t("made"), facts([
        [t("as_of"), content.as_of],
        [t("made_at"), moment(content.made?.at)],
        [t("made_by"), content.made?.by || t("not_given")],
        [t("made_with"), t("program", { version: content.made?.app ?? "" })],
        [t("rests_on"), content.rests_on ? html("code", {}, content.rests_on) : null],
        [t("address"), content.view?.address],
        [t("level"), t(`level_${content.level}_long`)],
      ])),
      section(t("withheld"), withheld(content)),
      section(t("opinions"), opinionTable(parcels)),
      section(t("overrides"), overrideTable(parcels)),
      section(t("packs"), packTable(answers.packs ?? content.packs, parcels.findings)),
      section(t("layers"), layerTable(answers.layers) ?? (content.kind === "review" ? html("p", { class: "pg-text-unknown" }, t("no_layers")) : null)),
      section(t("drawn"), drawnTable(content.drawn?.groups)),
      section(t("gaps"), gapTable(answers.worklist)),
      section(t("rejected"), rejectedTable(answers.rejected)),
    ].filter(Boolean));
  }

  function verifying(snapshot, state) {
    const short = String(snapshot.digest).slice(0, 8);
    const command = `python -m parcels snapshot verify ${t("this_file")} --expect ${short}`;
    return html("div", { class: "pg-document" },
      section(t("verify_title"),
        html("p", {}, t("verify_what")),
        facts([
          [t("digest"), html("code", { class: "pg-digest" }, snapshot.digest)],
          [t("sealed"), html("span", { class: "pg-sealed", "data-sealed": String(state.sealed) }, sealText(state.sealed))],
        ]),
        html("p", {}, button(t("save_json"), () => page.reading.save(snapshot), { class: "pg-primary" }))),
      section(t("verify_how"), html("p", {}, t("verify_command")), html("pre", {}, html("code", {}, command)), html("p", {}, t(`verify_${snapshot.content.level}`))),
      section(t("verify_limits"), html("p", {}, t("verify_not"))));
  }

  function sealText(sealed) {
    if (sealed === undefined) return t("seal_checking");
    if (sealed === null) return t("seal_unknown");
    return t(sealed ? "seal_holds" : "seal_broken");
  }

  page.sources = { draw: sources, verifying, sealText, packTable, layerTable, gapTable, overrideTable, opinionTable, drawnTable, rejectedTable, nodes };
})((window.snapshotPage = window.snapshotPage || {}));
