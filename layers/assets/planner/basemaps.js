// Tiled base maps. GCJ-02 tiles (Amap and others) are moved back to where things are.
(function (planner) {
  "use strict";

  const A = 6378245; // the semi-axis and eccentricity that the published shift is defined with
  const EE = 0.00669342162296594323;
  const RADIAN = Math.PI / 180;

  function waves(value, ...terms) {
    return terms.reduce((sum, [factor, frequency]) => sum + factor * Math.sin(value * frequency * Math.PI), 0);
  }

  // Where GCJ-02 shows a place of CGCS2000 or WGS 84.
  function shifted({ lat, lng }) {
    const [x, y] = [lng - 105, lat - 35];
    const root = Math.sqrt(Math.abs(x));
    const common = (2 / 3) * waves(x, [20, 6], [20, 2]);
    const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
      + (2 / 3) * waves(y, [20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]);
    const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
      + (2 / 3) * waves(x, [20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]);
    const curve = 1 - EE * Math.sin(lat * RADIAN) ** 2;
    return L.latLng(
      lat + north / (((A * (1 - EE)) / curve ** 1.5) * RADIAN),
      lng + east / ((A / Math.sqrt(curve)) * Math.cos(lat * RADIAN) * RADIAN),
    );
  }

  // The place that GCJ-02 shows at a point.
  function restored(point) {
    let place = L.latLng(point.lat, point.lng);
    for (let i = 0; i < 4; i += 1) {
      const guess = shifted(place);
      place = L.latLng(place.lat + point.lat - guess.lat, place.lng + point.lng - guess.lng);
    }
    return place;
  }

  // Each tile is put where its corners belong; neighbours share corners, so that no gap opens.
  const GcjTileLayer = L.TileLayer.extend({
    _corner(coords) {
      const size = this.getTileSize();
      const place = this._map.unproject(coords.scaleBy(size), coords.z);
      return this._map.project(restored(place), coords.z).subtract(this._level.origin).round();
    },
    _getTilePos(coords) {
      return this._corner(coords);
    },
    _getTiledPixelBounds(center) {
      return L.TileLayer.prototype._getTiledPixelBounds.call(this, shifted(center));
    },
    _addTile(coords, container) {
      L.TileLayer.prototype._addTile.call(this, coords, container);
      const opposite = L.point(coords.x + 1, coords.y + 1);
      opposite.z = coords.z;
      const size = this._corner(opposite).subtract(this._corner(coords));
      const { style } = this._tiles[this._tileCoordsToKey(coords)].el;
      [style.width, style.height] = [`${size.x}px`, `${size.y}px`];
    },
  });

  const CHOICE = "planner base map"; // survives a reload, not the browser window

  function remembered() {
    return sessionStorage.getItem(CHOICE);
  }

  function remember(title) {
    if (title === null) sessionStorage.removeItem(CHOICE);
    else sessionStorage.setItem(CHOICE, title);
  }

  class BaseMaps {
    constructor(map, report) {
      this.map = map;
      this.report = report;
      this.layers = [];
      this.drawn = "[]";
    }

    // The titles to choose from; several entries with one title are one map (picture and names).
    get titles() {
      return [...new Set(this.scene?.base_maps.map((base) => base.title))];
    }

    // None until the user asks for one: nothing leaves the machine unasked.
    get chosen() {
      return this.titles.find((title) => title === remembered()) ?? null;
    }

    choose(title) {
      remember(title);
      this.update(this.scene);
    }

    update(scene) {
      this.scene = scene;
      const wanted = scene.base_maps.filter((base) => base.title === this.chosen);
      if (JSON.stringify(wanted) === this.drawn) return;
      this.drawn = JSON.stringify(wanted);
      this.report("");
      this.layers.forEach((layer) => layer.remove());
      this.layers = wanted.map((base) => this.layer(base, scene.texts).addTo(this.map));
      this.map.options.zoomSnap = this.layers.length ? 1 : 0.5; // tiles are sharp at whole levels only
    }

    layer(base, texts) {
      const Kind = base.type === "gcj02" ? GcjTileLayer : L.TileLayer;
      const layer = new Kind(base.url, {
        subdomains: base.subdomains || "abc",
        minZoom: base.min_zoom,
        maxNativeZoom: base.max_zoom,
        maxZoom: this.map.getMaxZoom(),
        tms: base.tms,
      });
      let failed = false;
      layer.on("loading", () => (failed = false));
      layer.on("tileerror", () => (failed = true));
      layer.on("load", () => this.report(failed ? texts.base_map_failed : ""));
      return layer;
    }
  }

  planner.gcj = { shifted, restored };
  planner.BaseMaps = BaseMaps;
})((window.planner = window.planner || {}));
