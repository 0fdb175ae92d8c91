// Saves an entry by itself while it is typed, says what came of it, and tries again with growing
// pauses when the line is cut. Without it the same form is saved by its button.

const QUIET = 2000; // milliseconds without typing before a save
const LONGEST = 60000; // milliseconds between two tries

class Draft {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.said = document.getElementById("da-luu");
    this.lacks = document.getElementById("con-thieu");
    this.changes = 0;
    this.saved = 0;
    this.pause = QUIET;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", () => this.leave());
    addEventListener("online", () => this.isDirty && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.isDirty && this.save());
  }

  get isDirty() {
    return this.changes > this.saved && !this.isOver;
  }

  say(sentence, isMistake = false) {
    this.said.textContent = sentence;
    this.said.classList.toggle("mistake", isMistake);
  }

  typed() {
    if (this.isOver) return;
    this.changes += 1;
    this.key = crypto.randomUUID().replaceAll("-", ""); // other words are another save
    this.say(this.words.typing);
    this.plan(QUIET);
  }

  plan(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  leave() {
    clearTimeout(this.timer);
    this.isOver = true;
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isSaving || !this.isDirty) return;
    this.isSaving = true;
    const change = this.changes;
    const body = new FormData(this.form);
    body.set("key", this.key);
    this.say(this.words.saving);
    try {
      const answer = await fetch(this.words.place, {
        method: "POST", body, keepalive: document.hidden, headers: { Accept: "application/json" },
      });
      const told = await answer.json().catch(() => ({}));
      if (answer.ok) this.took(told, change);
      else if (answer.status >= 500 || answer.status === 429) this.again();
      else this.refused(told, answer.status);
    } catch {
      this.again();
    } finally {
      this.isSaving = false;
      if (this.isDirty && this.changes > change) this.plan(QUIET);
    }
  }

  took({ revision, saved_at, lacks }, change) {
    this.saved = change;
    this.pause = QUIET;
    this.form.elements.revision.value = revision;
    this.say(this.words.saved.replace("{at}", saved_at));
    if (this.lacks) this.lacks.textContent = lacks ? this.words.lacks.replace("{fields}", lacks) : "";
  }

  /** The line is cut, or the platform busy: what was typed stays in the form. */
  again() {
    this.pause = Math.min(this.pause * 2, LONGEST);
    this.say(this.words.cut.replace("{seconds}", Math.round(this.pause / 1000)), true);
    this.plan(this.pause);
  }

  refused({ code, detail }, status) {
    if (status === 409 && code === "StaleRevision") this.isOver = true; // somebody else has saved
    if (status === 401 || status === 403) this.isOver = true;
    this.saved = this.isOver ? this.saved : this.changes; // until something else is typed
    this.say(`${detail ?? ""} ${this.isOver ? this.words.over : ""}`.trim(), true);
  }
}

const form = document.getElementById("ban-thao");
if (form) new Draft(form);
