// Puts a test in every element with the attribute data-zorgplicht, which holds the
// link of the client, and keeps the frame as high as its page. The element hears an
// event "zorgplicht" with detail.state: ready, begun, finished. How it went is not
// told: ask the API, or a gate ticket.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const place = (spot) => {
    const link = new URL(spot.dataset.zorgplicht, home);
    if (link.origin !== home || !link.pathname.startsWith('/t/')) return;
    const frame = document.createElement('iframe');
    let pages = 0;
    let arrived = false;
    let last;
    frame.title = spot.dataset.title ?? 'Kennis- en ervaringstoets';
    frame.referrerPolicy = 'no-referrer';
    Object.assign(frame.style, { display: 'block', width: '100%', height: '40rem', border: '0' });
    frame.addEventListener('load', () => {
      arrived = pages++ > 0;
      frame.contentWindow.postMessage({ zorgplicht: 1, moved: arrived }, home);
    });
    addEventListener('message', (e) => {
      if (e.source !== frame.contentWindow || e.origin !== home || e.data?.zorgplicht !== 1) return;
      const { height, state } = e.data;
      if (height > 0 && height < 50000) frame.style.height = `${Math.ceil(height)}px`;
      if (arrived && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
      arrived = false;
      if (!['ready', 'begun', 'finished'].includes(state) || state === last) return;
      last = state;
      spot.dispatchEvent(new CustomEvent('zorgplicht', { bubbles: true, detail: { state } }));
    });
    frame.src = link.href;
    spot.replaceChildren(frame);
  };
  document.querySelectorAll('[data-zorgplicht]').forEach(place);
})();
