// Areas and lengths in words, and the dark label that follows the pointer while a shape is drawn.
(function (planner) {
  "use strict";

  const { html, number } = planner.dom;
  const UNITS = [
    [/^(亩|mu)$/i, 2000 / 3],
    [/^(公顷|ha)$/i, 1e4],
    [/^(平方公里|平方千米|km2|km²)$/i, 1e6],
    [/^(平方米|m2|m²|㎡)$/i, 1],
  ];

  // Lines of figures: 亩, hectares, square metres, perimeter; of a line its length.
  function lines(figures, texts) {
    if (figures.area_m2 === undefined) return figures.length_m > 0 ? [`${number(figures.length_m, 1)} m`] : [];
    return [
      `${number(figures.area_m2 / planner.M2_PER_MU, 2)} ${texts.mu}`,
      `${number(figures.area_m2 / 1e4, 4)} ${texts.hectares}`,
      `${number(figures.area_m2, 2)} m²`,
      `${texts.perimeter} ${number(figures.perimeter_m, 1)} m`,
    ];
  }

  // Square metres of an area as people type it, to stop the hand at; null where it is not plain.
  // The server reads the text itself when the step is saved.
  function target(text) {
    const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
    const [, digits, unit] = /^(\d+(?:\.\d+)?)(.+)$/.exec(plain) ?? [];
    const factor = UNITS.find(([name]) => name.test(unit ?? ""))?.[1];
    return factor ? Number(digits) * factor : null;
  }

  // Hours and minutes of a time in UTC, on this clock.
  function clock(utc) {
    const time = new Date(utc);
    return Number.isNaN(time.getTime()) ? "" : time.toTimeString().slice(0, 5);
  }

  class Label {
    constructor(map) {
      this.map = map;
      this.box = html("div", { class: "planner-figures", role: "status", "aria-live": "off" });
      this.box.hidden = true;
      map.getContainer().append(this.box);
    }

    // Beside a container point, within the next frame.
    show(pixel, texts) {
      this.wanted = { pixel, texts };
      this.frame ??= requestAnimationFrame(() => this.draw());
    }

    draw() {
      this.frame = null;
      if (!this.wanted) return;
      const { pixel, texts } = this.wanted;
      this.box.hidden = texts.length === 0;
      this.box.replaceChildren(...texts.map((text) => html("div", {}, text)));
      const size = this.map.getSize();
      const [width, height] = [this.box.offsetWidth, this.box.offsetHeight];
      const x = pixel.x + 18 + width > size.x ? pixel.x - width - 18 : pixel.x + 18;
      const y = pixel.y + 18 + height > size.y ? pixel.y - height - 18 : pixel.y + 18;
      this.box.style.transform = `translate(${Math.max(x, 4)}px, ${Math.max(y, 4)}px)`;
    }

    hide() {
      this.wanted = null;
      this.box.hidden = true;
    }
  }

  planner.sketchFigures = { lines, target, clock, Label };
})((window.planner = window.planner || {}));
