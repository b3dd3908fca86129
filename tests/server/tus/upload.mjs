// A public tus client, unchanged, on one page: only who sends it is added, by signing each request of its HTTP stack.
import { createHash, createPrivateKey, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const given = JSON.parse(readFileSync(0, "utf-8"));
globalThis.window ??= globalThis;
const tus = createRequire(import.meta.url)("./tus.min.js");
const key = createPrivateKey(given.key);
const b64 = (bytes) => Buffer.from(bytes).toString("base64url");

function token(method, path, body) {
  const claims = {
    body: createHash("sha256").update(body).digest("hex"), device: given.device,
    issued_at: Math.floor(Date.now() / 1000) + 0.5, method, nonce: randomUUID(), operator: given.operator, path,
  };
  const canonical = JSON.stringify(claims); // the keys above are in their order
  return `Jilai ${b64(canonical)}.${b64(sign(null, Buffer.from(`request\0${canonical}`), key))}`;
}

class Request {
  constructor(method, url) { this.method = method; this.url = url; this.headers = {}; this.stop = new AbortController(); }
  getMethod() { return this.method; }
  getURL() { return this.url; }
  setHeader(name, value) { this.headers[name] = value; }
  getHeader(name) { return this.headers[name]; }
  setProgressHandler(handler) { this.progress = handler; }
  async send(body = null) {
    const bytes = body ? Buffer.from(await body.arrayBuffer()) : Buffer.alloc(0);
    const headers = { ...this.headers, Authorization: token(this.method, new URL(this.url).pathname, bytes) };
    seen.push(`${this.method} ${headers["Upload-Offset"] ?? ""}`.trim());
    const answer = await fetch(this.url, {
      method: this.method, headers, body: bytes.length ? bytes : undefined, signal: this.stop.signal,
    });
    const text = this.method === "HEAD" ? "" : await answer.text();
    return {
      getStatus: () => answer.status, getHeader: (name) => answer.headers.get(name) ?? undefined,
      getBody: () => text, getUnderlyingObject: () => answer,
    };
  }
  abort() { this.stop.abort(); return Promise.resolve(); }
  getUnderlyingObject() { return this; }
}

const seen = [];
const data = new Blob([readFileSync(given.file)]);
const options = {
  endpoint: given.endpoint, uploadUrl: given.upload ?? null, chunkSize: given.chunk, retryDelays: [200, 500, 1000],
  metadata: { digest: given.digest }, storeFingerprintForResuming: false,
  httpStack: { createRequest: (method, url) => new Request(method, url), getName: () => "signed" },
};
const upload = new tus.Upload(data, {
  ...options,
  onError: (error) => { process.stderr.write(`${error}\n`); process.exit(1); },
  onSuccess: () => { process.stdout.write(JSON.stringify({ url: upload.url, seen }) + "\n"); process.exit(0); },
  onChunkComplete: (_, sent) => {
    if (given.stop && sent >= given.stop) {
      process.stdout.write(JSON.stringify({ url: upload.url, seen }) + "\n");
      process.exit(0);
    }
  },
});
upload.start();
