// The page on paper: head, notice, totals, map, findings, what they rest on. Made when one prints.
(function (page) {
  "use strict";

  const { html, table, section, empty } = page.parts;
  const { t, count } = page.words;
  const MOST = 3000; // findings on paper; the file has all
  const MAP = { width: "680px", height: "400px" };

  class Paper {
    constructor(app) {
      this.app = app;
      this.box = html("div", { class: "pg-paper" });
      addEventListener("beforeprint", () => this.make());
      addEventListener("afterprint", () => this.clear());
    }

    make() {
      const { app } = this;
      this.tab = app.state.tab;
      if (app.map) {
        app.show("map");
        Object.assign(app.map.box.style, MAP);
        app.map.map.invalidateSize({ animate: false, pan: false });
        app.map.look(null);
      }
      this.box.replaceChildren(...this.content());
    }

    content() {
      const { content, parcels } = this.app;
      if (!parcels.findings.length) return [page.kinds.view(content), page.sources.draw(content, parcels)];
      const found = parcels.findingsFor(this.app.filter());
      const entries = found.slice(0, MOST).map((position) => page.findingAt(parcels, position));
      const left = found.length > MOST ? html("p", { class: "pg-soft" }, t("first_rows", { shown: count(MOST), total: count(found.length) })) : null;
      const rows = entries.length ? this.tables(entries) : empty(t("no_findings", { total: count(parcels.findings.length) }));
      const filtered = this.app.isFiltered() ? html("p", { class: "pg-soft" }, t("paper_filtered")) : null;
      return [section(t("findings"), filtered, rows, left), page.sources.draw(content, parcels), html("p", { class: "pg-soft" }, `SHA-256 ${this.app.snapshot.digest}`)];
    }

    // A table for each parcel, in the order of the page.
    tables(entries) {
      const { parcels, context } = this.app;
      const [, ...columns] = page.findingColumns(parcels, context);
      const byParcel = new Map();
      for (const one of entries) byParcel.set(one.at, [...(byParcel.get(one.at) ?? []), one]);
      return [...byParcel].flatMap(([at, own]) => [html("h3", {}, parcels.title(at)), table(columns, own)]);
    }

    clear() {
      this.box.replaceChildren();
      const { map } = this.app;
      if (!map) return;
      [map.box.style.width, map.box.style.height] = ["", ""];
      map.map.invalidateSize({ animate: false, pan: false });
      this.app.show(this.tab);
    }
  }

  page.Paper = Paper;
})((window.snapshotPage = window.snapshotPage || {}));
