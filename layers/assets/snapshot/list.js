// The list of parcels: only the rows in sight exist, so that a hundred thousand cost no more than twenty.
(function (page) {
  "use strict";

  const { html, glyph, empty, outcomeName } = page.parts;
  const { t, count } = page.words;
  const ROW = 44; // pixels
  const AROUND = 8; // rows kept above and below the view

  class ParcelList {
    constructor(parcels, onChoose) {
      this.parcels = parcels;
      this.onChoose = onChoose;
      this.rows = [];
      this.space = html("div", { class: "pg-list-space" });
      this.box = html("div", { class: "pg-list", role: "listbox", tabindex: "0", "aria-label": t("parcels") }, this.space);
      this.box.addEventListener("scroll", () => this.draw());
      this.box.addEventListener("click", (event) => this.clicked(event));
      new ResizeObserver(() => this.draw()).observe(this.box);
    }

    update(rows, chosen, clear) {
      this.chosen = chosen;
      if (rows !== this.rows) {
        this.rows = rows;
        this.space.style.height = `${rows.length * ROW}px`;
        this.position = new Map(rows.map((at, row) => [at, row]));
        this.none?.remove();
        this.none = rows.length ? null : empty(t("no_parcels", { total: count(this.parcels.length) }), clear);
        if (this.none) this.box.append(this.none);
      }
      this.draw();
    }

    draw() {
      const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - AROUND);
      const last = Math.min(this.rows.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + AROUND);
      const lines = this.rows.slice(first, last).map((at, i) => this.line(at, first + i));
      this.space.replaceChildren(...lines);
    }

    line(at, row) {
      const { parcels } = this;
      const outcome = outcomeName(parcels.worst[at]);
      const number = parcels.number(at);
      const name = html("span", { class: "pg-list-name", title: parcels.name(at) }, parcels.name(at));
      const made = html("div", { class: "pg-list-row", role: "option", "data-at": at, "aria-selected": at === this.chosen, id: `pg-row-${at}` },
        html("span", { class: "pg-list-number" }, number), name, glyph(outcome));
      made.style.top = `${row * ROW}px`;
      return made;
    }

    clicked(event) {
      const row = event.target.closest("[data-at]");
      if (row) this.onChoose(Number(row.dataset.at));
    }

    // Bring the chosen row into sight with the shortest way.
    reveal() {
      const row = this.position?.get(this.chosen);
      if (row === undefined) return;
      const { scrollTop, clientHeight } = this.box;
      if (row * ROW < scrollTop) this.box.scrollTop = row * ROW;
      else if ((row + 1) * ROW > scrollTop + clientHeight) this.box.scrollTop = (row + 1) * ROW - clientHeight;
      this.draw();
    }

    // The parcel before or after the chosen one.
    next(step) {
      const row = this.position?.get(this.chosen);
      if (!this.rows.length) return null;
      if (row === undefined) return this.rows[0];
      return this.rows[Math.max(0, Math.min(row + step, this.rows.length - 1))];
    }
  }

  page.ParcelList = ParcelList;
})((window.snapshotPage = window.snapshotPage || {}));
