// Asks the browser to make a passkey or to use one, and sends its answer with the form. The page says it when there is no script, or no passkeys.

const DECLINED = 'NotAllowedError'; // closed the browser's own window, or let its time run out
const KNOWN = 'InvalidStateError'; // this device holds one for this person already

const SAID = {
  [DECLINED]: 'Nothing was chosen in time. Try again, or use another way.',
  [KNOWN]: 'This device holds a passkey of yours already.',
};
const OTHERWISE = 'The browser could not use a passkey here. Use another way.';

function prepare(place) {
  const button = place.querySelector('[data-passkey-button]');
  const problem = place.querySelector('[data-passkey-problem]');
  const form = place.closest('form');
  const options = JSON.parse(document.getElementById(place.dataset.options).textContent);

  async function ask() {
    problem.hidden = true;
    button.disabled = true;
    try {
      const answer = place.dataset.passkey === 'create'
        ? await window.webauthnJSON.create(options.creation_options)
        : await window.webauthnJSON.get(options.request_options);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      problem.textContent = SAID[error.name] || OTHERWISE;
      problem.hidden = false;
      button.disabled = false;
    }
  }

  button.addEventListener('click', ask);
  // Enter in the box for the name is the same press.
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask();
  });
  button.hidden = false;
  place.querySelector('[data-passkey-missing]').remove();
}

if (window.PublicKeyCredential && window.webauthnJSON) {
  document.querySelectorAll('[data-passkey]').forEach(prepare);
}
