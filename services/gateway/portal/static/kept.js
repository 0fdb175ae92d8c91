// Keeps what a judge has typed in this browser, as ciphertext that only their own sign-in opens.
//
// In clear are an opaque id of the person, whether a record waits to be sent, and when it was
// kept. A record goes as soon as the server has what is in it, and when its person signs out.

/** A promise of what an IndexedDB request comes to. */
const answered = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

class Kept {
  constructor(person, key) {
    this.person = person;
    this.written = key;
  }

  /** Return whether anything can be kept here: not without the person's key, nor over plain HTTP. */
  get works() {
    return Boolean(this.written && globalThis.crypto?.subtle && globalThis.indexedDB);
  }

  static async database() {
    const request = indexedDB.open("sangkien", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath: "id" });
    return answered(request);
  }

  /** Ask the store for something; a write is on the disk before it returns. */
  static async ask(mode, question) {
    const database = await Kept.database();
    try {
      const work = database.transaction("kept", mode, { durability: "strict" });
      const ended = new Promise((done, failed) => {
        work.oncomplete = done;
        work.onabort = () => failed(work.error);
      });
      const found = await answered(question(work.objectStore("kept")));
      await ended;
      return found;
    } finally {
      database.close();
    }
  }

  /** Return the records of a person, still sealed; none where the browser keeps nothing. */
  static async of(person) {
    if (!globalThis.indexedDB) return [];
    const found = await Kept.ask("readonly", (store) => store.getAll()).catch(() => []);
    return found.filter((record) => record.person === person);
  }

  static async forget(person) {
    for (const { id } of await Kept.of(person)) await Kept.ask("readwrite", (store) => store.delete(id));
  }

  key() {
    this.made ??= crypto.subtle.importKey("raw", bytesOf(this.written), "AES-GCM", false, ["encrypt", "decrypt"]);
    return this.made;
  }

  async put(id, content, isQueued) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(content));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key(), text);
    const record = { id, person: this.person, isQueued, at: Date.now(), iv, sealed };
    await Kept.ask("readwrite", (store) => store.put(record));
  }

  /** Return the person's records, opened; what was sealed to an earlier key stays unread. */
  async all() {
    if (!this.works) return [];
    const opened = [];
    for (const { id, isQueued, iv, sealed } of await Kept.of(this.person)) {
      try {
        const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.key(), sealed);
        opened.push({ id, isQueued, content: JSON.parse(new TextDecoder().decode(text)) });
      } catch {
        // of a password that is no longer theirs
      }
    }
    return opened;
  }

  drop(id) {
    return Kept.ask("readwrite", (store) => store.delete(id));
  }
}
