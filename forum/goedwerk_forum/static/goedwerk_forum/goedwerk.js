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
  root.querySelectorAll("form[data-gw-once]").forEach(sendOnce);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-gw-inline]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  openInPlace(link);
});
enhance(document);
document.querySelector("[data-gw-errors]")?.focus();
