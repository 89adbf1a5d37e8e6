// What a page's script does, with fetch alone: web_clients.mjs BASE TOKEN PROFILE LATITUDE LONGITUDE
// A promise that is not kept ends it with status 1.
import assert from "node:assert/strict";

const [base, token, profile, latitude, longitude] = process.argv.slice(2);
const authorization = token ? { authorization: `Bearer ${token}` } : {};

const post = (method, message, headers = {}, signal) =>
  fetch(`${base}/tocsin.v1.${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...authorization, ...headers },
    body: typeof message === "object" && !(message instanceof Uint8Array) ? JSON.stringify(message) : message,
    signal,
  });

// One message in an envelope: a byte of flags, four of length, the message.
const envelope = (message) => {
  const text = new TextEncoder().encode(JSON.stringify(message));
  const bytes = new Uint8Array(5 + text.length);
  new DataView(bytes.buffer).setUint32(1, text.length);
  bytes.set(text, 5);
  return bytes;
};

async function* envelopes(body) {
  let rest = new Uint8Array(0);
  for await (const chunk of body) {
    const joined = new Uint8Array(rest.length + chunk.length);
    joined.set(rest);
    joined.set(chunk, rest.length);
    rest = joined;
    while (rest.length >= 5) {
      const length = new DataView(rest.buffer, rest.byteOffset).getUint32(1);
      if (rest.length < 5 + length) break;
      yield { flags: rest[0], message: JSON.parse(new TextDecoder().decode(rest.subarray(5, 5 + length))) };
      rest = rest.subarray(5 + length);
    }
  }
  assert.equal(rest.length, 0, "a stream ends between envelopes");
}

async function* events(body) {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const lines = text.slice(0, end).split("\n");
      const value = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim());
      if (value("data").length) yield { event: value("event")[0] ?? "message", data: JSON.parse(value("data").join("\n")) };
    }
  }
}

const place = { coordinate: { latitude: Number(latitude), longitude: Number(longitude) } };
const snap = { place, profile };

// Asking.
const snapped = await post("Routing/Snap", snap);
assert.equal(snapped.status, 200);
assert.equal(snapped.headers.get("content-type").split(";")[0], "application/json");
const { places } = await snapped.json();
assert.equal(places.length, 1);
const query = new URLSearchParams({ connect: "v1", encoding: "json", message: JSON.stringify(snap) });
const got = await fetch(`${base}/tocsin.v1.Routing/Snap?${query}`, { headers: authorization });
assert.deepEqual((await got.json()).places, places);

// Being refused.
const refusal = async (response, status, code) => {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get("content-type")?.split(";")[0], "application/json");
  const error = JSON.parse(text);
  assert.equal(error.code, code, text);
  assert.ok(error.message);
  return error;
};
await refusal(await post("Routing/Snap", "{"), 400, "invalid_argument");
await refusal(await post("Routing/Snap", '{"profile":"","profile":""}'), 400, "invalid_argument");
const unknown = await refusal(await post("Routing/Snap", { nowhere: 1 }), 400, "invalid_argument");
assert.match(unknown.message, /nowhere/);
await refusal(await post("Routing/Route", { places: [place, place], profile: "no-such" }), 404, "not_found").then((error) =>
  assert.equal(error.details[0].debug.reason, "UNKNOWN_PROFILE"));
await refusal(await post("Routing/Snap", snap, { "connect-timeout-ms": "soon" }), 400, "invalid_argument");
await refusal(await post("Routing/Snap", snap, { "connect-protocol-version": "2" }), 400, "invalid_argument");
await refusal(await post("Routing/Snap", "zip", { "content-encoding": "br" }), 501, "unimplemented");
if (token) {
  await refusal(await post("Admin/Status", {}, { authorization: "Bearer nobody" }), 401, "unauthenticated");
}
// What a foreign page could send without being asked before.
for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
  assert.equal((await post("Admin/Status", "{}", { "content-type": type })).status, 415);
}
assert.equal((await post("Admin/Status", {}, { origin: "https://elsewhere.example" })).status, 403);
for (const method of ["PUT", "DELETE", "PATCH"]) {
  const response = await fetch(`${base}/tocsin.v1.Admin/Status`, { method, headers: authorization });
  assert.equal(response.status, 405, method);
  assert.match(response.headers.get("allow"), /POST/);
}
assert.equal((await fetch(`${base}/tocsin.v1.Traffic/LiftClosures?encoding=json&message={}`, { headers: authorization })).status, 405);

// Streams: with envelopes both ways, and as events.
const closing = new AbortController();
const stream = await post("Traffic/Watch", envelope({}), { "content-type": "application/connect+json" }, closing.signal);
assert.equal(stream.status, 200);
assert.equal(stream.headers.get("content-type"), "application/connect+json");
for await (const { flags, message } of envelopes(stream.body)) {
  assert.equal(flags, 0);
  assert.ok(Number(message.version) >= 0);
  break;
}
closing.abort();

const timed = await post(
  "Traffic/Watch", envelope({}), { "content-type": "application/connect+json", "connect-timeout-ms": "1000" });
const all = [];
for await (const one of envelopes(timed.body)) all.push(one);
assert.equal(all.at(-1).flags, 2);
assert.equal(all.at(-1).message.error.code, "deadline_exceeded");

const matrix = await post(
  "Routing/StreamMatrix", envelope({ origins: [place], destinations: [place], profile }), { "content-type": "application/connect+json" });
const pieces = [];
for await (const one of envelopes(matrix.body)) pieces.push(one);
assert.equal(pieces.at(-1).flags, 2);

const watching = new AbortController();
const told = await post("Traffic/Watch", {}, { accept: "text/event-stream" }, watching.signal);
assert.equal(told.headers.get("content-type").split(";")[0], "text/event-stream");
for await (const { data } of events(told.body)) {
  assert.ok(Number(data.version) >= 0);
  break;
}
watching.abort();

console.log("done");
