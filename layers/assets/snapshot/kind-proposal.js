// A proposal: verdict of each pack, own values beside limits, changes, missing data, volumes.
(function (page) {
  "use strict";

  const { html, badge, table, section, folded, facts } = page.parts;
  const { t } = page.words;
  const { totals, counted, findingTable, lines, VIEWS } = page.kinds;

  function packTable(packs) {
    return table([
      { title: t("pack"), cell: (one) => [one.title, html("span", { class: "pg-soft pg-line" }, [one.place, t("version_of", { version: one.version })].filter(Boolean).join(" · "))] },
      { title: t("outcome"), cell: (one) => badge(one.outcome), kind: "pg-cell-outcome" },
      { title: t("totals_short"), cell: (one) => totals(counted(one.findings ?? [])) },
      { title: t("said"), cell: (one) => [one.no_change_text, one.withheld_text].filter(Boolean).join(" ") },
    ], packs);
  }

  // Own value once, a column for each pack.
  function comparison(rows, packs) {
    if (!rows?.length) return null;
    const cell = (row, pack) => {
      const found = (row.cells ?? []).find((one) => one.pack === pack.id);
      if (!found?.texts?.length) return html("span", { class: "pg-soft" }, "—");
      return found.texts.map((text, i) => html("span", { class: `pg-line pg-text-${found.outcome ?? "unknown"}` }, text, found.findings?.[i] ? html("span", { class: "pg-id" }, ` ${found.findings[i]}`) : ""));
    };
    return table([
      { title: t("rule"), cell: (one) => [one.title, one.whole ? html("span", { class: "pg-soft pg-line" }, t("whole", { whole: one.whole })) : ""] },
      { title: t("own_value"), cell: (one) => one.own ?? "—", number: true },
      ...packs.map((pack) => ({ title: pack.title, cell: (row) => cell(row, pack) })),
    ], rows);
  }

  function remedy(one, packs) {
    const name = (id) => packs.find((pack) => pack.id === id)?.title ?? id;
    const after = (one.verdicts_after ?? []).map((said) => html("span", { class: "pg-line" }, badge(said.outcome), ` ${name(said.pack)}`));
    return html("div", { class: "pg-card" },
      html("h3", {}, `${one.title ?? ""} `, html("span", { class: "pg-id" }, one.id ?? "")),
      lines((one.moves ?? []).map((move) => move.text)) ?? "",
      html("p", { class: one.verified ? "pg-text-pass" : "pg-text-unknown" }, t(one.verified ? "remedy_verified" : "remedy_open")), ...after);
  }

  function remedies(answers, packs) {
    const own = packs.filter((pack) => pack.remedies?.length);
    const cards = (list) => html("div", { class: "pg-remedies" }, ...list.map((one) => remedy(one, packs)));
    return [
      ...(answers.remedies_all?.length ? [html("h3", {}, t("remedies_all")), cards(answers.remedies_all)] : []),
      ...own.flatMap((pack) => [html("h3", {}, pack.title), cards(pack.remedies)]),
    ];
  }

  // Drawings are pictures: whatever their text holds, nothing of it runs.
  function drawings(volumes) {
    const made = Object.values(volumes?.drawings ?? {}).filter((one) => typeof one?.svg === "string");
    const figures = (volumes?.figures ?? []).map((one) => [one.title, one.text]);
    if (!made.length && !figures.length) return null;
    const picture = ({ svg, title }) => {
      const bytes = new TextEncoder().encode(svg);
      const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      return html("figure", {}, html("img", { src: `data:image/svg+xml;base64,${base64}`, alt: title ?? "" }), html("figcaption", {}, title ?? ""));
    };
    return [facts(figures), lines([volumes.note, ...(volumes.remarks ?? [])].filter(Boolean)), html("div", { class: "pg-drawings" }, ...made.map(picture))].filter(Boolean);
  }

  function draw(content) {
    const answers = content.answers ?? {};
    const packs = answers.packs ?? [];
    const memo = answers.memo ?? {};
    const findings = packs.flatMap((pack) => (pack.findings ?? []).map((one) => ({ ...one, packTitle: pack.title })));
    const around = (answers.around?.packs ?? []).flatMap((pack) => pack.findings ?? []);
    const byPack = [{ title: t("pack"), cell: (one) => one.packTitle, kind: "pg-cell-name" }];
    return [
      section(t("verdict"), memo.summary ? html("p", {}, memo.summary) : null, packs.length ? packTable(packs) : null),
      section(t("comparison"), comparison(answers.comparison, packs)),
      section(t("figures"), memo.figures?.length ? facts(memo.figures.map((one) => [one.name, one.whole ? `${one.value}${t("comma")}${t("whole", { whole: one.whole })}` : one.value])) : null),
      section(t("remedies"), ...remedies(answers, packs)),
      section(t("best_mix"), lines(answers.best_mix?.messages)),
      section(t("gaps"), answers.missing?.length ? table([{ title: t("gap_need"), cell: (one) => one.title }, { title: t("gap_rules"), cell: (one) => (one.rules ?? []).join(t("list_mark")) }], answers.missing) : null),
      section(t("findings"), findingTable(findings, byPack)),
      section(t("around"), findingTable(around)),
      section(t("volumes"), drawings(answers.volumes)),
      section(t("inputs"), answers.echoes ? folded(t("echoes"), facts(Object.entries(answers.echoes))) : null),
    ];
  }

  VIEWS.proposal = { shown: ["as_of", "outcome", "packs", "memo", "comparison", "remedies_all", "best_mix", "missing", "echoes", "advice_asked"], draw };
})((window.snapshotPage = window.snapshotPage || {}));
