// The snapshot inside the page: read, checked against its digest, handed out again as a file.
(function (page) {
  "use strict";

  const ESCAPED = { u003c: "<", u003e: ">", u0026: "&", u2028: "\u2028", u2029: "\u2029" };
  const START = '{"content":';
  const END = /,"digest":"([0-9a-f]{64})"\}$/;
  const END_LENGTH = 77; // of that text

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

  async function read() {
    return isPacked() ? unpacked().json() : JSON.parse(holder().textContent);
  }

  // The canonical bytes: what was escaped for HTML stands as itself.
  async function canonical() {
    if (isPacked()) return new Uint8Array(await unpacked().arrayBuffer());
    const text = holder().textContent.trim();
    return new TextEncoder().encode(text.replace(/\\(u003c|u003e|u0026|u2028|u2029|.)/g, (all, sign) => ESCAPED[sign] ?? all));
  }

  // Whether the content inside has the digest that stands beside it; null where this browser cannot say.
  async function isSealed({ digest }) {
    if (!globalThis.crypto?.subtle) return null;
    const bytes = await canonical();
    const text = (part) => new TextDecoder().decode(part);
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
