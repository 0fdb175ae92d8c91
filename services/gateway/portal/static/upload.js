// Uploads a file in parts, straight to the store, and goes on where an earlier try has stopped.
//
// Nothing is kept in the browser: the digests of its parts find the upload of a file again, and
// the store says which parts it has. What people read is in the form's data- attributes.

const PART_BYTES = 8 * 1024 * 1024;
const PAUSES = [1000, 3000, 9000]; // milliseconds before each further try of a part

class Refused extends Error {} // the platform said no, in words for people
class Cut extends Error {} // no answer, or one that may be another in a moment
class Paused extends Error {} // by whoever looks at the page

const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Return the SHA-256 of each part, in hex. */
async function digests(file) {
  const found = [];
  for (let start = 0; start < file.size; start += PART_BYTES) {
    const bytes = await file.slice(start, start + PART_BYTES).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    found.push(Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return found;
}

class Upload {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.bar = form.querySelector("progress");
    this.said = form.querySelector(".said");
    this.start = form.querySelector("button:not(.pause)");
    this.button = form.querySelector(".pause");
    this.chooser = form.querySelector("input[type=file]");
    this.place = form.getAttribute("action");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run(this.chooser.files[0]);
    });
    this.button.addEventListener("click", () => (this.running ? this.pause() : this.run(this.file)));
  }

  say(sentence, isMistake = false) {
    this.said.textContent = sentence;
    this.said.classList.toggle("mistake", isMistake);
  }

  show(running, canGoOn) {
    this.running = running;
    this.start.disabled = this.chooser.disabled = running;
    this.button.hidden = !(running || canGoOn);
    this.button.textContent = running ? this.words.pause : this.words.resume;
  }

  pause() {
    this.isPaused = true;
    this.sending?.abort();
  }

  async run(file) {
    if (!file) return;
    if (!globalThis.crypto?.subtle) {
      this.say(this.words.insecure, true);
      return;
    }
    this.isPaused = false;
    this.show(true, true);
    try {
      await this.send(file);
      this.show(false, false);
      this.say(this.words.done);
      this.form.reset();
      await this.renew();
    } catch (problem) {
      const canGoOn = problem instanceof Cut || problem instanceof Paused;
      this.show(false, canGoOn);
      if (problem instanceof Paused) this.say(this.words.paused);
      else if (problem instanceof Cut) this.say(this.words.cut, true);
      else if (problem instanceof Refused) {
        this.say(problem.message, true);
        await this.renew();
      } else {
        this.file = null; // it was moved or changed since it was chosen
        this.say(this.words.unreadable, true);
      }
    }
  }

  /** Show what the dossier has now. */
  async renew() {
    this.bar.hidden = true;
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const section = this.form.closest("section");
    const now = page.getElementById(section.id)?.querySelector(".had");
    if (now) section.querySelector(".had").replaceWith(now);
  }

  async send(file) {
    if (file !== this.file) {
      this.say(this.words.reading);
      this.parts = await digests(file);
      this.file = file;
    }
    const fields = { code: this.form.elements.code.value, file_name: file.name, size: file.size };
    const begun = await this.ask(this.place, fields, this.parts);
    const address = `${this.place}/${begun.document_id}`;
    this.button.hidden = false;
    const upload = await this.ask(address);
    let there = 0;
    const count = upload.parts.length;
    let sent = 0;
    this.bar.hidden = false;
    const progressed = (bytes) => (this.bar.value = (sent + bytes) / file.size);
    const tell = () =>
      this.say(this.words.going.replace("{done}", there).replace("{all}", count));
    for (const part of upload.parts.filter((one) => one.there)) {
      there += 1;
      sent += part.size;
    }
    progressed(0);
    tell();
    for (const part of upload.parts.filter((one) => !one.there)) {
      await this.put(file, part, address, progressed);
      there += 1;
      sent += part.size;
      progressed(0);
      tell();
    }
    this.button.hidden = true; // there is nothing to pause any more
    this.say(this.words.checking);
    await this.ask(address, { key: crypto.randomUUID() });
  }

  /** PUT one part, with three further tries; an address that has aged is asked for anew. */
  async put(file, part, address, progressed) {
    const start = (part.number - 1) * PART_BYTES;
    const bytes = file.slice(start, start + part.size);
    let { url } = part;
    for (const pause of [...PAUSES, null]) {
      if (this.isPaused) throw new Paused();
      const status = await this.transfer(url, bytes, progressed);
      if (status === 200) return;
      if (this.isPaused) throw new Paused();
      if (pause === null) throw new Cut();
      await rest(pause);
      if (status === 403) {
        const fresh = await this.ask(address);
        url = fresh.parts.find((one) => one.number === part.number)?.url ?? url;
      }
    }
  }

  /** Send bytes; return the status, 0 without an answer. fetch() tells no progress of sending. */
  transfer(url, bytes, progressed) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      this.sending = request;
      request.upload.addEventListener("progress", (event) => progressed(event.loaded));
      request.addEventListener("loadend", () => done(request.status));
      request.open("PUT", url);
      request.send(bytes);
    });
  }

  /** Ask the portal, with a form where there are fields; raise Refused with its sentence. */
  async ask(address, fields, parts = []) {
    const options = { headers: { Accept: "application/json" } };
    if (fields) {
      const form = this.form.elements.form.value;
      options.method = "POST";
      options.body = new URLSearchParams({ form, ...fields });
      for (const part of parts) options.body.append("part", part);
    }
    for (const pause of [...PAUSES, null]) {
      if (this.isPaused) throw new Paused();
      const answer = await fetch(address, options).catch(() => null);
      if (answer?.ok) return answer.status === 204 ? null : answer.json();
      if (answer?.status === 401) throw new Refused(this.words.ended);
      if (answer && answer.status < 500) {
        const problem = await answer.json().catch(() => null); // a proxy on the way has other words
        if (problem?.detail) throw new Refused(problem.detail);
      }
      if (pause === null) throw new Cut();
      await rest(pause);
    }
    throw new Cut();
  }
}

for (const form of document.querySelectorAll("form.upload")) new Upload(form);
