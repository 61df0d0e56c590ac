// Wagtail saves a page by itself while somebody writes. A press on a button while such a save is on
// its way sends the page a second time: a new page then gets "this slug is in use" and a stray
// draft beside it. So a press waits until the save has come back, or has taken too long.
(() => {
  const LONGEST_WAIT = 20000;
  let pressed = null;

  const isSaving = () =>
    document.getElementById("w-autosave-indicator")?.dataset.wAutosaveStateValue === "saving";

  function send() {
    if (!pressed) return;
    const { form, button, deadline } = pressed;
    clearTimeout(deadline);
    pressed = { sent: true };
    if (button?.disabled) {
      // Wagtail shows that it is busy by disabling the button; a disabled one is not sent along.
      const { name, value } = button;
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      form.requestSubmit();
    } else {
      form.requestSubmit(button);
    }
  }

  function hold(event) {
    const form = event.target;
    if (pressed?.sent || !form.matches("[data-controller~='w-autosave']") || !isSaving()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(pressed?.deadline);
    pressed = { form, button: event.submitter, deadline: setTimeout(send, LONGEST_WAIT) };
  }

  // The next save, if one is due, begins before the timer runs.
  const goOn = () => setTimeout(() => pressed && !pressed.sent && !isSaving() && send());

  document.addEventListener("submit", hold, true);
  document.addEventListener("w-autosave:success", goOn);
  document.addEventListener("w-autosave:error", goOn);
})();
