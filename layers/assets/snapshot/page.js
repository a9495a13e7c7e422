// The page: reads the snapshot, lays out its views, keeps what is chosen and filtered.
(function (page) {
  "use strict";

  const { html, button, empty } = page.parts;
  const { t, count, moment } = page.words;
  const { OUTCOMES } = page.outcomes;
  const WATERMARKED = new Set(["partner", "public"]);
  const SHORT = 8; // digits of the digest, as on paper

  class Page {
    constructor(snapshot) {
      this.snapshot = snapshot;
      this.content = snapshot.content;
      this.parcels = new page.Parcels(this.content);
      this.parcels.isWhole = !snapshot.rest;
      this.context = {
        checks: new Map(this.parcels.checks.map((one) => [one.id, one.title])),
        titles: new Map([...Object.entries(page.needs), ...(this.content.answers?.worklist ?? []).map((one) => [one.need, one.title])]),
        system: this.content.system ?? "",
      };
      const chosen = this.parcels.byKey.get(String(this.content.view?.chosen ?? ""));
      const first = this.parcels.length ? this.parcels.ordered[0] : null;
      this.state = { tab: "", chosen: chosen ?? first, outcome: null, check: "", text: "", only: false, cell: this.parcels.checks[0]?.id ?? "" };
      this.views = this.makeViews();
    }

    makeViews() {
      const scenes = new page.Scenes(this.content, this.parcels);
      const views = {};
      if (this.parcels.length) {
        views.map = this.mapView(scenes);
        views.rows = this.rowsView();
        if (this.parcels.length <= page.matrix.MOST && this.parcels.findings.length) views.matrix = this.matrixView();
      } else {
        views.results = page.kinds.view(this.content);
        if (scenes.bounds()) views.map = this.mapView(scenes);
      }
      views.sources = page.sources.draw(this.content, this.parcels);
      views.verify = html("div", {});
      return views;
    }

    mapView(scenes) {
      this.map = new page.PageMap(scenes, (layer, id) => this.clicked(layer, id));
      if (!this.parcels.length) return html("div", { class: "pg-full" }, this.scenarioBar(scenes), html("div", { class: "pg-panels is-map-only" }, this.map.box));
      this.list = new page.ParcelList(this.parcels, (at) => this.choose(at));
      this.extract = html("div", { class: "pg-panel pg-side", "aria-live": "polite" });
      this.find = this.searchBox();
      const side = html("div", { class: "pg-panel pg-left" }, this.find, this.list.box);
      return html("div", { class: "pg-panels" }, side, this.map.box, this.extract);
    }

    // Scenarios are looked at one at a time, at one place and scale.
    scenarioBar(scenes) {
      const buttons = scenes.scenarios.map((name, at) => button(name, () => {
        scenes.only = at;
        buttons.forEach((one, i) => one.setAttribute("aria-pressed", i === at));
        this.update();
      }, { class: "pg-pill is-all", "aria-pressed": at === scenes.only }));
      return html("div", { class: "pg-pills", role: "group", "aria-label": t("comparison_of"), hidden: buttons.length ? null : "" }, ...buttons);
    }

    searchBox() {
      const { search } = page.filterRow({ checks: [], onCheck: () => {}, onText: (text) => this.set({ text }), clear: () => this.clear() });
      return search;
    }

    rowsView() {
      const only = html("input", { type: "checkbox" });
      only.addEventListener("change", () => this.set({ only: only.checked }));
      this.filters = { ...page.filterRow({
        checks: this.parcels.checks, onCheck: (check) => this.set({ check }), onText: (text) => this.set({ text }), clear: () => this.clear(),
      }), only };
      this.rows = new page.FindingRows(this.parcels, this.context, (at) => this.choose(at));
      const bar = html("div", { class: "pg-filters" }, this.filters.select, this.filters.search, html("label", {}, only, " ", t("only_chosen")), this.filters.reset);
      return html("div", { class: "pg-full" }, bar, this.rows.box);
    }

    matrixView() {
      this.matrix = html("div", { class: "pg-full" });
      this.matrix.addEventListener("click", (event) => {
        const row = event.target.closest("tr[data-at]");
        if (row) this.set({ cell: event.target.dataset.check ?? "", chosen: Number(row.dataset.at) });
      });
      return this.matrix;
    }

    // Put everything on the page.
    start(box) {
      const { content } = this;
      box.replaceChildren(this.head(), this.bar(), ...this.mains());
      this.paper = new page.Paper(this);
      box.append(this.paper.box);
      if (WATERMARKED.has(content.level) || content.watermark) box.append(watermark(content));
      document.addEventListener("keydown", (event) => this.key(event));
      this.show(Object.keys(this.views)[0]);
    }

    mains() {
      return Object.entries(this.views).map(([name, view]) => html("main", { class: "pg-view", id: `pg-view-${name}`, hidden: "" }, view));
    }

    head() {
      const { content, parcels } = this;
      const digest = String(this.snapshot.digest);
      const what = [t(`kind_${content.kind}`), t(`level_${content.level}`)];
      if (parcels.length) what.push(t("parcels_count", { count: count(parcels.length) }));
      const packs = (content.answers?.packs ?? content.packs ?? []).length;
      const made = [t("made_line", { at: moment(content.made?.at) }), content.made?.by].filter(Boolean).join(" · ");
      const as_of = t(packs ? "as_of_packs" : "as_of_day", { day: content.as_of ?? "—", count: count(packs) });
      const live = page.live ? [html("a", { href: page.live, rel: "noreferrer noopener" }, t("live"))] : [];
      this.seal = html("span", { class: "pg-seal", role: "status" });
      const title = html("div", { class: "pg-head-title" }, html("h1", {}, content.title || t("untitled")), html("p", { class: "pg-soft" }, what.join(" · ")));
      const right = html("div", { class: "pg-head-facts" }, html("p", {}, as_of, ...live.map((one) => [" · ", one]).flat()), html("p", { class: "pg-soft" }, made));
      const seal = html("div", { class: "pg-head-seal" }, this.copyButton(digest), this.seal);
      return html("header", { class: "pg-head" }, title, html("p", { class: "pg-disclaimer", role: "note" }, content.disclaimer || t("disclaimer")), right, seal);
    }

    copyButton(digest) {
      const label = () => [html("span", { class: "pg-soft" }, "SHA-256 "), html("code", {}, digest.slice(0, SHORT)), html("span", { class: "pg-screen" }, ` ${t("copy")}`)];
      const made = html("button", { type: "button", class: "pg-copy", title: digest }, ...label());
      made.addEventListener("click", async () => {
        const copied = await copy(digest);
        made.replaceChildren(html("code", {}, copied ? digest.slice(0, SHORT) : digest), " ", t(copied ? "copied" : "copy_by_hand"));
        setTimeout(() => made.replaceChildren(...label()), copied ? 2000 : 20000);
      });
      return made;
    }

    bar() {
      this.tabs = Object.keys(this.views).map((name) => button(t(name === "map" && this.views.results ? "map" : `tab_${name}`), () => this.show(name), { role: "tab", "data-tab": name }));
      const tabs = html("div", { class: "pg-tabs", role: "tablist" }, ...this.tabs);
      const all = this.parcels.totals.reduce((sum, one) => sum + one, 0);
      if (!all) return html("nav", { class: "pg-bar" }, tabs);
      const pill = (rank, words, name) => button(words, () => this.set({ outcome: this.state.outcome === rank ? null : rank }), { class: `pg-pill is-${name}`, "data-outcome": name });
      this.pills = [
        [null, pill(null, t("all", { count: count(all) }), "all")],
        ...OUTCOMES.map((name, rank) => [rank, pill(rank, `${t(`glyph.${name}`)} ${t(`outcome.${name}`)} ${count(this.parcels.totals[rank])}`, name)]),
      ];
      for (const [, one] of this.pills) one.disabled = !this.parcels.isWhole;
      const totals = html("div", { class: "pg-pills", role: "group", "aria-label": t("totals") }, ...this.pills.map(([, one]) => one));
      return html("nav", { class: "pg-bar" }, tabs, totals);
    }

    show(tab) {
      this.state.tab = tab;
      for (const name of Object.keys(this.views)) document.getElementById(`pg-view-${name}`).hidden = name !== tab;
      for (const one of this.tabs) one.setAttribute("aria-selected", one.dataset.tab === tab);
      if (tab === "map" && this.map && !this.map.map) this.map.start(this.content.view?.map);
      this.update();
    }

    set(change) {
      Object.assign(this.state, change);
      this.update();
    }

    clear() {
      for (const search of document.querySelectorAll("#page input[type=search]")) search.value = "";
      this.set({ outcome: null, check: "", text: "", only: false });
    }

    filter() {
      const { outcome, check, text, only, chosen } = this.state;
      return { outcome, check, text, parcel: only ? chosen : null, chosen };
    }

    isFiltered() {
      const { outcome, check, text, only } = this.state;
      return outcome !== null || check !== "" || text !== "" || only;
    }

    clicked(layer, id) {
      const at = layer === "parcels" ? this.parcels.byKey.get(id) : undefined;
      if (at !== undefined) this.choose(at, false);
    }

    choose(at, look = true) {
      this.look = look;
      this.set({ chosen: at });
      this.list?.reveal();
    }

    update() {
      const filter = this.filter();
      const clear = button(t("clear"), () => this.clear());
      for (const [rank, pill] of this.pills ?? []) pill.setAttribute("aria-pressed", rank === this.state.outcome);
      if (this.filters) [this.filters.select.value, this.filters.only.checked] = [this.state.check, this.state.only];
      this.among();
      if (this.state.tab === "map") this.updateMap(clear);
      if (this.state.tab === "rows") this.rows.update(filter, clear);
      if (this.state.tab === "matrix") this.updateMatrix();
      if (this.state.tab === "verify") this.views.verify.replaceChildren(page.sources.verifying(this.snapshot, this.state));
    }

    // The parcels that the filter lets through; found anew when it changes.
    among() {
      const key = JSON.stringify([this.state.outcome, this.state.check, this.state.text]);
      if (key === this.amongKey) return;
      this.amongKey = key;
      this.let = this.parcels.parcelsFor(this.filter());
      this.faint = new Uint8Array(this.parcels.all.length).fill(this.isFiltered() ? 1 : 0);
      if (this.isFiltered()) for (const at of this.let) this.faint[at] = 0;
      const most = 2000;
      this.dimmed = this.parcels.all.length > most ? [] : this.parcels.all.map((_, at) => at).filter((at) => this.faint[at]).map((at) => this.parcels.key(at));
    }

    updateMap(clear) {
      const { chosen } = this.state;
      if (this.list) {
        this.list.update(this.let, chosen, clear);
        if (this.drawnExtract !== chosen) {
          this.extract.replaceChildren(chosen === null ? empty(t("choose")) : page.extract(this.parcels, chosen, this.context));
          this.extract.scrollTop = 0;
        }
        this.drawnExtract = chosen;
      }
      this.map.update({ chosen, dimmed: this.dimmed ?? [], faint: this.faint, look: this.look });
      this.look = false;
    }

    updateMatrix() {
      const rows = new Set(this.let);
      const at = { rows, chosen: this.state.chosen, check: this.state.cell };
      const drawn = rows.size ? page.matrix.draw(this.parcels, at) : empty(t("no_parcels", { total: count(this.parcels.length) }));
      this.matrix.replaceChildren(drawn, page.matrix.explained(this.parcels, at, this.context, this.content.answers?.worklist));
    }

    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
      const step = { j: 1, k: -1 }[event.key.toLowerCase()];
      const next = step && this.list?.next(step);
      if (next !== null && next !== undefined) this.choose(next);
      const rank = "12345".indexOf(event.key);
      if (this.pills && event.key.length === 1 && rank >= 0) this.set({ outcome: this.state.outcome === rank ? null : rank });
    }

    // The findings of a large snapshot, read after list and map are there.
    loadRest() {
      Object.assign(this.content.answers, this.snapshot.rest());
      this.parcels.load(this.content.answers);
      for (const [, one] of this.pills ?? []) one.disabled = false;
      const fresh = page.sources.draw(this.content, this.parcels);
      this.views.sources.replaceWith(fresh);
      this.views.sources = fresh;
      this.drawnExtract = this.rows.shown = undefined;
      this.update();
    }

    sealed(result) {
      this.state.sealed = result;
      this.seal.textContent = result === false ? t("seal_broken_short") : "";
      this.seal.classList.toggle("is-broken", result === false);
      this.update();
    }
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  // The label of the level across everything, as a pattern: it lies over map, tables and paper.
  function watermark(content) {
    const { svg } = window.planner.dom;
    const words = content.level === "public" ? content.disclaimer : t("watermark_partner");
    const text = svg("text", { x: 10, y: 120, class: "pg-watermark-text" }, words);
    const tile = svg("pattern", { id: "pg-watermark", width: 420, height: 240, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-24)" }, text);
    return svg("svg", { class: "pg-watermark", "aria-hidden": "true" }, svg("defs", {}, tile), svg("rect", { width: "100%", height: "100%", fill: "url(#pg-watermark)" }));
  }

  // After the browser has shown what is there.
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  async function start() {
    const box = document.getElementById("page");
    box.hidden = false;
    await painted();
    try {
      const snapshot = await page.reading.read();
      const app = new Page(snapshot);
      app.start(box);
      await painted();
      performance.mark("shown"); // read by benchmarks
      if (snapshot.rest) app.loadRest();
      await painted();
      app.sealed(await page.reading.isSealed(snapshot));
    } catch (error) {
      box.replaceChildren(html("p", { class: "pg-problem", role: "alert" }, t("unreadable")), html("p", {}, String(error)));
    }
  }

  start();
})((window.snapshotPage = window.snapshotPage || {}));
