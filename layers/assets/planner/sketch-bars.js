// What the editor has to say, at the bottom of the map: one line of state, and bars that ask for a decision.
(function (planner) {
  "use strict";

  const { html } = planner.dom;
  const ORDER = ["moved_on", "refused", "unsaved", "crossing", "draft", "newer", "notice"];

  function contained(element) {
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
    // Leaflet asks the clicked node's parents, which a redrawn bar has no more.
    element.addEventListener("click", (event) => event.stopPropagation());
    return element;
  }

  class Bars {
    constructor(map) {
      this.said = new Map();
      this.bars = html("div", { class: "planner-bars", "aria-live": "polite" });
      this.line = html("div", { class: "planner-saved", role: "status" });
      this.box = contained(html("div", { class: "planner-foot" }, this.bars, this.line));
      map.getContainer().append(this.box);
    }

    // A bar of a topic: `text` what happened, `hint` what to do, `actions` [words, act]; red where `alarm`.
    say(topic, bar) {
      this.said.set(topic, bar);
      this.draw();
    }

    unsay(...topics) {
      topics.forEach((topic) => this.said.delete(topic));
      this.draw();
    }

    has(topic) {
      return this.said.has(topic);
    }

    draw() {
      const sign = JSON.stringify([...this.said].map(([topic, { text, hint }]) => [topic, text, hint]));
      const bars = ORDER.filter((topic) => this.said.has(topic)).map((topic) => this.bar(topic, this.said.get(topic)));
      if (sign === this.sign && bars.length === this.bars.childElementCount) return;
      this.sign = sign;
      this.bars.replaceChildren(...bars);
    }

    bar(topic, { text, hint = "", actions = [], alarm = false }) {
      const words = html("div", {}, html("strong", {}, text), hint ? html("span", {}, hint) : "");
      const made = actions.map(([name]) => html("button", { type: "button" }, name));
      // The action of now, not of when the bar was drawn.
      made.forEach((button, i) => button.addEventListener("click", () => this.said.get(topic)?.actions[i][1]()));
      return html("div", { class: `planner-message${alarm ? " is-alarm" : ""}`, "data-topic": topic }, words, html("div", { class: "planner-actions" }, ...made));
    }

    state(name, text) {
      if (this.line.textContent === text) return;
      this.line.textContent = text;
      this.line.dataset.state = name;
      this.line.hidden = !text;
    }
  }

  planner.SketchBars = Bars;
  planner.contained = contained;
})((window.planner = window.planner || {}));
