// The map of the planner. Python starts it once and then hands it scenes (layers/scene.py).
//   planner.start(map)       once, from the base map's script
//   planner.update(payload)  with each change: base64 of ASCII JSON
//   planner.state()          what the user switched and sees now
(function (planner) {
  "use strict";

  const SMALLEST_IN_VIEW = 12; // pixels; a chosen parcel smaller than this is zoomed to
  const COMFORTABLE = 40; // pixels that it is zoomed to
  const INSET = { top: 56, right: 56, bottom: 76, left: 24 }; // pixels that notice and buttons may cover

  // An ordinary layer: its features, drawn.
  class FeatureLayer {
    constructor(map, layer, context) {
      this.map = map;
      this.layer = layer;
      const crowded = layer.features.length > planner.drawing.SVG_LIMIT;
      this.drawn = layer.features.map((feature) => planner.drawing.draw(feature, layer, { ...context, crowded }));
      this.group = L.layerGroup(this.drawn.flatMap((one) => one.paths));
    }

    show(visible) {
      this.visible = visible;
      if (visible) this.group.addTo(this.map);
      else this.group.remove();
    }

    remove() {
      this.group.remove();
    }
  }

  class PlannerMap {
    constructor(map) {
      this.map = map;
      this.shown = new Map(); // layer id -> FeatureLayer or BigLayer, in the order of the scene
      this.switched = new Map(); // layer id -> visible, as the user has set it
      this.renderers = new planner.drawing.Renderers(map);
      this.labels = new planner.Labels(map);
      this.furniture = new planner.Furniture(map);
      this.baseMaps = new planner.BaseMaps(map, (text) => this.furniture.report("base map", text));
      this.legend = new planner.Legend(map, {
        baseMaps: this.baseMaps,
        onToggle: (id) => this.toggle(id),
        onFold: () => this.relabel(),
        extra: () => this.sketch?.legendRows() ?? [],
      });
      this.sketch = planner.Sketch ? new planner.Sketch(this) : null;
      const pointed = () => [...this.visibleLayers(), ...(this.sketch ? [this.sketch.layer()] : [])];
      this.pointer = new planner.Pointer(map, pointed, () => this.scene?.texts);
      this.marks = L.layerGroup().addTo(map);
      this.extents = L.layerGroup().addTo(map);
      map.on("zoomstart", () => (this.zooming = true));
      map.on("zoomend", () => (this.zooming = false));
      // Later than the renderers, which know the new view only after this event.
      map.on("moveend", () => queueMicrotask(() => this.relabel()));
      new ResizeObserver(() => this.resize()).observe(map.getContainer());
    }

    update(scene) {
      this.before = this.scene;
      this.scene = scene;
      document.documentElement.lang = scene.lang === "zh" ? "zh-CN" : scene.lang;
      if (!same(this.before?.style, scene.style)) planner.patterns.define(scene.style);
      this.furniture.update(scene);
      this.baseMaps.update(scene);
      this.reconcile();
      this.dim();
      this.mark();
      this.legend.update(scene, this.shown);
      this.look();
      this.relabel();
      this.sketch?.update(scene.sketch);
    }

    // Draw new and changed layers, keep the others untouched, take away what is gone.
    reconcile() {
      const wanted = this.scene.groups.flatMap((group) => group.layers);
      const redraw = this.before?.patterns !== this.scene.patterns || !same(this.before?.style, this.scene.style);
      const kept = new Map();
      let changed = false;
      for (const layer of wanted) {
        const old = this.shown.get(layer.id);
        if (old?.layer.visible !== layer.visible) this.switched.delete(layer.id);
        if (old && !redraw && old.layer.digest === layer.digest && old.layer.kind === layer.kind) {
          old.layer = layer;
          kept.set(layer.id, old);
        } else {
          kept.set(layer.id, this.create(layer));
          changed = true;
        }
      }
      for (const [id, old] of this.shown) if (kept.get(id) !== old) old.remove();
      this.shown = kept;
      for (const shown of kept.values()) this.setVisible(shown);
      if (changed) this.stack();
    }

    create(layer) {
      if (layer.many) return new planner.ManyParcels(this.map, layer, this.hooks());
      if (!layer.tiles_url) return new FeatureLayer(this.map, layer, this.context());
      return new planner.BigLayer(this.map, layer, this.hooks((text) => this.furniture.report(layer.id, text)));
    }

    hooks(report) {
      return { context: () => this.context(), changed: () => this.afterFetch(), report };
    }

    context() {
      const { style, patterns, texts } = this.scene;
      return { style, texts, patterned: patterns, renderers: this.renderers };
    }

    setVisible(shown) {
      const visible = this.switched.get(shown.layer.id) ?? shown.layer.visible;
      if (shown.visible !== visible) shown.show(visible);
    }

    stack() {
      for (const { drawn, visible } of this.shown.values()) {
        if (visible) drawn.forEach((one) => one.paths.forEach((path) => path.bringToFront()));
      }
    }

    toggle(id) {
      const shown = this.shown.get(id);
      this.switched.set(id, !shown.visible);
      this.setVisible(shown);
      this.mark();
      this.legend.update(this.scene, this.shown);
      this.legend.box.querySelector(`[data-layer="${CSS.escape(id)}"]`)?.focus();
      this.relabel();
    }

    afterFetch() {
      this.dim();
      this.legend.update(this.scene, this.shown);
      this.relabel();
    }

    dim() {
      const dimmed = new Set(this.scene.dimmed);
      for (const { drawn } of this.shown.values()) {
        for (const one of drawn) {
          const faint = one.kind === "parcel" && dimmed.has(one.id);
          if (faint !== Boolean(one.faint)) planner.drawing.dim(one, faint);
          one.faint = faint;
        }
      }
    }

    chosen() {
      const { selected } = this.scene;
      const shown = selected && this.shown.get(selected.layer);
      if (!shown?.visible) return null;
      return (shown.find ? shown.find(selected.id) : shown.drawn.find((one) => one.id === selected.id)) ?? null;
    }

    // The frame of the chosen feature and the extents that belong to it.
    mark() {
      const one = this.chosen();
      this.marks.clearLayers();
      if (one) planner.drawing.chosen(one.feature, this.context()).forEach((path) => this.marks.addLayer(path));
      if (same(this.before?.extent, this.scene.extent)) return;
      this.extents.clearLayers();
      planner.drawing.extents(this.scene.extent, this.context()).forEach((path) => this.extents.addLayer(path));
    }

    // Move to the focus once, and only as far as needed.
    look() {
      const { focus } = this.scene;
      const size = this.map.getSize();
      if (!focus || focus.serial === this.looked || size.x === 0 || size.y === 0) return;
      this.looked = focus.serial;
      const [west, south, east, north] = focus.bbox;
      const bounds = L.latLngBounds([south, west], [north, east]);
      const zoom = focus.fit ? this.fitting(bounds) : this.neededZoom(bounds);
      const animate = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (zoom !== this.map.getZoom() || focus.fit) this.map.setView(bounds.getCenter(), zoom, { animate });
      else this.nudge(bounds, animate);
    }

    fitting(bounds) {
      return this.map.getBoundsZoom(bounds, false, [INSET.left + INSET.right, INSET.top + INSET.bottom]);
    }

    pixels(bounds, zoom) {
      const corners = [bounds.getSouthWest(), bounds.getNorthEast()].map((place) => this.map.project(place, zoom));
      const size = L.bounds(corners).getSize();
      return Math.max(size.x, size.y);
    }

    neededZoom(bounds) {
      const most = this.fitting(bounds);
      let zoom = Math.min(this.map.getZoom(), most);
      if (this.pixels(bounds, zoom) >= SMALLEST_IN_VIEW) return zoom;
      while (zoom < most && zoom < this.map.getMaxZoom() && this.pixels(bounds, zoom) < COMFORTABLE) zoom += 1;
      return Math.min(zoom, most, this.map.getMaxZoom());
    }

    // The shortest pan that brings the bounds into view; none if they are.
    nudge(bounds, animate) {
      const low = this.map.latLngToContainerPoint(bounds.getNorthWest());
      const high = this.map.latLngToContainerPoint(bounds.getSouthEast());
      const size = this.map.getSize();
      const shift = (before, after) => Math.min(before, 0) || Math.max(after, 0);
      const x = shift(low.x - INSET.left, high.x + INSET.right - size.x);
      const y = shift(low.y - INSET.top, high.y + INSET.bottom - size.y);
      if (x || y) this.map.panBy([x, y], { animate });
    }

    // A sketch's own events have a kind already.
    click(event) {
      if (!event.latlng.kind) this.pointer.click(event);
      this.sketch?.clicked(event);
    }

    visibleLayers() {
      return Array.from(this.shown.values()).filter((shown) => shown.visible);
    }

    // Not while the map zooms: lines are still where they were, and their names travel with them.
    relabel() {
      if (!this.scene || this.zooming || this.map.getSize().x === 0) return;
      this.labels.place([...(this.sketch?.labelled() ?? []), ...this.visibleLayers()], this.scene, this.chosen());
    }

    resize() {
      this.map.invalidateSize({ animate: false });
      if (!this.scene) return;
      this.legend.update(this.scene, this.shown);
      this.look();
      this.relabel();
    }
  }

  function same(a, b) {
    return JSON.stringify(a) === JSON.stringify(b);
  }

  // Sizes are right only once the style sheets are here.
  function stylesLoaded() {
    const links = Array.from(document.querySelectorAll('link[rel="stylesheet"]')).filter((link) => !link.sheet);
    const loaded = (link) => new Promise((done) => ["load", "error"].forEach((name) => link.addEventListener(name, done)));
    return Promise.all(links.map(loaded));
  }

  let plannerMap = null;
  let waiting = null;

  planner.start = (map) => {
    document.documentElement.lang = "zh-CN";
    map.on("click", (event) => plannerMap?.click(event));
    stylesLoaded().then(() => {
      map.invalidateSize({ animate: false });
      plannerMap = new PlannerMap(map);
      if (waiting) plannerMap.update(waiting);
    });
  };

  planner.update = (payload) => planner.show(JSON.parse(atob(payload)));

  // The same with a scene that the page has made itself.
  planner.show = (scene) => {
    waiting = scene;
    plannerMap?.update(waiting);
  };

  planner.state = () => ({
    layers: Object.fromEntries(Array.from(plannerMap.shown, ([id, shown]) => [id, shown.visible])),
    legend_folded: plannerMap.legend.folded,
    sketch: plannerMap.sketch?.state() ?? null,
  });
})((window.planner = window.planner || {}));
