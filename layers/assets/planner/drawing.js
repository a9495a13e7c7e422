// From features to Leaflet paths. What a line or area looks like comes from layers/style.py.
(function (planner) {
  "use strict";

  // Pane names with their stacking order, from the ground up.
  const PANES = {
    area: 405,
    water: 410,
    tiles: 412,
    casing: 415,
    road: 416,
    big: 418,
    extent: 420,
    parcel: 430,
    proposal: 435,
    chosen: 440,
    landmark: 450,
    measure: 460,
    sketch: 455,
  };
  const WATER = new Set(["river", "canal"]);
  const ROADS = new Set(["road", "expressway"]);
  const SVG_LIMIT = 800; // layers with more features are drawn on a canvas
  const DIM = 0.22;
  const HIT_TOLERANCE = 3; // pixels around a line that still count as the line

  // The renderers of a map, made when first asked for.
  class Renderers {
    constructor(map) {
      this.made = new Map();
      for (const [name, order] of Object.entries(PANES)) {
        const pane = map.createPane(`planner-${name}`);
        pane.style.zIndex = order;
        pane.style.pointerEvents = "none";
      }
    }

    get(pane, crowded) {
      const key = `${pane} ${crowded}`;
      if (!this.made.has(key)) {
        const options = { pane: `planner-${pane}`, padding: 0.4, tolerance: HIT_TOLERANCE };
        this.made.set(key, crowded ? L.canvas(options) : L.svg(options));
      }
      return this.made.get(key);
    }
  }

  // Leaflet paths of any GeoJSON geometry.
  function paths(geometry, options) {
    const latlngs = (coordinates, depth) => L.GeoJSON.coordsToLatLngs(coordinates, depth);
    const all = { interactive: false, ...options };
    switch (geometry?.type) {
      case "Point":
        return [L.circleMarker(L.GeoJSON.coordsToLatLng(geometry.coordinates), all)];
      case "MultiPoint":
        return geometry.coordinates.map((point) => L.circleMarker(L.GeoJSON.coordsToLatLng(point), all));
      case "LineString":
        return [L.polyline(latlngs(geometry.coordinates, 0), { ...all, fill: false })];
      case "MultiLineString":
        return [L.polyline(latlngs(geometry.coordinates, 1), { ...all, fill: false })];
      case "Polygon":
        return [L.polygon(latlngs(geometry.coordinates, 1), all)];
      case "MultiPolygon":
        return [L.polygon(latlngs(geometry.coordinates, 2), all)];
      case "GeometryCollection":
        return geometry.geometries.flatMap((part) => paths(part, options));
      default:
        return [];
    }
  }

  const isGuess = (properties) => properties.basis === "guess";
  const isArea = (geometry) => /Polygon$/.test(geometry?.type);
  const isPoint = (geometry) => /Point$/.test(geometry?.type);
  const isLine = (geometry) => /LineString$/.test(geometry?.type);

  function parcelStyle(style, properties, patterned) {
    const use = style.uses[properties.use] ? properties.use : "unknown";
    const outline = style.geometry[properties.geometry_class] ?? style.geometry.schematic;
    return {
      color: style.uses[use].outline,
      weight: outline.weight,
      dashArray: outline.dash,
      fillColor: planner.patterns.useFill(style, use, patterned),
      fillOpacity: outline.fill_opacity,
      radius: 9,
    };
  }

  // The part of a sign's meaning that the legend spells out.
  function variant(kind, { geometry, properties }) {
    if (ROADS.has(kind) && isLine(geometry) && properties.status === "planned") return "planned";
    return isGuess(properties) ? "guess" : "evident";
  }

  function lineSign(style, kind, feature) {
    const found = variant(kind, feature);
    if (WATER.has(kind)) return style.lines[found === "guess" ? "water_guess" : kind];
    if (!ROADS.has(kind)) return style.lines.admin;
    return style.lines[found === "evident" ? kind : `road_${found}`];
  }

  function areaSign(style, kind, feature) {
    if (WATER.has(kind)) return style.areas.water;
    const name = kind === "park" ? "park" : "area";
    return style.areas[variant(kind, feature) === "guess" ? `${name}_guess` : name];
  }

  function areaStyle(sign) {
    return {
      color: sign.color,
      weight: sign.weight,
      dashArray: sign.dash,
      fillColor: planner.patterns.areaFill(sign),
      fillOpacity: sign.fill_opacity,
    };
  }

  function ringStyle(style, properties) {
    const guess = isGuess(properties);
    return {
      radius: guess ? 3 : 4,
      color: guess ? style.labels.guess : style.ink,
      weight: guess ? 1.2 : 1.6,
      dashArray: guess ? "2 2" : null,
      fillColor: style.halo,
      fillOpacity: 1,
    };
  }

  // [pane, Leaflet options] of each stroke that makes up a feature, the lowest first.
  function strokes(feature, kind, style, patterned) {
    const { geometry, properties } = feature;
    if (kind === "parcel") return [["parcel", parcelStyle(style, properties, patterned)]];
    if (isPoint(geometry)) return [["landmark", ringStyle(style, properties)]];
    if (isArea(geometry)) {
      const pane = WATER.has(kind) ? "water" : "area";
      return [[pane, areaStyle(areaSign(style, kind, feature))]];
    }
    const sign = lineSign(style, kind, feature);
    const pane = WATER.has(kind) ? "water" : ROADS.has(kind) ? "road" : "area";
    const lineCap = sign.dash ? "butt" : "round";
    const line = [pane, { color: sign.color, weight: sign.weight, dashArray: sign.dash, lineCap }];
    if (!sign.casing_weight) return [line];
    return [["casing", { color: sign.casing, weight: sign.casing_weight }], line];
  }

  // A feature on the map: its paths, and what clicks and labels need to know of it.
  function draw(feature, layer, context) {
    const crowded = context.crowded;
    const patterned = context.patterned && !crowded;
    const made = strokes(feature, layer.kind, context.style, patterned).flatMap(([pane, options]) =>
      paths(feature.geometry, { ...options, renderer: context.renderers.get(context.pane ?? pane, crowded) }),
    );
    return { ...feature.properties, layer: layer.id, kind: layer.kind, feature, paths: made };
  }

  function dim(drawn, dimmed) {
    for (const path of drawn.paths) {
      path.bright ??= { opacity: path.options.opacity, fillOpacity: path.options.fillOpacity };
      const { opacity, fillOpacity } = path.bright;
      path.setStyle(dimmed ? { opacity: opacity * DIM, fillOpacity: fillOpacity * DIM } : path.bright);
    }
  }

  // Dark frame and white line around the chosen feature.
  function chosen(feature, context) {
    const renderer = context.renderers.get("chosen", false);
    const frame = { renderer, fill: false, radius: 10 };
    const { ink, halo, geometry } = context.style;
    const dashArray = geometry[feature.properties.geometry_class]?.dash ?? null;
    return [
      ...paths(feature.geometry, { ...frame, color: ink, weight: 6, lineJoin: "miter" }),
      ...paths(feature.geometry, { ...frame, color: halo, weight: 3, lineJoin: "miter" }),
      ...paths(feature.geometry, { ...frame, color: ink, weight: 1.4, dashArray, lineJoin: "miter" }),
    ];
  }

  // Block and envelope of the chosen parcel under the parcels, candidate and conflict over them.
  function extents(extent, context) {
    const panes = { block: "extent", envelope: "extent", candidate: "proposal", conflict: "proposal" };
    return Object.entries(panes).flatMap(([name, pane]) => {
      const renderer = context.renderers.get(pane, false);
      return paths(extent[name], { ...areaStyle(context.style.areas[name]), renderer });
    });
  }

  planner.drawing = {
    Renderers, draw, dim, chosen, extents, paths, parcelStyle, areaStyle, variant, lineSign, areaSign, ringStyle, isArea, isPoint,
    SVG_LIMIT,
  };
})((window.planner = window.planner || {}));
