// The snapshot inside the page: read, checked against its digest, handed out again as a file.
(function (page) {
  "use strict";

  const ESCAPED = { u003c: "<", u003e: ">", u0026: "&", u2028: "\u2028", u2029: "\u2029" };
  const START = '{"content":';
  const END = /,"digest":"([0-9a-f]{64})"\}$/;

  function bytesOf(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  function inflated(base64) {
    const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  // The canonical text again: what was escaped for HTML stands as itself.
  function unescaped(text) {
    return text.replace(/\\(u003c|u003e|u0026|u2028|u2029|.)/g, (all, sign) => ESCAPED[sign] ?? all);
  }

  async function read() {
    const holder = document.getElementById("snapshot");
    const packed = holder.type !== "application/json";
    const text = packed ? await inflated(holder.textContent.trim()) : holder.textContent.trim();
    const { content, digest } = JSON.parse(text);
    return { content, digest, canonical: () => (packed ? text : unescaped(text)) };
  }

  // Whether the text inside has the digest that stands beside it; null where this browser cannot say.
  async function isSealed(snapshot) {
    if (!globalThis.crypto?.subtle) return null;
    const text = snapshot.canonical();
    const stated = END.exec(text.slice(-90));
    if (!text.startsWith(START) || !stated) return false;
    const content = text.slice(START.length, text.length - stated[0].length);
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
    const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex === snapshot.digest;
  }

  function save(snapshot) {
    const address = URL.createObjectURL(new Blob([snapshot.canonical()], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `snapshot-${String(snapshot.digest).slice(0, 8)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  page.reading = { read, isSealed, save };
})((window.snapshotPage = window.snapshotPage || {}));
