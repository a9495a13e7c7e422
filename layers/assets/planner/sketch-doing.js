// What buttons, keys and small forms do.
(function (planner) {
  "use strict";

  const { ACTIONS } = planner.SketchTools;
  const FORMS = { buffer: "distance", fit_area: "area" }; // tool -> field that must be filled

  class Doing {
    constructor(sketch) {
      this.sketch = sketch;
      document.addEventListener("keydown", (event) => this.key(event));
    }

    usable(name) {
      const { answer, chosen, saving, work } = this.sketch;
      if (name === "undo") return answer.can_undo || saving.link.queue.length > 0 || work.pen.points.length > 0;
      if (name === "redo") return answer.can_redo;
      if (name === "merge") return chosen.length > 1;
      if (name === "delete" && work.pen.active) return true; // of its last point
      return !["square", "delete"].includes(name) || chosen.length > 0;
    }

    // A button of the toolbar or its key.
    pick(name) {
      const { work } = this.sketch;
      if (!this.usable(name) || work.hand.held) return;
      if (!ACTIONS.has(name)) work.setTool(work.tool === name ? "select" : name);
      else this.act(name);
    }

    act(name) {
      const { chosen, work } = this.sketch;
      if (name === "undo" && work.pen.active) {
        if (!work.pen.back()) work.setTool("select");
      } else if (name === "delete" && work.pen.active) work.pen.back();
      else if (name === "delete") {
        if (!work.vertices.removeCurrent()) this.push({ do: name, elements: chosen });
      } else if (name === "merge") this.push({ do: name, elements: chosen });
      else if (name === "square") chosen.forEach((element) => this.push({ do: name, element }));
      else this.push({ do: name });
    }

    // The small form of a tool was sent.
    apply(tool) {
      const { chosen, tools, work } = this.sketch;
      const field = FORMS[tool];
      const [element] = chosen;
      if (!field) return;
      if (!element) this.notice("choose_first");
      else if (!tools.value(field)) this.notice("type_first");
      else if (tool === "buffer") this.push({ do: tool, element, distance: tools.value(field) });
      else this.push({ do: tool, element, area: tools.value(field), side: work.picked?.i ?? null });
    }

    notice(name) {
      const { bars, texts } = this.sketch;
      bars.say("notice", { text: texts[name], actions: [[texts.dismiss, () => bars.unsay("notice")]] });
    }

    push(command) {
      this.sketch.bars.unsay("notice", "refused");
      this.sketch.saving.link.push(command);
      this.sketch.refresh();
    }

    key(event) {
      const { answer, readonly, work } = this.sketch;
      if (!answer || readonly) return;
      if (event.key === "Escape") this.escape();
      if (event.target.closest?.("input, select, textarea")) return;
      if (event.key === "Enter" && work.pen.active) work.pen.close();
      else if (event.key === "Backspace" && work.pen.active) work.pen.back();
      else if (event.key === "]" || event.key === "[") this.sketch.chooseNext(event.key === "]" ? 1 : -1);
      else if (!this.tool(event)) return;
      event.preventDefault();
    }

    // The tool of a key; false where the key has none.
    tool(event) {
      const { offered } = this.sketch;
      const tool = planner.SketchTools.of(event);
      if (!tool || (offered && !offered.includes(tool))) return false;
      this.pick(tool);
      return true;
    }

    // Esc lets go of what is in the hand, then of the tool, then of what is chosen; a begun
    // drawing can be taken up again.
    escape() {
      const { tools, work } = this.sketch;
      if (work.hand.cancel()) return;
      const { points } = work.pen;
      const begun = points.length > 1 ? { tool: work.tool, kind: tools.kind, points } : null;
      if (work.tool !== "select") work.setTool("select");
      else this.sketch.choose([]);
      if (begun) this.sketch.offer(begun);
    }
  }

  planner.SketchDoing = Doing;
})((window.planner = window.planner || {}));
