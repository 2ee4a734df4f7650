/**
 * Shows news without a reload: fetches the page again now and then, and replaces the parts that are
 * marked `data-fresh` where they changed. A part with a form in it is never marked.
 */
const EVERY = 4000;
const LONGEST = 15 * 60 * 1000;

const parts = [...document.querySelectorAll('[data-fresh][id]')];

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of parts) {
    const next = page.getElementById(part.id);
    const busy = part.contains(document.activeElement);
    if (next === null || busy || next.innerHTML === part.innerHTML) continue;
    part.replaceChildren(...next.childNodes);
  }
}

if (parts.length > 0) {
  const timer = setInterval(() => {
    if (performance.now() > LONGEST) clearInterval(timer);
    // A host that is restarting is asked again at the next turn.
    else if (document.visibilityState === 'visible') refresh().catch(() => undefined);
  }, EVERY);
}
