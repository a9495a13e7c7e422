// Sentences and amounts. Amounts are rounded here once, half up, from the digits of the number.
(function (page) {
  "use strict";

  const { words, map, live, needs, packs, facts } = JSON.parse(document.getElementById("page-words").textContent);
  const M2_PER_MU = [3n, 2000n]; // 亩 = m² · 3 / 2000
  const WITH_CENTS = new Set(["万元/亩", "万元"]);
  const MINUS = "−";

  // The sentence of a key with its values; a key that is not there is shown as it is.
  function t(key, values = {}) {
    const sentence = words[key] ?? words[`snapshot_page.${key}`] ?? key;
    return sentence.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
  }

  const knows = (key) => key in words || `snapshot_page.${key}` in words;

  // A number as a fraction of whole numbers, from its shortest digits.
  function fraction(value) {
    const [mantissa, power = "0"] = String(value).split("e");
    const [whole, decimals = ""] = mantissa.split(".");
    const scale = decimals.length - Number(power);
    const digits = BigInt(whole + decimals);
    return scale > 0 ? [digits, 10n ** BigInt(scale)] : [digits * 10n ** BigInt(-scale), 1n];
  }

  function rounded([over, under], places) {
    const negative = over < 0n;
    const scaled = (negative ? -over : over) * 10n ** BigInt(places);
    const units = (2n * scaled + under) / (2n * under);
    const digits = units.toString().padStart(places + 1, "0");
    const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ",");
    const sign = negative && units > 0n ? MINUS : "";
    return sign + whole + (places ? `.${digits.slice(-places)}` : "");
  }

  const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
  const times = ([over, under], [a, b]) => [over * a, under * b];

  // 12345.678 -> "12,345.68"
  function fixed(value, places) {
    return isNumber(value) ? rounded(fraction(value), places) : "—";
  }

  // Whole numbers as such, others with two to four decimals.
  function plainly(value) {
    if (Number.isInteger(value)) return fixed(value, 0);
    const [whole, decimals] = fixed(value, 4).split(".");
    return `${whole}.${decimals.replace(/0+$/, "").padEnd(2, "0")}`;
  }

  const mu = (m2, places = 2) => (isNumber(m2) ? rounded(times(fraction(m2), M2_PER_MU), places) : "—");
  const hectares = (m2) => (isNumber(m2) ? rounded(times(fraction(m2), [1n, 10000n]), 4) : "—");
  const percent = (share, places = 2) => rounded(times(fraction(share), [100n, 1n]), places);

  function range(value, unit) {
    const before = value.slice(0, -1).map((one) => (unit === "ratio" ? percent(one) : plainly(one)));
    return [...before, amount(value.at(-1), unit)].join("–");
  }

  // A measured value or a limit with its unit, as the reports write it.
  function amount(value, unit = "") {
    if (value === null || value === undefined) return "—";
    if (typeof value === "boolean") return t(value ? "amount.yes" : "amount.no");
    if (Array.isArray(value) && value.length && value.every(isNumber)) return range(value, unit);
    if (!isNumber(value)) return String(value);
    if (unit === "m2") return t("amount.m2", { value: fixed(value, 2), mu: mu(value) });
    if (unit === "ratio") return t("amount.percent", { value: percent(value) });
    if (unit === "m") return `${fixed(value, Math.abs(value) >= 10 ? 0 : 2)} m`;
    const written = WITH_CENTS.has(unit) && !Number.isInteger(value) ? fixed(value, 2) : plainly(value);
    return unit ? `${written} ${unit}` : written;
  }

  // Unrounded where rounding would make a measured value equal to its limit.
  function measured({ measured: value, limit, unit }) {
    const written = amount(value, unit);
    const ends = (Array.isArray(limit) ? limit : [limit]).filter(isNumber);
    const alike = ends.some((one) => one !== value && amount(one, unit) === written);
    if (!isNumber(value) || !alike) return written;
    const [over, under] = unit === "ratio" ? times(fraction(value), [100n, 1n]) : fraction(value);
    const exact = rounded([over, under], String(under).length - 1).replace(/0+$/, "").replace(/\.$/, "");
    return `${exact} ${{ m2: "m²", ratio: "%" }[unit] ?? unit}`.trim();
  }

  const count = (value) => fixed(value, 0);
  // By the clock of Beijing, as sheets and links have it.
  const moment = (at) => {
    const written = String(at ?? "");
    const there = new Date(Date.parse(written) + 8 * 3_600_000);
    return !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(written) || Number.isNaN(there.getTime()) ? written : `${there.toISOString().slice(0, 16).replace("T", " ")} UTC+8`;
  };

  page.words = { t, knows, fixed, plainly, mu, hectares, percent, amount, measured, count, moment, isNumber };
  page.signs = map;
  page.live = live;
  page.needs = needs;
  page.packTitles = packs;
  page.factTitles = facts;
})((window.snapshotPage = window.snapshotPage || {}));
