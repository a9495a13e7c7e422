// The table of verdicts: packs as columns, measures as rows. Draws what it is told as text, and
// reports the cell that was chosen. Folded rows stay as the reader left them. Tab leads to one cell
// and past the table; arrows lead from cell to cell.
const OWN_WIDTH = 276;
const PACK_WIDTH = 118;
const make = (name, cls, text) => {
  const node = document.createElement(name);
  if (cls) node.className = cls;
  if (text !== undefined) node.textContent = text;
  return node;
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const place = parentElement.querySelector(".pl-m0-place");
  const open = (place.plannerOpen ??= new Set());
  const button = (cell) => {
    const one = make("button", `pl-m0-cell pl-m0-${cell.outcome}`, cell.word);
    one.type = "button";
    one.dataset.id = cell.id;
    one.title = cell.title ?? data.words.explain;
    if (cell.id === data.chosen) one.setAttribute("aria-pressed", "true");
    one.onclick = () => setTriggerValue("chosen", cell.id);
    return one;
  };
  const wide = data.packs.length + 2;
  const line = (row) => {
    const tr = make("tr");
    const title = make("th", "", row.title);
    title.scope = "row";
    title.title = row.full;
    if (row.whole) title.append(make("span", "pl-m0-whole", row.whole));
    const own = make("td", row.is_known ? "pl-num" : "pl-num pl-text-unknown", row.own);
    own.title = row.own;
    tr.append(title, own);
    row.cells.forEach((cells) => {
      const td = make("td");
      if (!cells.length) td.append(make("span", "pl-m0-none", data.words.none));
      cells.forEach((cell) => td.append(button(cell)));
      tr.append(td);
    });
    return tr;
  };
  const fold = (told) => {
    const more = make("button", `pl-m0-fold pl-m0-${told.style}`, told.more);
    more.type = "button";
    more.title = told.more;
    more.dataset.id = `fold:${told.id}`;
    more.setAttribute("aria-expanded", String(open.has(told.id)));
    more.onclick = () => {
      if (!open.delete(told.id)) open.add(told.id);
      draw();
    };
    return more;
  };
  const group = (told) => {
    const body = make("tbody");
    const head = make("tr", "pl-m0-group");
    const title = make("th");
    title.colSpan = wide;
    title.append(make("span", "pl-m0-group-name", told.title), ...told.folds.map(fold));
    head.append(title);
    const opened = told.folds.filter((one) => open.has(one.id)).flatMap((one) => one.rows);
    body.append(head, ...told.rows.map(line), ...opened.map(line));
    return body;
  };
  const draw = () => {
    const focused = place.contains(document.activeElement) && document.activeElement.dataset.id;
    const table = make("table");
    table.style.minWidth = `${OWN_WIDTH + data.packs.length * PACK_WIDTH}px`;
    const columns = make("colgroup");
    ["pl-m0-col-rule", "pl-m0-col-own", ...data.packs.map(() => "")].forEach((cls) =>
      columns.append(make("col", cls)),
    );
    const head = make("thead");
    const names = make("tr");
    names.append(make("th", "", data.words.rule), make("th", "pl-num", data.words.own));
    const total = make("tr", "pl-m0-total");
    const label = make("th", "", data.words.total);
    label.colSpan = 2;
    total.append(label);
    data.packs.forEach((pack) => {
      names.append(make("th", "", pack.title));
      const td = make("td");
      td.append(button({ ...pack, title: pack.title }));
      total.append(td);
    });
    head.append(names, total);
    table.append(columns, head, ...data.groups.map(group));
    place.replaceChildren(table);
    const buttons = [...place.querySelectorAll("button")];
    const named = (id) => buttons.find((one) => id && one.dataset.id === id);
    buttons.forEach((one) => (one.tabIndex = -1));
    const entry = named(focused) ?? named(data.chosen) ?? buttons[0];
    if (entry) entry.tabIndex = 0;
    if (focused) named(focused)?.focus();
  };
  place.onkeydown = (event) => {
    const from = event.target.closest("button");
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const [down, across] = step[event.key] ?? [0, 0];
    if (!from || (!down && !across)) return;
    event.preventDefault();
    const to = across ? beside(from, across) : below(from, down);
    if (!to) return;
    from.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  };
  draw();
  if (place.plannerChosen !== data.chosen) showChosen(place);
  place.plannerChosen = data.chosen;
  if (!place.plannerSize) {
    place.plannerSize = new ResizeObserver(() => showChosen(place));
    place.plannerSize.observe(place.closest(".st-key-m0_table") ?? place);
  }
}

// The explanation of a cell takes height from the table: the cell stays in sight.
const showChosen = (place) =>
  place
    .querySelector("tbody [aria-pressed]")
    ?.scrollIntoView({ block: "nearest", inline: "nearest" });

const beside = (from, by) => {
  const all = [...from.closest("table").querySelectorAll("button")];
  return all[all.indexOf(from) + by];
};

const below = (from, by) => {
  const column = from.closest("td, th").cellIndex;
  const rows = [...from.closest("table").rows].filter((row) => row.querySelector("button"));
  for (let at = rows.indexOf(from.closest("tr")) + by; rows[at]; at += by) {
    const cell = rows[at].cells[rows[at].cells.length === 1 ? 0 : column];
    const found = cell?.querySelector("button");
    if (found) return found;
  }
  return undefined;
};
