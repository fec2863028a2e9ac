// Blocking, first child of body: tells the stylesheet that scripts run, before anything is painted.
document.body.classList.add('js-enabled');
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported');
}
