import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { compilePrograms } from '../support/compile';
import { campaign } from './campaign';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '120' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    round: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const seed = Number(values.seed);
  const [from, to] =
    values.round === undefined ? [0, Number(values.rounds)] : [Number(values.round), Number(values.round) + 1];
  console.log(`seed ${seed}`);
  compilePrograms();
  const began = performance.now();
  const concurrency = cpus().length;
  const limit = Number(values.minutes) * 60_000;
  const onViolation = (round: number, what: string): void => {
    console.log(`VIOLATION in round ${round} (npm run torture -- --seed ${seed} --round ${round}): ${what}`);
  };
  const { torments, ...figures } = await campaign({ seed, from, to, limit, concurrency, onViolation });
  const minutes = Math.round((performance.now() - began) / 60_000);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores, ${release()}`,
  );
  for (const [name, count] of [...torments].sort()) console.log(`| ${name} | ${count} |`);
  for (const [name, count] of Object.entries({ ...figures, minutes })) console.log(`| ${name} | ${count} |`);
  // A command that hangs would hold this process, too.
  process.exit(figures.violations > 0 ? 1 : 0);
}

void main();
