// <toast-stack>: what has just happened, said once, in a status region that is read out.
const SHOWN_MS = 6000;

class ToastStack extends HTMLElement {
  connectedCallback() {
    document.addEventListener("say", (event) => {
      const { text, bad, value } = event.detail ?? {};
      this.say(text ?? value ?? (bad ? this.dataset.failed : ""), bad);
    });
    document.addEventListener("htmx:sendError", () => this.say(this.dataset.offline, true));
    document.addEventListener("htmx:responseError", (event) => {
      if (event.detail.xhr.status !== 401) this.say(this.dataset.failed, true);
    });
  }

  say(text, bad = false) {
    if (!text) return;
    const toast = document.createElement("div");
    toast.className = bad ? "toast is-bad" : "toast";
    const words = document.createElement("span");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", this.dataset.close);
    close.addEventListener("click", () => toast.remove());
    toast.append(words, close);
    this.place();
    this.append(toast);
    if (!bad) setTimeout(() => toast.remove(), SHOWN_MS);
    while (this.children.length > 3) this.firstChild.remove();
  }

  // An open sheet is above everything else: the toasts go into it, and come back.
  place() {
    const home = document.querySelector("dialog[open]") ?? document.body;
    if (this.parentElement !== home) home.append(this);
  }
}

customElements.define("toast-stack", ToastStack);
