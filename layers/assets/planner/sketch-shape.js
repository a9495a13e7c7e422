// GeoJSON outlines in the hand: figures, crossings, and what moving, turning and sliding make of
// them. Everything is worked out in metres, in the transverse Mercator of the tenth of a degree
// nearest to the shape, as the server does (parcels/planning/plane.py).
(function (planner) {
  "use strict";

  const DEPTH = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };
  const STRAIGHT = Math.cos(Math.PI / 180);
  const PARALLEL = 1e-9; // sine of the angle below which two sides count as parallel

  const isArea = (geometry) => /Polygon$/.test(geometry?.type);

  // All rings of areas (closed) or all lines, as lists of [lng, lat].
  function chains(geometry) {
    return DEPTH[geometry.type] === 0 ? [geometry.coordinates] : geometry.coordinates.flat(DEPTH[geometry.type] - 1);
  }

  // The geometry with another place for each vertex; the end of a ring follows its beginning.
  function mapped(geometry, change) {
    const walk = (part, depth) => (depth < 0 ? change(part) : part.map((one) => walk(one, depth - 1)));
    return { type: geometry.type, coordinates: walk(geometry.coordinates, DEPTH[geometry.type]) };
  }

  function middle(geometry) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [lng, lat] of chains(geometry).flat()) {
      [west, east] = [Math.min(west, lng), Math.max(east, lng)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
    return { lng: (west + east) / 2, lat: (south + north) / 2 };
  }

  class Plane {
    constructor(lng) {
      this.meridian = Math.round(lng * 10) / 10;
    }

    static of(geometry) {
      return new Plane(middle(geometry).lng);
    }

    to([lng, lat]) {
      const { north, east } = planner.projection.plane(lat, lng, this.meridian);
      return [east, north];
    }

    from([x, y]) {
      const { lat, lng } = planner.projection.place(y, x, this.meridian);
      return [lng, lat];
    }
  }

  // Twice the signed area of a closed ring in the plane, from its first vertex.
  function twice(ring) {
    const [[x0, y0]] = ring;
    let sum = 0;
    for (let i = 1; i < ring.length; i += 1) {
      const [[xa, ya], [xb, yb]] = [ring[i - 1], ring[i]];
      sum += (xa - x0) * (yb - y0) - (xb - x0) * (ya - y0);
    }
    return sum;
  }

  function along(chain) {
    let metres = 0;
    for (let i = 1; i < chain.length; i += 1) {
      metres += Math.hypot(chain[i][0] - chain[i - 1][0], chain[i][1] - chain[i - 1][1]);
    }
    return metres;
  }

  // Square metres (holes taken off, parts added up) and metres around; of lines the length.
  function figures(geometry) {
    const plane = Plane.of(geometry);
    const flat = (chain) => chain.map((place) => plane.to(place));
    if (!isArea(geometry)) {
      return { length_m: chains(geometry).reduce((sum, chain) => sum + along(flat(chain)), 0) };
    }
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const found = { area_m2: 0, perimeter_m: 0 };
    for (const rings of parts) {
      rings.map(flat).forEach((ring, i) => {
        found.area_m2 += (i === 0 ? 0.5 : -0.5) * Math.abs(twice(ring));
        found.perimeter_m += along(ring);
      });
    }
    return found;
  }

  function edgesOf(geometry) {
    return chains(geometry).flatMap((chain, part) =>
      chain.slice(1).map((to, i) => ({ from: chain[i], to, chain: part, i })),
    );
  }

  const side = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

  function meeting({ from: a, to: b }, { from: c, to: d }) {
    const [s1, s2, s3, s4] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
    if (!(s1 * s2 < 0 && s3 * s4 < 0)) return null;
    const t = s3 / (s3 - s4);
    return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  }

  // Where two edges cross first, with the numbers of both from 1; null where none do.
  function crossing(geometry) {
    const edges = edgesOf(geometry);
    edges.forEach((edge) => {
      edge.west = Math.min(edge.from[0], edge.to[0]);
      edge.east = Math.max(edge.from[0], edge.to[0]);
    });
    edges.sort((a, b) => a.west - b.west);
    for (let i = 0; i < edges.length; i += 1) {
      for (let k = i + 1; k < edges.length && edges[k].west <= edges[i].east; k += 1) {
        const at = meeting(edges[i], edges[k]);
        if (at) return { at, edges: [edges[i].i + 1, edges[k].i + 1].sort((a, b) => a - b) };
      }
    }
    return null;
  }

  function moved(geometry, from, to) {
    const plane = Plane.of(geometry);
    const [[x0, y0], [x1, y1]] = [plane.to(from), plane.to(to)];
    return mapped(geometry, (place) => {
      const [x, y] = plane.to(place);
      return plane.from([x + x1 - x0, y + y1 - y0]);
    });
  }

  // Turned about a place by an angle in degrees, counted clockwise.
  function turned(geometry, about, degrees) {
    const plane = Plane.of(geometry);
    const [x0, y0] = plane.to(about);
    const [sine, cosine] = [Math.sin((-degrees * Math.PI) / 180), Math.cos((-degrees * Math.PI) / 180)];
    return mapped(geometry, (place) => {
      const [x, y] = plane.to(place);
      return plane.from([x0 + (x - x0) * cosine - (y - y0) * sine, y0 + (x - x0) * sine + (y - y0) * cosine]);
    });
  }

  // Where the line through p along u meets the line through q along v; null where parallel.
  function across(p, u, q, v) {
    const sine = u[0] * v[1] - u[1] * v[0];
    if (Math.abs(sine) <= PARALLEL * Math.hypot(...u) * Math.hypot(...v)) return null;
    const t = ((q[0] - p[0]) * v[1] - (q[1] - p[1]) * v[0]) / sine;
    return [p[0] + t * u[0], p[1] + t * u[1]];
  }

  const less = (a, b) => [a[0] - b[0], a[1] - b[1]];

  // A side with those in its straight, and the direction in which it moves, in the plane. Neighbours
  // that turn away by less than 1° move with it, as on the server.
  function straightOf(geometry, { chain, i }) {
    const plane = Plane.of(geometry);
    const ring = chains(geometry)[chain].slice(0, -1);
    const n = ring.length;
    const at = (k) => plane.to(ring[(k + n) % n]);
    const way = (k) => less(at(k + 1), at(k));
    const goesOn = (k) => (way(k)[0] * way(i)[0] + way(k)[1] * way(i)[1]) > STRAIGHT * Math.hypot(...way(k)) * Math.hypot(...way(i));
    let [first, last] = [i, i];
    while (last - first < n - 2 && goesOn(first - 1)) first -= 1;
    while (last - first < n - 2 && goesOn(last + 1)) last += 1;
    const [x, y] = way(i);
    const length = Math.hypot(x, y) || 1;
    return { plane, ring, n, at, way, first, last, normal: [-y / length, x / length] }; // to the left
  }

  // Metres from a side's line to a place, positive to the left of the side's direction.
  function offset(geometry, side_, place) {
    const { plane, at, normal } = straightOf(geometry, side_);
    const [x, y] = less(plane.to(place), at(side_.i));
    return x * normal[0] + y * normal[1];
  }

  // The geometry with one side of a ring moved parallel to itself by metres (see `offset`); both
  // neighbours grow or shrink along their own lines. Null where the side would turn round.
  function slid(geometry, side_, metres) {
    const { plane, ring, n, at, way, first, last, normal } = straightOf(geometry, side_);
    const shifted = (k) => [at(k)[0] + normal[0] * metres, at(k)[1] + normal[1] * metres];
    const start = across(shifted(first), way(first), at(first), way(first - 1));
    const end = across(shifted(last + 1), way(last), at(last + 1), way(last + 1));
    if (!start || !end) return null;
    const moved = [start];
    for (let k = first + 1; k <= last; k += 1) moved.push(shifted(k));
    moved.push(end);
    const changed = ring.slice();
    for (const [j, place] of moved.entries()) {
      const [dx, dy] = j ? less(place, moved[j - 1]) : way(first);
      const [ux, uy] = way(first + Math.max(j - 1, 0));
      if (dx * ux + dy * uy <= 0) return null;
      changed[(first + j + n) % n] = plane.from(place);
    }
    return replaced(geometry, side_.chain, [...changed, changed[0]]);
  }

  // The shift nearest to `metres` at which the area is `square_metres`: the area is quadratic in
  // the shift. Null where no shift of the side gives that area.
  function shiftFor(geometry, side_, metres, square_metres) {
    const areaAt = (shift) => {
      const shape = slid(geometry, side_, shift);
      return shape && figures(shape).area_m2;
    };
    const step = metres || 1;
    const [now, half, whole] = [0, step / 2, step].map(areaAt);
    if (half === null || whole === null) return null;
    const curve = (2 * (whole - 2 * half + now)) / step ** 2;
    const slope = (4 * half - whole - 3 * now) / step;
    const lacking = square_metres - now;
    const root = Math.sqrt(slope ** 2 + 4 * curve * lacking);
    if (Number.isNaN(root)) return null;
    // Both solutions in the form that stays exact where the curve is next to nothing.
    const shifts = [slope + root, slope - root].filter((sum) => sum !== 0).map((sum) => (2 * lacking) / sum);
    return shifts.sort((p, q) => Math.abs(p - metres) - Math.abs(q - metres))[0] ?? null;
  }

  // The geometry with another chain in the place of one.
  function replaced(geometry, chain, coordinates) {
    let at = -1;
    const walk = (part, depth) => {
      if (depth > 0) return part.map((one) => walk(one, depth - 1));
      at += 1;
      return at === chain ? coordinates : part;
    };
    return { type: geometry.type, coordinates: walk(geometry.coordinates, DEPTH[geometry.type]) };
  }

  // The place on the edge from a to b that is nearest to p, on the edge's line in the plane.
  function nearestOn(a, b, p) {
    const plane = new Plane(p[0]);
    const [[xa, ya], [xb, yb], [x, y]] = [a, b, p].map((one) => plane.to(one));
    const [dx, dy] = [xb - xa, yb - ya];
    const t = Math.min(Math.max(((x - xa) * dx + (y - ya) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    return plane.from([xa + t * dx, ya + t * dy]);
  }

  // The foot of p on the nearest of the four directions from `at` that are square to `before` → `at`.
  function squared(before, at, p) {
    const plane = new Plane(at[0]);
    const [x0, y0] = plane.to(at);
    const [x, y] = plane.to(p);
    const from = before ? plane.to(before) : [x0, y0 - 1];
    const length = Math.hypot(x0 - from[0], y0 - from[1]) || 1;
    const [ux, uy] = [(x0 - from[0]) / length, (y0 - from[1]) / length];
    const [forward, sideways] = [(x - x0) * ux + (y - y0) * uy, (y - y0) * ux - (x - x0) * uy];
    const straight = Math.abs(forward) > Math.abs(sideways);
    return plane.from(straight ? [x0 + forward * ux, y0 + forward * uy] : [x0 - sideways * uy, y0 + sideways * ux]);
  }

  // Leaflet's nesting of latlngs as GeoJSON, to the last bit; rings are closed.
  function fromLatLngs(latlngs, area) {
    const pairs = (list) => list.map(({ lng, lat }) => [lng, lat]);
    if (!area) return { type: "LineString", coordinates: pairs(latlngs) };
    const ring = (list) => [...pairs(list), ...pairs(list.slice(0, 1))];
    if (Array.isArray(latlngs[0]?.[0])) {
      return { type: "MultiPolygon", coordinates: latlngs.map((rings) => rings.map(ring)) };
    }
    return { type: "Polygon", coordinates: latlngs.map(ring) };
  }

  function toLatLngs(geometry) {
    return L.GeoJSON.coordsToLatLngs(geometry.coordinates, DEPTH[geometry.type], ([lng, lat]) => L.latLng(lat, lng));
  }

  planner.shape = {
    isArea, chains, figures, crossing, moved, turned, offset, slid, shiftFor, nearestOn, squared, middle, fromLatLngs, toLatLngs,
    edgesOf,
  };
})((window.planner = window.planner || {}));
