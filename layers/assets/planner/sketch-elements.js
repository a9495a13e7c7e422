// Elements of a sketch and what they run into, drawn over the map; an element that did not change keeps its paths.
(function (planner) {
  "use strict";

  const { html, number } = planner.dom;
  const { isArea, chains } = planner.shape;
  const M2_PER_MU = 2000 / 3;
  const EQUATOR = 40075016.686; // metres, of Web Mercator's sphere
  const LEAST_ROAD = 3; // pixels
  const PLACES = [[0, 0], [0, -20], [0, 20], [0, -40], [0, 40]]; // of a label, in pixels from its anchor
  const LONGEST = 20; // characters of a name
  const DASH = "6 4"; // not saved yet

  // A place inside the largest part: its centroid, or the middle of the longest stretch at that height.
  function anchorOf(geometry) {
    if (!isArea(geometry)) return null;
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const [rings] = parts.map((part) => [part, Math.abs(sums(part[0]).area)]).sort((a, b) => b[1] - a[1])[0];
    const { x, y } = sums(rings[0]);
    const cuts = rings.flatMap((ring) => crossings(ring, y)).sort((a, b) => a - b);
    const inside = [];
    for (let i = 1; i < cuts.length; i += 2) inside.push([cuts[i - 1], cuts[i]]);
    if (!inside.length || inside.some(([west, east]) => west < x && x < east)) return [x, y];
    const [west, east] = inside.sort((a, b) => b[1] - b[0] - (a[1] - a[0]))[0];
    return [(west + east) / 2, y];
  }

  function sums(ring) {
    const [[x0, y0]] = ring;
    let [area, x, y] = [0, 0, 0];
    for (let i = 1; i < ring.length; i += 1) {
      const [xa, ya, xb, yb] = [ring[i - 1][0] - x0, ring[i - 1][1] - y0, ring[i][0] - x0, ring[i][1] - y0];
      const cross = xa * yb - xb * ya;
      area += cross;
      x += (xa + xb) * cross;
      y += (ya + yb) * cross;
    }
    return area ? { area, x: x0 + x / (3 * area), y: y0 + y / (3 * area) } : { area, x: x0, y: y0 };
  }

  function crossings(ring, y) {
    const found = [];
    for (let i = 1; i < ring.length; i += 1) {
      const [[xa, ya], [xb, yb]] = [ring[i - 1], ring[i]];
      if (ya > y !== yb > y) found.push(xa + ((y - ya) / (yb - ya)) * (xb - xa));
    }
    return found;
  }

  function areaOf(element, style) {
    const outline = style.geometry[element.geometry_class] ?? style.geometry.digitized;
    if (element.kind === "extension") return { ...planner.drawing.areaStyle(style.areas.extension), dashArray: outline.dash };
    const use = { green: "green", road: "road" }[element.kind] ?? element.use;
    return planner.drawing.parcelStyle(style, { ...element, use }, false);
  }

  function strokes(element, style) {
    if (isArea(element.geometry)) return [areaOf(element, style)];
    if (!element.width_m) {
      const { color, weight, dash } = style.lines.road_planned;
      return [{ color: style.halo, weight: weight + 2, lineCap: "butt" }, { color, weight, dashArray: dash, lineCap: "butt" }];
    }
    return [
      { color: style.uses.road.outline, weight: LEAST_ROAD + 2, lineCap: "butt" },
      { color: style.lines.road.color, weight: LEAST_ROAD, lineCap: "butt" },
    ];
  }

  function title(element, texts) {
    const { area_m2: area } = element;
    const size = isArea(element.geometry) && area > 0 && `${number(area / M2_PER_MU, 2)} ${texts.mu}`;
    const letters = Array.from(element.name ?? "");
    const name = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : element.name;
    return [name, size].filter(Boolean).join(" ");
  }

  const alike = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  class Elements {
    // `context()` as of the map: style, texts, renderers.
    constructor(map, context) {
      this.map = map;
      this.context = context;
      this.drawn = new Map(); // element id -> drawn
      this.group = L.layerGroup().addTo(map);
      this.marks = L.layerGroup().addTo(map);
      this.clashes = L.layerGroup().addTo(map);
      this.clashesNow = L.layerGroup().addTo(map);
      this.ghosts = L.layerGroup().addTo(map);
      this.serial = 0; // of what was drawn
      this.conflicts = [];
      this.now = [];
      this.names = map.createPane("planner-sketch-names");
      this.names.style.zIndex = 645;
      map.on("zoomend", () => this.widen());
      map.on("zoomend moveend", () => this.nameNow());
    }

    // Draw the elements; `hidden` is the id of the one that its editor draws. Tells whether anything changed.
    show(elements, texts, hidden) {
      const crowded = elements.length > planner.drawing.SVG_LIMIT;
      const kept = new Map();
      let changed = false;
      for (const element of elements) {
        const unseen = element.id === hidden;
        const old = this.drawn.get(element.id);
        const same = old && old.hidden === unseen && old.crowded === crowded && (old.element === element || alike(old.element, element));
        kept.set(element.id, same ? old : this.draw(element, texts, { crowded, hidden: unseen }));
        changed ||= !same;
      }
      for (const [id, old] of this.drawn) {
        if (kept.get(id) === old) continue;
        old.paths.forEach((path) => this.group.removeLayer(path));
        changed = true;
      }
      this.drawn = kept;
      if (changed) this.widen();
      return changed;
    }

    draw(element, texts, { crowded, hidden }) {
      const { style, renderers } = this.context();
      const renderer = renderers.get("sketch", crowded);
      const dashed = element.provisional ? { dashArray: DASH } : {};
      // What is being edited stays to be pointed at.
      const unseen = hidden ? { opacity: 0, fillOpacity: 0 } : {};
      const look = { ...dashed, ...unseen, renderer };
      const paths = strokes(element, style).flatMap((options) => planner.drawing.paths(element.geometry, { ...options, ...look }));
      paths.forEach((path) => this.group.addLayer(path));
      const feature = { type: "Feature", geometry: element.geometry, properties: element };
      return {
        ...element, serial: (this.serial += 1), crowded, hidden, feature, paths, element, layer: "sketch-element", kind: "parcel", basis: "known", label: "", tooltip: "",
        number: title(element, texts), anchor: anchorOf(element.geometry), labelPlaces: PLACES, labelInside: true,
      };
    }

    // Roads as wide as their reserve.
    widen() {
      const metres = (EQUATOR * Math.cos((this.map.getCenter().lat * Math.PI) / 180)) / 2 ** (this.map.getZoom() + 8);
      for (const { element, paths } of this.drawn.values()) {
        if (isArea(element.geometry) || !element.width_m) continue;
        const weight = Math.max(LEAST_ROAD, element.width_m / metres);
        paths.forEach((path, i) => path.setStyle({ weight: i === 0 ? weight + 2 : weight }));
      }
    }

    // Dark frame and white line around what is chosen.
    choose(ids) {
      const sign = ids.map((id) => this.drawn.get(id).serial).join();
      if (sign === this.choiceSign) return false;
      this.choiceSign = sign;
      this.marks.clearLayers();
      for (const drawn of this.drawn.values()) drawn.labelStyle = ids.includes(drawn.id) ? "tag" : undefined;
      const feature = (drawn) => ({ geometry: drawn.element.geometry, properties: { geometry_class: "digitized" } });
      for (const id of ids) {
        const drawn = this.drawn.get(id);
        if (drawn && !drawn.hidden) planner.drawing.chosen(feature(drawn), this.context()).forEach((path) => this.marks.addLayer(path));
      }
      return true;
    }

    // What elements that stand run into; `sign` tells whether it is still the same.
    clash(sign, conflicts, texts) {
      if (sign === this.clashSign) return false;
      this.clashSign = sign;
      this.conflicts = this.parts(conflicts, texts, this.clashes);
      return true;
    }

    // What the shape in the hand runs into: its names stand at once and do not make way for others.
    clashNow(conflicts, texts) {
      this.now = this.parts(conflicts, texts, this.clashesNow);
      this.nameNow();
    }

    nameNow() {
      const label = ({ number: name, anchor, labelStyle }) => {
        const node = html("div", { class: "planner-label-place" }, html("span", { class: `planner-label is-${labelStyle}` }, name));
        L.DomUtil.setPosition(node, this.map.latLngToLayerPoint([anchor[1], anchor[0]]).round());
        return node;
      };
      this.names.replaceChildren(...this.now.filter((one) => one.anchor && one.number).map(label));
    }

    // What does not fit in red, what may not fit in violet, each with its name and area.
    parts(conflicts, texts, group) {
      group.clearLayers();
      const { style, renderers } = this.context();
      const renderer = renderers.get("proposal", false);
      return conflicts.filter((one) => one.geometry).map((conflict, i) => {
        const certain = conflict.outcome === "fail";
        const look = planner.drawing.areaStyle(style.areas[certain ? "conflict" : "envelope"]);
        const paths = planner.drawing.paths(conflict.geometry, { ...look, renderer });
        paths.forEach((path) => group.addLayer(path));
        const size = conflict.area_m2 > 0 ? `${number(conflict.area_m2 / M2_PER_MU, 2)} ${texts.mu}` : "";
        const name = isArea(conflict.geometry) ? [conflict.other || conflict.title, size].filter(Boolean).join(" ") : "";
        const feature = { geometry: conflict.geometry, properties: {} };
        return {
          id: `${i}`, kind: "parcel", layer: "sketch-conflict", number: name, label: "", paths, feature, certain,
          anchor: anchorOf(conflict.geometry), labelStyle: certain ? "conflict" : "doubt", labelPlaces: PLACES,
        };
      });
    }

    // Shapes of steps that wait for an answer: what cuts, divides, makes a hole.
    ghost(geometries) {
      this.ghosts.clearLayers();
      const { style, renderers } = this.context();
      const look = { color: style.ink, weight: 1.6, dashArray: DASH, fill: false, renderer: renderers.get("proposal", false) };
      geometries.flatMap((one) => planner.drawing.paths(one, look)).forEach((path) => this.ghosts.addLayer(path));
    }

    // What is named: what is chosen, then the largest areas, then lines; last what they run into.
    labelled() {
      const rank = ({ labelStyle, area_m2: area, feature }) => (labelStyle ? Infinity : isArea(feature.geometry) ? area ?? 0 : -1);
      return [...this.drawn.values()].sort((a, b) => rank(b) - rank(a)).concat(this.conflicts);
    }

    clear() {
      [this.group, this.marks, this.clashes, this.ghosts].forEach((group) => group.clearLayers());
      this.drawn.clear();
      this.conflicts = [];
      this.clashSign = this.choiceSign = null;
      this.clashNow([]);
    }
  }

  planner.SketchElements = Elements;
  planner.sketchAnchor = anchorOf;
  planner.M2_PER_MU = M2_PER_MU;
  planner.sketchVertices = (geometry) => chains(geometry).flat();
})((window.planner = window.planner || {}));
