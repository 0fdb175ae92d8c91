// The page on which anybody counts a contest again: nothing is sent anywhere.
import { verify } from "./recount/checks.js";

const page = document.getElementById("kiem-chung");
const list = document.getElementById("buoc");
const [kit, heads] = ["tep", "dau"].map((id) => document.getElementById(id));
const words = (kind, step) => document.querySelector(`#loi-${kind} [data-step="${step}"]`)?.textContent ?? step;

function say(isGood, word) {
  const line = document.createElement("li");
  line.textContent = `${isGood ? "✓" : "✗"} ${word}`;
  line.className = isGood ? "good" : "bad";
  list.append(line);
}

const filled = (word, found) => word.replace(/\{(\w+)\}/g, (whole, name) => found[name] ?? whole);

// Heads as the platform answers them, as a webhook pushes one, as a list, one alone, or the last line
// of a printed sheet.
async function headsIn(files) {
  const found = [];
  for (const file of files) {
    const text = await file.text();
    const said = JSON.parse(text.trim().startsWith("{") || text.trim().startsWith("[") ? text : text.trim().split("\n").at(-1));
    const own = said.data ?? said;
    found.push(...(Array.isArray(own) ? own : own.heads ?? [own]));
  }
  return found.map((head) => ({ ...head, at: head.at.replace(/(\.\d+)?Z$/, (_, rest = ".") => `${rest.padEnd(7, "0")}+00:00`) }));
}

// Where the step fails, `data-step` of the page names it.
export async function count(bytes, outside) {
  list.replaceChildren();
  delete page.dataset.step;
  try {
    for await (const [step, found] of verify(bytes, outside)) say(true, filled(words("dung", step), found));
    return "ok";
  } catch (wrong) {
    say(false, `${words("sai", wrong.step)} (${wrong.what})`);
    page.dataset.step = wrong.step;
    return "wrong";
  }
}

async function start() {
  const [file] = kit.files;
  if (!file) return;
  page.removeAttribute("data-verdict");
  let outside = [];
  try {
    outside = await headsIn(heads.files);
  } catch (error) {
    list.replaceChildren();
    say(false, `${words("sai", "file")} (${error.message})`);
    page.dataset.verdict = "wrong";
    return;
  }
  page.dataset.verdict = await count(await file.arrayBuffer(), outside);
}

for (const input of [kit, heads]) input.addEventListener("change", start);
