// A site of a firm itself, on another host and port than the program.
import http from 'node:http';

/**
 * Listens on a free port of localhost, while the program is reached at 127.0.0.1:
 * another origin, and another site. Serves one page with this body, and in turn
 * the pages of more by their path.
 */
export async function host(t, more = {}) {
  const server = http.createServer((request, reply) => {
    const body = more[request.url];
    reply.writeHead(body ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    reply.end(body ? page(body) : '');
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  t.after(() => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  }));
  return { origin: `http://localhost:${server.address().port}`, show: (path, body) => (more[path] = body) };
}

const page = (body) => `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Hypotheek afsluiten – De Linde</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><style>body{margin:1rem;font:1rem sans-serif}</style></head>
<body><main><h1>Hypotheek afsluiten</h1>${body}</main></body></html>`;

/** How a firm puts the test on its page; what the script tells is kept on the page. */
export const embedded = (origin, link) => `<p>Eerst de toets.</p><div id="toets" data-zorgplicht="${link}"><a href="${link}">Maak de toets</a></div>
<script>window.heard = []; window.states = [];
addEventListener('message', (e) => heard.push(e.data));
addEventListener('zorgplicht', (e) => states.push(e.detail.state));</script>
<script src="${origin}/insluiten/v1.js" defer></script>`;
