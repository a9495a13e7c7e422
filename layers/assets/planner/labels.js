// Names and numbers on the map: placed anew for each view so that no two overlap.
(function (planner) {
  "use strict";

  const { html } = planner.dom;
  const SIZE = 12;
  const LINE_HEIGHT = 16;
  const TAG_HEIGHT = 24;
  const EDGE = 10; // pixels kept free along the edge of the view
  const ALONG = [0.5, 0.36, 0.64, 0.22, 0.78, 0.1, 0.9]; // where on the visible line a name may stand
  const SMALL_PARCEL = 140; // pixels; names keep off parcels smaller than this
  const TWIN = 3; // pixels between parcels that share one number label
  const MOST_TWINS = 4;
  const LONGEST = 24; // characters of a name on the map; the panel has the whole
  const WATER = new Set(["river", "canal"]);

  const canvas = document.createElement("canvas").getContext("2d");

  function textWidth(text, bold) {
    const family = getComputedStyle(document.body).fontFamily;
    canvas.font = `${bold ? 600 : 400} ${SIZE}px ${family}`;
    return canvas.measureText(text).width;
  }

  function shorten(text) {
    const letters = Array.from(text);
    return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : text;
  }

  function box(centre, width, height) {
    const half = L.point(width / 2, height / 2);
    return L.bounds(centre.subtract(half), centre.add(half));
  }

  // The pieces of a drawn line inside the view, with the length of each in pixels.
  function visiblePieces(drawn, view) {
    const pieces = [];
    for (const path of drawn.paths.slice(-1)) {
      for (const part of path._parts ?? []) {
        for (let i = 1; i < part.length; i += 1) {
          const piece = L.LineUtil.clipSegment(part[i - 1], part[i], view, false, false);
          if (piece) pieces.push({ from: piece[0], to: piece[1], length: piece[0].distanceTo(piece[1]) });
        }
      }
    }
    return pieces;
  }

  function totalLength(pieces) {
    return pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  function pointAlong(pieces, distance) {
    let left = distance;
    for (const { from, to, length } of pieces) {
      if (left <= length && length > 0) {
        const steep = Math.abs(to.y - from.y) > Math.abs(to.x - from.x);
        return { at: from.add(to.subtract(from).multiplyBy(left / length)), steep };
      }
      left -= length;
    }
    return null;
  }

  class Labels {
    constructor(map) {
      this.map = map;
      this.pane = map.createPane("planner-labels");
      this.pane.style.zIndex = 640;
      this.remembered = new Map(); // where a line's name stood, so that it stays there while panning
      this.placed = [];
      map.on("zoomstart", () => this.remembered.clear());
      map.on("zoomanim", (event) => this.follow(event));
    }

    // Place labels for the visible layers; `chosen` is the chosen drawn feature or null.
    place(layers, scene, chosen) {
      const size = this.map.getSize();
      const corner = this.map.containerPointToLayerPoint([0, 0]);
      this.view = L.bounds(corner.add([EDGE, EDGE]), corner.add(size).subtract([EDGE, EDGE]));
      this.scene = scene;
      this.dimmed = new Set(scene.dimmed);
      this.taken = this.furniture(corner);
      this.placed = [];
      const drawn = layers.flatMap((layer) => layer.drawn);
      const parcels = drawn.filter((one) => one.kind === "parcel");
      if (chosen) this.tag(chosen, parcels.filter((one) => one !== chosen));
      parcels.filter((one) => one !== chosen).forEach((one) => this.number(one));
      parcels.forEach((one) => this.keepFree(one));
      const named = drawn.filter((one) => one.kind !== "parcel" && one.label && one !== chosen);
      const [guessed, evident] = [named.filter(isGuess), named.filter((one) => !isGuess(one))];
      for (const one of evident) this.name(one);
      if (this.map.getZoom() >= scene.style.guessed_labels_from_zoom) guessed.forEach((one) => this.name(one));
      this.pane.replaceChildren(...this.placed.map((label) => this.element(label)));
    }

    name(drawn) {
      if (isPoint(drawn)) this.beside(drawn);
      else if (drawn.anchor) this.inside(drawn);
      else this.along(drawn);
    }

    furniture(corner) {
      const origin = this.map.getContainer().getBoundingClientRect();
      const controls = this.map.getContainer().querySelectorAll(".leaflet-control");
      return Array.from(controls, (control) => {
        const rect = control.getBoundingClientRect();
        const from = corner.add([rect.left - origin.left, rect.top - origin.top]);
        return L.bounds(from, from.add([rect.width, rect.height]));
      });
    }

    free(bounds) {
      return this.view.contains(bounds) && !this.taken.some((other) => other.intersects(bounds));
    }

    // Try to set a label; `offset` is from the anchor to the label's centre.
    set(drawn, text, style, anchor, offset = L.point(0, 0)) {
      const along = textWidth(text, style.bold) + (style.name === "tag" ? 18 : 6);
      const high = style.name === "tag" ? TAG_HEIGHT : LINE_HEIGHT;
      const [width, height] = style.vertical ? [high, along] : [along, high];
      const bounds = box(anchor.add(offset), width, height);
      if (!this.free(bounds)) return false;
      this.push({ drawn, text, style, anchor, offset, bounds });
      return true;
    }

    push(label) {
      this.taken.push(label.bounds);
      this.placed.push({ ...label, latlng: this.map.layerPointToLatLng(label.anchor) });
    }

    anchorOf(drawn) {
      const first = drawn.paths[0];
      if (drawn.anchor) return this.map.latLngToLayerPoint(L.GeoJSON.coordsToLatLng(drawn.anchor));
      return first && this.map.latLngToLayerPoint(first.getLatLng?.() ?? first.getBounds().getCenter());
    }

    pixelBox(drawn) {
      const boxes = drawn.paths.map((path) => path._pxBounds).filter((one) => one?.isValid());
      return boxes.length ? boxes.reduce((all, one) => L.bounds([...corners(all), ...corners(one)])) : null;
    }

    keepFree(drawn) {
      const bounds = this.pixelBox(drawn);
      const size = bounds?.getSize();
      if (size && Math.max(size.x, size.y) < SMALL_PARCEL) this.taken.push(bounds);
    }

    number(drawn) {
      const anchor = drawn.number && this.anchorOf(drawn);
      if (!anchor || !this.view.contains(anchor)) return;
      const twin = !drawn.labelPlaces && this.placed.find((label) => label.twins && label.anchor.distanceTo(anchor) <= TWIN);
      if (twin) {
        this.join(twin, drawn.number);
        return;
      }
      if (drawn.labelInside && !drawn.labelStyle && !this.roomFor(drawn)) return;
      const style = { name: drawn.labelStyle ?? "number", bold: true };
      const offsets = drawn.labelPlaces ?? [[0, 0]];
      const set = offsets.some((offset) => this.set(drawn, drawn.number, style, anchor, L.point(offset)));
      if (set && !drawn.labelPlaces) this.placed.at(-1).twins = [drawn.number];
    }

    // Whether a drawn shape is about as wide as its name.
    roomFor(drawn) {
      const size = this.pixelBox(drawn)?.getSize();
      return size && Math.max(size.x, size.y / 2) >= textWidth(drawn.number, true) * 0.7;
    }

    // Name another parcel of the same place, as long as that covers no other label.
    join(twin, number) {
      const twins = [...twin.twins, number];
      const more = twins.length > MOST_TWINS ? " …" : "";
      const text = twins.slice(0, MOST_TWINS).join(" · ") + more;
      const bounds = box(twin.anchor.add(twin.offset), textWidth(text, true) + 6, LINE_HEIGHT);
      if (this.taken.some((other) => other !== twin.bounds && other.intersects(bounds))) return;
      this.taken[this.taken.indexOf(twin.bounds)] = bounds;
      Object.assign(twin, { twins, text, bounds });
    }

    // The dark tag beside the chosen feature, off its neighbours where there is room.
    tag(drawn, neighbours) {
      const bounds = this.visibleBox(drawn);
      const text = shorten(planner.titleOf(drawn));
      if (!bounds || !text) return;
      const width = textWidth(text, true) + 18;
      const size = bounds.getSize().add([width, TAG_HEIGHT]).divideBy(2).add([6, 6]);
      const others = neighbours.map((one) => this.pixelBox(one)).filter(Boolean);
      const middle = bounds.getCenter();
      const places = [[0, -size.y], [0, size.y], [size.x, 0], [-size.x, 0]].map(([x, y]) => middle.add([x, y]));
      const boxes = places.map((at) => box(at, width, TAG_HEIGHT));
      const clear = boxes.findIndex((one) => this.free(one) && !others.some((other) => other.intersects(one)));
      const at = clear >= 0 ? places[clear] : this.inView(places[0], width, TAG_HEIGHT);
      const label = { drawn, text, style: { name: "tag" }, anchor: middle, offset: at.subtract(middle) };
      this.push({ ...label, bounds: box(at, width, TAG_HEIGHT) });
    }

    // What the view shows of a feature: for a line the middle of the visible part.
    visibleBox(drawn) {
      if (!isPoint(drawn) && !drawn.anchor) {
        const pieces = visiblePieces(drawn, this.view);
        const middle = pointAlong(pieces, totalLength(pieces) / 2);
        return middle && box(middle.at, 8, 8);
      }
      const bounds = this.pixelBox(drawn);
      if (!bounds?.intersects(this.view)) return null;
      return L.bounds(this.inView(bounds.min, 0, 0), this.inView(bounds.max, 0, 0));
    }

    // The nearest place at which a box lies in the view.
    inView(centre, width, height) {
      const { min, max } = this.view;
      const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
      return L.point(
        clamp(centre.x, min.x + width / 2, max.x - width / 2),
        clamp(centre.y, min.y + height / 2, max.y - height / 2),
      );
    }

    beside(drawn) {
      const anchor = this.anchorOf(drawn);
      if (!this.view.contains(anchor)) return;
      this.taken.push(box(anchor, 10, 10));
      const text = shorten(drawn.label);
      const away = textWidth(text, false) / 2 + 10;
      const offsets = [[away, 0], [-away, 0], [0, -15], [0, 15]].map((xy) => L.point(xy));
      const style = { name: "plain", guess: isGuess(drawn) };
      offsets.some((offset) => this.set(drawn, text, style, anchor, offset));
    }

    inside(drawn) {
      const bounds = this.pixelBox(drawn);
      if (!bounds) return;
      const text = shorten(drawn.label);
      if (bounds.getSize().x < textWidth(text, false) * 0.7) return;
      const style = { name: drawn.kind === "park" ? "park" : "plain", guess: isGuess(drawn) };
      const offsets = [[0, 0], [0, -18], [0, 18]].map((xy) => L.point(xy));
      offsets.some((offset) => this.set(drawn, text, style, this.anchorOf(drawn), offset));
    }

    along(drawn) {
      const text = shorten(drawn.label);
      const pieces = visiblePieces(drawn, this.view);
      const total = totalLength(pieces);
      if (total < textWidth(text, false)) return;
      const places = [this.lastPlace(drawn), ...ALONG.map((part) => pointAlong(pieces, part * total))];
      places.filter(Boolean).some(({ at, steep }) => {
        const vertical = drawn.vertical ?? steep;
        const name = WATER.has(drawn.kind) ? "water" : "plain";
        const set = this.set(drawn, text, { name, vertical, guess: isGuess(drawn) }, at);
        if (set) this.remembered.set(keyOf(drawn), { latlng: this.placed.at(-1).latlng, steep });
        return set;
      });
    }

    lastPlace(drawn) {
      const last = this.remembered.get(keyOf(drawn));
      return last && { at: this.map.latLngToLayerPoint(last.latlng), steep: last.steep };
    }

    element(label) {
      const { name, vertical, guess } = label.style;
      const classes = ["planner-label", `is-${name}`];
      if (vertical) classes.push("is-vertical");
      if (guess) classes.push("is-guess");
      if (name === "number" && this.dimmed.has(label.drawn.id)) classes.push("is-dimmed");
      const text = html("span", { class: classes.join(" ") }, label.text);
      text.style.left = `${label.offset.x}px`;
      text.style.top = `${label.offset.y}px`;
      label.node = html("div", { class: "planner-label-place leaflet-zoom-animated" }, text);
      L.DomUtil.setPosition(label.node, label.anchor.round());
      return label.node;
    }

    // While the map zooms, labels travel with their places.
    follow({ zoom, center }) {
      for (const label of this.placed) {
        const point = this.map._latLngToNewLayerPoint(label.latlng, zoom, center);
        L.DomUtil.setPosition(label.node, point.round());
      }
    }
  }

  const corners = ({ min, max }) => [min, max];

  function isGuess(drawn) {
    return drawn.basis === "guess";
  }

  function isPoint(drawn) {
    return /Point$/.test(drawn.feature.geometry?.type);
  }

  function keyOf(drawn) {
    return `${drawn.layer}\n${drawn.id}`;
  }

  planner.Labels = Labels;
})((window.planner = window.planner || {}));
