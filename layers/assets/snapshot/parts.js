// Small parts that every view of the page is made of. Text arrives as text only.
(function (page) {
  "use strict";

  const { html } = window.planner.dom;
  const { t } = page.words;
  const { OUTCOMES } = page.outcomes;

  const outcomeName = (rank) => OUTCOMES[rank] ?? "unknown";

  // Glyph and word of an outcome.
  function badge(outcome) {
    const known = OUTCOMES.includes(outcome) ? outcome : "unknown";
    const glyph = html("span", { class: "pg-glyph", "aria-hidden": "true" }, t(`glyph.${known}`));
    return html("span", { class: `pg-badge is-${known}` }, glyph, ` ${t(`outcome.${known}`)}`);
  }

  function glyph(outcome, extra = "") {
    const name = t(`outcome.${outcome}`);
    return html("span", { class: `pg-mark is-${outcome}`, title: name, "aria-label": name }, t(`glyph.${outcome}`) + extra);
  }

  function button(label, act, attributes = {}) {
    const made = html("button", { type: "button", ...attributes }, label);
    made.addEventListener("click", act);
    return made;
  }

  // Rows of name and value; rows without a value are left out.
  function facts(rows, attributes = {}) {
    const lines = rows.filter(([, value]) => filled(value));
    const made = lines.map(([name, value]) => html("tr", {}, html("th", { scope: "row" }, name), html("td", {}, ...nodes(value))));
    return html("table", { class: "pg-facts", ...attributes }, html("tbody", {}, ...made));
  }

  // A table; columns are {title, cell(row), number}, rows anything.
  function table(columns, rows, { caption = "", rowAttributes = () => ({}) } = {}) {
    const heads = columns.map((one) => html("th", { scope: "col", class: one.number ? "pg-number" : null }, ...nodes(one.title)));
    const body = rows.map((row) => {
      const cells = columns.map((one) => html("td", { class: [one.number ? "pg-number" : "", one.kind ?? ""].join(" ").trim() || null }, ...nodes(one.cell(row))));
      return html("tr", rowAttributes(row), ...cells);
    });
    const title = caption ? [html("caption", {}, caption)] : [];
    const made = html("table", { class: "pg-table" }, ...title, html("thead", {}, html("tr", {}, ...heads)), html("tbody", {}, ...body));
    return html("div", { class: "pg-scroll" }, made);
  }

  // Children from anything: nodes stay, null is nothing, the rest is text.
  function nodes(value) {
    if (value === null || value === undefined || value === "") return [];
    return (Array.isArray(value) ? value : [value]).flatMap((one) => {
      if (one === null || one === undefined) return [];
      return one instanceof Node ? [one] : [String(one)];
    });
  }

  const filled = (value) => nodes(value).length > 0;

  function folded(title, ...content) {
    return html("details", { class: "pg-folded" }, html("summary", {}, title), ...content);
  }

  function section(title, ...content) {
    const shown = content.flatMap(nodes);
    return shown.length ? html("section", { class: "pg-section" }, html("h2", {}, title), ...shown) : null;
  }

  const empty = (text, ...more) => html("p", { class: "pg-empty" }, text, ...more);

  // At most `size` rows at a time, with a line that says which, and leads on.
  class Pages {
    constructor(size, draw) {
      this.size = size;
      this.draw = draw;
      this.first = 0;
      this.box = html("div", { class: "pg-pages" });
    }

    show(total, first = 0) {
      this.total = total;
      this.first = Math.max(0, Math.min(first, total - 1));
      const last = Math.min(this.first + this.size, total);
      this.draw(this.first, last);
      this.box.hidden = total <= this.size;
      const step = (by, words) => {
        const made = button(t(words), () => this.show(this.total, this.first + by * this.size));
        made.disabled = by < 0 ? this.first === 0 : last >= total;
        return made;
      };
      const line = t("pages", { first: page.words.count(this.first + 1), last: page.words.count(last), total: page.words.count(total) });
      this.box.replaceChildren(step(-1, "before"), html("span", {}, line), step(1, "after"));
    }
  }

  page.parts = { html, badge, glyph, button, facts, table, nodes, filled, folded, section, empty, outcomeName, Pages };
})((window.snapshotPage = window.snapshotPage || {}));
