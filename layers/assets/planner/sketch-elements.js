// Elements of a sketch and what they run into, drawn over the map; an element that did not change keeps its paths.
(function (planner) {
  "use strict";

  const { number } = planner.dom;
  const { isArea, chains } = planner.shape;
  const M2_PER_MU = 2000 / 3;
  const EQUATOR = 40075016.686; // metres, of Web Mercator's sphere
  const LEAST_ROAD = 3; // pixels
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
    const sign = style.lines.road;
    const known = element.width_m !== null && element.width_m !== undefined;
    const dashArray = known ? null : "8 5";
    return [
      { color: style.uses.road.outline, weight: LEAST_ROAD + 2, lineCap: "butt" },
      { color: sign.color, weight: LEAST_ROAD, lineCap: "butt", dashArray },
    ];
  }

  function title(element, texts) {
    const { area_m2: area, length_m: length } = element;
    const size = isArea(element.geometry)
      ? area > 0 && `${number(area / M2_PER_MU, 2)} ${texts.mu}`
      : length > 0 && `${number(length, 1)} m`;
    return [element.name, size].filter(Boolean).join(" ");
  }

  class Elements {
    // `context()` as of the map: style, texts, renderers.
    constructor(map, context) {
      this.map = map;
      this.context = context;
      this.drawn = new Map(); // element id -> drawn
      this.group = L.layerGroup().addTo(map);
      this.marks = L.layerGroup().addTo(map);
      this.clashes = L.layerGroup().addTo(map);
      this.ghosts = L.layerGroup().addTo(map);
      this.conflicts = [];
      map.on("zoomend", () => this.widen());
    }

    // Draw the elements; `hidden` is the id of the one that its editor draws.
    show(elements, texts, hidden) {
      const crowded = elements.length > planner.drawing.SVG_LIMIT;
      const kept = new Map();
      for (const element of elements) {
        const sign = JSON.stringify([element, crowded, element.id === hidden]);
        const old = this.drawn.get(element.id);
        if (old?.sign === sign) kept.set(element.id, old);
        else kept.set(element.id, this.draw(element, texts, { sign, crowded, hidden: element.id === hidden }));
      }
      for (const [id, old] of this.drawn) {
        if (kept.get(id) !== old) old.paths.forEach((path) => this.group.removeLayer(path));
      }
      this.drawn = kept;
      this.widen();
    }

    draw(element, texts, { sign, crowded, hidden }) {
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
        ...element, sign, hidden, feature, paths, element, layer: "sketch-element", kind: "parcel", basis: "known", label: "", tooltip: "",
        number: title(element, texts), anchor: anchorOf(element.geometry),
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
      this.marks.clearLayers();
      for (const drawn of this.drawn.values()) drawn.labelStyle = ids.includes(drawn.id) ? "tag" : undefined;
      const feature = (drawn) => ({ geometry: drawn.element.geometry, properties: { geometry_class: "digitized" } });
      for (const id of ids) {
        const drawn = this.drawn.get(id);
        if (drawn && !drawn.hidden) planner.drawing.chosen(feature(drawn), this.context()).forEach((path) => this.marks.addLayer(path));
      }
    }

    // What does not fit in red, what may not fit in violet, each with its name and area.
    clash(conflicts, texts) {
      const sign = JSON.stringify(conflicts);
      if (sign === this.clashSign) return;
      this.clashSign = sign;
      this.clashes.clearLayers();
      const { style, renderers } = this.context();
      const renderer = renderers.get("proposal", false);
      this.conflicts = conflicts.filter((one) => one.geometry).map((conflict, i) => {
        const certain = conflict.outcome === "fail";
        const look = planner.drawing.areaStyle(style.areas[certain ? "conflict" : "envelope"]);
        const paths = planner.drawing.paths(conflict.geometry, { ...look, renderer });
        paths.forEach((path) => this.clashes.addLayer(path));
        const size = conflict.area_m2 > 0 ? `${number(conflict.area_m2 / M2_PER_MU, 2)} ${texts.mu}` : "";
        const name = [conflict.other || conflict.title, size].filter(Boolean).join(" ");
        const feature = { geometry: conflict.geometry, properties: {} };
        return {
          id: `${i}`, kind: "parcel", layer: "sketch-conflict", number: name, label: "", paths, feature, certain,
          anchor: anchorOf(conflict.geometry), labelStyle: certain ? "conflict" : "doubt",
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

    clear() {
      [this.group, this.marks, this.clashes, this.ghosts].forEach((group) => group.clearLayers());
      this.drawn.clear();
      this.conflicts = [];
      this.clashSign = null;
    }
  }

  planner.SketchElements = Elements;
  planner.sketchAnchor = anchorOf;
  planner.M2_PER_MU = M2_PER_MU;
  planner.sketchVertices = (geometry) => chains(geometry).flat();
})((window.planner = window.planner || {}));
