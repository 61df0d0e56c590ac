/* The workbench by keyboard, and without a new page for each step.

Nothing here is needed: each button submits the form. With this script the answer takes the place
of the workbench, keys work while the findings have focus, and a pause in typing keeps the text.
The page under /beheer/ of the admin is the only place where it runs. */
(() => {
  "use strict";

  const PAUSE = 1500;
  let busy = Promise.resolve();
  let timer = 0;
  let isDirty = false;

  const bench = () => document.getElementById("gw-bench");
  const form = () => bench() && bench().querySelector("form.gw-bench");

  async function send(submitter) {
    const current = form();
    const data = new FormData(current);
    if (submitter && submitter.name) data.set(submitter.name, submitter.value);
    const response = await fetch(current.action, {
      method: "POST",
      body: data,
      credentials: "same-origin",
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { response, page, fresh: page.getElementById("gw-bench") };
  }

  function step(submitter) {
    window.clearTimeout(timer);
    busy = busy.then(async () => {
      let answer;
      try {
        answer = await send(submitter);
      } catch {
        say(form().dataset.gwOffline);
        return;
      }
      if (!answer.fresh) {
        isDirty = false;
        if (answer.response.redirected) window.location.assign(answer.response.url);
        else form().submit();
        return;
      }
      isDirty = !answer.response.ok;
      show(answer, submitter);
    });
    return busy;
  }

  function show({ response, fresh }, submitter) {
    const wasWriting = document.activeElement && document.activeElement.id;
    const unfolded = [...document.querySelectorAll("#gw-bench details[open][id]")].map((d) => d.id);
    bench().replaceWith(fresh);
    for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
    if (response.redirected) {
      window.history.replaceState(null, "", response.url);
    }
    ready();
    const alert = fresh.querySelector(".gw-alert");
    const same = submitter && submitter.value === "save" && document.getElementById(wasWriting);
    const target = alert || same || document.getElementById("gw-panel");
    target.focus({ preventScroll: Boolean(same) });
    if (!alert && !same) document.getElementById("gw-here")?.scrollIntoView({ block: "nearest" });
  }

  /* A pause in typing: the text is kept, and only what tells about it is renewed. */
  function keep() {
    busy = busy.then(async () => {
      if (!form() || !isDirty) return;
      const sent = texts();
      let answer;
      try {
        answer = await send({ name: "do", value: "save" });
      } catch {
        return;
      }
      const { response, fresh } = answer;
      if (!fresh) return;
      if (!response.ok) {
        document.getElementById("gw-messages").replaceWith(fresh.querySelector("#gw-messages"));
        return;
      }
      isDirty = texts() !== sent;
      if (isDirty) wait();
      renew(fresh);
    });
  }

  function renew(fresh) {
    document.getElementById("gw-version").value = fresh.querySelector("#gw-version").value;
    for (const part of fresh.querySelectorAll("[id^='gw-now-']")) {
      document.getElementById(part.id)?.replaceWith(part);
    }
    const panel = document.getElementById("gw-panel");
    if (!panel.contains(document.activeElement)) {
      panel.replaceWith(fresh.querySelector("#gw-panel"));
      form().action = fresh.querySelector("form.gw-bench").action;
      ready();
    }
    say(form().dataset.gwKept);
  }

  const texts = () =>
    JSON.stringify([...form().querySelectorAll("textarea")].map((area) => area.value));

  function say(words) {
    const place = document.getElementById("gw-saved");
    if (place && words) place.textContent = words;
  }

  function wait() {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE);
  }

  /* Keys of one letter work only while the findings have focus, and never in a field. */
  function onKey(event) {
    const panel = document.getElementById("gw-panel");
    if (!panel || !panel.contains(event.target)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input[type=text]")) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      step(event.target.parentElement.querySelector("button"));
      return;
    }
    const target = panel.querySelector(`[data-gw-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input")) target.focus();
    else step(target);
  }

  function ready() {
    document.querySelectorAll(".gw-shortcuts").forEach((keys) => keys.removeAttribute("hidden"));
  }

  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    step(event.submitter);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches(".gw-bench textarea, .gw-bench input[type=text]")) return;
    isDirty = true;
    if (event.target.matches("textarea")) wait();
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
  ready();
})();
