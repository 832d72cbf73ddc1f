// <search-suggest>: proposals while one types, as WAI-ARIA's combobox with a list has it: the caret
// stays in the field, arrows walk through the list, Enter takes, Escape closes.
class SearchSuggest extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.box = this.querySelector(".suggestions");
    this.status = this.querySelector("[role=status]");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestion-list",
    })) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("blur", () => this.close());
    this.field.form.addEventListener("submit", () => this.close());
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.box.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
    });
  }

  get options() {
    return [...this.box.querySelectorAll("[role=option]")];
  }

  typed() {
    clearTimeout(this.soon);
    this.asked?.abort();
    if (this.field.value.trim().length < 2) return this.close();
    this.soon = setTimeout(() => this.ask(), 120);
  }

  async ask() {
    this.asked = new AbortController();
    const from = `${this.dataset.from}?q=${encodeURIComponent(this.field.value)}`;
    try {
      const answer = await fetch(from, { signal: this.asked.signal });
      if (answer.ok) this.show(await answer.text());
    } catch {
      // Typed on, or no network: the form works without proposals.
    }
  }

  show(html) {
    if (document.activeElement !== this.field) return;
    this.box.innerHTML = html;
    const count = this.options.length;
    this.box.hidden = count === 0;
    this.field.setAttribute("aria-expanded", String(count > 0));
    this.field.removeAttribute("aria-activedescendant");
    this.status.textContent = count ? this.dataset.says.replace("{n}", count) : "";
  }

  close() {
    clearTimeout(this.soon);
    this.asked?.abort();
    this.box.hidden = true;
    this.box.innerHTML = "";
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    const options = this.options;
    if (event.isComposing || options.length === 0) return;
    const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && now >= 0) this.take(options[now]);
    else if (event.key === "ArrowDown") this.point(options, now + 1 < options.length ? now + 1 : -1);
    else if (event.key === "ArrowUp") this.point(options, now < 0 ? options.length - 1 : now - 1);
    else return;
    event.preventDefault();
  }

  // -1 is the field itself.
  point(options, at) {
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }

  take(option) {
    if (option.dataset.href) return location.assign(option.dataset.href);
    this.field.value = option.dataset.words;
    this.close();
    this.field.form.requestSubmit();
  }
}
customElements.define("search-suggest", SearchSuggest);
