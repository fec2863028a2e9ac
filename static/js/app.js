// Everything here is an addition: each page works without it.
import { initAll } from '../build/govuk-frontend.min.js';

initAll();

if (document.querySelector('[data-progress]')) {
  import('./progress.js');
}

if (document.querySelector('[data-unsent]')) {
  import('./autosave.js');
}

if (document.querySelector('[data-kiosk]')) {
  import('./kiosk.js');
}

if (document.querySelector('[data-passkey]')) {
  import('./passkeys.js');
}

if (document.querySelector('[data-time-out]')) {
  import('./time_out.js');
}
