// Pointing and clicking: one line of text under the pointer, and the clicked feature for the page.
(function (planner) {
  "use strict";

  const { html, number } = planner.dom;

  class Pointer {
    constructor(map, layers, texts) {
      this.map = map;
      this.layers = layers;
      this.texts = texts;
      this.cycle = new planner.picking.Cycle();
      this.clicks = 0;
      this.tip = html("div", { class: "planner-tip" });
      this.tip.hidden = true;
      map.getContainer().append(this.tip);
      map.on("mousemove", (event) => this.hover(event.containerPoint));
      map.on("mouseout movestart", () => this.leave());
    }

    // The page is told of clicks through the event's place: we add the clicked layer (`kind`) and
    // feature (`id`), and a count that makes the same click twice news. `planner.start` listens
    // before the component does, so that the component sees the addition.
    click(event) {
      const { lat, lng } = event.latlng;
      this.clicks += 1;
      event.latlng = { lat, lng, n: this.clicks, ...this.clicked(event.containerPoint) };
    }

    clicked(place) {
      const layers = this.layers();
      const found = planner.picking.at(this.map, place, layers);
      if (found.length) {
        const { layer, id } = this.cycle.next(found, place);
        return { kind: layer, id };
      }
      const tiled = [...layers].reverse().find((shown) => shown.layer.tiles_url);
      return tiled ? { kind: tiled.layer.id, id: null } : {};
    }

    hover(place) {
      this.place = place;
      this.frame ??= requestAnimationFrame(() => {
        this.frame = null;
        this.show(this.place);
      });
    }

    show(place) {
      const { classList } = this.map.getContainer();
      if (!place || classList.contains("is-measuring") || classList.contains("is-sketching")) {
        this.leave();
        return;
      }
      const [top] = planner.picking.at(this.map, place, this.layers());
      const line = top && !top.hidden ? this.line(top) : "";
      this.map.getContainer().classList.toggle("is-on-feature", Boolean(top));
      this.tip.hidden = !line;
      this.tip.textContent = line;
      const left = Math.min(place.x + 14, this.map.getSize().x - this.tip.offsetWidth - 8);
      const above = place.y + 40 > this.map.getSize().y;
      this.tip.style.transform = `translate(${Math.max(left, 4)}px, ${place.y + (above ? -36 : 16)}px)`;
    }

    line(drawn) {
      const texts = this.texts();
      const accuracy = drawn.accuracy_m && texts.accuracy.replace("{m}", number(drawn.accuracy_m, drawn.accuracy_m < 10 ? 2 : 0));
      const planned = drawn.status === "planned" && texts.basis_planned;
      const guessed = drawn.basis === "guess" && texts.basis_guess;
      return [planner.titleOf(drawn), planned, guessed, accuracy].filter(Boolean).join(" · ");
    }

    leave() {
      this.place = null;
      this.tip.hidden = true;
      this.map.getContainer().classList.remove("is-on-feature");
    }
  }

  // The one line that names a feature.
  function titleOf({ tooltip, number: row, label }) {
    return [row, tooltip || label].filter(Boolean).join(" ");
  }

  planner.titleOf = titleOf;
  planner.Pointer = Pointer;
})((window.planner = window.planner || {}));
