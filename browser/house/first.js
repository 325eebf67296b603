// Makes the store of a demo once: node house/first.js FOLDER. The journeys each
// start from a copy of it, for to fill one anew takes longer than many a journey.
import { rm } from 'node:fs/promises';
import { firstStart } from './demo.js';

const folder = process.argv[2];
await rm(folder, { recursive: true, force: true });
await firstStart(folder);
