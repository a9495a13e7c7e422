// The shape in the hand: drawn, edited, moved, refused and mended; from the first click to the step that is saved.
(function (planner) {
  "use strict";

  const { shape, sketchFigures } = planner;
  const PENS = { polygon: "Polygon", rectangle: "Rectangle", line: "Line", cut: "Polygon", hole: "Polygon", split: "Line" };
  const HANDS = new Set(["move", "rotate", "slide"]);
  const RESHAPES = new Set(["vertices", "move", "rotate"]);
  const DRAWS = new Set(["polygon", "rectangle", "line"]);
  const REFUSED = { color: "#A1221A", weight: 2, dashArray: "6 4", fillColor: "#A1221A", fillOpacity: 0.06 };
  const HELD = { color: "#0B5A8F", weight: 2, dashArray: null, fillColor: "#0B5A8F", fillOpacity: 0.1 };
  const KEPT_OUT = ".leaflet-control, .planner-sketch-form, .planner-foot";

  class Work {
    constructor(map, sketch) {
      this.map = map;
      this.sketch = sketch;
      this.tool = "select";
      this.pending = null; // {command, geometry}: not accepted yet
      this.picked = null; // {id, i}: the side of the chosen element that moves to fit an area
      this.label = new sketchFigures.Label(map);
      this.marks = L.layerGroup().addTo(map);
      this.sides = L.layerGroup().addTo(map);
      this.snap = new planner.Snap(map, () => sketch.sources());
      this.pen = new planner.SketchPen(map, {
        changed: (geometry, place) => this.shaping(geometry, place),
        points: () => this.keepDraft(),
        closed: (geometry) => this.closed(geometry),
      });
      this.vertices = new planner.SketchVertices(map, {
        changed: (geometry, place) => this.shaping(geometry, place),
        edited: (geometry) => this.edited(geometry),
      });
      this.hand = new planner.SketchHand(map, {
        at: (pixel) => sketch.elementAt(pixel),
        chosen: () => sketch.only(),
        began: (element) => sketch.choose([element.id]),
        tapped: (element) => sketch.choose([element.id]),
        shaping: (geometry, pixel, lines) => this.held(geometry, pixel, lines),
        done: (tool, element, geometry, fit) => this.dropped(tool, element, geometry, fit),
        snapAny: (places, own) => this.snap.findAny(places, own),
        marked: (found) => this.snap.show(found, sketch.texts),
        target: () => sketch.tools.value("target"),
      });
      map.sketchPlace = (place, editor, event) => this.meant(place, editor, event);
      const box = map.getContainer();
      box.addEventListener("click", (event) => this.clicked(event), true);
      box.addEventListener("dblclick", (event) => this.busy(event) && this.swallow(event), true);
    }

    // The id of the element whose outline is in the hand, null if it is none's.
    get shaped() {
      if (!this.pending) return this.sketch.only()?.id ?? null;
      return RESHAPES.has(this.pending.command.do) ? this.pending.command.element : null;
    }

    get editable() {
      return this.tool === "select" && !this.sketch.readonly;
    }

    setTool(tool) {
      const { sketch, map } = this;
      this.pen.stop();
      this.reset();
      this.lookAway();
      this.tool = tool;
      this.hand.tool = HANDS.has(tool) ? tool : null;
      map.getContainer().classList.toggle("is-sketching", tool !== "select");
      map.getContainer().classList.toggle("is-in-hand", HANDS.has(tool));
      if (tool !== "select") sketch.host.furniture.measure.stop();
      if (PENS[tool]) this.pen.start(PENS[tool]);
      if (PENS[tool]) sketch.bars.unsay("draft");
      sketch.refresh();
    }

    reset() {
      this.label.hide();
      this.snap.hide();
      this.marks.clearLayers();
      this.markSide(null);
      this.preview?.remove();
      this.preview = null;
      this.sketch.saving.link.stopLooking();
    }

    // Nothing is in the hand any more that could run into something.
    lookAway() {
      this.lookedAt = undefined;
      this.sketch.elements.clashNow([], this.sketch.words());
    }

    busy(event) {
      return this.tool !== "select" && !event.target.closest(KEPT_OUT);
    }

    // In the capture phase, so that neither Leaflet nor the page sees clicks that draw.
    swallow(event) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }

    clicked(event) {
      if (!this.busy(event)) return;
      this.swallow(event);
      if (this.map.dragging.moved()) return;
      if (this.pen.active) this.pen.click(this.map.mouseEventToLatLng(event), event);
      else if (this.tool === "fit_area") this.pickSide(this.map.mouseEventToContainerPoint(event));
      else if (this.tool === "buffer") this.sketch.chooseAt(this.map.mouseEventToContainerPoint(event));
    }

    // The place that is meant: at right angles with Shift, else what it snaps to; null: where it is.
    meant(place, editor, event) {
      const points = this.pen.active ? this.pen.points : [];
      let found = null;
      if (event?.shiftKey && points.length) {
        const [before, at] = [points.at(-2), points.at(-1)];
        found = { kind: "square", place: shape.squared(before, at, place) };
      } else if (!event?.altKey) {
        found = this.pen.first(place) ?? this.snap.find(place, this.pen.active ? null : this.shaped);
      }
      this.snap.show(found, this.sketch.texts);
      return found?.place ?? null;
    }

    shaping(geometry, [lng, lat], lines = []) {
      this.show(geometry, this.map.latLngToContainerPoint([lat, lng]), lines);
    }

    // Figures beside the pointer, where the outline crosses itself, and what it would run into.
    show(geometry, pixel, lines) {
      const { sketch } = this;
      const crossing = geometry && shape.isArea(geometry) ? shape.crossing(geometry) : null;
      this.mark(crossing);
      const said = crossing ? [sketch.texts.crosses] : [];
      this.label.show(pixel, geometry ? [...lines, ...sketchFigures.lines(shape.figures(geometry), sketch.texts), ...said] : lines);
      const asks = geometry && !crossing && (DRAWS.has(this.tool) || HANDS.has(this.tool) || this.editable);
      if (asks && !(shape.isArea(geometry) && geometry.coordinates.flat().length < 4)) sketch.saving.link.look(this.asking(geometry));
    }

    asking(geometry) {
      const { sketch, tool } = this;
      const element = DRAWS.has(tool) ? null : this.shaped;
      const kind = tool === "line" ? "road" : (element ? sketch.element(element)?.kind : this.pending?.command.kind) ?? sketch.tools.kind;
      return { element, kind, geometry };
    }

    mark(crossing) {
      this.marks.clearLayers();
      if (!crossing) return;
      const [lng, lat] = crossing.at;
      const renderer = this.sketch.host.context().renderers.get("measure", false);
      const look = { radius: 7, color: "#A1221A", weight: 2.4, fillColor: "#fff", fillOpacity: 0.9, interactive: false, renderer };
      this.marks.addLayer(L.circleMarker([lat, lng], look));
    }

    held(geometry, pixel, lines) {
      this.vertices.stop();
      this.sketch.hide(this.sketch.only()?.id);
      const style = { ...HELD, interactive: false, renderer: this.sketch.host.context().renderers.get("proposal", false) };
      const latlngs = shape.toLatLngs(geometry);
      if (this.preview) this.preview.setLatLngs(latlngs);
      else this.preview = (shape.isArea(geometry) ? L.polygon : L.polyline)(latlngs, style).addTo(this.map);
      this.show(geometry, pixel, lines);
    }

    dropped(tool, element, geometry, fit) {
      this.reset();
      this.sketch.hide(null);
      if (!geometry) this.lookAway();
      if (!geometry) this.sketch.refresh();
      else if (fit && element.geometry.type === "Polygon" && fit.chain === 0) {
        this.sketch.doing.push({ do: "fit_area", element: element.id, area: this.sketch.tools.value("target"), side: fit.i });
      } else {
        this.submit({ do: tool === "slide" ? "vertices" : tool, element: element.id }, geometry);
      }
    }

    pickSide(pixel) {
      const element = this.sketch.only() ?? this.sketch.elementAt(pixel);
      if (element && this.sketch.only()?.id !== element.id) this.sketch.choose([element.id]);
      const side = element && planner.sketchSideAt(this.map, element.geometry, pixel);
      this.markSide(side && side.chain === 0 && element.geometry.type === "Polygon" ? { id: element.id, i: side.i } : null);
    }

    // The side that will move, where it lies now; none any more once another element is chosen.
    markSide(picked = this.picked) {
      this.sides.clearLayers();
      const element = this.sketch.only();
      const ends = element && element.id === picked?.id ? element.geometry.coordinates[0].slice(picked.i, picked.i + 2) : [];
      this.picked = ends.length < 2 ? null : picked;
      if (!this.picked) return;
      const renderer = this.sketch.host.context().renderers.get("measure", false);
      this.sides.addLayer(L.polyline(ends.map(([lng, lat]) => [lat, lng]), { color: "#0B5A8F", weight: 6, interactive: false, renderer }));
    }

    // What is asked with the outline that was just closed.
    command(geometry) {
      const { sketch, tool, sketch: { chosen } } = this;
      const elements = chosen.length ? { elements: chosen } : {};
      if (tool === "line") {
        const width = sketch.tools.value("width");
        return { do: "draw", kind: "road", ...(width ? { width } : {}) };
      }
      if (DRAWS.has(tool)) return { do: "draw", kind: sketch.tools.kind };
      if (tool !== "hole") return { do: tool, ...elements };
      const [lng, lat] = planner.sketchAnchor(geometry);
      return { do: "hole", element: chosen[0] ?? sketch.elementAt(this.map.latLngToContainerPoint([lat, lng]))?.id };
    }

    closed(geometry) {
      const command = this.command(geometry);
      this.setTool("select");
      if (command.do === "hole" && !command.element) this.sketch.doing.notice("hole_outside");
      else this.submit(command, geometry);
    }

    edited(geometry) {
      this.label.hide();
      this.snap.hide();
      if (this.pending) this.submit(this.pending.command, geometry);
      else if (this.sketch.only()) this.submit({ do: "vertices", element: this.sketch.only().id }, geometry);
    }

    // Save the shape, or keep it in the hand where it crosses itself: it is never mended in silence.
    submit(command, geometry) {
      const crossing = shape.isArea(geometry) && shape.crossing(geometry);
      if (crossing) {
        this.pend({ ...command, geometry }, crossing.at);
        this.sketch.saving.crossed(crossing);
        return;
      }
      this.pending = null;
      this.marks.clearLayers();
      this.sketch.bars.unsay("crossing", "refused");
      this.sketch.doing.push({ ...command, geometry });
    }

    // Keep a shape in the hand, with vertices that can be moved until it is accepted.
    pend(command, at) {
      const { geometry } = command;
      this.pending = { command, geometry };
      this.vertices.start(geometry, this.styled(REFUSED), this.sketch.texts.vertex);
      this.mark(at ? { at } : null);
      this.sketch.saving.link.draft({ command });
      this.sketch.refresh();
    }

    styled(style) {
      return { ...style, renderer: this.sketch.host.context().renderers.get("proposal", false) };
    }

    giveUp() {
      this.pending = null;
      this.marks.clearLayers();
      this.vertices.stop();
      this.editing = null;
      this.lookAway();
      this.sketch.saving.link.draft(null);
    }

    // Handles for the one chosen element; they stay as long as its outline does.
    handle(element) {
      if (this.picked) this.markSide();
      if (this.pending || this.vertices.dragging) return;
      const wanted = this.editable && element ? element : null;
      const sign = wanted && `${wanted.id} ${JSON.stringify(wanted.geometry)}`;
      if (this.vertices.active && sign === this.editing) return;
      if (this.vertices.active && sign && sign === `${wanted.id} ${JSON.stringify(this.vertices.geometry())}`) {
        this.editing = sign;
        this.vertices.style(HELD);
        return;
      }
      this.vertices.stop();
      this.editing = sign;
      if (wanted) this.vertices.start(wanted.geometry, this.styled(HELD), this.sketch.texts.vertex);
    }

    keepDraft() {
      const { tool } = this;
      if (this.pen.points.length) this.sketch.saving.link.draft({ tool, kind: this.sketch.tools.kind, points: this.pen.points });
    }

    // Take up what was not finished: the drawing, or the shape that was not accepted.
    resume({ tool, kind, points, command }) {
      if (command?.geometry) {
        this.pend(command);
        this.submit(command, command.geometry);
      } else if (command) {
        this.sketch.doing.push(command);
      } else if (PENS[tool]) {
        if (kind) this.sketch.tools.kind = kind;
        this.setTool(tool);
        this.pen.start(PENS[tool], points);
      }
    }
  }

  Work.PENS = PENS;
  planner.SketchWork = Work;
})((window.planner = window.planner || {}));
