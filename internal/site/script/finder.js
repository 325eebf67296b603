// Opens the search window of a page of staff with the key that the page shows. Who
// turned the key off keeps the link to the same page.
(() => {
  const dialog = document.getElementById('zoekvenster');
  if (!dialog || document.cookie.split('; ').includes('zoektoets=uit')) return;
  const sought = dialog.querySelector('input');
  const links = [...dialog.querySelectorAll('li')];
  const typing = (e) => e.target.closest('input, textarea, select, [contenteditable]');
  addEventListener('keydown', (e) => {
    if (e.key !== '/' || e.ctrlKey || e.altKey || e.metaKey || dialog.open || typing(e)) return;
    e.preventDefault();
    dialog.showModal();
    sought.focus();
  });
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
})();
