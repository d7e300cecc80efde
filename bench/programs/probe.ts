import { writeSync } from 'node:fs';

/** Descriptor that the bench opens beside the standard ones. */
const REPORT = 3;

// Required before each measured program, on both sides: what it has used stays unknown once it has ended.
process.on('exit', () => {
  // Kibibytes.
  writeSync(REPORT, String(process.resourceUsage().maxRSS));
});
