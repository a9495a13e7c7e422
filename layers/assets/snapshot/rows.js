// Every finding as a row: filtered by outcome, check, parcel and text, the worst first.
(function (page) {
  "use strict";

  const { html, badge, button, table, empty, nodes, Pages } = page.parts;
  const { t, measured, count } = page.words;
  const { cause, needs, overridden } = page.findingParts;
  const AT_ONCE = 200;

  function columns(parcels, { checks, titles }) {
    return [
      { title: t("parcel"), cell: (one) => parcels.title(one.at), kind: "pg-cell-name" },
      { title: t("outcome"), cell: (one) => badge(one.outcome), kind: "pg-cell-outcome" },
      { title: t("check"), cell: (one) => [checks.get(one.check) ?? one.check, ...rule(one, checks)], kind: "pg-cell-check" },
      { title: t("measured"), cell: (one) => measured(one), number: true },
      { title: t("limit"), cell: (one) => one.limit_text || "—", number: true },
      { title: t("said"), cell: (one) => [cause(one), cause(one) ? " " : "", one.message ?? "", needs(one, titles), overridden(one)], kind: "pg-cell-said" },
      { title: t("source"), cell: (one) => one.source ?? "", kind: "pg-cell-source" },
      { title: t("id"), cell: (one) => one.id ?? "", kind: "pg-id" },
    ];
  }

  function rule(one, checks) {
    const title = one.rule_title;
    return title && title !== checks.get(one.check) ? [html("span", { class: "pg-soft pg-line" }, title)] : [];
  }

  const entryAt = (parcels, position) => ({ ...parcels.findings.get(position), at: parcels.findings.parcel[position] });

  class FindingRows {
    constructor(parcels, context, onChoose) {
      this.parcels = parcels;
      this.context = context;
      this.holder = html("div", { class: "pg-rows-table" });
      this.pages = new Pages(AT_ONCE, (first, last) => this.draw(first, last));
      this.holder.addEventListener("click", (event) => {
        const row = event.target.closest("tr[data-at]");
        if (row) onChoose(Number(row.dataset.at));
      });
      this.box = html("div", { class: "pg-rows" }, this.pages.box, this.holder);
    }

    update(filter, clear) {
      const key = JSON.stringify(filter);
      if (key === this.shown) {
        this.mark(filter.chosen);
        return;
      }
      this.shown = key;
      this.chosen = filter.chosen;
      this.found = this.parcels.findingsFor(filter);
      if (this.found.length) this.pages.show(this.found.length);
      else this.holder.replaceChildren(empty(t("no_findings", { total: count(this.parcels.findings.length) }), clear));
      if (!this.found.length) this.pages.box.hidden = true;
    }

    draw(first, last) {
      const rows = this.found.slice(first, last).map((position) => entryAt(this.parcels, position));
      const attributes = (one) => ({ "data-at": one.at, "data-finding": one.id ?? "", class: `is-${one.outcome}` });
      this.holder.replaceChildren(table(columns(this.parcels, this.context), rows, { rowAttributes: attributes }));
      this.holder.parentElement?.scrollTo?.(0, 0);
      this.mark(this.chosen);
    }

    mark(chosen) {
      this.chosen = chosen;
      for (const row of this.holder.querySelectorAll("tr[data-at]")) row.classList.toggle("is-chosen", Number(row.dataset.at) === chosen);
    }
  }

  // Checks to choose from, and the text to look for.
  function filterRow({ checks, onCheck, onText, clear }) {
    const choices = [["", t("all_checks")], ...checks.map((one) => [one.id, one.title])];
    const select = html("select", { "aria-label": t("check") }, ...choices.map(([id, title]) => html("option", { value: id }, title)));
    select.addEventListener("change", () => onCheck(select.value));
    const search = html("input", { type: "search", placeholder: t("search"), "aria-label": t("search") });
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => onText(search.value.trim().toLowerCase()), 180);
    });
    return { select, search, reset: button(t("clear"), clear, { class: "pg-quiet" }) };
  }

  page.FindingRows = FindingRows;
  page.filterRow = filterRow;
  page.findingColumns = columns;
  page.findingAt = entryAt;
  page.rowNodes = nodes;
})((window.snapshotPage = window.snapshotPage || {}));
