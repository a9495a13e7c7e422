// Any section as tables: what no view of its own shows is shown by this, and never left out.
(function (page) {
  "use strict";

  const { html, facts, table, folded, badge } = page.parts;
  const { t, knows, amount, count, isNumber } = page.words;
  const { OUTCOMES } = page.outcomes;
  const MOST_COLUMNS = 14;
  const MOST_ROWS = 500;
  const LONG = 60; // characters of a text that takes a line of its own

  const isPlain = (value) => value === null || typeof value !== "object";
  const isObject = (value) => !isPlain(value) && !Array.isArray(value);
  const isPlainList = (value) => Array.isArray(value) && value.every(isPlain);

  // The word of a field, its own name where there is none.
  const wordOf = (name) => (knows(`snapshot_page.field.${name}`) ? t(`field.${name}`) : name);

  function scalar(value, name = "") {
    if (value === null || value === undefined || value === "") return "—";
    if (name === "outcome" && OUTCOMES.includes(value)) return badge(value);
    if (isPlainList(value)) return value.length ? value.map((one) => amount(one)).join(t("list_mark")) : "—";
    return amount(value);
  }

  function listTable(rows) {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const plain = names.filter((name) => rows.every((row) => isPlain(row[name] ?? null) || isPlainList(row[name]))).slice(0, MOST_COLUMNS);
    const rest = names.filter((name) => !plain.includes(name));
    const columns = plain.map((name) => ({
      title: wordOf(name),
      cell: (row) => scalar(row[name], name),
      number: rows.every((row) => row[name] === null || row[name] === undefined || isNumber(row[name])),
      kind: rows.some((row) => String(row[name] ?? "").length > LONG) ? "pg-cell-said" : "",
    }));
    if (rest.length) columns.push({ title: t("more"), cell: (row) => more(Object.fromEntries(rest.filter((name) => name in row).map((name) => [name, row[name]]))) });
    const shown = table(columns, rows.slice(0, MOST_ROWS));
    return rows.length > MOST_ROWS ? html("div", {}, shown, html("p", { class: "pg-soft" }, t("first_rows", { shown: count(MOST_ROWS), total: count(rows.length) }))) : shown;
  }

  function more(value) {
    const details = folded(t("more"));
    details.addEventListener("toggle", () => details.childElementCount === 1 && details.append(describe(value)), { once: true });
    return details;
  }

  // Any value of JSON, in the order in which it comes.
  function describe(value) {
    if (isPlain(value) || isPlainList(value)) return html("p", {}, scalar(value));
    if (Array.isArray(value)) return value.every(isObject) ? listTable(value) : html("ul", {}, ...value.map((one) => html("li", {}, describe(one))));
    const entries = Object.entries(value).filter(([, one]) => !isEmpty(one));
    const plain = entries.filter(([, one]) => isPlain(one) || isPlainList(one));
    const rest = entries.filter(([name]) => !plain.some(([other]) => other === name));
    const parts = rest.map(([name, one]) => html("section", { class: "pg-part" }, html("h3", {}, wordOf(name)), describe(one)));
    return html("div", {}, plain.length ? facts(plain.map(([name, one]) => [wordOf(name), scalar(one, name)])) : "", ...parts);
  }

  function isEmpty(value) {
    if (value === null || value === "") return true;
    return !isPlain(value) && Object.keys(value).length === 0;
  }

  page.tables = { describe, listTable, wordOf, scalar, isEmpty, more };
})((window.snapshotPage = window.snapshotPage || {}));
