// All findings of a snapshot: one entry each, or what they say once each and where; a county has millions.
(function (page) {
  "use strict";

  const OUTCOMES = ["fail", "unknown", "warning", "pass", "not_applicable"]; // worst first
  const RANK = Object.fromEntries(OUTCOMES.map((name, rank) => [name, rank]));
  const UNKNOWN = RANK.unknown;

  const rankOf = (outcome) => RANK[outcome] ?? UNKNOWN;

  // Entry by entry; those of a parcel are brought together, in their order.
  function fromEntries(entries, parcels) {
    const known = new Map(parcels.map((parcel, at) => [parcel.key, at]));
    const placed = entries.map((entry) => [known.get(entry.key) ?? entry.parcel - 1, entry]).filter(([at]) => parcels[at]);
    placed.sort(([a], [b]) => a - b);
    const said = placed.map(([, entry]) => entry);
    return { said, saidOf: said.keys(), parcel: placed.map(([at]) => at), entry: (at) => said[at] };
  }

  // Every statement once; for each parcel the positions of what is said of it.
  function fromStatements(said, rows) {
    const total = rows.reduce((sum, row) => sum + row.length, 0);
    const [saidOf, parcel] = [new Int32Array(total), new Int32Array(total)];
    let next = 0;
    rows.forEach((row, at) => {
      for (const position of row) {
        parcel[next] = at;
        saidOf[next++] = position;
      }
    });
    return { said, saidOf, parcel, entry: (at) => ({ ...said[saidOf[at]], id: `F${at + 1}` }) };
  }

  class Findings {
    constructor(answers, parcels) {
      const read = answers.said ? fromStatements(answers.said, answers.rows ?? []) : fromEntries(answers.findings ?? [], parcels);
      this.said = read.said;
      this.entry = read.entry;
      this.saidOf = Int32Array.from(read.saidOf);
      this.parcel = Int32Array.from(read.parcel);
      this.length = this.parcel.length;
      this.overridden = overrides(parcels);
      this.rank = this.ranks();
      this.start = this.starts(parcels.length);
    }

    // A finding with what a person made of it.
    get(at) {
      const entry = this.entry(at);
      const said = this.overridden.get(overrideKey(this.parcel[at], entry));
      return said ? { ...entry, outcome: said.outcome, override: said, original: entry.outcome } : entry;
    }

    ranks() {
      const ofSaid = Uint8Array.from(this.said, (one) => rankOf(one.outcome));
      const rank = new Uint8Array(this.length);
      for (let at = 0; at < this.length; at += 1) {
        rank[at] = this.overridden.size ? rankOf(this.get(at).outcome) : ofSaid[this.saidOf[at]];
      }
      return rank;
    }

    // Where the findings of each parcel begin; they stand together.
    starts(parcels) {
      const start = new Int32Array(parcels + 1);
      for (let at = 0; at < this.length; at += 1) start[this.parcel[at] + 1] += 1;
      for (let i = 0; i < parcels; i += 1) start[i + 1] += start[i];
      return start;
    }

    *positionsOf(parcel) {
      for (let at = this.start[parcel]; at < this.start[parcel + 1]; at += 1) yield at;
    }

    of(parcel) {
      return Array.from(this.positionsOf(parcel), (at) => this.get(at)).sort((a, b) => rankOf(a.outcome) - rankOf(b.outcome));
    }

    checkOf(at) {
      return this.said[this.saidOf[at]].check;
    }

    // Counts by outcome over the parcels that are shown.
    counts(shown) {
      const counted = new Array(OUTCOMES.length).fill(0);
      for (const parcel of shown) {
        for (let at = this.start[parcel]; at < this.start[parcel + 1]; at += 1) counted[this.rank[at]] += 1;
      }
      return counted;
    }
  }

  const overrideKey = (parcel, { check, rule_id: rule }) => `${parcel}\n${check}\n${rule}`;

  // The overrides that count, by parcel, check and rule.
  function overrides(parcels) {
    const found = new Map();
    parcels.forEach((parcel, at) => {
      for (const one of parcel.said?.overrides ?? []) {
        if (one.counts) found.set(overrideKey(at, { check: one.check, rule_id: one.rule }), one);
      }
    });
    return found;
  }

  page.Findings = Findings;
  page.outcomes = { OUTCOMES, RANK, rankOf };
})((window.snapshotPage = window.snapshotPage || {}));
