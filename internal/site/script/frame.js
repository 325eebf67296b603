// Runs in a page of a client that stands in a frame. It tells the page around it
// how high it is and how far the test is, never how it went; and only a page that
// may show it, once that page has asked.
(() => {
  const { origins, state } = document.currentScript.dataset;
  const allowed = origins.split(' ');
  let host;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (host) parent.postMessage({ zorgplicht: 1, state, height }, host);
  };
  addEventListener('message', (e) => {
    if (e.source !== parent || parent === window || !allowed.includes(e.origin) || e.data?.zorgplicht !== 1) return;
    host = e.origin;
    if (e.data.moved && document.hasFocus()) (document.querySelector('[autofocus]') ?? document.querySelector('main')).focus({ preventScroll: true });
    tell();
  });
  new ResizeObserver(tell).observe(document.body);
})();
