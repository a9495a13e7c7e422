// Layers that stay on the server: tiles from afar, the features of the view from near.
(function (planner) {
  "use strict";

  const WIDER = 0.15; // of the view, fetched around it so that small moves show no gap

  class BigLayer {
    constructor(map, layer, hooks) {
      this.map = map;
      this.layer = layer;
      this.hooks = hooks; // context(), changed(), report(text)
      this.drawn = [];
      this.visible = false;
      this.group = L.layerGroup();
      this.tiles = L.tileLayer(layer.tiles_url, {
        pane: "planner-tiles",
        maxZoom: map.getMaxZoom(),
        keepBuffer: 1,
      });
      this.refresh = this.refresh.bind(this);
      map.on("moveend", this.refresh);
    }

    show(visible) {
      this.visible = visible;
      this.refresh();
    }

    remove() {
      this.map.off("moveend", this.refresh);
      this.request?.abort();
      this.tiles.remove();
      this.group.remove();
      this.hooks.report("");
    }

    near() {
      return this.map.getZoom() >= this.layer.viewport_min_zoom;
    }

    refresh() {
      this.request?.abort();
      const near = this.visible && this.near();
      if (this.visible && !near) this.tiles.addTo(this.map);
      else if (!this.visible) this.tiles.remove();
      if (near) this.fetch();
      else this.clear();
    }

    clear() {
      this.drawn = [];
      this.group.remove().clearLayers();
    }

    async fetch() {
      const request = new AbortController();
      this.request = request;
      const bounds = this.map.getBounds().pad(WIDER);
      const url = new URL(this.layer.features_url, document.baseURI);
      url.searchParams.set("bbox", bounds.toBBoxString());
      url.searchParams.set("z", this.map.getZoom());
      try {
        const answer = await fetch(url, { signal: request.signal });
        if (!answer.ok) throw new Error(`status ${answer.status}`);
        this.draw((await answer.json()).features);
        this.hooks.report("");
      } catch (error) {
        if (!request.signal.aborted) this.hooks.report(this.hooks.context().texts.layer_failed);
      }
    }

    // The old picture stays until the new one is on the map.
    draw(features) {
      const context = { ...this.hooks.context(), crowded: true, pane: "big" };
      const drawn = features.map((feature) => {
        const properties = { id: feature.id, basis: "known", geometry_class: "surveyed", ...feature.properties };
        return planner.drawing.draw({ ...feature, properties }, this.layer, context);
      });
      const group = L.layerGroup(drawn.flatMap((one) => one.paths)).addTo(this.map);
      this.group.remove();
      this.group = group;
      this.drawn = drawn;
      this.tiles.remove();
      this.hooks.changed();
    }
  }

  planner.BigLayer = BigLayer;
})((window.planner = window.planner || {}));
