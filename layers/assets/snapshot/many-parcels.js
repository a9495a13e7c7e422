// Thousands of parcels in one layer: from afar squares and outlines on one canvas, near by the
// parcels in view as every other map draws them. Found by a grid of cells, never one after the other.
(function (planner) {
  "use strict";

  const NEAR = 400; // parcels in view that are drawn as single features
  const SPECK = 3; // pixels; smaller parcels are drawn as their box
  const OUTLINED = 7; // pixels; smaller parcels have no outline
  const MOST_CELLS = 64; // of one parcel; larger ones stand in a list of their own
  const TOLERANCE = 3; // pixels beside a parcel that still count as the parcel
  const FAINT = 0.22;

  // Rings of all parcels as flat arrays, in pixels of zoom 0.
  class Shapes {
    constructor(geometries, toPixels) {
      this.count = geometries.length;
      const sizes = geometries.map((one) => ringsOf(one));
      const points = sizes.reduce((sum, rings) => sum + rings.reduce((all, ring) => all + ring.length, 0), 0);
      const rings = sizes.reduce((sum, one) => sum + one.length, 0);
      this.x = new Float64Array(points);
      this.y = new Float64Array(points);
      this.ringStart = new Int32Array(rings + 1);
      this.first = new Int32Array(this.count + 1);
      this.box = new Float64Array(4 * this.count).fill(NaN);
      let [point, ring] = [0, 0];
      sizes.forEach((own, at) => {
        this.first[at] = ring;
        for (const places of own) {
          this.ringStart[ring++] = point;
          for (const place of places) this.add(at, point++, toPixels(place));
        }
      });
      this.first[this.count] = ring;
      this.ringStart[ring] = point;
    }

    add(at, point, { x, y }) {
      [this.x[point], this.y[point]] = [x, y];
      const [low, box] = [4 * at, this.box];
      box[low] = Math.min(x, Number.isNaN(box[low]) ? x : box[low]);
      box[low + 1] = Math.min(y, Number.isNaN(box[low + 1]) ? y : box[low + 1]);
      box[low + 2] = Math.max(x, Number.isNaN(box[low + 2]) ? x : box[low + 2]);
      box[low + 3] = Math.max(y, Number.isNaN(box[low + 3]) ? y : box[low + 3]);
    }

    // Whether a place lies inside, by counting the edges to its right.
    contains(at, x, y) {
      let inside = false;
      for (let ring = this.first[at]; ring < this.first[at + 1]; ring += 1) {
        const [from, to] = [this.ringStart[ring], this.ringStart[ring + 1]];
        for (let i = from, j = to - 1; i < to; j = i, i += 1) {
          const crosses = this.y[i] > y !== this.y[j] > y;
          if (crosses && x < ((this.x[j] - this.x[i]) * (y - this.y[i])) / (this.y[j] - this.y[i]) + this.x[i]) inside = !inside;
        }
      }
      return inside;
    }

    meets(at, [west, north, east, south]) {
      const { box } = this;
      const low = 4 * at;
      return box[low] <= east && box[low + 2] >= west && box[low + 1] <= south && box[low + 3] >= north;
    }
  }

  function ringsOf(geometry) {
    if (geometry?.type === "Polygon") return geometry.coordinates;
    if (geometry?.type === "MultiPolygon") return geometry.coordinates.flat();
    return [];
  }

  class Grid {
    constructor(shapes) {
      this.shapes = shapes;
      const { box, count } = shapes;
      this.bounds = [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = 0; i < 4 * count; i += 1) {
        if (!Number.isNaN(box[i])) this.bounds[i % 4] = (i % 4 < 2 ? Math.min : Math.max)(this.bounds[i % 4], box[i]);
      }
      this.side = Math.max(1, Math.ceil(Math.sqrt(count / 4)));
      this.wide = [];
      const cells = new Map();
      for (let at = 0; at < count; at += 1) this.put(at, cells);
      this.cells = cells;
    }

    column(value, axis) {
      const [low, high] = [this.bounds[axis], this.bounds[axis + 2]];
      const cell = Math.floor(((value - low) / (high - low || 1)) * this.side);
      return Math.max(0, Math.min(this.side - 1, cell));
    }

    span([west, north, east, south]) {
      return [this.column(west, 0), this.column(north, 1), this.column(east, 0), this.column(south, 1)];
    }

    put(at, cells) {
      const box = this.shapes.box.subarray(4 * at, 4 * at + 4);
      if (Number.isNaN(box[0])) return;
      const [left, top, right, bottom] = this.span(box);
      if ((right - left + 1) * (bottom - top + 1) > MOST_CELLS) {
        this.wide.push(at);
        return;
      }
      for (let row = top; row <= bottom; row += 1) {
        for (let column = left; column <= right; column += 1) {
          const key = row * this.side + column;
          if (cells.has(key)) cells.get(key).push(at);
          else cells.set(key, [at]);
        }
      }
    }

    // Positions of the parcels that meet a box, each once, in their order.
    within(box) {
      const [left, top, right, bottom] = this.span(box);
      const found = new Set(this.wide.filter((at) => this.shapes.meets(at, box)));
      for (let row = top; row <= bottom; row += 1) {
        for (let column = left; column <= right; column += 1) {
          for (const at of this.cells.get(row * this.side + column) ?? []) if (this.shapes.meets(at, box)) found.add(at);
        }
      }
      return Int32Array.from(found).sort();
    }
  }

  const ManyCanvas = L.Renderer.extend({
    initialize(draw, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this._drawParcels = draw;
    },
    _initContainer() {
      this._container = document.createElement("canvas");
      this._context = this._container.getContext("2d");
    },
    _destroyContainer() {
      this._container.remove();
      delete this._context;
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const [size, ratio] = [this._bounds.getSize(), L.Browser.retina ? 2 : 1];
      L.DomUtil.setPosition(this._container, this._bounds.min);
      [this._container.width, this._container.height] = [ratio * size.x, ratio * size.y];
      [this._container.style.width, this._container.style.height] = [`${size.x}px`, `${size.y}px`];
      this._drawParcels(this._context, this._bounds, ratio);
    },
  });

  class ManyParcels {
    constructor(map, layer, hooks) {
      this.map = map;
      this.layer = layer;
      this.hooks = hooks; // context(), changed()
      this.drawn = [];
      const { crs } = map.options;
      const toPixels = ([x, y]) => crs.latLngToPoint(L.latLng(y, x), 0);
      this.shapes = new Shapes(layer.many.geometries, toPixels);
      this.grid = new Grid(this.shapes);
      this.signs = layer.many.signs;
      this.byColour = colours(layer.many.sign);
      this.group = L.layerGroup();
      this.canvas = new ManyCanvas((context, bounds, ratio) => this.draw(context, bounds, ratio), {
        pane: "planner-big", padding: 0.2,
      });
    }

    show(visible) {
      this.visible = visible;
      if (visible) {
        this.group.addTo(this.map);
        this.canvas.addTo(this.map);
      } else {
        this.canvas.remove();
        this.group.remove();
      }
    }

    remove() {
      this.show(false);
    }

    // Draw what is in the bounds of the canvas: near by as features, from afar on the canvas.
    draw(context, bounds, ratio) {
      const scale = this.map.options.crs.scale(this.map.getZoom()) / this.map.options.crs.scale(0);
      const origin = this.map.getPixelOrigin();
      const toBox = (at) => [(at.x + origin.x) / scale, (at.y + origin.y) / scale];
      const box = [...toBox(bounds.min), ...toBox(bounds.max)];
      const seen = this.grid.within(box);
      this.features(seen.length <= NEAR ? seen : []);
      if (seen.length <= NEAR) return;
      context.setTransform(ratio, 0, 0, ratio, -bounds.min.x * ratio, -bounds.min.y * ratio);
      const place = { scale, x: origin.x, y: origin.y };
      const inView = new Uint8Array(this.shapes.count);
      for (const at of seen) inView[at] = 1;
      for (const [sign, members] of this.byColour) {
        const shown = members.filter((at) => inView[at]);
        this.paint(context, sign, shown.filter((at) => !this.isFaint(at)), place, 1);
        this.paint(context, sign, shown.filter((at) => this.isFaint(at)), place, FAINT);
      }
    }

    isFaint(at) {
      return this.layer.many.faint?.[at] === 1;
    }

    paint(context, sign, members, place, strength) {
      if (!members.length) return;
      const { uses } = this.hooks.context().style;
      const use = uses[sign] ?? uses.unknown;
      const [small, large] = [new Path2D(), new Path2D()];
      let outlined = false;
      for (const at of members) {
        const size = this.pixels(at, place.scale);
        if (size < SPECK) this.speck(small, at, place);
        else this.trace(large, at, place);
        outlined ||= size >= OUTLINED;
      }
      context.globalAlpha = 0.75 * strength;
      context.fillStyle = use.tone;
      context.fill(small);
      context.fill(large, "evenodd");
      if (!outlined) return;
      context.globalAlpha = strength;
      [context.strokeStyle, context.lineWidth] = [use.outline, 0.6];
      context.stroke(large);
    }

    pixels(at, scale) {
      const { box } = this.shapes;
      return Math.max(box[4 * at + 2] - box[4 * at], box[4 * at + 3] - box[4 * at + 1]) * scale;
    }

    speck(path, at, { scale, x, y }) {
      const { box } = this.shapes;
      const [left, top] = [box[4 * at] * scale - x, box[4 * at + 1] * scale - y];
      path.rect(left, top, Math.max(1, box[4 * at + 2] * scale - x - left), Math.max(1, box[4 * at + 3] * scale - y - top));
    }

    trace(path, at, { scale, x, y }) {
      const { shapes } = this;
      for (let ring = shapes.first[at]; ring < shapes.first[at + 1]; ring += 1) {
        const [from, to] = [shapes.ringStart[ring], shapes.ringStart[ring + 1]];
        path.moveTo(shapes.x[from] * scale - x, shapes.y[from] * scale - y);
        for (let i = from + 1; i < to; i += 1) path.lineTo(shapes.x[i] * scale - x, shapes.y[i] * scale - y);
        path.closePath();
      }
    }

    // The parcels near by, drawn as every other feature is; nothing is drawn again that is there.
    features(seen) {
      const context = { ...this.hooks.context(), crowded: true };
      const drawn = Array.from(seen, (at) => planner.drawing.draw(this.layer.many.feature(at), this.layer, context));
      this.group.clearLayers();
      drawn.forEach((one) => one.paths.forEach((path) => this.group.addLayer(path)));
      const changed = drawn.length > 0 || this.drawn.length > 0;
      this.drawn = drawn;
      if (changed) queueMicrotask(() => this.hooks.changed());
    }

    find(id) {
      const at = this.layer.many.position(id);
      if (at === undefined) return null;
      const near = this.drawn.find((one) => one.id === id);
      return near ?? planner.drawing.draw(this.layer.many.feature(at), this.layer, { ...this.hooks.context(), crowded: true });
    }

    // What lies under a point of the map while no feature of it is drawn.
    under(point) {
      if (this.drawn.length || !this.visible) return [];
      const { crs } = this.map.options;
      const { x, y } = crs.latLngToPoint(this.map.layerPointToLatLng(point), 0);
      const off = TOLERANCE / (crs.scale(this.map.getZoom()) / crs.scale(0));
      const near = Array.from(this.grid.within([x - off, y - off, x + off, y + off]));
      const inside = near.filter((at) => this.shapes.contains(at, x, y));
      const found = inside.length ? inside : near.slice(0, 1);
      return found.map((at) => {
        const feature = this.layer.many.feature(at);
        return { ...feature.properties, layer: this.layer.id, kind: "parcel", feature, paths: [], pixelArea: this.pixels(at, 1) };
      });
    }

    redraw() {
      if (this.visible) this.canvas._update();
    }
  }

  // Positions by the sign that they are drawn with.
  function colours(signs) {
    const found = new Map();
    signs.forEach((sign, at) => (found.get(sign) ?? found.set(sign, []).get(sign)).push(at));
    return found;
  }

  planner.ManyParcels = ManyParcels;
})((window.planner = window.planner || {}));
