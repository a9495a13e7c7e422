// What is fixed around the map: notice, buttons, coordinates, scale.
(function (planner) {
  "use strict";

  const { html, svg, icon, button, control, number } = planner.dom;
  const ICONS = {
    zoom_in: ["M10 4v12M4 10h12"],
    zoom_out: ["M4 10h12"],
    fullscreen: ["M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5"],
    measure: ["M2.5 13.5l11-11 4 4-11 11zM6 10l2 2M8.5 7.5l2 2M11 5l2 2"],
  };

  function toggleFullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }

  class Furniture {
    constructor(map) {
      this.map = map;
      this.measure = new planner.Measure(map);
      this.notice = control(map, "topleft", html("div", { class: "planner-notice", role: "note" }));
      this.buttons = {
        zoom_in: () => map.zoomIn(1),
        zoom_out: () => map.zoomOut(1),
        fullscreen: toggleFullscreen,
        measure: () => this.measure.toggle(),
      };
      this.bar = control(map, "topright", html("div", { class: "planner-bar" }));
      for (const [name, act] of Object.entries(this.buttons)) {
        this.buttons[name] = button("", icon(...ICONS[name]), act);
      }
      this.buttons.fullscreen.hidden = !document.fullscreenEnabled;
      this.bar.append(...Object.values(this.buttons));
      this.measure.onChange = (active) => this.buttons.measure.setAttribute("aria-pressed", active);
      L.control.scale({ position: "bottomright", imperial: false, maxWidth: 110 }).addTo(map);
      this.coordinates = control(map, "bottomright", html("div", { class: "planner-coordinates" }));
      this.trouble = control(map, "bottomright", html("div", { class: "planner-trouble", role: "status" }));
      this.troubles = new Map();
      this.coordinates.hidden = this.trouble.hidden = true;
      map.on("mousemove", (event) => this.point(event.latlng));
      map.on("mouseout", () => (this.coordinates.hidden = true));
    }

    update(scene) {
      this.texts = scene.texts;
      this.notice.hidden = !scene.notice;
      const mark = svg("svg", { viewBox: "0 0 16 16", class: "planner-unknown", "aria-hidden": "true" },
        svg("circle", { cx: 8, cy: 8, r: 7, "stroke-dasharray": "3 2" }),
        svg("path", { d: "M6 6.3a2 2 0 1 1 2.6 2c-.5.2-.6.5-.6 1.2M8 11.6v.6" }));
      this.notice.replaceChildren(mark, html("span", {}, scene.notice));
      for (const [name, node] of Object.entries(this.buttons)) {
        node.title = scene.texts[name];
        node.setAttribute("aria-label", scene.texts[name]);
      }
      this.measure.texts = scene.texts;
    }

    // Survey coordinates under the pointer.
    point({ lat, lng }) {
      const { x, y } = planner.projection.survey(lat, lng);
      this.coordinates.hidden = false;
      this.coordinates.textContent = `${this.texts?.coordinates ?? ""} X ${number(x, 1)} Y ${number(y, 1)}`;
    }

    // A small line for what could not be loaded; an empty text takes back what `who` reported.
    report(who, text) {
      this.troubles.set(who, text);
      const lines = [...new Set(this.troubles.values())].filter(Boolean);
      this.trouble.textContent = lines.join(" · ");
      this.trouble.hidden = lines.length === 0;
    }
  }

  planner.Furniture = Furniture;
})((window.planner = window.planner || {}));
