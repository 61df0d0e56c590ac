/* Passkeys: asks the device, and sends what it answers with the form.

   A form with data-gw-passkey is hidden, where there is another way, until the browser is known to
   have passkeys. "create" and "get" bring their options along; "ask" fetches them when pressed, so
   that the sign-in page is the same for everybody. */
"use strict";

(() => {
  const device = window.webauthnJSON;
  if (!device || !device.supported()) return;

  const ask = {
    create: (form) => device.create({ publicKey: chosen(form, JSON.parse(form.dataset.options).publicKey) }),
    get: (form) => device.get(JSON.parse(form.dataset.options)),
    ask: async (form) => {
      const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
      return device.get((await answer.json()).request_options);
    },
  };

  /* A passkey that stands in for the password is kept by the device, and asks who is there. */
  function chosen(form, options) {
    const alone = form.elements.passwordless;
    if (!alone || !alone.checked) return options;
    const selection = { ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return { ...options, authenticatorSelection: selection };
  }

  for (const form of document.querySelectorAll("[data-gw-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-gw-passkey-failed]");
      failed.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await ask[form.dataset.gwPasskey](form));
      } catch {
        failed.hidden = false;
        return;
      }
      form.submit();
    });
  }
})();
