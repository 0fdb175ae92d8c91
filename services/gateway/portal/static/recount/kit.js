// Reading a kit: its events and heads, and what binds them. As recount/kit.py, in the browser.
const utf8 = new TextEncoder();
const text = new TextDecoder();

export class DoesNotFollow extends Error {
  constructor(step, what) {
    super(`${step}: ${what}`);
    this.step = step;
    this.what = what;
  }
}

export function need(step, holds, what) {
  if (!holds) throw new DoesNotFollow(step, what);
}

// -- bytes

export const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const digest = async (value) => hex(await sha256(utf8.encode(canonical(value))));

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function unpadded(word) {
  const plain = atob(word.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

// Names are sorted by code points, as Python does, not by the halves of UTF-16.
function byPoints(one, other) {
  const [own, others] = [[...one], [...other]];
  const at = own.findIndex((letter, place) => letter !== others[place]);
  if (at < 0) return own.length - others.length;
  return at < others.length ? own[at].codePointAt(0) - others[at].codePointAt(0) : 1;
}

// The one form of JSON that is hashed (RFC 8785; there are no fractional numbers in a kit).
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const names = Object.keys(value).sort(byPoints);
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

// -- the file

async function unzipped(bytes) {
  const view = new DataView(bytes);
  const files = {};
  let end = view.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  need("file", end >= 0, "zip");
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const size = view.getUint32(at + 20, true);
    const [name, extra, note] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const local = view.getUint32(at + 42, true);
    const called = text.decode(new Uint8Array(bytes, at + 46, name));
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = new Blob([new Uint8Array(bytes, from, size)]).stream();
    const stream = view.getUint16(at + 10, true)
      ? packed.pipeThrough(new DecompressionStream("deflate-raw"))
      : packed;
    files[called] = await new Response(stream).text();
    at += 46 + name + extra + note;
  }
  return files;
}

const rows = (file) => file.split("\n").filter(Boolean).map((line) => JSON.parse(line));

export async function readKit(bytes) {
  try {
    const files = await unzipped(bytes);
    const about = JSON.parse(files["kit.json"]);
    need("file", about.format === "sangkien recount kit 1", about.format);
    about.keys = new Map(
      about.keys.map(({ kid, x }) => {
        if (kid === undefined || x === undefined) throw new Error("keys");
        return [kid, x];
      }),
    );
    return { ...about, heads: rows(files["heads.jsonl"]), events: rows(files["events.jsonl"] ?? "") };
  } catch (error) {
    throw error instanceof DoesNotFollow ? error : new DoesNotFollow("file", error.message);
  }
}

// An event with its open members, the bytes of its leaf, and the names of what is closed in it.
export async function opened([id, type, at, members], number) {
  const [digests, said, closed] = [{}, {}, []];
  const each = Object.entries(members).map(async ([name, shown]) => {
    if (typeof shown === "string") {
      digests[name] = shown;
      closed.push(name);
      return;
    }
    put(said, name, shown[1]);
    digests[name] = await digest([shown[0], name, shown[1]]);
  });
  await Promise.all(each);
  const event = { ...said, said, number, id, type, at };
  return { event, leaf: utf8.encode(canonical([id, type, at, digests])), closed };
}

// `lines/0/prize` goes into the first of the lines.
function put(said, name, value) {
  if (!name.includes("/")) {
    said[name] = value;
    return;
  }
  const [list, number, ...part] = name.split("/");
  said[list] ??= [];
  while (said[list].length <= Number(number)) said[list].push({});
  said[list][Number(number)][part.join("/")] = value;
}

export async function checkHead(head, keys) {
  const name = `head of ${head.size} events`;
  need("heads", keys.has(head.kid), `${name}: unknown key ${head.kid}`);
  const parts = [head.tenant, head.contest_id, head.size, head.root, head.at, head.milestone];
  const said = utf8.encode(`sangkien tree head 1\n${canonical(parts)}`);
  const x = unpadded(keys.get(head.kid));
  const key = await crypto.subtle.importKey("raw", x, "Ed25519", false, ["verify"]);
  const holds = await crypto.subtle.verify("Ed25519", key, unpadded(head.signature), said);
  need("heads", holds, `${name}: the signature does not hold`);
}

// A Merkle tree (RFC 9162, 2.1) that remembers the roots of its complete subtrees.
export class Tree {
  size = 0;
  peaks = [];

  async add(leaf) {
    let hashed = await sha256(joined(Uint8Array.of(0), leaf));
    let height = 0;
    while (this.peaks.length && this.peaks.at(-1).height === height) {
      hashed = await sha256(joined(Uint8Array.of(1), this.peaks.pop().hashed, hashed));
      height += 1;
    }
    this.peaks.push({ height, hashed });
    this.size += 1;
  }

  async root() {
    if (!this.peaks.length) return hex(await sha256(new Uint8Array()));
    let hashed = this.peaks.at(-1).hashed;
    for (const peak of this.peaks.slice(0, -1).reverse()) {
      hashed = await sha256(joined(Uint8Array.of(1), peak.hashed, hashed));
    }
    return hex(hashed);
  }
}
