// The toolbar of the editor, its keys, and the small form of the tool in hand.
(function (planner) {
  "use strict";

  const { html, icon, button, control } = planner.dom;

  // name: [key, icon paths]; a mode stays in hand, an action is done at once, a form asks first.
  const TOOLS = {
    select: ["V", ["M5 3l11 7-5 1-2.5 5z"]],
    move: ["M", ["M10 3v14M3 10h14M7.5 5.5L10 3l2.5 2.5M7.5 14.5L10 17l2.5-2.5M5.5 7.5L3 10l2.5 2.5M14.5 7.5L17 10l-2.5 2.5"]],
    rotate: ["O", ["M15.8 8A6.2 6.2 0 1 0 16 12", "M16.5 3.5V8H12"]],
    slide: ["E", ["M4 4h12M4 9h12", "M10 9v8M7.5 14.5L10 17l2.5-2.5"]],
    fit_area: ["A", ["M4 4h12v12H4z", "M7 10h6M11 8l2 2-2 2M9 8l-2 2 2 2"]],
    polygon: ["P", ["M6 5l9-1 2 8-7 5-7-5z"]],
    rectangle: ["R", ["M3.5 5h13v10h-13z"]],
    line: ["L", ["M3 15l5-8 4 5 5-8"]],
    split: ["K", ["M4 5h12v10H4z", "M13 2L7 18"]],
    cut: ["X", ["M10 4H4v12h12v-6", "M10 4v6h6", "M13 4h3v3"]],
    hole: ["H", ["M3 4h14v12H3z", "M8 8h4v4H8z"]],
    merge: ["J", ["M3 4h8v4h6v8H9v-4H3z"]],
    buffer: ["B", ["M7 7h6v6H7z", "M3 3h14v14H3z"]],
    square: ["Q", ["M4 4v12h12", "M4 12h4v4"]],
    delete: ["Del", ["M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11"]],
    undo: ["Ctrl+Z", ["M8 4L4 8l4 4", "M4 8h8a4 4 0 0 1 0 8H9"]],
    redo: ["Ctrl+Y", ["M12 4l4 4-4 4", "M16 8H8a4 4 0 0 0 0 8h3"]],
  };
  const ACTIONS = new Set(["merge", "square", "delete", "undo", "redo"]);
  const KINDS = ["extension", "parcel", "green"];
  // Fields of the small forms: tool -> [name, example].
  const FIELDS = { line: ["width", "30 m"], buffer: ["distance", "50 m"], fit_area: ["area", "280亩"], slide: ["target", "280亩"] };

  class Tools {
    // hooks: pick(tool), apply(tool)
    constructor(map, hooks) {
      this.hooks = hooks;
      this.kind = KINDS[0];
      this.typed = {}; // field -> as typed
      this.bar = control(map, "topright", html("div", { class: "planner-bar planner-sketch-bar", role: "toolbar" }));
      this.form = planner.contained(html("form", { class: "planner-sketch-form" }));
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        hooks.apply(this.tool);
      });
      map.getContainer().append(this.form);
      this.buttons = {};
      for (const [name, [, paths]] of Object.entries(TOOLS)) {
        this.buttons[name] = button("", icon(...paths), () => hooks.pick(name));
        this.buttons[name].dataset.tool = name;
      }
    }

    // state: texts, offered (tools or null), tool, hint, usable(name), names (of what undo and redo do)
    show(state) {
      const { texts, offered, tool, usable } = state;
      const all = Object.keys(TOOLS).filter((name) => !offered || offered.includes(name));
      if (this.shown !== all.join()) {
        this.shown = all.join();
        this.bar.replaceChildren(...all.map((name) => this.buttons[name]));
        this.bar.hidden = all.length === 0;
      }
      this.bar.setAttribute("aria-label", texts.toolbar);
      for (const name of all) {
        const node = this.buttons[name];
        const what = state.names[name] ? `${texts[`tool_${name}`]} · ${state.names[name]}` : texts[`tool_${name}`];
        node.title = texts.tool_key.replace("{tool}", what).replace("{key}", TOOLS[name][0]);
        node.setAttribute("aria-label", node.title);
        node.setAttribute("aria-disabled", !usable(name));
        if (!ACTIONS.has(name)) node.setAttribute("aria-pressed", name === tool);
      }
      this.fill(state);
    }

    fill({ texts, tool, hint }) {
      const sign = JSON.stringify([tool, texts, hint]);
      if (sign === this.sign) return;
      const same = this.tool === tool && this.form.contains(document.activeElement);
      this.sign = sign;
      this.tool = tool;
      this.form.hidden = tool === "select" || !tool;
      const parts = [html("strong", {}, texts[`tool_${tool}`] ?? "")];
      if (tool === "polygon" || tool === "rectangle") parts.push(this.choice(texts));
      if (FIELDS[tool]) parts.push(this.field(tool, texts));
      if (tool === "buffer" || tool === "fit_area") parts.push(html("button", { type: "submit" }, texts.apply));
      parts.push(html("p", {}, hint));
      this.form.replaceChildren(...parts);
      if (same || tool === "buffer" || tool === "fit_area") this.form.querySelector("input[type=text]")?.focus();
    }

    choice(texts) {
      const choose = (kind) => {
        const mark = html("input", { type: "radio", name: "planner-sketch-kind", value: kind });
        mark.checked = this.kind === kind;
        mark.addEventListener("change", () => (this.kind = kind));
        return html("label", {}, mark, texts[`kind_${kind}`]);
      };
      return html("div", { role: "radiogroup", "aria-label": texts.kind }, ...KINDS.map(choose));
    }

    field(tool, texts) {
      const [name, example] = FIELDS[tool];
      const input = html("input", { type: "text", placeholder: example, autocomplete: "off", maxlength: 40 });
      input.value = this.typed[name] ?? "";
      input.addEventListener("input", () => (this.typed[name] = input.value));
      return html("label", {}, `${texts[`field_${name}`]} `, input);
    }

    value(name) {
      return (this.typed[name] ?? "").trim();
    }

    hide() {
      this.bar.hidden = this.form.hidden = true;
      this.shown = this.sign = this.tool = null;
    }

    // The tool of a key, null for other keys.
    static of({ key, ctrlKey, metaKey, altKey, shiftKey }) {
      const letter = key.toUpperCase();
      if (ctrlKey || metaKey) {
        if (letter === "Z") return shiftKey ? "redo" : "undo";
        return letter === "Y" ? "redo" : null;
      }
      if (altKey) return null;
      if (key === "Delete") return "delete";
      return Object.keys(TOOLS).find((name) => TOOLS[name][0] === letter) ?? null;
    }
  }

  Tools.ACTIONS = ACTIONS;
  planner.SketchTools = Tools;
})((window.planner = window.planner || {}));
