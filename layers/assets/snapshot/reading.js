// The snapshot inside the page: read, checked against its digest, handed out again as a file.
(function (page) {
  "use strict";

  const ESCAPED = { u003c: "<", u003e: ">", u0026: "&", u2028: "\u2028", u2029: "\u2029" };
  const START = '{"content":';
  const END = /,"digest":"([0-9a-f]{64})"\}$/;
  const END_LENGTH = 77; // of that text
  const PIECE = 1 << 23; // bytes that are searched at once

  const holder = () => document.getElementById("snapshot");
  const isPacked = () => holder().type !== "application/json";

  function bytesOf(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  function unpacked() {
    const stream = new Blob([bytesOf(holder().textContent.trim())]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream("gzip")));
  }

  // The snapshot; of a large one first what list and map need, `rest` gives its findings later.
  async function read() {
    if (!isPacked()) return JSON.parse(holder().textContent);
    const bytes = await canonical();
    const cuts = cutsOf(bytes);
    if (!cuts) return JSON.parse(text(bytes));
    const [rows, said, end] = cuts;
    const first = new Uint8Array(rows + bytes.length - end);
    first.set(bytes.subarray(0, rows));
    first.set(bytes.subarray(end), rows);
    const rest = () => JSON.parse(`{${text(bytes.subarray(rows + 1, said))}${text(bytes.subarray(said, end))}}`);
    return { ...JSON.parse(text(first)), rest };
  }

  const text = (bytes) => new TextDecoder().decode(bytes);

  // Where the rows and the statements of the answers begin and end; null where there are none.
  // No text of a user is mistaken for them: inside a string a quote has a backslash before it.
  function cutsOf(bytes) {
    const rows = find(bytes, ',"rows":[[', 0);
    const said = rows < 0 ? -1 : find(bytes, ',"said":[{', rows);
    const end = said < 0 ? -1 : find(bytes, ',"summary":{', said);
    return end < 0 ? null : [rows, said, end];
  }

  function find(bytes, words, from) {
    const decoder = new TextDecoder("latin1");
    for (let start = from; start < bytes.length; start += PIECE) {
      const piece = decoder.decode(bytes.subarray(start, start + PIECE + words.length));
      const at = piece.indexOf(words);
      if (at >= 0) return start + at;
    }
    return -1;
  }

  // The canonical bytes: what was escaped for HTML stands as itself.
  async function canonical() {
    if (isPacked()) return new Uint8Array(await unpacked().arrayBuffer());
    const written = holder().textContent.trim();
    return new TextEncoder().encode(written.replace(/\\(u003c|u003e|u0026|u2028|u2029|.)/g, (all, sign) => ESCAPED[sign] ?? all));
  }

  // Whether the content inside has the digest that stands beside it; null where this browser cannot say.
  async function isSealed({ digest }) {
    if (!globalThis.crypto?.subtle) return null;
    const bytes = await canonical();
    if (text(bytes.subarray(0, START.length)) !== START || !END.test(text(bytes.subarray(-END_LENGTH)))) return false;
    const hash = await crypto.subtle.digest("SHA-256", bytes.subarray(START.length, bytes.length - END_LENGTH));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("") === digest;
  }

  async function save({ digest }) {
    const address = URL.createObjectURL(new Blob([await canonical()], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `snapshot-${String(digest).slice(0, 8)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  page.reading = { read, isSealed, save };
})((window.snapshotPage = window.snapshotPage || {}));
