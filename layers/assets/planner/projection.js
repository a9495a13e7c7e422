// Gauss-Krüger on CGCS2000, and lengths and areas by it. Krüger's series in n up to n^4 is right to
// well under a millimetre within a 3-degree zone.
(function (planner) {
  "use strict";

  const A = 6378137;
  const F = 1 / 298.257222101;
  const N = F / (2 - F);
  const E = Math.sqrt(F * (2 - F));
  const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
  const SERIES = [
    N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
    (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
    (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
    (49561 * N ** 4) / 161280,
  ];
  const INVERSE = [
    N / 2 - (2 * N ** 2) / 3 + (37 * N ** 3) / 96 - N ** 4 / 360,
    N ** 2 / 48 + N ** 3 / 15 - (437 * N ** 4) / 1440,
    (17 * N ** 3) / 480 - (37 * N ** 4) / 840,
    (4397 * N ** 4) / 161280,
  ];
  // From the conformal latitude to the geodetic one.
  const LATITUDE = [
    2 * N - (2 * N ** 2) / 3 - 2 * N ** 3 + (116 * N ** 4) / 45,
    (7 * N ** 2) / 3 - (8 * N ** 3) / 5 - (227 * N ** 4) / 45,
    (56 * N ** 3) / 15 - (136 * N ** 4) / 35,
    (4279 * N ** 4) / 630,
  ];
  const DEGREE = Math.PI / 180;

  // North and east in metres from the equator and the central meridian (degrees).
  function plane(latitude, longitude, meridian) {
    const sine = Math.sin(latitude * DEGREE);
    const away = (longitude - meridian) * DEGREE;
    const t = Math.sinh(Math.atanh(sine) - E * Math.atanh(E * sine));
    const xi = Math.atan2(t, Math.cos(away));
    const eta = Math.asinh(Math.sin(away) / Math.hypot(t, Math.cos(away)));
    let north = xi;
    let east = eta;
    SERIES.forEach((factor, i) => {
      const order = 2 * (i + 1);
      north += factor * Math.sin(order * xi) * Math.cosh(order * eta);
      east += factor * Math.cos(order * xi) * Math.sinh(order * eta);
    });
    return { north: RADIUS * north, east: RADIUS * east };
  }

  // The place of north and east: what `plane` made of it, undone.
  function place(north, east, meridian) {
    let xi = north / RADIUS;
    let eta = east / RADIUS;
    const [x, e] = [xi, eta];
    INVERSE.forEach((factor, i) => {
      const order = 2 * (i + 1);
      xi -= factor * Math.sin(order * x) * Math.cosh(order * e);
      eta -= factor * Math.cos(order * x) * Math.sinh(order * e);
    });
    const conformal = Math.asin(Math.sin(xi) / Math.cosh(eta));
    const latitude = LATITUDE.reduce((sum, factor, i) => sum + factor * Math.sin(2 * (i + 1) * conformal), conformal);
    return { lat: latitude / DEGREE, lng: meridian + Math.atan2(Math.sinh(eta), Math.cos(xi)) / DEGREE };
  }

  // Survey coordinates in the 3-degree zone of the longitude: X north, Y east with the zone number.
  function survey(latitude, longitude) {
    const zone = Math.floor(longitude / 3 + 0.5);
    const { north, east } = plane(latitude, longitude, 3 * zone);
    return { zone, x: north, y: zone * 1e6 + 500000 + east };
  }

  // Metres along a line of {lat, lng}; each edge is measured on its own middle meridian.
  function length(points) {
    let metres = 0;
    for (let i = 1; i < points.length; i += 1) {
      const [from, to] = [points[i - 1], points[i]];
      const meridian = (from.lng + to.lng) / 2;
      const start = plane(from.lat, from.lng, meridian);
      const end = plane(to.lat, to.lng, meridian);
      metres += Math.hypot(end.north - start.north, end.east - start.east);
    }
    return metres;
  }

  // Square metres inside a ring of {lat, lng}, on the ring's own middle meridian.
  function area(points) {
    const meridian = points.reduce((sum, point) => sum + point.lng, 0) / points.length;
    const ring = points.map((point) => plane(point.lat, point.lng, meridian));
    const origin = ring[0];
    let twice = 0;
    ring.forEach((point, i) => {
      const next = ring[(i + 1) % ring.length];
      twice += (point.east - origin.east) * (next.north - origin.north);
      twice -= (next.east - origin.east) * (point.north - origin.north);
    });
    return Math.abs(twice) / 2;
  }

  planner.projection = { plane, place, survey, length, area };
})((window.planner = window.planner || {}));
