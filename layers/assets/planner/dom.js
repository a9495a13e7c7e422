// Elements for the page. Text only ever arrives as text nodes: no string is parsed as HTML.
(function (planner) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  // Make an HTML element; children are elements or strings.
  function html(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  function svg(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  }

  function icon(...paths) {
    const lines = paths.map((d) => svg("path", { d }));
    return svg("svg", { viewBox: "0 0 20 20", class: "planner-icon", "aria-hidden": "true" }, ...lines);
  }

  function button(title, content, onClick) {
    const made = html("button", { type: "button", title, "aria-label": title }, content);
    made.addEventListener("click", onClick);
    return made;
  }

  // A Leaflet control around an element; the map below it gets no clicks and no wheel.
  function control(map, position, element) {
    const made = new L.Control({ position });
    made.onAdd = () => {
      L.DomEvent.disableClickPropagation(element);
      L.DomEvent.disableScrollPropagation(element);
      // Leaflet asks the clicked node's parents, which a redrawn legend has no more.
      element.addEventListener("click", (event) => event.stopPropagation());
      return element;
    };
    made.addTo(map);
    return element;
  }

  // 12345.678 -> "12,345.7"
  function number(value, decimals) {
    return value.toLocaleString("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  }

  planner.dom = { html, svg, icon, button, control, number };
})((window.planner = window.planner || {}));
