/*
 * To be preloaded: kills the process before its change of unfinished files of that number, from 1, for VB365_TEST_KILL_AT.
 */
const fs = require('node:fs');

const CHANGES = ['openSync', 'writeFileSync', 'linkSync', 'renameSync', 'rmSync'];
let left = Number(process.env.VB365_TEST_KILL_AT);

for (const name of CHANGES) {
  const real = fs[name];
  fs[name] = (...args) => {
    const isUnfinished = args.some((arg) => typeof arg === 'string' && arg.includes('.vb365-'));
    // Descriptors are numbers: what is written through one belongs to what was opened last.
    if (isUnfinished || (name === 'writeFileSync' && typeof args[0] === 'number')) {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
    }
    return real(...args);
  };
}
