// Opens the search window over any page of staff with the key that the page shows. The
// window is that of the page of searches; where it cannot be had we go there.
(() => {
  const path = document.currentScript.dataset.search;
  let dialog;
  const serve = () => {
    const sought = dialog.querySelector('input');
    const links = [...dialog.querySelectorAll('li')];
    sought.addEventListener('input', () => {
      const words = sought.value.toLowerCase();
      for (const li of links) li.hidden = !li.textContent.toLowerCase().includes(words);
    });
    dialog.addEventListener('keydown', (e) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (!step) return;
      e.preventDefault();
      const shown = [sought, ...links.filter((li) => !li.hidden).map((li) => li.firstElementChild)];
      shown[(shown.indexOf(document.activeElement) + step + shown.length) % shown.length].focus();
    });
  };
  const get = async () => {
    dialog = document.getElementById('zoekvenster');
    if (!dialog) {
      const answer = await fetch(path);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      dialog = page.getElementById('zoekvenster');
      document.body.append(dialog);
    }
    serve();
  };
  let got;
  const typing = (e) => e.target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
  addEventListener('keydown', async (e) => {
    if (e.key !== '/' || e.ctrlKey || e.altKey || e.metaKey || e.isComposing || dialog?.open || typing(e)) return;
    e.preventDefault();
    try {
      await (got ??= get());
      if (dialog.open) return;
      dialog.showModal();
      dialog.querySelector('input').focus();
    } catch {
      location.href = path;
    }
  });
})();
