// The browser's own ways to share and to print a page; without it the address stands there to copy.
const bar = document.querySelector("[data-gw-share]");
const address = document.getElementById("adres");

if (bar && address) {
  const send = bar.querySelector("[data-gw-send]");
  bar.hidden = false;
  bar.querySelector("[data-gw-print]").addEventListener("click", () => window.print());
  address.addEventListener("focus", () => address.select());
  if (navigator.share) {
    send.hidden = false;
    send.addEventListener("click", () => {
      // Whoever closes the browser's window changed her mind: nothing went wrong.
      navigator.share({ title: document.title, url: address.value }).catch(() => {});
    });
  }
}
