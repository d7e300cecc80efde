#!/usr/bin/env node
import { availableParallelism } from 'node:os';

// Keys are made on libuv's threads: four by default, which leaves cores idle. Read when the first thread starts.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, availableParallelism() + 2));

/** What could not be written any more: a full disk behind `>`. */
let lostOutput: Error | undefined;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Who reads may have had enough (`vb365 status | head -1`): the work goes on, and there is nobody to tell.
    if (error.code !== 'EPIPE') lostOutput = error;
  });
}

async function main(): Promise<void> {
  const { run } = await import('./program.js');
  process.exitCode = await run(process.argv, process);
  // A stream tells of a failed write in the next turn of the event loop.
  await new Promise(setImmediate);
  if (lostOutput !== undefined) await failForLostOutput(lostOutput);
}

async function failForLostOutput({ message }: Error): Promise<void> {
  const { Vb365Error } = await import('../lib/errors.js');
  const { printError } = await import('./shell/terminal.js');
  const cure = 'make room where the output goes, and run the command again';
  printError(process, new Vb365Error('output-lost', { message: `the output cannot be written: ${message}`, cure }));
  process.exitCode = 2;
}

void main();
