// Scrolls the two texts of a report together; without it every passage is linked to its place.
const left = document.getElementById("trai");
const right = document.getElementById("phai");
const together = document.getElementById("together");

// The passages both texts show, in the left one's order: [place left, place right].
const pairs = [...left.querySelectorAll(".at")]
  .map((here) => [here, document.getElementById(here.id.replace(/^d-/, "n-"))])
  .filter(([, there]) => there);

const topIn = (pane, place) => place.getBoundingClientRect().top - pane.getBoundingClientRect().top;

// What a script has scrolled does not scroll the other one back.
let leader = null;
let quiet = 0;

function follow(pane, other, own) {
  if (!together.checked || pairs.length === 0 || (leader !== pane && Date.now() < quiet)) return;
  leader = pane;
  quiet = Date.now() + 150;
  const nearest = pairs.reduce((best, pair) =>
    Math.abs(topIn(pane, pair[own])) < Math.abs(topIn(pane, best[own])) ? pair : best);
  other.scrollTop += topIn(other, nearest[1 - own]) - topIn(pane, nearest[own]);
}

if (pairs.length > 0) {
  document.querySelector(".together").hidden = false;
  left.addEventListener("scroll", () => follow(left, right, 0), { passive: true });
  right.addEventListener("scroll", () => follow(right, left, 1), { passive: true });
}
