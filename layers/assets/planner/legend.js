// The legend is the layer tree: what is drawn, how many, from where, and a switch for each layer.
(function (planner) {
  "use strict";

  const { html, svg, icon, button, control, number } = planner.dom;
  const LOW_MAP = 700; // pixels; below this height the legend starts folded
  const WIDTH = 24;
  const HEIGHT = 13;
  const EYE_OPEN = ["M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5z", "M10 8a2 2 0 1 0 .01 0z"];
  const EYE_SHUT = ["M2 9s3 5 8 5 8-5 8-5", "M4 12l-1.5 2M10 14v2.5M16 12l1.5 2"];
  const CLASSES = ["surveyed", "digitized", "solved_from_text", "schematic"];

  function swatch(...content) {
    const size = { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}` };
    return svg("svg", { ...size, class: "planner-swatch", "aria-hidden": "true" }, ...content);
  }

  function rectangle(color, weight, dash, fill, opacity) {
    return svg("rect", {
      x: 1.5, y: 1.5, width: WIDTH - 3, height: HEIGHT - 3,
      stroke: color, "stroke-width": weight, "stroke-dasharray": dash, fill, "fill-opacity": opacity,
    });
  }

  function areaSwatch(sign) {
    const fill = planner.patterns.areaFill(sign);
    return swatch(rectangle(sign.color, Math.min(sign.weight, 1.6), sign.dash, fill, sign.fill_opacity));
  }

  function lineSwatch(sign) {
    const line = (stroke, width, dash) =>
      svg("path", { d: `M0 ${HEIGHT / 2}h${WIDTH}`, stroke, "stroke-width": width, "stroke-dasharray": dash });
    const casing = sign.casing_weight ? [line(sign.casing, sign.casing_weight, null)] : [];
    return swatch(...casing, line(sign.color, sign.weight, sign.dash));
  }

  function ringSwatch(ring) {
    const dash = { "stroke-dasharray": ring.dashArray, "stroke-width": ring.weight };
    const circle = { cx: WIDTH / 2, cy: HEIGHT / 2, r: ring.radius, fill: ring.fillColor, stroke: ring.color };
    return swatch(svg("circle", { ...circle, ...dash }));
  }

  // The sign of a feature that is no parcel.
  function featureSwatch(style, kind, feature) {
    const { isArea, isPoint, areaSign, lineSign, ringStyle } = planner.drawing;
    if (isPoint(feature.geometry)) return ringSwatch(ringStyle(style, feature.properties));
    if (isArea(feature.geometry)) return areaSwatch(areaSign(style, kind, feature));
    return lineSwatch(lineSign(style, kind, feature));
  }

  function entry(signs, text) {
    return html("div", { class: "planner-entry" }, ...signs, html("span", {}, text));
  }

  function distinct(values, order) {
    const seen = new Set(values);
    return order.filter((value) => seen.has(value));
  }

  class Legend {
    constructor(map, { baseMaps, onToggle, onFold, extra = () => [] }) {
      this.map = map;
      this.baseMaps = baseMaps;
      this.onToggle = onToggle;
      this.onFold = onFold;
      this.extra = extra; // rows above all layers
      this.folded = null; // until the map has its height
      this.box = control(map, "bottomleft", html("div", { class: "planner-legend" }));
    }

    update(scene, layers) {
      this.scene = scene;
      this.layers = layers;
      const height = this.map.getSize().y;
      if (this.folded === null && height > 0) this.folded = height < LOW_MAP;
      const { texts } = scene;
      const arrow = html("span", { "aria-hidden": "true" }, this.folded ? " ▸" : " ▾");
      const head = html("button", { type: "button", class: "planner-legend-head", "aria-expanded": !this.folded }, texts.legend, arrow);
      head.addEventListener("click", () => this.fold(!this.folded));
      const scrolled = this.box.lastElementChild?.scrollTop ?? 0;
      this.box.replaceChildren(head);
      this.box.hidden = scene.groups.length === 0;
      if (this.folded) return;
      const body = html("div", { class: "planner-legend-body" }, ...this.content());
      this.box.append(body);
      body.scrollTop = scrolled;
    }

    fold(folded) {
      this.folded = folded;
      this.update(this.scene, this.layers);
      this.box.querySelector("button").focus();
      this.onFold();
    }

    // The topmost layer first; what the words leave open belongs to the topmost group.
    content() {
      const [top = [], ...below] = [...this.scene.groups].reverse().map((group) => [
        html("h2", {}, group.title),
        ...[...group.layers].reverse().flatMap((layer) => this.layerRows(this.layers.get(layer.id))),
      ]);
      return [...this.extra(), ...top, ...this.extentRows(), ...below.flat(), ...this.baseMapRows(), ...this.sourceRows()];
    }

    layerRows(shown) {
      const { layer, visible } = shown;
      const { texts } = this.scene;
      const title = `${texts[visible ? "hide_layer" : "show_layer"]} ${layer.title}`;
      const eye = button(title, icon(...(visible ? EYE_OPEN : EYE_SHUT)), () => this.onToggle(layer.id));
      eye.setAttribute("aria-pressed", visible);
      eye.dataset.layer = layer.id;
      const isParcel = layer.kind === "parcel";
      const variants = isParcel ? new Map() : this.variants(layer, shown.drawn);
      const count = html("span", { class: "planner-count" }, layer.count ? number(layer.count, 0) : "");
      const name = html("span", { class: "planner-layer-title" }, layer.title);
      const signs = variants.get("evident") ?? [];
      const row = html("div", { class: `planner-layer${visible ? "" : " is-hidden"}` }, eye, ...signs, name, count);
      if (!visible) return [row];
      return [row, ...(isParcel ? this.parcelRows(shown.signs ?? shown.drawn) : this.variantRows(variants))];
    }

    parcelRows(drawn) {
      const { style, texts, patterns } = this.scene;
      const used = drawn.map((one) => (style.uses[one.use] ? one.use : "unknown"));
      const uses = distinct(used, Object.keys(style.uses)).map((use) => {
        const fill = planner.patterns.useFill(style, use, patterns);
        return entry([swatch(rectangle(style.uses[use].outline, 1, null, fill, 1))], texts[`use_${use}`]);
      });
      const classes = distinct(drawn.map((one) => one.geometry_class), CLASSES).map((name) => {
        const sign = style.geometry[name];
        const outline = rectangle(style.ink, Math.min(sign.weight, 2), sign.dash, style.halo, 1);
        return entry([swatch(outline)], texts[`geometry_${name}`]);
      });
      return [...uses, ...classes];
    }

    // The swatches of a layer's features by what their signs mean.
    variants(layer, drawn) {
      const seen = new Set();
      const found = new Map();
      for (const { feature } of drawn) {
        const name = planner.drawing.variant(layer.kind, feature);
        const shape = `${name} ${feature.geometry?.type.replace("Multi", "")}`;
        if (seen.has(shape)) continue;
        seen.add(shape);
        const sign = featureSwatch(this.scene.style, layer.kind, feature);
        found.set(name, [...(found.get(name) ?? []), sign]);
      }
      return found;
    }

    // What differs from the layer's ordinary sign.
    variantRows(variants) {
      return ["planned", "guess"]
        .filter((name) => variants.has(name))
        .map((name) => entry(variants.get(name), this.scene.texts[`basis_${name}`]));
    }

    extentRows() {
      const { style, texts, extent } = this.scene;
      return ["envelope", "block", "candidate", "conflict"]
        .filter((name) => extent[name])
        .map((name) => entry([areaSwatch(style.areas[name])], texts[name]));
    }

    baseMapRows() {
      const { texts } = this.scene;
      if (!this.baseMaps.titles.length) return [];
      const choice = (title, label) => {
        const mark = html("input", { type: "radio", name: "planner-base-map" });
        mark.checked = this.baseMaps.chosen === title;
        mark.addEventListener("change", () => this.baseMaps.choose(title));
        return html("label", { class: "planner-entry planner-choice" }, mark, label);
      };
      const choices = this.baseMaps.titles.map((title) => choice(title, title));
      return [html("h2", {}, texts.base_map), choice(null, texts.base_map_none), ...choices];
    }

    sourceRows() {
      const { texts } = this.scene;
      const layers = Array.from(this.layers.values(), (shown) => shown.layer);
      const sources = [...new Set(layers.map((layer) => layer.source).filter(Boolean))];
      const line = (title, names) => html("p", {}, `${title}: ${names.join(" · ")}`);
      const rows = [];
      if (sources.length) rows.push(line(texts.sources, sources));
      return rows;
    }
  }

  planner.Legend = Legend;
  planner.legendSigns = { areaSwatch, lineSwatch, swatch, rectangle, entry };
})((window.planner = window.planner || {}));
