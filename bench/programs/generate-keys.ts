import { generateKeyPair } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

/*
 * The least that issuing can take: so many RSA keys of 2048 bits, made by the platform over all cores, and thrown away.
 *
 * Usage: generate-keys <count>
 */
const generate = promisify(generateKeyPair);
let left = Number(process.argv[2]);

async function work(): Promise<void> {
  while (left > 0) {
    left -= 1;
    await generate('rsa', { modulusLength: 2048 });
  }
}

void Promise.all(Array.from({ length: availableParallelism() }, work));
