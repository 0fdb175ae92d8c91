// What a sheet adds up to, and what its rubric asks for, while it is typed.

/** Return a mark in thousandths of a point, so that nothing is rounded; null if it is none. */
function thousandths(text) {
  const found = /^\s*(\d{1,3})(?:[.,](\d{1,3}))?\s*$/.exec(text);
  return found ? Number(found[1]) * 1000 + Number((found[2] ?? "").padEnd(3, "0")) : null;
}

const shown = (number, unit = 1000) => String(number / unit).replace(".", ",");

class Rubric {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.fields = document.getElementById("o-nhap");
  }

  marks() {
    const found = [...this.fields.querySelectorAll("input[data-max]")];
    return found.map((field) => ({ field, points: thousandths(field.value) }));
  }

  /** Return the total as it is written, each mark as often as it counts; null while one is missing. */
  total() {
    const marks = this.marks();
    if (marks.some(({ points }) => points === null)) return null;
    const sum = marks.reduce((so_far, { field, points }) =>
      so_far + points * thousandths(field.dataset.weight), 0);
    return shown(sum, 1_000_000);
  }

  /** Check each mark against its scale, and say where words are needed. */
  judge() {
    const sums = {};
    for (const { field, points } of this.marks()) {
      const { max, step, of } = field.dataset;
      sums[of] = points === null ? NaN : (sums[of] ?? 0) + points;
      const isOver = points !== null && points > thousandths(max);
      const isOff = points !== null && points % thousandths(step) !== 0;
      field.setCustomValidity(
        isOver ? this.words.scale.replace("{max}", max.replace(".", ","))
          : isOff ? this.words.step.replace("{step}", step.replace(".", ",")) : "");
    }
    for (const words of this.fields.querySelectorAll("textarea[data-of]")) this.need(words, sums[words.dataset.of], words.dataset);
    const total = this.total();
    const points = total === null ? NaN : Number(total.replace(",", ".")) * 1000;
    this.need(this.form.elements.comment, points, this.words);
    document.querySelector("#tong output").textContent = total ?? "–";
    document.getElementById("tong").hidden = false;
  }

  need(words, points, { below, above }) {
    const isNeeded = (below && points < thousandths(below)) || (above && points > thousandths(above));
    if (below || above) words.setCustomValidity(isNeeded && !words.value.trim() ? this.words.needed : "");
  }
}
