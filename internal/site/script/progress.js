// Keeps what is under way true on the page, without loading the page anew: that
// would take the focus from who is reading. Without this script the page refreshes
// itself.
(() => {
  const every = 1500;
  const now = () => document.getElementById('voortgang');
  if (!now()) return;
  window.stop(); // the refresh that the page came with
  const ask = async () => {
    try {
      const reply = await fetch(location.href, { headers: { Accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      const next = page.getElementById('voortgang');
      if (!reply.ok || reply.redirected || !next) {
        location.reload();
        return;
      }
      now().replaceChildren(...next.childNodes);
    } catch {
      // The line is down: the next time it may be back.
    }
    setTimeout(ask, every);
  };
  setTimeout(ask, every);
})();
