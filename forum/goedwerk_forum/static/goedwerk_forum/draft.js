// Keeps what one types, on this device only, until it is sent, wiped, or two weeks old.
const KEY = "gw-concept";
const DAYS = 14;
const WAIT = 400;
const today = () => Math.floor(Date.now() / 864e5);

/** {mark: {fields, base, day, sent}}, without what is too old. */
function kept() {
  let all;
  try {
    all = JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    all = {};
  }
  return Object.fromEntries(Object.entries(all).filter(([, draft]) => today() - draft.day < DAYS));
}

function keep(all) {
  try {
    Object.keys(all).length ? localStorage.setItem(KEY, JSON.stringify(all)) : localStorage.removeItem(KEY);
  } catch {
    // The browser keeps nothing for us: then one types as ever.
  }
}

function change(mark, draft) {
  const all = kept();
  draft ? (all[mark] = draft) : delete all[mark];
  keep(all);
}

const areas = (form) => [...form.querySelectorAll("textarea[name]")];
const choices = (form) => [...form.querySelectorAll("input[type=radio][name]")];
/** The texts that the server put into the form: a draft of other ones is not put over them. */
const baseOf = (form) => areas(form).map((area) => area.defaultValue).join("\n\f");

function typedIn(form) {
  const pairs = [...areas(form), ...choices(form).filter((radio) => radio.checked)];
  return Object.fromEntries(pairs.map((control) => [control.name, control.value]));
}

function putBack(form, fields) {
  for (const area of areas(form)) {
    if (!(area.name in fields)) continue;
    area.value = fields[area.name];
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const radio of choices(form)) {
    if (fields[radio.name] === radio.value) radio.checked = true;
  }
}

function tell(form, words, wipe) {
  const note = form.querySelector("[data-gw-draft-note]");
  if (!note) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "gw-link gw-link--button";
  button.textContent = note.dataset.gwWipe;
  button.addEventListener("click", wipe);
  note.replaceChildren(note.dataset[words], " ", button);
  note.hidden = false;
}

function keepDraftOf(form) {
  const mark = form.dataset.gwDraft;
  if (!mark || form.dataset.gwKeeps) return;
  form.dataset.gwKeeps = "1";
  const base = baseOf(form);
  const isTyped = () => areas(form).some((area) => area.value !== area.defaultValue);
  let timer;
  const save = () => {
    clearTimeout(timer);
    if (form.dataset.gwLeft) return;
    change(mark, isTyped() ? { fields: typedIn(form), base, day: today() } : null);
    if (isTyped()) tell(form, told, wipe);
  };
  const wipe = () => {
    areas(form).forEach((area) => {
      area.value = area.defaultValue;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    clearTimeout(timer);
    change(mark, null);
    form.querySelector("[data-gw-draft-note]").hidden = true;
    areas(form)[0].focus();
  };
  let told = "gwKept";
  const draft = kept()[mark];
  if (draft?.base === base && !isTyped()) {
    putBack(form, draft.fields);
    told = "gwBack";
    tell(form, told, wipe);
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name) return;
    save();
    form.dataset.gwLeft = "1";
    const mine = kept()[mark] ?? { fields: typedIn(form), base, day: today() };
    change(mark, { ...mine, sent: true });
  });
  addEventListener("pagehide", save);
  addEventListener("pageshow", () => delete form.dataset.gwLeft);
}

/** What was sent has arrived: the page after it says so. */
function forgetSent() {
  keep(Object.fromEntries(Object.entries(kept()).filter(([, draft]) => !draft.sent)));
}

const enhance = (root) => root.querySelectorAll("form[data-gw-draft]").forEach(keepDraftOf);
keep(kept());
if (document.querySelector("[data-gw-arrived]")) forgetSent();
enhance(document);
document.addEventListener("gw-form", (event) => enhance(event.target));
document.addEventListener("submit", (event) => event.target.closest("[data-gw-forget]") && keep({}));
