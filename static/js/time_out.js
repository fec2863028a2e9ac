// Warns some minutes before somebody is signed out for having done nothing, and says so when they have been. The server decides and is
// asked first: another tab may have been busy. Typing counts as being there, also in a form that keeps nothing meanwhile.
// Without this script people are signed out all the same, and a form that comes too late is kept for them.

const TYPING_COUNTS_EVERY = 60000; // milliseconds
const AFTER_AN_ERROR = 10000;
const BY_ITSELF = { Accept: 'application/json', 'X-By-Itself': 'yes' };

class TimeOut {
  constructor(dialog) {
    this.dialog = dialog;
    this.title = dialog.querySelector('#time-out-title');
    this.said = dialog.querySelector('#time-out-said');
    this.stayButton = dialog.querySelector('[data-time-out-stay]');
    this.againButton = dialog.querySelector('[data-time-out-again]');
    this.warned = Number(dialog.dataset.warned) * 1000;
    this.isOver = false;
    this.mayStay = true;
    this.lastForm = null; // in which somebody typed last
    this.toldAt = Date.now();
    this.timer = null;
    this.otherTabs = 'BroadcastChannel' in window ? new BroadcastChannel('csp-time-out') : null;
    this.otherTabs?.addEventListener('message', (event) => this.told(event.data));
    this.stayButton.addEventListener('click', () => this.stay());
    this.againButton.addEventListener('click', () => this.signInAgain());
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault(); // Escape means to go on, where that is still possible
      if (!this.isOver) this.stay();
    });
    document.addEventListener('input', (event) => this.typed(event));
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.look();
    });
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) this.ask(); // shown again as it was left
    });
    this.told({ left: Number(dialog.dataset.left), may_stay: true });
    this.tellOthers();
  }

  // How much time is left, from the server or from another tab.
  told({ left, may_stay: mayStay }) {
    this.endsAt = Date.now() + left * 1000;
    this.mayStay = mayStay;
    if (left > 0 && this.isOver) return; // signed in anew elsewhere: this page is that of before
    this.isAsked = false;
    this.look();
  }

  tellOthers() {
    this.otherTabs?.postMessage({ left: Math.round((this.endsAt - Date.now()) / 1000), may_stay: this.mayStay });
  }

  look() {
    window.clearTimeout(this.timer);
    if (this.isOver) return;
    const left = this.endsAt - Date.now();
    if (left > this.warned) {
      if (this.dialog.open) this.dialog.close();
      this.isAsked = false;
      this.wait(left - this.warned);
    } else if (!this.isAsked) {
      this.isAsked = true;
      this.ask();
    } else if (left > 0) {
      this.warn(left);
      this.wait(Math.min(left, left > 60000 ? left % 60000 || 60000 : 20000));
    } else if (this.isAskedAtTheEnd) {
      this.over();
    } else {
      this.isAskedAtTheEnd = true;
      this.ask();
    }
  }

  wait(milliseconds) {
    this.timer = window.setTimeout(() => this.look(), Math.min(milliseconds + 50, 2 ** 31 - 1));
  }

  async ask() {
    try {
      const answer = await fetch(this.dialog.dataset.ask, { headers: BY_ITSELF, credentials: 'same-origin', cache: 'no-store' });
      const { left, may_stay: mayStay } = await answer.json();
      this.endsAt = Date.now() + left * 1000;
      this.mayStay = mayStay;
      if (left === 0) this.over();
      else {
        this.isAskedAtTheEnd = false;
        this.look();
      }
    } catch {
      this.timer = window.setTimeout(() => this.look(), AFTER_AN_ERROR);
    }
  }

  warn(left) {
    const minutes = Math.ceil(left / 60000);
    const when = left <= 60000 ? 'in less than a minute' : `in ${minutes} minutes`;
    const why = this.mayStay
      ? 'because you have not done anything here for a while.'
      : 'because you have been signed in for ten hours. Finish what you are doing; you can sign in again at once.';
    this.write(this.said, `You will be signed out ${when}, ${why}`);
    this.stayButton.hidden = false;
    this.write(this.stayButton, this.mayStay ? 'Stay signed in' : 'Go on');
    if (!this.dialog.open && !this.isPutAside) {
      this.dialog.showModal();
      this.stayButton.focus();
    }
  }

  async stay() {
    if (!this.mayStay) {
      this.isPutAside = true;
      this.dialog.close();
      return;
    }
    try {
      const answer = await fetch(this.dialog.dataset.stay, {
        method: 'POST',
        headers: { Accept: 'application/json', 'X-CSRFToken': token() },
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'manual', // to the sign-in page
      });
      if (answer.type === 'opaqueredirect' || answer.status === 403) {
        this.over();
        return;
      }
      this.isAskedAtTheEnd = false;
      this.told(await answer.json());
      this.tellOthers();
    } catch {
      this.write(this.said, 'There is no connection just now. Try again.');
    }
  }

  typed(event) {
    this.lastForm = event.target.form || this.lastForm;
    if (this.isOver || Date.now() - this.toldAt < TYPING_COUNTS_EVERY) return;
    this.toldAt = Date.now();
    this.stay();
  }

  over() {
    window.clearTimeout(this.timer);
    this.isOver = true;
    this.write(this.title, 'You have been signed out');
    const kept = this.toKeep() ? ' What you typed is kept for you: it is in the form again when you have signed in.' : '';
    this.write(this.said, `Nothing was done here for too long.${kept} After signing in you are back on this page.`);
    this.stayButton.hidden = true;
    this.againButton.hidden = false;
    this.dialog.classList.add('csp-time-out--over'); // and what stands behind is not to be read any more
    if (!this.dialog.open) this.dialog.showModal();
    this.againButton.focus();
  }

  // The form in which somebody typed, unless it keeps what is typed by itself.
  toKeep() {
    const form = this.lastForm;
    const isOurs = form && form.isConnected && form.method === 'post' && !form.querySelector('[data-unsent]');
    return isOurs ? form : null;
  }

  signInAgain() {
    const form = this.toKeep();
    if (form) {
      // Sent to be kept only: the server carries nothing out, even if somebody has signed in elsewhere meanwhile.
      const keep = document.createElement('input');
      Object.assign(keep, { type: 'hidden', name: 'keep_typing', value: 'yes' });
      form.append(keep);
      form.enctype = 'application/x-www-form-urlencoded'; // names of files, not the files
      HTMLFormElement.prototype.submit.call(form);
      return;
    }
    const here = window.location.pathname + window.location.search;
    window.location.assign(`${this.dialog.dataset.signIn}?next=${encodeURIComponent(here)}`);
  }

  write(element, words) {
    if (element.textContent !== words) element.textContent = words;
  }
}

function token() {
  const found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : '';
}

document.querySelectorAll('dialog[data-time-out]').forEach((dialog) => new TimeOut(dialog));
