// The way to the server: steps that are saved one after the other and never lost, looks at what
// a shape runs into, the draft, the version that others have reached. docs/sketch.md.
(function (planner) {
  "use strict";

  const RETRY = 3000; // milliseconds
  const LOOK_PAUSE = 120;
  const DRAFT_PAUSE = 400;
  const POLL = 5000;
  const OWN_SAVE = 1500; // a version of the page's own arrives with the next scene within this time
  const TIMEOUT = 15000;
  const PLACE = "planner.sketch.";

  // Steps that are not saved yet, kept in the browser too: a reload, a crash or a full server disk loses none.
  const shelf = {
    keep(scenario, tab, steps) {
      try {
        const place = `${PLACE}${scenario}.${tab}`;
        if (steps.length) localStorage.setItem(place, JSON.stringify(steps));
        else localStorage.removeItem(place);
      } catch {
        // No room or no leave to store: the steps stay in memory and the page warns before it closes.
      }
    },
    take(scenario) {
      try {
        const places = Object.keys(localStorage).filter((place) => place.startsWith(`${PLACE}${scenario}.`));
        const steps = places.flatMap((place) => JSON.parse(localStorage.getItem(place)));
        places.forEach((place) => localStorage.removeItem(place));
        return steps.filter((step) => step?.key && step.command?.do);
      } catch {
        return [];
      }
    },
  };

  class Link {
    // hooks: answered(answer, step), refused(refusal, step), movedOn(refusal, step), looked(answer, asked),
    // newer(said), changed()
    constructor(hooks) {
      this.hooks = hooks;
      this.tab = crypto.randomUUID();
      this.queue = [];
      this.trouble = null;
      window.addEventListener("beforeunload", (event) => this.queue.length && event.preventDefault());
      setInterval(() => this.poll(), POLL);
    }

    // Another scenario, or the same one at another address.
    open(url, scenario, version) {
      this.url = new URL(`${url}/`, document.baseURI);
      if (scenario === this.scenario) {
        this.send();
        return;
      }
      clearTimeout(this.later);
      clearTimeout(this.draftTimer);
      this.stopLooking();
      Object.assign(this, { scenario, version, held: false, trouble: null, queue: shelf.take(scenario) });
      this.kept();
      this.send();
    }

    close() {
      this.scenario = this.url = null;
      this.queue = [];
      this.stopLooking();
    }

    kept() {
      const plain = this.queue.map(({ command, key, seen }) => ({ command, key, seen }));
      shelf.keep(this.scenario, this.tab, plain);
      this.hooks.changed();
    }

    get state() {
      if (this.held) return "held";
      if (this.trouble) return "unsaved";
      return this.queue.length ? "saving" : "saved";
    }

    push(command) {
      const step = { command, key: crypto.randomUUID() };
      this.queue.push(step);
      this.kept();
      this.send();
      return step;
    }

    drop(step) {
      this.queue = this.queue.filter((one) => one !== step);
      this.held = false;
      this.trouble = null;
      this.kept();
      this.send();
    }

    // The first step once more, on top of what others have saved.
    again(step) {
      Object.assign(step, { key: crypto.randomUUID(), seen: undefined });
      this.held = false;
      this.kept();
      this.send();
    }

    async send() {
      const [step] = this.queue;
      if (!step || this.sending || this.held || !this.url) return;
      clearTimeout(this.later);
      this.sending = true;
      step.seen ??= this.version;
      this.kept();
      const { scenario } = this;
      const { status, body } = await this.ask("do", { command: step.command, seen: step.seen, key: step.key });
      this.sending = false;
      this.known(status);
      if (scenario !== this.scenario) this.send();
      else this.settle(step, status, body);
    }

    settle(step, status, body) {
      if (status === 200) {
        this.queue = this.queue.filter((one) => one !== step);
        this.trouble = null;
        this.version = body.scenario.version;
        this.kept();
        this.hooks.answered(body, step);
        this.send();
      } else if (status === 409 && body?.theirs) {
        this.held = true;
        this.trouble = null;
        this.kept();
        this.hooks.movedOn(body, step);
      } else if ([400, 403, 409, 413, 415].includes(status)) {
        this.queue = this.queue.filter((one) => one !== step);
        this.trouble = null;
        this.kept();
        this.hooks.refused(body, step);
        this.send();
      } else {
        this.trouble = { message: body?.message ?? "", hint: body?.hint ?? "" };
        this.later = setTimeout(() => this.send(), RETRY);
        this.hooks.changed();
      }
    }

    // A server that was started anew knows our address no more: the page, drawn again, brings another.
    known(status) {
      if (status === 404) window.parent.postMessage({ planner: "sketch-refresh" }, window.location.origin);
    }

    // Status and JSON; status 0 where there was no answer.
    async ask(name, content, signal = AbortSignal.timeout(TIMEOUT)) {
      const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) };
      try {
        const reply = await fetch(new URL(name, this.url), { ...(content === undefined ? {} : post), signal, cache: "no-store" });
        return { status: reply.status, body: await reply.json().catch(() => null) };
      } catch {
        return { status: 0, body: null };
      }
    }

    async answer() {
      const reply = await fetch(new URL(".", this.url).href.replace(/\/$/, ""), { cache: "no-store" }).catch(() => null);
      return reply?.ok ? reply.json() : null;
    }

    // Ask what a shape runs into: the newest question only, and not too often.
    look(asked) {
      this.asked = asked;
      this.lookTimer ??= setTimeout(() => this.lookNow(), Math.max(0, (this.looked ?? 0) + LOOK_PAUSE - performance.now()));
    }

    async lookNow() {
      const { asked } = this;
      this.lookTimer = null;
      this.looked = performance.now();
      this.looking?.abort();
      const looking = new AbortController();
      this.looking = looking;
      const { status, body } = await this.ask("look", asked, looking.signal);
      if (looking === this.looking && status === 200) this.hooks.looked(body, asked);
    }

    stopLooking() {
      clearTimeout(this.lookTimer);
      this.lookTimer = null;
      this.looking?.abort();
      this.looking = null;
    }

    // The unfinished shape of this person, null once it is finished or given up.
    draft(content) {
      clearTimeout(this.draftTimer);
      if (!this.url || (content === null && !this.drafted)) return;
      const { scenario } = this;
      const keep = async () => {
        const { status } = await this.ask("draft", { content });
        if (status === 200 || status === 204) this.drafted = content !== null;
        else if (scenario === this.scenario && (status === 0 || status >= 500)) this.draftTimer = setTimeout(keep, RETRY);
      };
      this.draftTimer = setTimeout(keep, content === null ? 0 : DRAFT_PAUSE);
      this.drafted = true;
    }

    // Keep a draft at once; false where that failed.
    async keep(content) {
      clearTimeout(this.draftTimer);
      this.drafted = (await this.ask("draft", { content })).status === 200;
      return this.drafted;
    }

    async poll() {
      if (!this.url || this.queue.length || document.hidden) return;
      const { scenario } = this;
      const ask = async () => {
        const { status, body } = await this.ask("version");
        this.known(status);
        return body;
      };
      const newer = (said) => said?.version > this.version && !this.queue.length && scenario === this.scenario;
      if (!newer(await ask())) return;
      await new Promise((done) => setTimeout(done, OWN_SAVE));
      const said = await ask();
      if (newer(said)) this.hooks.newer(said);
    }
  }

  planner.SketchLink = Link;
})((window.planner = window.planner || {}));
