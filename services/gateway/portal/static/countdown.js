// Makes the time that is left tick, by the server's clock: what the page says without it is right
// at the moment it was made. Read out by a screen reader only when somebody goes to it.

const MINUTE = 60000;

class Countdown {
  constructor(place) {
    this.place = place;
    this.until = Date.parse(place.dataset.until);
    this.drift = Date.parse(place.dataset.now) - Date.now();
    this.tick();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  tick() {
    const left = this.until - (Date.now() + this.drift);
    if (left <= 0) {
      clearInterval(this.timer);
      this.place.textContent = this.place.dataset.over;
      return;
    }
    const seconds = Math.ceil(left / 1000);
    const parts = {
      days: Math.floor(seconds / 86400),
      hours: Math.floor((seconds % 86400) / 3600),
      minutes: Math.floor((seconds % 3600) / 60),
      seconds: seconds % 60,
    };
    const words = left < 60 * MINUTE ? this.place.dataset.short : this.place.dataset.long;
    this.place.textContent = words.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  }
}

for (const place of document.querySelectorAll("[data-until]")) new Countdown(place);
