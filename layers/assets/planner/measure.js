// Distance and area by clicking: Esc ends, a double click closes the shape.
(function (planner) {
  "use strict";

  const { html, number } = planner.dom;
  const M2_PER_MU = 2000 / 3;
  const LINE = { color: "#17222D", weight: 2, dashArray: "6 4", interactive: false, pane: "planner-measure" };
  const AREA = { ...LINE, dashArray: null, fillColor: "#17222D", fillOpacity: 0.08 };

  function distanceText(metres) {
    return metres < 10000 ? `${number(metres, 1)} m` : `${number(metres / 1000, 2)} km`;
  }

  function areaTexts(squareMetres, texts) {
    return [
      `${number(squareMetres / M2_PER_MU, 2)} ${texts.mu}`,
      `${number(squareMetres / 1e4, 4)} ${texts.hectares}`,
      `${number(squareMetres, 0)} m²`,
    ];
  }

  class Measure {
    constructor(map) {
      this.map = map;
      this.texts = {};
      this.onChange = () => {};
      this.active = false;
      this.points = [];
      this.group = L.layerGroup().addTo(map);
      const box = map.getContainer();
      // In the capture phase, so that neither Leaflet nor the page sees clicks that measure.
      box.addEventListener("click", (event) => this.take(event, () => this.add(event)), true);
      box.addEventListener("dblclick", (event) => this.take(event, () => this.close()), true);
      map.on("mousemove", (event) => this.follow(event.latlng));
      document.addEventListener("keydown", (event) => event.key === "Escape" && this.stop());
    }

    toggle() {
      if (this.active) {
        this.stop();
        return;
      }
      this.active = true;
      this.map.getContainer().classList.add("is-measuring");
      this.onChange(true);
      this.say(this.map.getCenter(), [this.texts.measure_hint]);
    }

    stop() {
      this.active = false;
      this.restart();
      this.map.getContainer().classList.remove("is-measuring");
      this.onChange(false);
    }

    restart() {
      this.points = [];
      this.closed = false;
      this.group.clearLayers();
      this.label = null;
    }

    take(event, act) {
      if (!this.active || event.target.closest(".leaflet-control")) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      if (!this.map.dragging.moved()) act();
    }

    add(event) {
      if (event.detail > 1) return; // the second click of a double click
      if (this.closed) this.restart();
      this.points.push(this.map.mouseEventToLatLng(event));
      this.draw(this.points);
    }

    follow(latlng) {
      if (this.active && this.points.length && !this.closed) this.draw([...this.points, latlng]);
    }

    close() {
      if (this.points.length < 2) return;
      this.closed = true;
      this.draw(this.points);
    }

    draw(points) {
      this.shape?.remove();
      const ring = this.closed && points.length > 2;
      this.shape = (ring ? L.polygon(points, AREA) : L.polyline(points, LINE)).addTo(this.group);
      const along = ring ? [...points, points[0]] : points;
      const lines = [distanceText(planner.projection.length(along))];
      if (points.length > 2) lines.push(...areaTexts(planner.projection.area(points), this.texts));
      this.say(points.at(-1), lines);
    }

    say(latlng, lines) {
      const content = html("div", {}, ...lines.map((line) => html("div", {}, line)));
      const options = { permanent: true, direction: "right", offset: [10, 0], className: "planner-measured" };
      this.label ??= L.tooltip(options);
      this.label.setContent(content).setLatLng(latlng).addTo(this.group);
    }
  }

  planner.Measure = Measure;
})((window.planner = window.planner || {}));
