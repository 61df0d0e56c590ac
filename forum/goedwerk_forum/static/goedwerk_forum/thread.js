// Moves through the dialogue by keyboard: j and k, and n for what is new. Only while the focus is in
// the dialogue and not where one types, so that the keys mean nothing anywhere else.
const MOVES = { j: 1, k: -1, n: 1 };
const TYPED_IN = "input, textarea, select, [contenteditable]";
const talk = document.getElementById("dialoog");

const places = () => [...talk.querySelectorAll("article[id^='b-']")];

/** Opens what is folded around a place, so that it can be seen. */
function unfold(place) {
  for (let box = place.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}

function goTo(place) {
  unfold(place);
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView();
}

/** The next place in a direction, seen from where the focus is. */
function next(key) {
  const isWanted = (place) => key !== "n" || place.querySelector("[data-gw-new]");
  const from = document.activeElement.closest("article[id^='b-']") ?? document.activeElement;
  const after = MOVES[key] > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const there = places().filter(
    (place) => place !== from && from.compareDocumentPosition(place) & after && isWanted(place),
  );
  return MOVES[key] > 0 ? there[0] : there.at(-1);
}

function press(event) {
  if (!(event.key in MOVES) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(TYPED_IN)) return;
  const place = next(event.key);
  if (!place) return;
  event.preventDefault();
  goTo(place);
}

/** Where the address points into something folded, for browsers that leave it folded. */
function showTarget() {
  const place = talk.querySelector(":target");
  if (place?.closest("details:not([open])")) goTo(place);
}

if (talk) {
  talk.addEventListener("keydown", press);
  talk.querySelector("[data-gw-keys]")?.removeAttribute("hidden");
  addEventListener("hashchange", showTarget);
  showTarget();
}
