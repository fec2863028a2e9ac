// Follows a job that is being done: asks for its progress as JSON and changes bar, label and stages where they stand.
// The page is drawn complete by the server (govuk/job_progress.html); "Look again" reloads it where this script doesn't run.

const EVERY = 1000; // milliseconds between questions
const AFTER_AN_ERROR = 5000;
const CLASSES = { now: 'csp-stages__now', later: 'csp-stages__later', failed: 'csp-stages__failed' };

class Progress {
  constructor(root) {
    this.root = root;
    this.label = root.querySelector('[data-progress-label]');
    this.bar = root.querySelector('progress');
    this.stages = Array.from(root.querySelectorAll('[data-stage]'));
    this.status = root.querySelector('[role="status"]');
    this.said = this.label.textContent.trim();
    this.timer = null;
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.ask();
    });
    this.wait(EVERY);
  }

  wait(milliseconds) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), milliseconds);
  }

  async ask() {
    window.clearTimeout(this.timer);
    if (document.hidden) return;
    try {
      const answer = await fetch(this.root.dataset.progress, {
        headers: { Accept: 'application/json', 'X-By-Itself': 'yes' }, // nobody is there because of it
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const progress = await answer.json();
      if (progress.finished) {
        window.location.reload(); // the same address now shows the result, or the sentence that says what went wrong
        return;
      }
      this.show(progress);
      this.wait(EVERY);
    } catch {
      this.wait(AFTER_AN_ERROR); // the network, a restart, or a session that ended: the page still says "Look again"
    }
  }

  show(progress) {
    this.write(this.label, progress.label);
    this.bar.value = progress.percent;
    this.write(this.bar, `${progress.percent}%`);
    progress.stages.forEach((stage, index) => this.showStage(this.stages[index], stage));
    if (progress.label !== this.said) {
      this.said = progress.label;
      this.write(this.status, progress.label); // once a stage, not once a second
    }
  }

  showStage(item, stage) {
    if (!item) return;
    this.write(item.querySelector('.csp-stages__state'), stage.note);
    if (item.dataset.stage === stage.state) return;
    item.dataset.stage = stage.state;
    item.className = CLASSES[stage.state] || '';
    if (stage.state === 'now') item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
    const drawn = this.root.querySelector(`template[data-icon="${stage.state}"]`);
    item.querySelector('svg').replaceWith(drawn.content.firstElementChild.cloneNode(true));
  }

  write(element, words) {
    if (element && element.textContent !== words) element.textContent = words;
  }
}

document.querySelectorAll('[data-progress]').forEach((root) => new Progress(root));
