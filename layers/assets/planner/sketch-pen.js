// Drawing and vertices by Leaflet-Geoman. Its own snapping knows only Leaflet's layers and looks
// through all of them at each move, so that both of its editors ask `map.sketchPlace` instead.
// What is used of it beyond its documented options is named here and nowhere else; its version is pinned.
(function (planner) {
  "use strict";

  const { fromLatLngs, toLatLngs, isArea } = planner.shape;
  const MANY = 300; // vertices; of larger shapes only those near the pointer have handles
  const NEAR = 120;
  const LINE = { color: "#0B5A8F", weight: 2 };

  function snapping(event) {
    const marker = event.target;
    const { lat, lng } = marker.getLatLng();
    const found = this._map.sketchPlace([lng, lat], this, event.originalEvent);
    marker._snapped = Boolean(found);
    if (found) marker.setLatLng([found[1], found[0]]);
    return marker._snapped;
  }
  L.PM.Draw.prototype._handleSnapping = snapping;
  L.PM.Edit.prototype._handleSnapping = snapping;

  // A new line, polygon or rectangle.
  class Pen {
    // hooks: changed(geometry, pixel), points(list), closed(geometry)
    constructor(map, hooks) {
      this.map = map;
      this.hooks = hooks;
      map.on("pm:create", ({ layer, shape }) => {
        layer.remove();
        hooks.closed(fromLatLngs(layer.getLatLngs(), shape !== "Line"));
      });
    }

    start(shape, points = []) {
      this.stop();
      this.map.pm.enableDraw(shape, {
        snappable: true, tooltips: false, allowSelfIntersection: true, cursorMarker: true, continueDrawing: false,
        templineStyle: { ...LINE, interactive: false }, hintlineStyle: { ...LINE, dashArray: "5 5", interactive: false },
        pathOptions: { ...LINE, fillOpacity: 0.08, interactive: false },
      });
      this.shape = shape;
      this.draw = this.map.pm.Draw[shape];
      this.draw._layer.on("pm:change", ({ latlngs }) => this.changed(latlngs));
      for (const [lng, lat] of points) {
        this.draw._hintMarker.setLatLng([lat, lng])._snapped = true;
        this.press({});
      }
    }

    get active() {
      return Boolean(this.draw?._enabled);
    }

    // Vertices that are set, as [lng, lat].
    get points() {
      if (!this.active || this.shape === "Rectangle") return [];
      return this.draw._layer.getLatLngs().flat().map(({ lng, lat }) => [lng, lat]);
    }

    // The first vertex, where a place is near it: a click there closes the shape.
    first(place) {
      const { points } = this;
      if (points.length < 3 || this.shape !== "Polygon") return null;
      const [there, here] = [points[0], place].map(([lng, lat]) => this.map.latLngToContainerPoint([lat, lng]));
      return there.distanceTo(here) <= planner.Snap.REACH ? { kind: "close", place: points[0] } : null;
    }

    changed(latlngs) {
      const { lat, lng } = this.draw._hintMarker.getLatLng();
      const list = latlngs.flat(2);
      const area = this.shape !== "Line";
      this.hooks.changed(list.length > 1 ? fromLatLngs(area ? [list] : list, area) : null, [lng, lat]);
    }

    // A click at a place: only Geoman is told of it, the page is not.
    click(latlng, originalEvent) {
      const marker = this.draw._hintMarker.setLatLng(latlng);
      snapping.call(this.draw, { target: marker, originalEvent });
      this.press({ originalEvent });
    }

    press(event) {
      const latlng = this.draw._hintMarker.getLatLng();
      const listeners = (this.map._events.click ?? []).filter(({ ctx }) => ctx === this.draw);
      listeners.forEach(({ fn }) => fn.call(this.draw, { ...event, latlng, type: "click", target: this.map }));
      if (this.active) this.hooks.points(this.points);
    }

    close() {
      const least = { Line: 2, Polygon: 3 }[this.shape];
      if (this.points.length >= least) this.draw._finishShape();
    }

    back() {
      if (this.points.length < 2) return false;
      this.draw._removeLastVertex();
      this.hooks.points(this.points);
      return true;
    }

    stop() {
      if (this.active) this.map.pm.disableDraw(this.shape);
      this.draw = null;
    }
  }

  // Vertices of one shape, with handles and the middles of its edges.
  class Vertices {
    // hooks: changed(geometry, pixel), edited(geometry)
    constructor(map, hooks) {
      this.map = map;
      this.hooks = hooks;
    }

    start(geometry, style, label) {
      this.stop();
      this.area = isArea(geometry);
      this.layer = (this.area ? L.polygon : L.polyline)(toLatLngs(geometry), { ...style, interactive: false, pmIgnore: false });
      this.layer.addTo(this.map);
      const many = planner.sketchVertices(geometry).length > MANY;
      this.layer.pm.enable({
        snappable: true, allowSelfIntersection: true, removeLayerBelowMinVertexCount: false, limitMarkersToCount: many ? NEAR : -1,
      });
      this.layer.on("pm:markerdragstart", ({ markerEvent }) => this.hold(markerEvent.target));
      this.layer.on("pm:markerdragend", () => (this.dragging = false));
      this.layer.on("pm:vertexclick", ({ markerEvent }) => this.pick(markerEvent.target));
      this.layer.on("pm:change", () => this.changed());
      this.layer.on("pm:edit", () => this.edited());
      this.layer.pm._markerGroup.eachLayer((marker) => marker._icon?.setAttribute("aria-label", label));
    }

    get active() {
      return Boolean(this.layer);
    }

    geometry() {
      return fromLatLngs(this.layer.getLatLngs(), this.area);
    }

    hold(marker) {
      this.dragging = true;
      this.pick(marker);
    }

    pick(marker) {
      this.current?._icon?.classList.remove("is-current");
      this.current = marker;
      marker?._icon?.classList.add("is-current");
    }

    changed() {
      const latlng = this.dragging && this.current?.getLatLng();
      if (latlng) this.hooks.changed(this.geometry(), [latlng.lng, latlng.lat]);
    }

    // Once for each gesture: the middle of an edge is a vertex already when its drag begins.
    edited() {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.layer && !this.dragging && this.hooks.edited(this.geometry()), 0);
    }

    // Take away the vertex that was clicked last; false where there is none.
    removeCurrent() {
      if (!this.current?._map) return false;
      const marker = this.current;
      this.pick(null);
      this.layer.pm._removeMarker({ target: marker });
      return true;
    }

    style(style) {
      this.layer?.setStyle(style);
    }

    stop() {
      clearTimeout(this.later);
      this.layer?.pm.disable();
      this.layer?.remove();
      this.layer = this.current = null;
      this.dragging = false;
    }
  }

  planner.SketchPen = Pen;
  planner.SketchVertices = Vertices;
})((window.planner = window.planner || {}));
