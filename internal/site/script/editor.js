// Helps to write rules in a textarea with data-check: completes names from the
// catalogue, and says while somebody types what is wrong, where, and how to mend it.
// All of it is help: without this script the button below the text does the same.
(() => {
  const area = document.querySelector('textarea[data-check]');
  if (!area) return;
  const element = (tag, attributes, text = '') => {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
    e.textContent = text;
    return e;
  };
  const names = element('ul', { id: 'aanvullingen', role: 'listbox', class: 'completions', 'aria-label': 'Namen om in te vullen', hidden: '' });
  const said = element('p', { class: 'unseen', 'aria-live': 'polite' });
  const found = element('div', { class: 'checked' });
  area.after(names, said, found);
  area.setAttribute('aria-autocomplete', 'list');
  area.setAttribute('aria-controls', 'aanvullingen');
  area.spellcheck = false;

  let words = [];
  let shown = [];
  let at = -1;
  let timer;
  let turn = 0;
  let last = '';

  const goTo = (line) => {
    const start = area.value.split('\n').slice(0, line - 1).reduce((n, l) => n + l.length + 1, 0);
    const end = area.value.indexOf('\n', start);
    area.focus();
    area.setSelectionRange(start, end < 0 ? area.value.length : end);
    area.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(area).lineHeight));
  };

  const show = (checked) => {
    if (checked.words.length > 0) words = checked.words;
    found.replaceChildren();
    for (const [title, list] of [['Fouten', checked.faults], ['Bevindingen', checked.findings]]) {
      if (list.length === 0) continue;
      found.append(element('h2', {}, title));
      const ul = element('ul', {});
      for (const f of list) {
        const li = element('li', {});
        const button = element('button', { type: 'button', class: 'button quiet' }, `Regel ${f.line}`);
        button.addEventListener('click', () => goTo(f.line));
        li.append(button, ` ${f.text}`);
        ul.append(li);
      }
      found.append(ul);
    }
    if (checked.faults.length > 0) area.setAttribute('aria-invalid', 'true');
    else area.removeAttribute('aria-invalid');
    const n = checked.faults.length;
    const first = n > 0 ? ` De eerste staat op regel ${checked.faults[0].line}.` : '';
    const now = n === 0 ? `Geen fouten. ${checked.findings.length} bevindingen.` : `${n} ${n === 1 ? 'fout' : 'fouten'}.${first}`;
    if (now !== last) said.textContent = now;
    last = now;
  };

  const check = async () => {
    const mine = ++turn;
    try {
      const reply = await fetch(area.dataset.check, { method: 'POST', body: new URLSearchParams({ tekst: area.value }), headers: { Accept: 'application/json' } });
      if (reply.ok && mine === turn) show(await reply.json());
    } catch {
      // The line is down: the button below the text still works when it is back.
    }
  };

  const close = () => {
    names.hidden = true;
    shown = [];
    at = -1;
    area.removeAttribute('aria-activedescendant');
  };

  const choose = (i) => {
    at = i;
    for (const [n, li] of [...names.children].entries()) li.setAttribute('aria-selected', String(n === i));
    if (i >= 0) {
      area.setAttribute('aria-activedescendant', names.children[i].id);
      names.children[i].scrollIntoView({ block: 'nearest' });
    }
  };

  const begun = () => area.value.slice(0, area.selectionStart).match(/[a-z_][a-z0-9_]*$/)?.[0] ?? '';

  const take = (i) => {
    area.setRangeText(shown[i].name.slice(begun().length), area.selectionStart, area.selectionEnd, 'end');
    close();
    area.dispatchEvent(new Event('input', { bubbles: true }));
    close();
  };

  const complete = () => {
    const start = begun();
    shown = start.length < 2 ? [] : words.filter((w) => w.name.startsWith(start) && w.name !== start).slice(0, 8);
    names.replaceChildren(...shown.map((w, i) => {
      const li = element('li', { id: `aanvulling-${i}`, role: 'option', 'aria-selected': 'false' }, `${w.name} – ${w.about}`);
      li.addEventListener('mousedown', (e) => {
        e.preventDefault();
        take(i);
      });
      return li;
    }));
    names.hidden = shown.length === 0;
    at = -1;
    area.removeAttribute('aria-activedescendant');
    if (shown.length > 0) said.textContent = `${shown.length} ${shown.length === 1 ? 'naam' : 'namen'}: kies met pijl omlaag en Enter.`;
    last = '';
  };

  area.addEventListener('input', () => {
    complete();
    clearTimeout(timer);
    timer = setTimeout(check, 400);
  });
  area.addEventListener('blur', close);
  area.addEventListener('keydown', (e) => {
    if (names.hidden) return;
    if (e.key === 'ArrowDown') choose((at + 1) % shown.length);
    else if (e.key === 'ArrowUp') choose((at + shown.length - (at < 0 ? 0 : 1)) % shown.length);
    else if (e.key === 'Enter' && at >= 0) take(at);
    else if (e.key === 'Escape') close();
    else return;
    e.preventDefault();
  });
  check();
})();
