// Which features lie under a point of the screen.
(function (planner) {
  "use strict";

  const SKETCH = "sketch-element"; // what is being drawn comes before what it is drawn on
  const RANK = [SKETCH, "parcel", "landmark", "road", "expressway", "canal", "river", "park", "area", "admin"];
  const SAME_PLACE = 5; // pixels between two clicks that count as repeated

  function hits(path, point) {
    return path._map && path._pxBounds?.contains(point) && path._containsPoint(point);
  }

  function size(drawn) {
    if (drawn.pixelArea !== undefined) return drawn.pixelArea;
    const box = drawn.paths[0]._pxBounds.getSize();
    return box.x * box.y;
  }

  const rank = ({ layer, kind }) => RANK.indexOf(layer === SKETCH ? SKETCH : kind);

  // All drawn features under a container point: parcels first, then the smallest.
  function at(map, containerPoint, layers) {
    const point = map.containerPointToLayerPoint(containerPoint);
    const drawn = layers.flatMap((layer) => layer.drawn);
    const unpathed = layers.flatMap((layer) => layer.under?.(point) ?? []); // drawn without paths of their own
    return drawn
      .filter((one) => one.paths.some((path) => hits(path, point)))
      .concat(unpathed)
      .sort((a, b) => rank(a) - rank(b) || size(a) - size(b));
  }

  // Gives the next feature of a pile at each repeated click on the same place.
  class Cycle {
    constructor() {
      this.place = null;
      this.turn = 0;
    }

    next(found, containerPoint) {
      const again = this.place && this.place.distanceTo(containerPoint) <= SAME_PLACE;
      this.turn = again ? this.turn + 1 : 0;
      this.place = containerPoint;
      return found[this.turn % found.length];
    }
  }

  planner.picking = { at, Cycle };
})((window.planner = window.planner || {}));
