// A library's screen starts anew when nobody has touched it for a while, so that nobody reads what was answered there. It asks before it does:
// any touch or key, or the button, lets the person go on for as long as they like.
// Without this script the page in the head of the page starts anew by itself.

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'input'];

const still = document.querySelector('[data-kiosk]');
const said = still.querySelector('[data-kiosk-said]');
const clears = Number(still.dataset.clears) * 1000;
const warns = Number(still.dataset.warns) * 1000;
let warning = null;
let clearing = null;

function wait() {
  window.clearTimeout(warning);
  window.clearTimeout(clearing);
  said.replaceChildren();
  if (warns < clears) warning = window.setTimeout(warn, warns);
  clearing = window.setTimeout(clear, clears);
}

function warn() {
  said.replaceChildren(still.querySelector('template').content.cloneNode(true));
  said.querySelector('button').addEventListener('click', wait);
}

function clear() {
  window.location.replace(still.dataset.kiosk);
}

SIGNS.forEach((sign) => document.addEventListener(sign, wait, { passive: true }));
window.addEventListener('pageshow', (event) => {
  if (event.persisted) clear(); // what the browser kept of the person before
});
wait();
