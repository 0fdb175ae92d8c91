// Helps a judge type a sheet: adds it up, keeps every letter, saves drafts, hands in over a line
// that may be cut. Without it the same form does the same, step by step.

const QUIET = 2000; // milliseconds without typing before a draft is saved

class Sheet {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.rubric = new Rubric(form);
    this.fields = document.getElementById("o-nhap");
    this.state = document.getElementById("trang-thai");
    this.dialog = document.getElementById("xac-nhan");
    this.back = document.getElementById("sua-lai");
    this.draft = form.querySelector("button[value=draft]");
    this.give = form.querySelector("button[value=check]");
    this.changes = 0;
    this.saves = 0;
    this.line = Promise.resolve(); // one write after another, in the order of typing
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("close", () => this.dialog.returnValue === "give" && this.queue());
    this.back.addEventListener("click", () => this.takeBack());
    outbox.place.addEventListener("sent", (event) => this.isMine(event) && this.leave());
    outbox.place.addEventListener("refused", (event) => this.isMine(event) && this.refused(event.detail.said));
    outbox.place.addEventListener("waiting", (event) => this.isMine(event) && this.lock(event.detail.said));
    addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("online", () => this.changes > 0 && !this.isQueued && this.save());
  }

  isMine({ detail }) {
    return detail.place === this.words.place;
  }

  say(sentence, isMistake = false) {
    this.state.textContent = sentence;
    this.state.classList.toggle("mistake", isMistake);
  }

  /** Return what stands in the form, as the server would write it down. */
  get standing() {
    const fields = [...new FormData(this.form)].filter(([name]) => /^(mark|comment)/.test(name));
    return JSON.stringify(fields.map(([name, value]) =>
      [name, value.replace(/\r\n?/g, "\n").trim().normalize("NFC")]));
  }

  /** Begin with what this device still has of the sheet. */
  async begin() {
    this.rubric.judge();
    this.origin = this.standing; // what the server has, on top of which is typed
    if (!outbox.kept.works) return this.say(this.words.unkept, true);
    const mine = (await outbox.kept.all()).filter(({ content }) => content.place === this.words.place);
    const found = mine.find((record) => record.isQueued) ?? mine[0];
    if (!found) return null;
    this.id = found.id;
    const base = this.form.elements.based_on.value;
    for (const [name, value] of Object.entries(found.content.fields))
      if (name in this.form.elements && !["form", "key", "based_on", "step"].includes(name))
        this.form.elements[name].value = value;
    this.form.closest("details")?.setAttribute("open", "");
    this.rubric.judge();
    return found.isQueued ? this.lock() : this.restored(found.content, base);
  }

  /** Say what was put back; save it only where nothing was typed or given elsewhere meanwhile. */
  restored({ fields, origin, why = "" }, base) {
    const isGiven = fields.based_on !== base;
    const isOther = isGiven || origin !== this.origin;
    const sentence = isGiven ? this.words.other.replace("{version}", base)
      : isOther ? this.words.newer : this.words.restored;
    const notice = document.getElementById("khoi-phuc");
    notice.querySelector("span").textContent = `${why} ${sentence}`.trim();
    notice.classList.toggle("mistake", Boolean(why) || isOther);
    notice.hidden = false;
    const button = notice.querySelector("button");
    button.hidden = !isOther;
    button.addEventListener("click", () => this.discard());
    this.say(this.words.here);
    if (!why && !isOther) this.timer = setTimeout(() => this.save(), QUIET);
  }

  /** Take what the server has, and forget what was typed here. */
  async discard() {
    clearTimeout(this.timer);
    await outbox.kept.drop(this.id);
    location.reload();
  }

  content(step, key) {
    const fields = Object.fromEntries(new FormData(this.form));
    delete fields.form; // that of the page it is sent from counts
    const { place, code } = this.words;
    return { place, code, origin: this.origin, fields: { ...fields, step, key } };
  }

  typed() {
    this.changes += 1;
    this.rubric.judge();
    this.say(this.words.typing);
    this.line = this.line.then(() => this.keep(this.changes));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET);
  }

  async keep(change) {
    if (change !== this.changes || this.isQueued || !outbox.kept.works) return;
    this.id ??= crypto.randomUUID();
    await outbox.kept.put(this.id, this.content("draft", ""), false).then(
      () => change === this.changes && this.say(this.words.here),
      () => this.say(this.words.unkept, true),
    );
  }

  /** Save a draft on the server; with that the device keeps nothing. Of those that wait, the newest goes. */
  async save() {
    clearTimeout(this.timer);
    const turn = this.saves += 1;
    this.line = this.line.then(async () => {
      if (this.isQueued || turn !== this.saves) return;
      const change = this.changes;
      this.saving = new AbortController();
      setTimeout((saving) => saving.abort(), PATIENCE, this.saving);
      const saved = this.standing;
      const key = `${Date.now()}-${Math.random().toString(16).slice(2)}`;
      const outcome = await outbox.post(this.content("draft", key), this.saving.signal);
      if (this.isQueued || change !== this.changes) return;
      if (outcome.version === 0) await this.saved(saved);
      else if (outcome.why) this.say(outcome.why, true);
      else if (outcome.isEnded) this.say(this.words.ended, true);
      else this.say(outbox.kept.works ? this.words.offline : this.words.unkept, !outbox.kept.works);
    });
    await this.line;
  }

  async saved(origin) {
    this.origin = origin;
    if (this.id) await outbox.kept.drop(this.id).catch(() => null);
    this.id = undefined;
    const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    this.say(this.words.saved.replace("{time}", time));
  }

  submit(event) {
    if (event.submitter?.value === "draft") {
      event.preventDefault();
      this.changes += 1;
      this.line = this.line.then(() => this.keep(this.changes));
      this.save();
      return;
    }
    if (!outbox.kept.works) return; // the form goes the plain way, over the page that asks once more
    event.preventDefault();
    this.ask();
  }

  /** Show what is about to be handed in. */
  ask() {
    const list = this.dialog.querySelector("ul");
    list.replaceChildren(...this.rubric.marks().map(({ field, points }) => {
      const item = document.createElement("li");
      item.textContent = `${field.dataset.name}: ${shown(points)}`;
      return item;
    }));
    this.dialog.querySelector("output").textContent = this.rubric.total() ?? "–";
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  async queue() {
    this.isQueued = true;
    clearTimeout(this.timer);
    this.saving?.abort(); // a draft must not come after the sheet
    await this.line;
    this.id ??= crypto.randomUUID();
    try {
      await outbox.kept.put(this.id, this.content("give", crypto.randomUUID()), true);
    } catch {
      this.isQueued = false;
      this.say(this.words.unkept, true);
      return;
    }
    this.lock();
    await outbox.send();
  }

  lock(isEnded = false) {
    this.isQueued = true;
    this.fields.disabled = this.draft.hidden = this.give.hidden = true;
    this.back.hidden = false;
    this.say(isEnded ? this.words.ended : this.words.queued, isEnded);
  }

  unlock() {
    this.isQueued = false;
    this.fields.disabled = this.draft.hidden = this.give.hidden = false;
    this.back.hidden = true;
  }

  /** Take a sheet out of the queue again; if it has arrived after all, the next one is refused. */
  async takeBack() {
    this.unlock();
    this.changes += 1;
    this.line = this.line.then(() => this.keep(this.changes));
  }

  refused(why) {
    this.unlock();
    this.say(why, true);
    this.state.scrollIntoView({ block: "center" });
  }

  leave() {
    location.assign(`${this.words.page}?da=nop`);
  }

  pressed(event) {
    if (!(event.ctrlKey || event.metaKey) || this.isQueued) return;
    const button = { s: this.draft, Enter: this.give }[event.key];
    if (!button) return;
    event.preventDefault();
    this.form.requestSubmit(button);
  }
}

/** Delete what is left of a sheet that is no longer taken. */
async function clear(place) {
  for (const { id, isQueued, content } of await outbox.kept.all())
    if (!isQueued && content.place === place) await outbox.kept.drop(id);
}

const form = document.getElementById("phieu");
if (form) new Sheet(form).begin();
else clear(document.getElementById("khong-nhan").dataset.place);
