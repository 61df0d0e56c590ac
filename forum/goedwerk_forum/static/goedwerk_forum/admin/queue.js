// The queue by keyboard. Every key presses what a link or button on the page does too; a key that
// decides does not exist: it only chooses. Who turned Wagtail's shortcuts off has no letters here.
(() => {
  const sheet = document.querySelector("[data-gw-keys]");
  const isOn = sheet?.dataset.gwKeys === "on";
  const list = () => document.querySelector("[data-gw-list]");
  const rows = () => [...(list()?.querySelectorAll("tbody tr") ?? [])];
  const link = (selector) => document.querySelector(selector);
  const words = () => document.querySelector("#id_words");

  // --- the list -----------------------------------------------------------------------------

  let here = -1;

  function go(step) {
    const all = rows();
    if (!all.length) return;
    all[here]?.classList.remove("gw-here");
    here = Math.max(0, Math.min(all.length - 1, here + step));
    all[here].classList.add("gw-here");
    all[here].querySelector("td.title a")?.focus();
  }

  const inList = {
    j: () => go(1),
    k: () => go(here < 0 ? 1 : -1),
    o: () => rows()[here]?.querySelector("td.title a")?.click(),
    x: () => rows()[here]?.querySelector("input[name=seen]")?.click(),
  };

  // --- the case -----------------------------------------------------------------------------

  function choose(action) {
    const radio = document.querySelector(`#gw-decision input[name=action][value=${action}]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    radio.focus();
  }

  function point() {
    const chosen = getSelection();
    const text = document.querySelector("[data-gw-judged]");
    if (!chosen.toString().trim() || !text?.contains(chosen.anchorNode)) return;
    const free = [...document.querySelectorAll("#gw-decision [name^=mark_]")].find((field) => !field.value);
    if (!free) return;
    // The numbers of marks stand in the text on the page, and not in the text itself.
    const copy = chosen.getRangeAt(0).cloneContents();
    copy.querySelectorAll(".gw-word__n").forEach((number) => number.remove());
    free.closest("details").open = true;
    free.value = copy.textContent.trim();
    choose("return");
    document.querySelector(`#gw-decision [name=${free.name.replace("mark", "instead")}]`)?.focus();
  }

  const atCase = {
    j: () => link(".gw-walk a[rel=next]")?.click(),
    k: () => link(".gw-walk a[rel=prev]")?.click(),
    l: () => link(".gw-walk a")?.click(),
    p: () => choose("publish"),
    t: () => choose("return"),
    w: () => choose("reject"),
    v: () => choose("hide"),
    r: () => document.querySelector("#id_reason")?.focus(),
    n: () => document.querySelector("#id_text")?.focus(),
    s: () => document.querySelector("#gw-skip")?.requestSubmit(),
    m: point,
  };

  const everywhere = {
    u: () => document.querySelector("[data-gw-undo]")?.requestSubmit(),
    "?": () => sheet.showModal(),
  };

  function isTyping(target) {
    return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog");
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const keys = { ...everywhere, ...(document.querySelector(".gw-walk") ? atCase : inList) };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  if (isOn) {
    // First on the way down: "?" shows these keys here, not those of the whole admin.
    for (const type of ["keydown", "keypress"]) {
      window.addEventListener(type, (event) => (type === "keydown" ? press(event) : event.key === "?" && !isTyping(event.target) && event.stopImmediatePropagation()), true);
    }
  }

  // --- without keys -------------------------------------------------------------------------

  function showAll() {
    const button = document.querySelector("[data-gw-all]");
    if (button) button.hidden = false;
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-gw-all]")) return;
    const boxes = [...list().querySelectorAll("input[name=seen]")];
    const missing = boxes.some((box) => !box.checked);
    boxes.forEach((box) => (box.checked = missing));
  });
  document.addEventListener("w-swap:success", showAll);
  showAll();

  // A text to start from goes into the field at once; a button does it where this does not run.
  const canned = document.querySelector("#id_canned");
  const insert = document.querySelector("[data-gw-insert]");
  if (canned && insert && words()) {
    insert.hidden = true;
    canned.addEventListener("change", () => {
      const text = canned.selectedOptions[0]?.dataset.gwText;
      if (!text) return;
      words().value = [words().value.trim(), text].filter(Boolean).join("\n\n");
      words().dispatchEvent(new Event("input", { bubbles: true }));
      canned.value = "";
      words().focus();
    });
  }

  // The way back is open for a minute, and then it is gone.
  const undo = document.querySelector("[data-gw-undo]");
  if (undo) setTimeout(() => undo.remove(), 60000);
})();
