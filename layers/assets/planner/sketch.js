// A sketch on the map: what the server says stands, what is chosen, and the tools. docs/sketch.md.
(function (planner) {
  "use strict";

  const ASK_AGAIN = 3000; // milliseconds

  class Sketch {
    // `host` is the PlannerMap.
    constructor(host) {
      this.host = host;
      this.map = host.map;
      this.chosen = []; // ids, the first one first
      this.elements = new planner.SketchElements(this.map, () => host.context());
      this.inStep = new planner.InStep(this.map);
    }

    // What only a sketch that can be edited needs.
    equip() {
      if (this.work) return;
      this.bars = new planner.SketchBars(this.map);
      this.saving = new planner.SketchSaving(this);
      this.doing = new planner.SketchDoing(this);
      this.tools = new planner.SketchTools(this.map, this.doing);
      this.work = new planner.SketchWork(this.map, this);
      this.map.pm.setLang(this.host.scene.lang);
    }

    update(sketch) {
      if (!sketch) {
        this.close();
        return;
      }
      this.texts = sketch.texts;
      this.readonly = Boolean(sketch.readonly);
      this.offered = sketch.tools ?? null;
      this.inStep.join(sketch.group);
      if (!this.readonly) this.equip();
      this.follow(sketch).then(() => this.chosenByPage(sketch.chosen));
    }

    // What the page has chosen, once: after that the hand chooses.
    chosenByPage(id) {
      if (id === this.pageChoice) return;
      this.pageChoice = id;
      if (id && this.listed?.has(id) && !this.chosen.includes(id)) this.choose([id]);
    }

    // The answer of the page, unless the browser knows a newer one.
    async follow({ url, answer, version, again }) {
      const same = !again && this.url === url && this.answer;
      this.url = url;
      if (!answer) {
        if (same && !(version > this.answer.scenario.version)) this.refresh();
        else answer = await fetch(new URL(url, document.baseURI), { cache: "no-store" }).then((reply) => (reply.ok ? reply.json() : null), () => null);
        if (this.url !== url) return;
        if (!answer && !same) setTimeout(() => this.url === url && this.follow({ url, version, again: true }), ASK_AGAIN);
        if (!answer) return;
      }
      const { scenario } = answer;
      const other = scenario.id !== this.answer?.scenario.id;
      if (other) this.begin(answer);
      if (!this.readonly) this.saving.link.open(url, scenario.id, scenario.version);
      if (other || scenario.version >= this.saving?.link.version || this.readonly) this.accept(answer);
      else this.refresh();
      if (other && !this.readonly && answer.draft) this.offer(answer.draft);
    }

    begin(answer) {
      this.elements.clear();
      this.chosen = [];
      this.answer = answer;
      if (!this.work) return;
      this.work.pending = null;
      this.bars.unsay("moved_on", "refused", "unsaved", "crossing", "draft", "newer", "notice");
      this.work.setTool("select");
    }

    close() {
      if (!this.answer) return;
      this.answer = this.url = null;
      this.elements.clear();
      this.inStep.leave();
      this.saving?.link.close();
      if (!this.work) return;
      this.work.setTool("select");
      this.work.vertices.stop();
      this.tools.hide();
      this.bars.unsay("moved_on", "refused", "unsaved", "crossing", "draft", "newer", "notice");
      this.bars.state("", "");
    }

    accept(answer) {
      this.answer = answer;
      if (this.saving) this.saving.link.version = answer.scenario.version;
      this.bars?.unsay("newer");
      this.refresh();
      this.saving?.report();
    }

    // A step is saved: choose what it made.
    settled(answer, { command }) {
      const before = new Set(this.answer.elements.map(({ id }) => id));
      const made = answer.elements.filter(({ id }) => !before.has(id)).map(({ id }) => id);
      if (made.length && command.do === "draw") this.chosen = made;
      this.work.lookAway();
      if (!this.work.pending && !this.work.pen.active) this.saving.link.draft(null);
      this.accept(answer);
    }

    standing() {
      if (!this.answer) return { elements: [], ghosts: [] };
      return this.saving ? this.saving.expected(this.answer.elements) : { elements: this.answer.elements, ghosts: [] };
    }

    refresh() {
      if (!this.answer) return;
      const { elements, ghosts } = this.standing();
      this.listed = new Map(elements.map((one) => [one.id, one]));
      this.chosen = this.chosen.filter((id) => this.listed.has(id));
      this.work?.handle(this.only());
      const held = this.hidden ?? (this.work?.vertices.active ? this.work.shaped : null);
      const words = this.words();
      const now = this.work?.lookedAt; // the element whose conflicts the hand shows
      const others = () => this.answer.conflicts.filter(({ element }) => now === undefined || element !== now);
      const redrawn = [
        this.elements.show(elements, words, held),
        this.elements.clash(`${L.stamp(this.answer)} ${now ?? ""}`, others(), words),
        this.elements.choose(this.chosen),
      ];
      this.elements.ghost([...ghosts, ...(this.waiting ? [this.waiting] : [])]);
      this.equipment();
      if (!redrawn.includes(true)) return;
      this.work?.snap.forget();
      this.host.legend.update(this.host.scene, this.host.shown);
      this.host.relabel();
    }

    words() {
      return { ...this.host.scene.texts, ...this.texts };
    }

    equipment() {
      if (!this.work || this.readonly) {
        this.tools?.hide();
        return;
      }
      const step = (name) => (this.answer[name] ? this.texts[`step_${this.answer[name]}`] ?? "" : "");
      const { tool } = this.work;
      this.tools.show({
        texts: this.texts, offered: this.offered, tool, usable: (name) => this.doing.usable(name),
        hint: this.texts[`hint_${tool}`] ?? "", names: { undo: step("undo"), redo: step("redo") },
      });
    }

    // The server did not accept a step: its shape comes back into the hand. False if it has none.
    refuse({ command }, at) {
      if (command.geometry) this.work.pend(command, at);
      else this.refresh();
      return Boolean(command.geometry);
    }

    retry() {
      const { pending } = this.work;
      if (pending) this.work.submit(pending.command, this.work.vertices.geometry());
    }

    giveUp() {
      this.bars.unsay("refused", "crossing");
      this.work.giveUp();
      this.refresh();
    }

    offer(draft) {
      const content = draft.content ?? draft;
      // A step that was taken along into a copy is what the copy was made for.
      if (content.key) {
        this.saving.link.drafted = true;
        this.work.resume(content);
        return;
      }
      const points = content.points ?? [];
      this.waiting = content.command?.geometry ?? (points.length > 1 ? { type: "LineString", coordinates: points } : null);
      const done = (act) => () => {
        this.waiting = null;
        this.bars.unsay("draft");
        act();
        this.refresh();
      };
      const { link } = this.saving;
      link.drafted = true;
      const actions = [[this.texts.go_on, done(() => this.work.resume(content))], [this.texts.give_up, done(() => link.draft(null))]];
      this.bars.say("draft", { text: this.texts.draft, actions });
      this.refresh();
    }

    looked({ conflicts }, { element }) {
      if (!this.work.pen.active && !this.work.vertices.dragging && !this.work.hand.held) return;
      this.elements.clashNow(conflicts, this.words());
      if (this.work.lookedAt === element) return;
      this.work.lookedAt = element;
      this.refresh();
    }

    element(id) {
      return this.listed?.get(id) ?? null;
    }

    only() {
      return this.chosen.length === 1 ? this.element(this.chosen[0]) : null;
    }

    hide(id) {
      if (this.hidden === id) return;
      this.hidden = id;
      this.refresh();
    }

    elementAt(pixel) {
      const [top] = planner.picking.at(this.map, pixel, [this.layer()]);
      return top ? this.element(top.id) : null;
    }

    chooseAt(pixel) {
      const element = this.elementAt(pixel);
      if (element) this.choose([element.id]);
    }

    choose(ids) {
      this.chosen = ids;
      this.refresh();
    }

    // The next or the previous element, for the keyboard.
    chooseNext(by) {
      const ids = [...this.listed.keys()];
      if (!ids.length) return;
      const at = ids.indexOf(this.chosen[0]);
      const id = ids[(at < 0 && by < 0 ? ids.length - 1 : at + by + ids.length) % ids.length];
      this.choose([id]);
      this.tell("sketch-element", id);
    }

    // The page is told of the same click by `Pointer`; Shift adds and takes away.
    clicked({ latlng, originalEvent }) {
      if (!this.answer || latlng.kind === "sketch" || latlng.kind === "sketch-copy") return;
      const id = latlng.kind === "sketch-element" ? latlng.id : null;
      if (!id) this.choose(originalEvent?.shiftKey ? this.chosen : []);
      else if (!originalEvent?.shiftKey) this.choose([id]);
      else this.choose(this.chosen.includes(id) ? this.chosen.filter((one) => one !== id) : [...this.chosen, id]);
    }

    // Tell the page, as a click at the middle of the view; Geoman, which listens for clicks too, is not told.
    tell(kind, id) {
      const { lat, lng } = this.map.getCenter();
      const n = (this.host.pointer.clicks += 1);
      const listeners = (this.map._events.click ?? []).filter(({ ctx }) => !(ctx instanceof L.PM.Draw));
      listeners.forEach(({ fn, ctx }) => fn.call(ctx ?? this.map, { type: "click", target: this.map, latlng: { lat, lng, n, kind, id, element: this.chosen[0] ?? null } }));
    }

    state() {
      return this.answer && {
        version: this.answer.scenario.version, chosen: this.chosen, tool: this.work?.tool ?? null, saving: this.saving?.link.state ?? null,
      };
    }

    // For pointing and labels: elements as features of a layer.
    layer() {
      return { layer: { id: "sketch-element", kind: "parcel" }, visible: true, drawn: [...this.elements.drawn.values()] };
    }

    labelled() {
      return [{ drawn: this.elements.labelled() }];
    }

    legendRows() {
      if (!this.answer) return [];
      const { style } = this.host.scene;
      const { areaSwatch, lineSwatch, swatch, rectangle, entry } = planner.legendSigns;
      const use = (name) => swatch(rectangle(style.uses[name].outline, 1.2, null, style.uses[name].tone, 0.75));
      const signs = {
        extension: () => areaSwatch(style.areas.extension), parcel: () => use("unknown"), green: () => use("green"),
        road: () => lineSwatch(style.lines.road),
      };
      const kinds = new Set([...this.listed.values()].map(({ kind }) => kind));
      const rows = Object.keys(signs).filter((kind) => kinds.has(kind)).map((kind) => entry([signs[kind]()], this.texts[`kind_${kind}`]));
      const { conflicts } = this.elements;
      if (conflicts.some(({ certain }) => certain)) rows.push(entry([areaSwatch(style.areas.conflict)], this.texts.conflict));
      if (conflicts.some(({ certain }) => !certain)) rows.push(entry([areaSwatch(style.areas.envelope)], this.texts.doubt));
      return rows.length ? [planner.dom.html("h2", {}, this.texts.legend), ...rows] : [];
    }

    // Everything that the hand can snap to.
    sources() {
      const features = this.host.visibleLayers().flatMap(({ drawn }) => drawn.map(({ feature }) => ({ id: null, geometry: feature.geometry })));
      return [...features, ...[...this.listed.values()].map(({ id, geometry }) => ({ id, geometry }))];
    }
  }

  planner.Sketch = Sketch;
})((window.planner = window.planner || {}));
