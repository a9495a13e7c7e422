// The place that the hand means: a vertex or an edge within 12 pixels, or a right angle.
(function (planner) {
  "use strict";

  const { html } = planner.dom;
  const REACH = 12; // pixels
  const CELL = 64; // pixels of the grid in which edges of the view are looked up

  // Vertices and edges of the view in a grid of container pixels.
  class Grid {
    constructor(map, sources) {
      this.map = map;
      this.size = map.getSize();
      this.cells = new Map();
      for (const { id, geometry } of sources) this.add(id, geometry);
    }

    add(id, geometry) {
      if (!geometry) return;
      if (geometry.type === "GeometryCollection") {
        geometry.geometries.forEach((part) => this.add(id, part));
        return;
      }
      if (/Point$/.test(geometry.type)) return;
      for (const chain of planner.shape.chains(geometry)) {
        const pixels = chain.map(([lng, lat]) => this.map.latLngToContainerPoint([lat, lng]));
        for (let i = 1; i < chain.length; i += 1) {
          this.put({ id, a: chain[i - 1], b: chain[i], from: pixels[i - 1], to: pixels[i] });
        }
      }
    }

    put(edge) {
      const { from, to } = edge;
      const cell = (pixel, most) => Math.floor(Math.min(Math.max(pixel, -REACH), most + REACH) / CELL);
      if (Math.max(from.x, to.x) < -REACH || Math.min(from.x, to.x) > this.size.x + REACH) return;
      if (Math.max(from.y, to.y) < -REACH || Math.min(from.y, to.y) > this.size.y + REACH) return;
      const [x0, x1] = [Math.min(from.x, to.x), Math.max(from.x, to.x)].map((x) => cell(x, this.size.x));
      const [y0, y1] = [Math.min(from.y, to.y), Math.max(from.y, to.y)].map((y) => cell(y, this.size.y));
      for (let x = x0; x <= x1; x += 1) {
        for (let y = y0; y <= y1; y += 1) {
          const key = `${x} ${y}`;
          if (!this.cells.has(key)) this.cells.set(key, []);
          this.cells.get(key).push(edge);
        }
      }
    }

    near(pixel) {
      const found = new Set();
      for (const x of [pixel.x - REACH, pixel.x + REACH]) {
        for (const y of [pixel.y - REACH, pixel.y + REACH]) {
          const key = `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
          this.cells.get(key)?.forEach((edge) => found.add(edge));
        }
      }
      return found;
    }
  }

  class Snap {
    // `sources()` gives {id, geometry} of everything that is visible.
    constructor(map, sources) {
      this.map = map;
      this.sources = sources;
      this.word = html("span", { class: "planner-snap-word" });
      this.mark = html("div", { class: "planner-snap", "aria-hidden": "true" }, this.word);
      this.mark.hidden = true;
      map.getContainer().append(this.mark);
      map.on("moveend zoomend resize", () => this.forget());
      map.on("zoomstart", () => this.hide());
    }

    forget() {
      this.grid = null;
    }

    // The nearest vertex within reach, else the nearest edge; `own` is left out.
    find([lng, lat], own) {
      this.grid ??= new Grid(this.map, this.sources());
      const pixel = this.map.latLngToContainerPoint([lat, lng]);
      let best = null;
      const offer = (kind, distance, at) => {
        if (distance <= REACH && (!best || distance < best.distance)) best = { kind, distance, at };
      };
      const near = [...this.grid.near(pixel)].filter((edge) => !own || edge.id !== own);
      for (const { a, b, from, to } of near) {
        offer("vertex", pixel.distanceTo(from), () => a);
        offer("vertex", pixel.distanceTo(to), () => b);
      }
      if (best) return this.found(best);
      for (const { a, b, from, to } of near) {
        const distance = L.LineUtil.pointToSegmentDistance(pixel, from, to);
        offer("edge", distance, () => planner.shape.nearestOn(a, b, [lng, lat]));
      }
      return best && this.found(best);
    }

    // The best of what several places snap to, with the number of the place.
    findAny(places, own) {
      let best = null;
      places.forEach((place, index) => {
        const found = this.find(place, own);
        const better = found && (!best || (found.kind === best.kind ? found.distance < best.distance : found.kind === "vertex"));
        if (better) best = { ...found, index };
      });
      return best;
    }

    found({ kind, distance, at }) {
      return { kind, distance, place: at() };
    }

    show(found, texts) {
      this.mark.hidden = !found;
      if (!found) return;
      const { x, y } = this.map.latLngToContainerPoint([found.place[1], found.place[0]]);
      this.mark.style.transform = `translate(${x}px, ${y}px)`;
      this.mark.classList.toggle("is-edge", found.kind === "edge");
      this.word.textContent = texts[`snap_${found.kind}`];
    }

    hide() {
      this.mark.hidden = true;
    }
  }

  Snap.REACH = REACH;
  planner.Snap = Snap;
})((window.planner = window.planner || {}));
