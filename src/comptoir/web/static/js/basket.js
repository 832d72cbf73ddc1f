// Putting something into the basket without leaving the page, and the count in the frame.
// The buttons belong to the page's "acts" form, or to a form of their own, and work without this file.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-basket]");
  if (!button || event.ctrlKey || event.metaKey || button.ariaBusy === "true") return;
  event.preventDefault();
  put(button);
});

async function put(button) {
  const body = new URLSearchParams(new FormData(button.form));
  const csrf = document.querySelector("#acts [name=csrfmiddlewaretoken]").value;
  if (button.name) body.set(button.name, button.value);
  button.ariaBusy = "true";
  try {
    const answer = await fetch(button.getAttribute("formaction"), {
      method: "POST",
      body,
      headers: { "HX-Request": "true", "HX-Current-URL": location.href, "X-CSRFToken": csrf },
    });
    const elsewhere = answer.headers.get("HX-Redirect");
    if (elsewhere) location.assign(elsewhere);
    else if (answer.ok) told(JSON.parse(answer.headers.get("HX-Trigger")));
    else say({ text: await words(answer), bad: true });
  } catch {
    say({ text: document.querySelector("toast-stack")?.dataset.offline, bad: true });
  } finally {
    button.ariaBusy = null;
  }
}

function told(events) {
  for (const [name, detail] of Object.entries(events)) document.dispatchEvent(new CustomEvent(name, { detail }));
}

async function words(answer) {
  if (![409, 422, 429].includes(answer.status)) return undefined;
  return new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim();
}

function say(detail) {
  document.dispatchEvent(new CustomEvent("say", { detail }));
}

document.addEventListener("basketcount", (event) => {
  const { pieces } = event.detail;
  for (const count of document.querySelectorAll(".basket-count")) {
    count.textContent = pieces > 99 ? "99+" : pieces;
    count.hidden = !pieces;
  }
});

// What was pressed may have left the basket with its line: the keyboard stays in it.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "basket" && document.activeElement === document.body) target.focus({ preventScroll: true });
});
