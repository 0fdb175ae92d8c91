// Sends the sheets that wait on this device, each once, from whatever page the judge is on.
//
// A sheet has its key from the moment it is queued: sent again because no answer came, it is the
// same sheet to the server. What people read is in the data- attributes of the page.

const PAUSES = [2000, 5000, 15000, 30000]; // milliseconds between tries; the last one stays
const PATIENCE = 20000; // milliseconds for an answer

class Outbox {
  constructor(place) {
    this.place = place;
    this.words = place.dataset;
    this.said = place.querySelector("span");
    this.kept = new Kept(this.words.person, this.words.key);
    delete place.dataset.key;
    this.tries = 0;
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden || this.send());
    for (const form of document.querySelectorAll('form[action="/dang-xuat"]'))
      form.addEventListener("submit", (event) => this.leave(event, form));
  }

  say(sentence, values = {}, isMistake = false) {
    this.said.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
    this.place.hidden = !sentence;
    this.place.classList.toggle("mistake", isMistake);
    this.place.querySelector("a").hidden = sentence !== this.words.ended;
  }

  /** Send whatever waits; one page at a time. */
  async send() {
    clearTimeout(this.timer);
    if (!this.kept.works) return this.remind();
    if (!navigator.locks) return this.sendAll();
    await navigator.locks.request("sangkien-sheets", () => this.sendAll());
  }

  /** Say on a page that brings no key that something waits. */
  async remind() {
    const count = (await Kept.of(this.words.person)).filter((record) => record.isQueued).length;
    if (count > 0) this.say(this.words.elsewhere, { count });
  }

  async sendAll() {
    for (;;) {
      const waiting = (await this.kept.all()).filter((record) => record.isQueued);
      if (waiting.length === 0) {
        this.tries = 0;
        return;
      }
      const count = waiting.length;
      this.say(this.words.sending, { count });
      const outcome = await this.post(waiting[0].content);
      if (outcome.version) await this.sent(waiting[0]);
      else if (outcome.why) await this.refused(waiting[0], outcome.why);
      else {
        if (outcome.isEnded) this.say(this.words.ended, { count }, true);
        else this.say(this.words.waiting, { count });
        this.tell("waiting", waiting[0], outcome.isEnded);
        this.timer = setTimeout(() => this.send(), PAUSES[Math.min(this.tries, PAUSES.length - 1)]);
        this.tries += 1;
        return;
      }
    }
  }

  /** Say whether a sheet is still queued; its judge may have taken it back while it was sent. */
  async isStill({ id }) {
    return (await Kept.of(this.words.person)).some((record) => record.id === id && record.isQueued);
  }

  async sent({ id, content }) {
    if (await this.isStill({ id })) await this.kept.drop(id);
    this.say(this.words.sent, { code: content.code });
    this.tell("sent", { content });
  }

  async refused({ id, content }, why) {
    if (await this.isStill({ id })) await this.kept.put(id, { ...content, why }, false);
    this.say(this.words.refused, { code: content.code, why }, true);
    this.tell("refused", { content }, why);
  }

  tell(what, { content }, detail) {
    this.place.dispatchEvent(new CustomEvent(what, { detail: { place: content.place, said: detail } }));
  }

  /** Send a sheet or a draft; return its version, why it was refused, or neither without an answer. */
  async post({ place, fields }, signal = AbortSignal.timeout(PATIENCE)) {
    const body = new URLSearchParams({ ...fields, form: this.words.form });
    const headers = { Accept: "application/json" };
    const answer = await fetch(place, { method: "POST", headers, body, signal, redirect: "error" }).catch(() => null);
    // Whoever stands between may answer as well, in words that are not ours.
    const said = await answer?.json().catch(() => null);
    if (answer?.ok && Number.isInteger(said?.version)) return said;
    if (answer?.status === 401 || said?.code === "FormTooOld") return { isEnded: true };
    const isFinal = answer && answer.status < 500 && answer.status !== 429 && said?.code;
    return isFinal ? { why: said.detail } : {};
  }

  /** Let who signs out take nothing along that has not reached the server without being told. */
  async leave(event, form) {
    event.preventDefault();
    const count = (await Kept.of(this.words.person)).length;
    if (count > 0 && !confirm(this.words.leaving.replace("{count}", count))) return;
    await Kept.forget(this.words.person).catch(() => null);
    form.submit();
  }
}

const outbox = new Outbox(document.getElementById("cho-gui"));
outbox.send();
