// Makes replying easier where there is script; every page does the same work without it.
const FRAGMENT = { headers: { "X-Goedwerk-Fragment": "1" }, credentials: "same-origin" };

/** Puts the reply form under the contribution; anything unexpected becomes an ordinary visit. */
async function openInPlace(link) {
  const address = new URL(link.href);
  let response;
  try {
    response = await fetch(address, FRAGMENT);
  } catch {
    return location.assign(address);
  }
  const isForm = [200, 409, 422].includes(response.status) && !response.redirected;
  const parsed = isForm && new DOMParser().parseFromString(await response.text(), "text/html");
  const form = parsed && parsed.querySelector(".gw-inline");
  if (!form) return location.assign(address);
  document.querySelector(".gw-inline")?.remove();
  link.closest("article").append(document.adoptNode(form));
  addCancel(form, link);
  enhance(form);
  form.dispatchEvent(new Event("gw-form", { bubbles: true }));
  (form.querySelector("[data-gw-errors]") ?? form.querySelector("textarea"))?.focus();
}

function addCancel(form, link) {
  const buttons = form.querySelector(".gw-btns");
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "gw-link gw-link--button";
  cancel.textContent = form.dataset.gwCancel;
  cancel.addEventListener("click", () => {
    form.remove();
    link.focus();
  });
  buttons?.append(cancel);
}

function countCharacters(area) {
  const line = area.closest(".gw-field").querySelector("[data-gw-count]");
  if (!line) return;
  const update = () => {
    const left = Number(area.dataset.gwMax) - [...area.value.trim()].length;
    line.textContent = (left < 0 ? line.dataset.gwOver : line.dataset.gwLeft).replace("#", Math.abs(left));
    line.classList.toggle("gw-help--over", left < 0);
  };
  line.hidden = false;
  area.addEventListener("input", update);
  update();
}

const LIVE = ["preview", "replace", "restore"];

/** Looking, putting in and putting back without leaving the page; anything unexpected leaves it. */
function lookInPlace(form) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!LIVE.includes(button?.name) || form.dataset.gwLeave) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const area = form.querySelector("textarea");
    if (area.readOnly) return;
    area.readOnly = true;
    const isDone = await swapIn(form, area, button);
    area.readOnly = false;
    if (isDone) return;
    form.dataset.gwLeave = "1";
    form.requestSubmit(button);
  });
}

/** Puts what the server answers into the form: the text, what was seen and kept, the preview. */
async function swapIn(form, area, button) {
  const body = new FormData(form);
  body.append(button.name, button.value);
  const headers = form.closest(".gw-inline") ? FRAGMENT.headers : {};
  let fresh;
  try {
    const response = await fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
    if (response.status !== 200 || response.redirected) return false;
    fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("form.gw-form");
  } catch {
    return false;
  }
  const [shown, there] = [fresh, form].map((root) => root?.querySelector("#gw-voorbeeld"));
  if (!shown) return false;
  const text = fresh.querySelector("textarea").value;
  if (area.value !== text) {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const mark of ["seen", "version"])
    if (form.elements[mark] && fresh.elements[mark]) form.elements[mark].value = fresh.elements[mark].value;
  document.adoptNode(shown);
  there ? there.replaceWith(shown) : form.querySelector("[data-gw-preview]").after(shown);
  (shown.querySelector("[autofocus]") ?? shown).focus();
  return true;
}

/** The second press does nothing; coming back to the page makes the buttons work again. */
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.gwSent) event.preventDefault();
    form.dataset.gwSent = "1";
  });
  addEventListener("pageshow", () => delete form.dataset.gwSent);
}

function enhance(root) {
  root.querySelectorAll("[data-gw-max]").forEach(countCharacters);
  root.querySelectorAll("form[data-gw-once]").forEach((form) => {
    lookInPlace(form);
    sendOnce(form);
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-gw-inline]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  openInPlace(link);
});
enhance(document);
document.querySelector("[data-gw-errors]")?.focus();
