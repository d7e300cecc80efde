import { readFileSync } from 'node:fs';

/*
 * The least that looking at a plan can take: the platform reads it, and nobody looks.
 *
 * Usage: parse-json <file>
 */
const plan: unknown = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
if (typeof plan !== 'object') throw new Error('not a plan');
