// Starts the real program on a data directory of its own, and ends it again.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { wire } from './wire.js';

const program = path.resolve(process.env.ZORGPLICHT ?? '../.cache/check/bin/zorgplicht');
const made = process.env.ZORGPLICHT_DEMO; // a store that firstStart made; without one each demo makes its own
const running = new Set();

// Whatever ends this process ends its servers.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/** Starts a demo with one fresh link and stops it when the test ends. Flags go to the program. */
export async function demo(t, ...flags) {
  const data = await mkdtemp(path.join(tmpdir(), 'zorgplicht-browser-'));
  const d = { data };
  t.after(async () => {
    await d.wire?.close();
    if (d.child) await end(d.child, 'SIGTERM');
    await rm(data, { recursive: true, force: true });
  });
  if (made) await cp(made, data, { recursive: true });
  const port = await freePort();
  Object.assign(d, await start('demo', data, port, '--json', ...flags));
  d.wire = await wire(port);
  /** An address of the program as the browser reaches it, through the wire. */
  d.at = (address) => d.wire.origin + new URL(address, d.wire.origin).pathname;
  d.link = d.at(d.told.testLink);
  /** Kills the server as a power cut would, and starts it again on what it kept. */
  d.crash = async () => {
    await end(d.child, 'SIGKILL');
    const { child, log } = await start('serve', data, port, ...flags);
    Object.assign(d, { child, log });
  };
  return d;
}

/** Starts a demo in an empty folder, waits until it answers, and ends it: its store stays. */
export async function firstStart(folder) {
  const { child } = await start('demo', folder, await freePort(), '--json');
  await end(child, 'SIGTERM');
}

/** Runs a command of the program and returns its exit code and all it said. */
export async function run(...args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (b) => (said += b));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, said };
}

async function start(command, data, port, ...more) {
  const child = spawn(program, [command, '--data', data, '--listen', `127.0.0.1:${port}`, '--rate=-1', ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.on('exit', () => running.delete(child));
  const log = [];
  child.stderr.on('data', (b) => log.push(String(b)));
  const told = more.includes('--json') ? await firstLine(child, log) : {};
  if (!more.includes('--json')) child.stdout.resume();
  await answers(port, child, log);
  return { child, log, told };
}

async function firstLine(child, log) {
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    new Promise((resolve) => lines.once('line', resolve)),
    new Promise((resolve) => child.once('exit', () => resolve(''))),
  ]);
  if (!line) throw new Error(`the demo ended before it said anything:\n${log.join('')}`);
  return JSON.parse(line);
}

async function answers(port, child, log) {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended at its start:\n${log.join('')}`);
    const ok = await fetch(`http://127.0.0.1:${port}/healthz`).then((r) => r.ok, () => false);
    if (ok) return;
    await wait(100);
  }
  throw new Error(`no answer from the server in 20 s:\n${log.join('')}`);
}

async function end(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const late = wait(10_000, 'late', { ref: false });
  if ((await Promise.race([gone, late])) === 'late') {
    child.kill('SIGKILL');
    throw new Error('the server did not end within 10 s of being asked');
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
