// <photo-pick>: pick, drag or paste photos; see them; say what they show; put them in order.
// The <input type=file multiple> inside stays the truth: its files and the alt texts (one input
// named "alt" a photo, in the same order) are what the form sends. The words come from data-*.
class PhotoPick extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector(".photo-list");
    this.most = Number(this.dataset.most ?? 10);
    this.photos = [];
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (event) => this.over(event));
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, () => this.classList.remove("is-over"));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
    this.closest("form").addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (files.length) event.preventDefault();
      this.add(files);
    });
  }

  over(event) {
    event.preventDefault();
    this.classList.add("is-over");
  }

  add(files) {
    const shots = files.filter((file) => file.type.startsWith("image/"));
    const known = new Set(this.photos.map((photo) => photo.file));
    const room = this.most - this.photos.length;
    const fresh = shots.filter((file) => !known.has(file));
    if (fresh.length > room) this.say(this.dataset.tooMany);
    if (shots.length < files.length) this.say(this.dataset.notPhoto);
    for (const file of fresh.slice(0, Math.max(room, 0))) this.photos.push(this.made(file));
    this.show();
  }

  made(file) {
    const row = document.createElement("li");
    row.className = "photo-item";
    row.innerHTML = `<figure><img alt=""></figure><div class="field"><label class="field-label"></label>
<textarea class="control" name="alt" rows="2" maxlength="500"></textarea><div class="photo-item-acts"></div></div>`;
    const image = row.querySelector("img");
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    const id = `alt-${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
    row.querySelector("label").textContent = this.dataset.alt;
    row.querySelector("label").htmlFor = id;
    row.querySelector("textarea").id = id;
    const photo = { file, row };
    const acts = row.querySelector(".photo-item-acts");
    acts.append(
      this.press(this.dataset.earlier, () => this.move(photo)),
      this.press(this.dataset.remove, () => this.drop(photo)),
    );
    return photo;
  }

  press(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-quiet is-small";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  move(photo) {
    const place = this.photos.indexOf(photo);
    if (place === 0) return;
    this.photos.splice(place, 1);
    this.photos.splice(place - 1, 0, photo);
    this.show(true);
  }

  drop(photo) {
    this.photos = this.photos.filter((other) => other !== photo);
    this.show(true);
  }

  show(moved = false) {
    const files = new DataTransfer();
    for (const photo of this.photos) files.items.add(photo.file);
    this.input.files = files.files;
    this.list.replaceChildren(...this.photos.map((photo) => photo.row));
    this.dispatchEvent(new CustomEvent("photos", { bubbles: true, detail: { moved } }));
  }

  say(text) {
    document.dispatchEvent(new CustomEvent("say", { detail: { text, bad: true } }));
  }
}

customElements.define("photo-pick", PhotoPick);
