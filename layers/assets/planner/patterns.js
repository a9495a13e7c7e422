// SVG patterns: land uses for grey print and colour-blind readers, hatches of extents and conflicts.
(function (planner) {
  "use strict";

  const { svg } = planner.dom;
  const TILE = 10;
  const MARKS = {
    dots: [["circle", { cx: 5, cy: 5, r: 1.1, class: "solid" }]],
    crosses: [["path", { d: "M5 2.5v5M2.5 5h5" }]],
    diagonal: [["path", { d: "M-2 2L2-2M0 10L10 0M8 12l4-4" }]],
    double_diagonal: [["path", { d: "M-2 2L2-2M0 10L10 0M8 12l4-4M3 10L10 3M0 3L3 0" }]],
    horizontal: [["path", { d: "M0 5h10" }]],
    rings: [["circle", { cx: 5, cy: 5, r: 2.4 }]],
    tufts: [["path", { d: "M2.5 6.5L4 3.5l1.5 3" }]],
    grid: [["path", { d: "M0 5h10M5 0v10" }]],
    waves: [["path", { d: "M0 5q2.5-3.4 5 0t5 0" }]],
    hatch: [["path", { d: "M-2 2L2-2M0 10L10 0M8 12l4-4" }]],
  };

  function pattern(id, marks, color, background, strength) {
    const drawn = marks.map(([tag, attributes]) => {
      const solid = attributes.class === "solid";
      return svg(tag, {
        ...attributes,
        fill: solid ? color : "none",
        stroke: solid ? "none" : color,
        "stroke-width": 1,
        "stroke-opacity": strength,
        "fill-opacity": solid ? strength : null,
      });
    });
    const paper = background ? [svg("rect", { width: TILE, height: TILE, fill: background })] : [];
    const box = { id, width: TILE, height: TILE, patternUnits: "userSpaceOnUse" };
    return svg("pattern", box, ...paper, ...drawn);
  }

  // Put the definitions into the page once; `url(#…)` fills refer to them.
  function define(style) {
    document.getElementById("planner-patterns")?.remove();
    const uses = Object.entries(style.uses)
      .filter(([, sign]) => sign.pattern !== "none")
      .map(([use, sign]) => pattern(`planner-use-${use}`, MARKS[sign.pattern], sign.outline, sign.tone, 0.75));
    const hatches = Object.values(style.areas)
      .filter((sign) => sign.hatch)
      .map((sign) => pattern(`planner-hatch-${sign.hatch}`, MARKS.hatch, sign.color, null, 0.6));
    const holder = { id: "planner-patterns", width: 0, height: 0, "aria-hidden": "true" };
    document.body.append(svg("svg", holder, svg("defs", {}, ...uses, ...hatches)));
  }

  function useFill(style, use, patterned) {
    const sign = style.uses[use];
    return patterned && sign.pattern !== "none" ? `url(#planner-use-${use})` : sign.tone;
  }

  function areaFill(sign) {
    return sign.hatch ? `url(#planner-hatch-${sign.hatch})` : sign.fill;
  }

  planner.patterns = { define, useFill, areaFill };
})((window.planner = window.planner || {}));
