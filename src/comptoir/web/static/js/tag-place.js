// <tag-place>: puts a product that is tagged in the form at a point of one of its photos.
// Each row [data-tag] holds an input named "point", empty or "photo,x,y": the photo's place in the
// form from 0, and thousandths of its width and height. Without this file tags go under the photo.
class TagPlace extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-place]");
      if (button) this.begin(button.closest("[data-tag]"));
    });
    this.form.addEventListener("click", (event) => this.put(event));
    this.form.addEventListener("photos", (event) => this.photosChanged(event.detail.moved));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.end();
    });
    this.addEventListener("htmx:afterSettle", () => this.draw());
    this.draw();
  }

  get figures() {
    return [...this.form.querySelectorAll(".photo-item figure")];
  }

  begin(row) {
    if (!this.figures.length) {
      document.dispatchEvent(new CustomEvent("say", { detail: { text: this.dataset.noPhoto, bad: true } }));
      return;
    }
    this.row = row;
    for (const figure of this.figures) figure.classList.add("is-placing");
    this.figures[0].scrollIntoView({ block: "center" });
    document.dispatchEvent(new CustomEvent("say", { detail: { text: this.dataset.tap } }));
  }

  put(event) {
    const figure = event.target.closest(".photo-item figure");
    if (!figure || !this.row) return;
    const box = figure.querySelector("img").getBoundingClientRect();
    const thousandth = (at, from, size) => Math.round(Math.min(Math.max((at - from) / size, 0), 1) * 1000);
    const x = thousandth(event.clientX, box.left, box.width);
    const y = thousandth(event.clientY, box.top, box.height);
    this.row.querySelector("[name=point]").value = `${this.figures.indexOf(figure)},${x},${y}`;
    this.end();
    this.draw();
  }

  end() {
    this.row = null;
    for (const figure of this.figures) figure.classList.remove("is-placing");
  }

  // When photos change places, a point would be on the wrong one: it goes under them again.
  photosChanged(moved) {
    if (moved) for (const input of this.querySelectorAll("[name=point]")) input.value = "";
    this.draw();
  }

  draw() {
    for (const dot of this.form.querySelectorAll(".photo-dot")) dot.remove();
    [...this.querySelectorAll("[data-tag]")].forEach((row, index) => {
      const [photo, x, y] = row.querySelector("[name=point]").value.split(",").map(Number);
      const figure = this.figures[photo];
      if (!figure || Number.isNaN(y)) return;
      const dot = document.createElement("span");
      dot.className = "photo-dot";
      dot.textContent = index + 1;
      dot.style.left = `${x / 10}%`;
      dot.style.top = `${y / 10}%`;
      figure.append(dot);
    });
  }
}

customElements.define("tag-place", TagPlace);
