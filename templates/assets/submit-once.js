/**
 * Keeps a form from being sent twice by an impatient second press. Without it the host still
 * answers both with the same case.
 */
const PAUSE = 5000;
const sent = new WeakMap();

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
  const last = sent.get(form) ?? -Infinity;
  if (event.timeStamp - last < PAUSE) {
    event.preventDefault();
    return;
  }
  sent.set(form, event.timeStamp);
});

// A page that comes back out of the browser's memory can be sent again.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) for (const form of document.forms) sent.delete(form);
});
