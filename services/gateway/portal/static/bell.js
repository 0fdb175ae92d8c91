// The bell of a defence day: counts presenting, then answering down; warns, rings, counts on.
// All of it is in the page: once loaded it needs no network.
const bell = document.getElementById("chuong");
const face = document.getElementById("time");
const said = document.getElementById("said");
const go = document.getElementById("go");
const entry = document.getElementById("entry");
const words = bell.dataset;

const WARN = Number(words.warn) * 1000;
const PHASES = [
  { name: words.presenting, lasts: Number(words.present) * 1000 },
  { name: words.answering, lasts: Number(words.question) * 1000 },
].filter((one) => one.lasts > 0);

let phase = 0;
let used = 0; // of this phase, in milliseconds, up to the last pause
let since = null; // when it went on; null while it is paused
let sound = null;
let stage = "calm"; // then "near", then "over"

const now = () => performance.now();
const spent = () => used + (since === null ? 0 : now() - since);

function written(left) {
  // Whole seconds that have begun count as left, as on any clock that counts down.
  const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
  const two = (number) => String(number).padStart(2, "0");
  return `${left < 0 ? "+" : ""}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

function ring(times) {
  // Browsers let a page sound only after somebody has pressed something on it.
  if (sound === null) return;
  for (let number = 0; number < times; number += 1) {
    const at = sound.currentTime + number * 0.7;
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = 880;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.8, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
    tone.connect(volume).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.65);
  }
}

function wake() {
  sound ??= new AudioContext();
  if (sound.state === "suspended") sound.resume();
}

function show() {
  const left = PHASES[phase].lasts - spent();
  const reached = left <= 0 ? "over" : left <= WARN ? "near" : "calm";
  if (reached !== stage && since !== null) {
    if (reached === "near") { ring(1); said.textContent = words.near; }
    if (reached === "over") { ring(3); said.textContent = words.over; }
  }
  stage = reached;
  face.textContent = written(left);
  bell.dataset.stage = reached;
  document.getElementById("phase").textContent = PHASES[phase].name;
  document.title = `${written(left)} ${PHASES[phase].name}`;
  go.textContent = since === null ? words.start : words.pause;
  document.getElementById("next").disabled = phase === PHASES.length - 1;
}

function toggle() {
  wake();
  if (since === null) since = now();
  else { used = spent(); since = null; }
  show();
}

function begin(which) {
  phase = which;
  used = 0;
  since = null;
  stage = "calm";
  said.textContent = "";
  show();
}

function next() {
  if (phase === PHASES.length - 1) return;
  const goesOn = since !== null;
  begin(phase + 1);
  if (goesOn) toggle();
}

const actions = {
  " ": toggle,
  n: next,
  r: () => begin(0),
  t: () => { wake(); ring(1); },
  f: () => (document.fullscreenElement ? document.exitFullscreen() : bell.requestFullscreen()),
};

document.addEventListener("keydown", (event) => {
  // On a button or in a list these keys mean what they mean there.
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("button, select, a")) return;
  const action = actions[event.key.toLowerCase()];
  if (action === undefined) return;
  event.preventDefault();
  action();
});
for (const [id, key] of [["go", " "], ["next", "n"], ["again", "r"], ["try", "t"], ["wide", "f"]])
  document.getElementById(id).addEventListener("click", () => actions[key]());
entry?.addEventListener("change", () => begin(0));

navigator.wakeLock?.request("screen").catch(() => {}); // a screen that sleeps counts on all the same
setInterval(show, 200);
begin(0);
document.getElementById("buttons").hidden = false;
