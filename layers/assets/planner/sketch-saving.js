// What happens to steps on their way: saved, waiting, refused, overtaken by somebody else; and
// the shape that is not accepted yet stays in the hand.
(function (planner) {
  "use strict";

  const { clock } = planner.sketchFigures;

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  class Saving {
    // sketch: texts, bars, elements state; see sketch.js
    constructor(sketch) {
      this.sketch = sketch;
      this.link = new planner.SketchLink({
        answered: (answer, step) => this.answered(answer, step),
        refused: (refusal, step) => this.refused(refusal, step),
        movedOn: (refusal, step) => this.movedOn(refusal, step),
        looked: (answer, asked) => sketch.looked(answer, asked),
        newer: (said) => this.newer(said),
        changed: () => this.report(),
      });
    }

    get texts() {
      return this.sketch.texts;
    }

    say(topic, text, values, bar) {
      this.sketch.bars.say(topic, { text: filled(this.texts[text], values), ...bar });
    }

    who(by) {
      return by || this.texts.someone;
    }

    answered(answer, step) {
      this.sketch.bars.unsay("newer", "refused");
      this.sketch.settled(answer, step);
      this.sketch.tell("sketch", String(answer.scenario.version));
    }

    refused(refusal, step) {
      const { sketch, texts } = this;
      const shape = sketch.refuse(step, refusal.at);
      const dismiss = [texts.dismiss, () => sketch.giveUp()];
      const retry = [texts.retry, () => sketch.retry()];
      sketch.bars.say("refused", {
        text: refusal?.message ?? "", hint: refusal?.hint ?? "", alarm: true,
        actions: shape ? [retry, [texts.give_up, () => sketch.giveUp()]] : [dismiss],
      });
    }

    // The outline crosses itself: said with the place and both edges, and left to be mended by hand.
    crossed({ at: [lng, lat], edges: [first, second] }) {
      const { x, y } = planner.projection.survey(lat, lng);
      const values = { first, second, x: x.toFixed(1), y: y.toFixed(1) };
      const actions = [[this.texts.give_up, () => this.sketch.giveUp()]];
      this.say("crossing", "crossing", values, { hint: this.texts.crossing_hint, alarm: true, actions });
    }

    movedOn(refusal, step) {
      const { link, sketch, texts } = this;
      const said = refusal.theirs?.scenario ?? {};
      const take = () => {
        sketch.bars.unsay("moved_on");
        if (refusal.theirs) this.take(refusal.theirs);
      };
      const redo = () => {
        take();
        link.again(step);
      };
      // The step waits as a draft, which the page takes along into the copy.
      const copy = async () => {
        if (!(await link.keep({ command: step.command, seen: step.seen, key: step.key }))) return;
        sketch.bars.unsay("moved_on");
        link.drop(step);
        sketch.tell("sketch-copy", String(step.seen));
      };
      const giveUp = () => {
        take();
        link.drop(step);
        sketch.refresh();
      };
      this.say("moved_on", "moved_on", this.values(said), {
        hint: texts.moved_on_hint,
        actions: [[texts.redo_mine, redo], [texts.save_copy, copy], [texts.give_up, giveUp]],
      });
    }

    values({ saved_by: by, saved_at: at, version }) {
      return { by: this.who(by), time: clock(at), version };
    }

    take(answer) {
      this.link.version = answer.scenario.version;
      this.sketch.accept(answer);
    }

    newer(said) {
      this.say("newer", "newer", this.values(said), { actions: [[this.texts.load, () => this.load()]] });
    }

    async load() {
      const answer = await this.link.answer();
      if (!answer) return;
      this.sketch.bars.unsay("newer");
      this.take(answer);
      this.sketch.tell("sketch", String(answer.scenario.version));
    }

    // The line at the bottom, and the bar of steps that wait.
    report() {
      const { link, sketch, texts } = this;
      if (!sketch.answer || sketch.readonly) return;
      const { state, trouble } = link;
      if (state === "unsaved") {
        const text = filled(texts.unsaved, { count: link.queue.length });
        sketch.bars.say("unsaved", { text, hint: [trouble.message, trouble.hint].filter(Boolean).join(" "), alarm: true });
      } else {
        sketch.bars.unsay("unsaved");
      }
      const words = { saved: filled(texts.saved, { time: clock(sketch.answer.scenario.saved_at) }), saving: texts.saving, unsaved: texts.not_saved, held: texts.held };
      sketch.bars.state(state, words[state]);
    }

    // What stands when all steps that wait are counted in: elements, and shapes that only cut or divide.
    expected(elements) {
      const standing = new Map(elements.map((one) => [one.id, one]));
      const ghosts = [];
      for (const { command, key } of this.link.queue) {
        const { geometry } = command;
        if (command.do === "draw") standing.set(key, fresh(key, command));
        else if (command.do === "delete") command.elements.forEach((id) => standing.delete(id));
        else if (command.element && geometry && command.do !== "hole") reshape(standing, command);
        else if (geometry) ghosts.push(geometry);
      }
      return { elements: [...standing.values()], ghosts };
    }
  }

  function fresh(key, { kind, geometry }) {
    return { id: key, kind, name: "", geometry, provisional: true, ...planner.shape.figures(geometry) };
  }

  function reshape(standing, { element: id, geometry }) {
    const old = standing.get(id);
    if (old) standing.set(id, { ...old, geometry, provisional: true, ...planner.shape.figures(geometry) });
  }

  planner.SketchSaving = Saving;
  planner.filled = filled;
})((window.planner = window.planner || {}));
