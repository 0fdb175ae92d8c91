// Hands a paper to the signing agent's script; without that the page's own forms do.
const button = document.getElementById("goi-ky");
const told = document.getElementById("ket-qua");

function answered(reply) {
  let answer = {};
  try { answer = JSON.parse(reply); } catch { answer = { Message: String(reply) }; }
  told.textContent = answer.Message || "";
  if (answer.Status === 0) location.assign(button.dataset.then);
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const sign = window[button.dataset.call];
    if (typeof sign !== "function") {
      told.textContent = button.dataset.missing;
      return;
    }
    told.textContent = button.dataset.waiting;
    sign(button.dataset.task, answered);
  });
}
