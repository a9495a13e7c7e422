// Gestures that Geoman does not make true to measure: moving, turning and sliding a side, in metres of the plane.
(function (planner) {
  "use strict";

  const { number } = planner.dom;
  const shape = planner.shape;
  const SIDE_REACH = 10; // pixels
  const STOP_REACH = 12; // pixels around the target area in which the side stops at it
  const STEP = 15; // degrees, with Shift

  // The outer or inner side of an element under a container point: {chain, i}, null if none is near.
  function sideAt(map, geometry, pixel) {
    if (!shape.isArea(geometry)) return null;
    let best = null;
    for (const edge of shape.edgesOf(geometry)) {
      const [from, to] = [edge.from, edge.to].map(([lng, lat]) => map.latLngToContainerPoint([lat, lng]));
      const distance = L.LineUtil.pointToSegmentDistance(pixel, from, to);
      if (distance <= SIDE_REACH && (!best || distance < best.distance)) best = { ...edge, distance };
    }
    return best;
  }

  const starts = {
    // Snap the vertex that was grabbed, or whichever vertex comes near something.
    move(hand, element, from) {
      const vertices = planner.sketchVertices(element.geometry).slice(0, 200);
      return (place, event) => {
        const shifted = shape.moved(element.geometry, from, place);
        const found = event.altKey ? null : hand.host.snapAny(planner.sketchVertices(shifted).slice(0, 200), element.id);
        hand.host.marked(found);
        if (!found) return { geometry: shifted, lines: [] };
        return { geometry: shape.moved(element.geometry, vertices[found.index], found.place), lines: [] };
      };
    },

    rotate(hand, element, from) {
      const middle = shape.middle(element.geometry);
      const about = [middle.lng, middle.lat];
      const angle = ([lng, lat]) => {
        const [p, q] = [hand.pixel(about), hand.pixel([lng, lat])];
        return (Math.atan2(q.x - p.x, p.y - q.y) * 180) / Math.PI;
      };
      const start = angle(from);
      return (place, event) => {
        const raw = ((angle(place) - start + 540) % 360) - 180;
        const degrees = event.shiftKey ? Math.round(raw / STEP) * STEP : raw;
        return { geometry: shape.turned(element.geometry, about, degrees), lines: [`${number(degrees, 1)}°`] };
      };
    },

    slide(hand, element, from, side) {
      const begun = shape.offset(element.geometry, side, from);
      const wanted = planner.sketchFigures.target(hand.host.target());
      return (place) => {
        const metres = shape.offset(element.geometry, side, place) - begun;
        const stop = wanted && shape.shiftFor(element.geometry, side, metres, wanted);
        const there = typeof stop === "number" && hand.pixels(Math.abs(stop - metres)) <= STOP_REACH;
        const geometry = shape.slid(element.geometry, side, there ? stop : metres);
        return { geometry, lines: there ? [hand.host.target()] : [], fit: there ? side : null };
      };
    },
  };

  class Hand {
    // host: at(pixel) → element, chosen() → element, began(element), shaping(geometry, pixel, lines),
    // done(tool, element, geometry, fit), snapAny(vertices, own), marked(found), target()
    constructor(map, host) {
      this.map = map;
      this.host = host;
      this.tool = null;
      const box = map.getContainer();
      box.addEventListener("pointerdown", (event) => this.down(event), true);
      box.addEventListener("pointermove", (event) => this.go(event), true);
      box.addEventListener("pointerup", (event) => this.up(event), true);
      box.addEventListener("pointercancel", () => this.cancel(), true);
    }

    pixel([lng, lat]) {
      return this.map.latLngToContainerPoint([lat, lng]);
    }

    // Pixels of a length in metres, at the middle of the view.
    pixels(metres) {
      const centre = this.map.getCenter();
      const [a, b] = [centre, L.latLng(centre.lat + 0.001, centre.lng)].map((one) => this.map.latLngToContainerPoint(one));
      return (metres * a.distanceTo(b)) / planner.projection.length([centre, L.latLng(centre.lat + 0.001, centre.lng)]);
    }

    place(event) {
      const { lat, lng } = this.map.mouseEventToLatLng(event);
      return [lng, lat];
    }

    down(event) {
      if (!this.tool || event.button !== 0 || event.target.closest(".leaflet-control, .planner-sketch-form, .planner-foot")) return;
      const pixel = this.map.mouseEventToContainerPoint(event);
      const { element, side } = this.grasped(pixel);
      if (!element) return;
      this.map.dragging.disable();
      this.held = { element, pointer: event.pointerId, from: pixel };
      this.held.follow = starts[this.tool](this, element, this.place(event), side);
      this.map.getContainer().setPointerCapture(event.pointerId);
    }

    grasped(pixel) {
      if (this.tool !== "slide") return { element: this.host.at(pixel) };
      const candidates = [this.host.chosen(), this.host.at(pixel)].filter(Boolean);
      for (const element of candidates) {
        const side = sideAt(this.map, element.geometry, pixel);
        if (side) return { element, side };
      }
      return {};
    }

    go(event) {
      const { held } = this;
      if (!held || event.pointerId !== held.pointer) return;
      const pixel = this.map.mouseEventToContainerPoint(event);
      if (!held.begun && pixel.distanceTo(held.from) < 3) return;
      if (!held.begun) this.host.began(held.element);
      held.begun = true;
      const { geometry, lines, fit = null } = held.follow(this.place(event), event);
      if (!geometry) return;
      Object.assign(held, { geometry, fit });
      this.host.shaping(geometry, pixel, lines);
    }

    up(event) {
      const { held, tool } = this;
      if (!held || event.pointerId !== held.pointer) return;
      this.release();
      if (held.geometry) this.host.done(tool, held.element, held.geometry, held.fit);
      else this.host.tapped(held.element);
    }

    cancel() {
      if (!this.held) return false;
      this.release();
      this.host.done(null);
      return true;
    }

    release() {
      this.map.getContainer().releasePointerCapture?.(this.held.pointer);
      this.held = null;
      this.map.dragging.enable();
      this.host.marked(null);
    }
  }

  planner.SketchHand = Hand;
  planner.sketchSideAt = sideAt;
})((window.planner = window.planner || {}));
