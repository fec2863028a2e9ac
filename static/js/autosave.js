// Keeps what is typed into a form on the server: a few seconds after the last key, and when the page is left. Nothing is kept in the browser.
// The form posts to its own address with do=autosave; the server answers {"at": "14:03"} or {"said": "why it is not kept"}.
// Without this script the form works as it stands, with "Save draft".

const AFTER_TYPING = 2000; // milliseconds after the last key
const AT_LEAST_EVERY = 15000; // while somebody types without a pause
const BACK_OFF = [2000, 5000, 10000, 20000, 30000];
const ANSWERS_WITHIN = 15000;
const KEPT_FIRST_WITHIN = 3000; // before another form of the page goes its way
const TOKEN = 'csrfmiddlewaretoken';

class Autosave {
  constructor(root) {
    this.root = root;
    this.form = root.closest('form');
    this.line = root.querySelector('[data-unsent-said]');
    this.status = root.querySelector('[role="status"]');
    this.keptAt = '';
    this.kept = 'unsentNow' in root.dataset || this.isTouched() ? null : this.typed();
    this.failures = 0;
    this.isSent = false; // by its own button: from then on there is nothing to keep
    this.asking = null; // the request on its way
    this.isTyping = false; // since it was last asked
    this.timer = null;
    this.waitingSince = null;
    this.form.addEventListener('input', () => {
      this.isTyping = true;
      this.changed();
    });
    this.form.addEventListener('change', () => this.changed());
    this.form.addEventListener('submit', (event) => this.submitted(event));
    document.addEventListener('submit', (event) => this.submittedElsewhere(event), true);
    window.addEventListener('online', () => this.keep());
    window.addEventListener('focus', () => this.keep()); // back from the tab in which they signed in again
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) this.isSent = false;
    });
    window.addEventListener('pagehide', () => this.leave());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.leave();
    });
    if (this.kept === null) this.changed();
  }

  typed() {
    const said = new URLSearchParams(new FormData(this.form));
    said.delete(TOKEN);
    return said.toString();
  }

  // Typed before this script ran, or put back by the browser.
  isTouched() {
    return Array.from(this.form.querySelectorAll('input, textarea')).some(
      (box) => box.value !== box.defaultValue || box.checked !== box.defaultChecked,
    );
  }

  body() {
    const said = new URLSearchParams(this.typed());
    said.set('do', 'autosave');
    said.set('typist', this.root.dataset.unsent);
    return said;
  }

  get isKept() {
    return this.typed() === this.kept;
  }

  changed() {
    const now = Date.now();
    this.waitingSince ??= now;
    this.wait(Math.max(0, Math.min(AFTER_TYPING, this.waitingSince + AT_LEAST_EVERY - now)));
  }

  wait(milliseconds) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.keep(), milliseconds);
  }

  async keep() {
    window.clearTimeout(this.timer);
    if (this.isSent || this.asking || this.isKept) return;
    this.waitingSince = null;
    const typed = this.typed();
    const asking = new AbortController();
    const limit = window.setTimeout(() => asking.abort(), ANSWERS_WITHIN);
    this.asking = asking;
    try {
      const answer = await this.ask({ signal: asking.signal });
      if (this.isSent) return;
      await this.answered(answer, typed);
    } catch {
      if (!this.isSent) this.again('Not kept: no connection. Trying again');
    } finally {
      window.clearTimeout(limit);
      this.asking = null;
    }
  }

  ask(options) {
    // Asked again because it failed, it says nothing of anybody being there.
    const headers = { Accept: 'application/json', 'X-CSRFToken': token() };
    if (!this.isTyping) headers['X-By-Itself'] = 'yes';
    this.isTyping = false;
    return fetch(this.form.getAttribute('action') || window.location.pathname, {
      method: 'POST',
      body: this.body(),
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'manual', // to the sign-in page: an answer too
      ...options,
    });
  }

  async answered(answer, typed) {
    const isJson = (answer.headers.get('Content-Type') || '').startsWith('application/json');
    if (answer.ok && isJson) {
      const { at } = await answer.json();
      this.kept = typed;
      this.keptAt = at;
      this.failures = 0;
      this.renewToken();
      this.say(`Kept at ${at}`, 'kept');
      if (!this.isKept) this.changed();
    } else if (answer.type === 'opaqueredirect' || answer.status === 403) {
      // Signed out; or signed in anew, and the token of this page is not the browser's any more.
      const until = this.keptAt ? `what you typed up to ${this.keptAt} is kept` : 'what you type now is not kept';
      this.again(`You have been signed out: ${until}. Sign in in another tab and go on`);
    } else if (isJson) {
      const { said } = await answer.json();
      this.say(said, said); // asked again with the next key
    } else {
      this.again('Not kept: the server does not answer as it should. Trying again');
    }
  }

  again(words) {
    this.say(words, words);
    this.wait(BACK_OFF[Math.min(this.failures, BACK_OFF.length - 1)]);
    this.failures += 1;
  }

  leave() {
    if (this.isSent || this.isKept) return;
    this.ask({ keepalive: true }).catch(() => {}); // goes on after the page is gone; nobody is there to be told
  }

  async submitted(event) {
    if (this.isSent) return; // sent on from below
    if (!navigator.onLine) {
      event.preventDefault();
      this.say('Not sent: no connection. What you typed stays on this page', 'not sent');
      return;
    }
    if (!this.isKept) {
      // Kept first: whoever has been signed out meanwhile would lose the last words on the way over the sign-in page.
      event.preventDefault();
      const { submitter } = event;
      const typed = this.typed();
      const answer = await this.ask({ signal: AbortSignal.timeout(KEPT_FIRST_WITHIN) }).catch(() => null);
      if (answer?.type === 'opaqueredirect' || answer?.status === 403) {
        await this.answered(answer, typed);
        return;
      }
      this.done();
      this.renewToken();
      this.form.requestSubmit(submitter);
      return;
    }
    this.renewToken();
    this.done();
  }

  // Signing out, say, by the button at the top: what was typed in the last seconds goes first.
  async submittedElsewhere(event) {
    const { target, submitter } = event;
    if (target === this.form || this.isSent) return;
    if (target.querySelector('[name="do"][value="throw_away"]')) {
      this.done();
      return;
    }
    if (this.isKept || !navigator.onLine) return;
    event.preventDefault();
    await this.ask({ signal: AbortSignal.timeout(KEPT_FIRST_WITHIN) }).catch(() => {});
    this.done();
    target.requestSubmit(submitter);
  }

  done() {
    this.isSent = true;
    window.clearTimeout(this.timer);
    if (this.asking) this.asking.abort();
  }

  // The token changes at every sign-in; the forms of this page go on with the new one.
  renewToken() {
    const now = token();
    if (!now) return;
    document.querySelectorAll(`input[name="${TOKEN}"]`).forEach((input) => {
      input.value = now;
    });
  }

  // Seen each time; heard when something else is said than before, not every few seconds.
  say(words, kind) {
    this.line.textContent = words;
    if (kind === this.heard) return;
    this.heard = kind;
    this.status.textContent = words;
  }
}

function token() {
  const found = document.cookie.match(/(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : '';
}

document.querySelectorAll('[data-unsent]').forEach((root) => new Autosave(root));
