// The checks, in the order they are made: each names what it found, or throws `DoesNotFollow`.
// The same as the program `sangkien-recount verify` makes; see recount/checks.py.
import { DoesNotFollow, Tree, checkHead, need, opened, readKit } from "./kit.js";
import { Record, when } from "./record.js";
import { checkAwarding } from "./awarding.js";
import { checkEntries, checkRules, checkWindow } from "./structure.js";
import { checkJudging } from "./judging.js";

const LAG = 24 * 60 * 60e3; // milliseconds within which things are recorded
const SKEW = 5 * 60e3; // clocks of two machines
const AHEAD = 256; // events
const PLAIN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;

export async function* verify(bytes, outside = []) {
  try {
    const kit = await readKit(bytes);
    const record = new Record();
    yield ["chain", await checkChain(kit, outside, record)];
    checkRules(record);
    yield ["rules", { amendments: record.of("ContestAmended").length }];
    checkEntries(record);
    checkWindow(record);
    yield ["entries", { entries: record.accepted().size }];
    const values = {};
    yield* checkJudging(record, values);
    yield* checkAwarding(record, values);
  } catch (error) {
    throw error instanceof DoesNotFollow ? error : new DoesNotFollow("form", error.message);
  }
}

// Each event opened, many at once: hashing waits for the browser, not for itself.
async function* openedAhead(rows) {
  for (let first = 0; first < rows.length; first += AHEAD) {
    const batch = rows.slice(first, first + AHEAD);
    yield* await Promise.all(batch.map((row, place) => opened(row, first + place)));
  }
}

const bySize = (one, two) => one.size - two.size || (one.at < two.at ? -1 : one.at > two.at ? 1 : 0);

// Every head is signed and is the root of the events before it; none is back-dated.
async function checkChain(kit, outside, record) {
  const tree = new Tree();
  const heads = [...kit.heads, ...outside].sort(bySize);
  let [next, before] = [0, 0];
  for await (const { event, leaf, closed } of openedAhead(kit.events)) {
    const { number } = event;
    const name = `event ${number} (${event.type})`;
    const said = when(event.at);
    const isOurs = event.contest_id === kit.contest_id && PLAIN.test(event.at);
    need("chain", isOurs, `${name} is of another contest, or its instant is not in UTC`);
    const what = `${name} says ${event.at}, but a head signed later does not have it`;
    need("back-dated", said >= before - LAG, what);
    await tree.add(leaf);
    record.add(event, closed);
    for (; next < heads.length && heads[next].size <= tree.size; next += 1) {
      const head = heads[next];
      await checkHead(head, kit.keys);
      const isHead = head.tenant === kit.tenant && head.contest_id === kit.contest_id;
      need("heads", isHead, `head of ${head.size} events is of another contest`);
      const isRoot = head.size === tree.size && (await tree.root()) === head.root;
      need("chain", isRoot, `events up to ${tree.size} do not hash to the head signed at ${head.at}`);
      const at = when(head.at);
      need("heads", before <= at && at >= said - SKEW, `head of ${head.size} events is older than what it is over`);
      before = at;
    }
  }
  const isMore = outside.some((head) => head.size > kit.size);
  need("heads", !isMore, `one from outside tells of more events than the ${kit.size} of the kit`);
  const isWhole = tree.size === kit.size && (await tree.root()) === kit.root && next === heads.length;
  need("chain", isWhole, `there are ${tree.size} events, the kit tells of ${kit.size}`);
  need("heads", heads.at(-1)?.size === kit.size, `the newest is not of the ${kit.size} events`);
  record.settle();
  return { events: tree.size, heads: heads.length, root: kit.root };
}
