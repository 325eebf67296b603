// Says how far a list is that comes as a file, lets it be stopped, and keeps none that
// came half. Without this script the browser takes the file itself.
(() => {
  const page = document.documentElement;
  if (page.dataset.files) return; // one for all lists of the page
  page.dataset.files = 'taken';
  const soon = 400; // milliseconds: what comes sooner needs no words
  const much = 8_000_000; // bytes that wait before the browser may put them away
  const amount = (n) => (n < 1e6 ? `${Math.ceil(n / 1e3)} kB` : `${(n / 1e6).toLocaleString('nl-NL', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`);

  const nameOf = (reply) => {
    const says = reply.headers.get('Content-Disposition') ?? '';
    if (!reply.ok || !says.startsWith('attachment')) return '';
    const [, coded, plain] = /filename(?:\*=utf-8''([^;]+)|="?([^";]+))/i.exec(says) ?? [];
    return coded ? decodeURIComponent(coded) : plain ?? 'lijst';
  };

  const whole = async (reply, came) => {
    const kept = [];
    let parts = [], waiting = 0, n = 0;
    for (const reader = reply.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      came((n += value.length));
      if ((waiting += value.length) > much) {
        kept.push(new Blob(parts));
        parts = [], waiting = 0;
      }
    }
    return new Blob([...kept, ...parts], { type: reply.headers.get('Content-Type') });
  };

  const save = (file, name) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const take = async (href, says) => {
    const halt = new AbortController();
    const count = document.createElement('span');
    const stop = document.createElement('button');
    stop.type = 'button';
    stop.className = 'button quiet';
    stop.textContent = 'Stoppen';
    stop.addEventListener('click', () => halt.abort());
    let slow = false;
    const late = setTimeout(() => {
      slow = true;
      says.textContent = 'Het bestand komt binnen. ';
      says.after(count, ' ', stop);
    }, soon);
    try {
      const reply = await fetch(href, { signal: halt.signal });
      const name = nameOf(reply);
      if (!name) { // a page that says why not
        halt.abort();
        says.textContent = '';
        location.assign(href);
        return;
      }
      const file = await whole(reply, (n) => (count.textContent = amount(n)));
      save(file, name);
      says.textContent = slow ? `Het bestand is binnen: ${amount(file.size)}.` : '';
    } catch {
      says.textContent = halt.signal.aborted ? 'Gestopt. Er is geen bestand bewaard.' : 'Het bestand kwam niet heel binnen en is niet bewaard. Probeer het opnieuw.';
    } finally {
      clearTimeout(late);
      count.remove();
      stop.remove();
    }
  };

  let busy = false;
  document.addEventListener('click', async (e) => {
    const link = e.target.closest('a[data-file]');
    if (!link || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    if (busy) return;
    busy = true;
    await take(link.href, link.closest('.files').querySelector('[role=status]'));
    busy = false;
  });
})();
