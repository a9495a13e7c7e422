// The parcels of a snapshot as the page asks for them, and which of them a filter lets through.
(function (page) {
  "use strict";

  const { rankOf, OUTCOMES } = page.outcomes;

  class Parcels {
    constructor(content) {
      this.all = content.parcels ?? [];
      const chosen = this.all.map((_, at) => at).filter((at) => this.all[at].selected !== false);
      this.shown = chosen.length ? chosen : this.all.map((_, at) => at);
      this.findings = new page.Findings(content.answers ?? {}, this.all);
      this.isWhole = true; // all findings have been read
      this.checks = checksOf(content, this.findings);
      this.worst = Uint8Array.from(this.all, (parcel, at) => this.worstOf(parcel, at));
      this.byKey = new Map(this.all.map((parcel, at) => [String(parcel.key ?? at), at]));
      this.ordered = [...this.shown].sort((a, b) => this.worst[a] - this.worst[b] || a - b);
      this.totals = this.findings.length ? this.findings.counts(this.shown) : this.counted();
      this.numbers = this.shown.some((at) => known(this.all[at].number));
    }

    // Totals by what the entries of the parcels say.
    counted() {
      return OUTCOMES.map((name) => this.shown.reduce((sum, at) => sum + (this.all[at].counts?.[name] ?? 0), 0));
    }

    load(answers) {
      this.findings = new page.Findings(answers, this.all);
      this.isWhole = true;
    }

    get length() {
      return this.shown.length;
    }

    worstOf(parcel, at) {
      if (OUTCOMES.includes(parcel.outcome)) return rankOf(parcel.outcome);
      const { start, rank } = this.findings;
      let worst = OUTCOMES.length;
      for (let i = start[at]; i < start[at + 1]; i += 1) worst = Math.min(worst, rank[i]);
      return worst === OUTCOMES.length ? rankOf("unknown") : worst;
    }

    key(at) {
      return String(this.all[at]?.key ?? at);
    }

    // What names a parcel on the map and in front of its name.
    number(at) {
      const { number } = this.all[at];
      return String(known(number) ? number : this.numbers ? "" : (this.all[at].at ?? at) + 1);
    }

    name(at) {
      const { name, id } = this.all[at];
      return String(name || id || page.words.t("nameless"));
    }

    title(at) {
      return [this.number(at), this.name(at)].filter(Boolean).join(" ");
    }

    matchesText(at, text) {
      const { number, id, name, key, location_text: place } = this.all[at];
      return [number, id, name, key, place].some((one) => String(one ?? "").toLowerCase().includes(text));
    }

    // The findings that a filter lets through, parcel by parcel, the worst first.
    findingsFor(filter) {
      const found = [];
      for (const at of this.ordered) {
        if (filter.parcel !== null && filter.parcel !== at) continue;
        const named = !filter.text || this.matchesText(at, filter.text);
        const own = Array.from(this.findings.positionsOf(at)).filter((one) => this.lets(one, filter, named));
        own.sort((a, b) => this.findings.rank[a] - this.findings.rank[b]);
        found.push(...own);
      }
      return found;
    }

    lets(at, filter, named) {
      if (filter.outcome !== null && this.findings.rank[at] !== filter.outcome) return false;
      if (filter.check && this.findings.checkOf(at) !== filter.check) return false;
      return named || this.findingHas(at, filter.text);
    }

    // Whether a statement has the text, looked up once for all findings that say it.
    findingHas(at, text) {
      if (this.looked?.text !== text) this.looked = { text, said: new Map() };
      const position = this.findings.saidOf[at];
      const known = this.looked.said.get(position);
      if (known !== undefined) return known;
      const { message, rule_title: title, source, limit_text: limit, other_id: other } = this.findings.said[position];
      const has = [message, title, source, limit, other].some((one) => String(one ?? "").toLowerCase().includes(text));
      this.looked.said.set(position, has);
      return has;
    }

    // The parcels of the list: with a finding of the outcome and the check, and the text in their names.
    parcelsFor(filter) {
      const { outcome, check, text } = filter;
      return this.shown.filter((at) => {
        if (text && !this.matchesText(at, text)) return false;
        return (outcome === null && !check) || this.hasFinding(at, { ...filter, text: "" });
      });
    }

    hasFinding(at, filter) {
      for (const one of this.findings.positionsOf(at)) if (this.lets(one, filter, true)) return true;
      return false;
    }
  }

  const known = (value) => value !== null && value !== undefined && value !== "";

  // The checks in the order of the report; where the snapshot does not list them, as they come.
  function checksOf(content, findings) {
    if (content.answers?.checks?.length) return content.answers.checks;
    const ids = new Set(findings.said.map((one) => one.check));
    return [...ids].map((id) => ({ id, title: id, short: id }));
  }

  page.Parcels = Parcels;
})((window.snapshotPage = window.snapshotPage || {}));
