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
const textsOf = (form) => areas(form).map((area) => area.value);

function typedIn(form) {
  const controls = [...areas(form), ...choices(form).filter((radio) => radio.checked)];
  return Object.fromEntries(controls.map((control) => [control.name, control.value]));
}

function put(area, text) {
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function putBack(form, fields) {
  areas(form).forEach((area) => put(area, fields[area.name] ?? area.value));
  for (const radio of choices(form)) {
    if (fields[radio.name] === radio.value) radio.checked = true;
  }
}

function tell(form, words, wipe) {
  const note = form.querySelector("[data-gw-draft-note]");
  if (!note || (!note.hidden && note.firstChild.data === note.dataset[words])) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "gw-link gw-link--button";
  button.textContent = note.dataset.gwWipe;
  button.addEventListener("click", wipe);
  note.replaceChildren(note.dataset[words], " ", button);
  note.hidden = false;
}

/** Keeps what is typed in a form over the texts that stood in it at first: its base. */
function keepDraftOf(form) {
  const mark = form.dataset.gwDraft;
  if (!mark || form.dataset.gwKeeps) return;
  form.dataset.gwKeeps = "1";
  const draft = kept()[mark];
  // A form that comes back with an error holds what was typed: its base is still the earlier one.
  const base = draft?.sent ? draft.base : areas(form).map((area) => area.defaultValue);
  const isTyped = () => String(textsOf(form)) !== String(base);
  let told = "gwKept";
  let timer;
  let isToKeep = false;
  let wasKept = false;
  const save = (more = {}) => {
    clearTimeout(timer);
    isToKeep = false;
    change(mark, isTyped() ? { fields: typedIn(form), base, day: today(), ...more } : null);
    if (isTyped()) tell(form, told, wipe);
  };
  const wipe = () => {
    areas(form).forEach((area, index) => put(area, base[index]));
    save();
    form.querySelector("[data-gw-draft-note]").hidden = true;
    areas(form)[0].focus();
  };
  if (draft && !isTyped() && String(draft.base) === String(base)) {
    putBack(form, draft.fields);
    told = "gwBack";
  }
  if (isTyped()) save();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    isToKeep = true;
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => isTyped() && save({ sent: true }));
  // A second window in which nothing was typed leaves the draft of the first one alone.
  addEventListener("pagehide", () => {
    if (!form.isConnected) return;
    if (isToKeep) save();
    wasKept = mark in kept();
  });
  // Going back to a page whose words arrived, or were wiped: it begins anew, not with those words.
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !form.isConnected || !wasKept || mark in kept()) return;
    areas(form).forEach((area, index) => (area.value = base[index]));
    location.reload();
  });
}

/** The page after sending names the draft that arrived; what was typed there since stays. */
function forgetArrived({ gwArrived }) {
  if (kept()[gwArrived]?.sent) change(gwArrived);
}

const enhance = (root) => root.querySelectorAll("form[data-gw-draft]").forEach(keepDraftOf);
keep(kept());
document.querySelectorAll("[data-gw-arrived]").forEach((place) => forgetArrived(place.dataset));
if (document.querySelector("[data-gw-gone]")) keep({});
enhance(document);
document.addEventListener("gw-form", (event) => enhance(event.target));
document.addEventListener("submit", (event) => event.target.closest("[data-gw-forget]") && keep({}));
