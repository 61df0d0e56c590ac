// Hides what somebody says, for one reader, on this device only: nothing of it goes to the server.
const KEY = "gw-verborgen";

/** {talk: {title, url, who: [pseudonym]}}; empty where the browser keeps nothing for us. */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** Whether the browser kept it; where it does not, nothing changes. */
function keep(talks) {
  try {
    localStorage.setItem(KEY, JSON.stringify(talks));
    return true;
  } catch {
    return false;
  }
}

const hiddenIn = (talk) => kept()[talk]?.who ?? [];

function change(talk, who, isHidden, facts = {}) {
  const talks = kept();
  const names = new Set(talks[talk]?.who);
  isHidden ? names.add(who) : names.delete(who);
  talks[talk] = { ...talks[talk], ...facts, who: [...names] };
  if (!names.size) delete talks[talk];
  return keep(talks);
}

/** Says in full what it does; ``short`` is what one sees of that below each contribution. */
function button(words, who, act, short) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "gw-link gw-link--button gw-link--quiet";
  const full = words.replace("#", who);
  made.textContent = short ?? full;
  if (short) made.setAttribute("aria-label", full);
  made.addEventListener("click", act);
  return made;
}

/** One contribution as this reader wants it, with the control that changes that. */
function dress(post, panel, names, again) {
  const who = post.dataset.gwWho;
  const isHidden = names.includes(who);
  const words = panel.dataset;
  post.classList.toggle("gw-post--hidden", isHidden);
  post.querySelector("[data-gw-hider]")?.remove();
  const control = document.createElement(isHidden ? "p" : "span");
  control.dataset.gwHider = "";
  if (isHidden) control.append(words.gwHidden.replace("#", who), " ");
  const turn = () => again(post, who, !isHidden);
  control.append(isHidden ? button(words.gwShow, who, turn) : button(words.gwHide, who, turn, words.gwHideShort));
  const others = isHidden ? null : post.querySelector(".gw-post__do");
  if (isHidden) control.className = "gw-post__do";
  (others ?? post).append(control);
}

function dressThread(panel) {
  const talk = panel.dataset.gwHiding;
  const facts = { title: panel.dataset.gwTitle, url: panel.dataset.gwUrl };
  const posts = [...document.querySelectorAll("article[data-gw-who]")];
  const draw = () => {
    const names = hiddenIn(talk);
    posts.forEach((post) => dress(post, panel, names, again));
    panel.hidden = !names.length;
    list(panel.querySelector("ul"), names.map((who) => [talk, who]), panel.dataset.gwShow, draw);
  };
  const again = (post, who, isHidden) => {
    if (!change(talk, who, isHidden, facts)) return;
    draw();
    post.querySelector("[data-gw-hider] button").focus();
  };
  draw();
  addEventListener("storage", (event) => event.key === KEY && draw());
}

/** Names with a button that shows each again. */
function list(ul, rows, words, draw, before = () => []) {
  ul.replaceChildren(
    ...rows.map(([talk, who]) => {
      const li = document.createElement("li");
      const show = button(words, who, () => {
        change(talk, who, false);
        draw();
        (ul.querySelector("button") ?? ul.closest("[tabindex]"))?.focus();
      });
      li.append(...before(talk), show);
      return li;
    }),
  );
}

function link(talk) {
  const { title, url } = kept()[talk];
  const made = document.createElement("a");
  made.className = "gw-link";
  made.textContent = title;
  if (url?.startsWith("/")) made.href = url;
  return [made, ": "];
}

/** The page with all that is hidden on this device. */
function listAll(page) {
  const draw = () => {
    const rows = Object.entries(kept()).flatMap(([talk, { who }]) => who.map((name) => [talk, name]));
    page.querySelector("[data-gw-none]").hidden = rows.length > 0;
    list(page.querySelector("ul"), rows, page.dataset.gwShow, draw, link);
  };
  page.hidden = false;
  document.querySelector("[data-gw-no-script]")?.remove();
  draw();
}

const panel = document.querySelector("[data-gw-hiding]");
if (panel) dressThread(panel);
const page = document.querySelector("[data-gw-all-hidden]");
if (page) listAll(page);
