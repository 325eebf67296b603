// A wire between browser and program that keeps every answer as it went over, and can
// be slow or cut.
import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Listens on a free port and passes all on to the program on this port. */
export async function wire(port) {
  const seen = [];
  let pace = Infinity; // bytes in a tenth of a second
  const server = http.createServer((request, reply) => {
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    const onward = http.request({ host: '127.0.0.1', port, method: request.method, path: request.url, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', async () => {
        const body = Buffer.concat(parts);
        seen.push({
          method: request.method, path: request.url, status: answer.statusCode, headers: answer.headers,
          type: answer.headers['content-type'] ?? '', text: body.toString('utf8'),
        });
        reply.writeHead(answer.statusCode, answer.headers);
        let sent = 0;
        for (; body.length - sent > pace && !reply.destroyed; sent += pace) {
          reply.write(body.subarray(sent, sent + pace));
          await wait(100);
        }
        reply.end(body.subarray(sent));
      });
    });
    onward.on('error', () => reply.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    seen,
    /** The last page of HTML that went over. */
    lastPage: () => seen.findLast((s) => s.type.startsWith('text/html')),
    /** From now on so many bytes go over in a tenth of a second. */
    slow: (bytes) => (pace = Math.ceil(bytes)),
    /** All that is under way is lost. */
    cut: () => server.closeAllConnections(),
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
