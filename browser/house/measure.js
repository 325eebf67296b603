/**
 * Runs inside the page and returns its faults: sideways scrolling, targets
 * smaller than 24 px (WCAG 2.5.8; links inside a sentence are exempt), and
 * borders of fields and buttons under 3:1 (1.4.11), which axe does not measure.
 */
export function measure() {
  const faults = [];
  const shown = (e) => e.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) && e.getBoundingClientRect().width > 1;
  const say = (e) => e.outerHTML.slice(0, 120).replace(/\s+/g, ' ');

  const over = document.scrollingElement.scrollWidth - innerWidth;
  if (over > 0) {
    const wide = [...document.body.querySelectorAll('*')].find((e) => shown(e) && e.getBoundingClientRect().right > innerWidth + 0.5);
    faults.push(`scrolls sideways by ${over} px${wide ? `: ${say(wide)}` : ''}`);
  }

  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (!shown(e) || e.type === 'hidden') continue;
    const inSentence = e.matches('a') && getComputedStyle(e).display === 'inline' && e.parentElement.textContent.trim() !== e.textContent.trim();
    if (inSentence) continue;
    const target = e.closest('label') ?? e;
    const { width, height } = target.getBoundingClientRect();
    if (width < 24 || height < 24) faults.push(`target of ${Math.round(width)} by ${Math.round(height)} px: ${say(e)}`);
  }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (c) => [0, 1, 2].map((i) => c[i] / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const ground = (e) => {
    for (let up = e; up; up = up.parentElement) {
      const c = rgba(getComputedStyle(up).backgroundColor);
      if (c[3] === 255) return c;
    }
    return rgba(getComputedStyle(document.documentElement).colorScheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(18 18 18)' : 'white');
  };
  for (const e of document.querySelectorAll('input, select, textarea, button, a.button')) {
    if (!shown(e) || e.disabled || ['hidden', 'radio', 'checkbox'].includes(e.type)) continue;
    const style = getComputedStyle(e);
    const around = ground(e.parentElement);
    const own = rgba(style.backgroundColor);
    if (own[3] === 255 && ratio(own, around) >= 3) continue;
    const edge = style.borderBottomWidth === '0px' || style.borderBottomStyle === 'none' ? null : rgba(style.borderBottomColor);
    if (e.matches('button, a') && (style.textDecorationLine.includes('underline') || edge === null)) continue;
    if (!edge || edge[3] < 255 || ratio(edge, around) < 3) faults.push(`its edge does not stand out 3:1 (${edge ? ratio(edge, around).toFixed(2) : 'no border'}): ${say(e)}`);
  }
  return faults;
}

/**
 * Runs inside the page: why the focus cannot be seen where it is now, or ''.
 * An outline of 2 px and 3:1 against what lies around it (WCAG 2.4.7, 2.4.13).
 */
export function unseenFocus() {
  const e = document.activeElement;
  if (!e || e === document.body) return 'nothing has the focus';
  if (!e.matches(':focus')) return ''; // on a part the browser made and marks itself, such as the calendar of a date
  const box = e.getBoundingClientRect();
  if (box.bottom <= 0 || box.top >= innerHeight) return `out of sight: ${e.outerHTML.slice(0, 120)}`;
  const marks = [e, e.closest('label'), e.nextElementSibling].filter(Boolean).map((m) => getComputedStyle(m));
  const marked = marks.some((s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none');
  return marked ? '' : `no mark of focus on ${e.outerHTML.slice(0, 120)}`;
}
