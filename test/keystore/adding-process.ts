import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Certificate } from '../../lib/certificates/certificate';
import { Keystore } from '../../lib/keystore/keystore';
import { withKeystoreLock } from '../../lib/keystore/lock';

/*
 * A program of its own, to be killed or to run beside others: adds each certificate of a PEM file to a keystore, in turn to
 * each of the lineages, with the lock or without it. Says "ready", begins when it is told anything, and says "added" after each.
 *
 *   adding-process.ts <keystore> <PEM file> <locked | bare> <lineage>…
 */
async function main([folder = '', pemFile = '', mode = '', ...lineages]: readonly string[]): Promise<void> {
  const certificates = Certificate.allFromPem(readFileSync(pemFile, 'utf8'));
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  process.stdin.destroy();
  for (const [index, certificate] of certificates.entries()) {
    const lineage = lineages[index % lineages.length] ?? '';
    const add = (): unknown =>
      new Keystore(folder).add(lineage, { certificate, chain: [], accepted: [], sealedKey: sealedFor(certificate) });
    if (mode === 'locked') await withKeystoreLock(folder, add);
    else add();
    process.stdout.write('added\n');
  }
}

/** A stand-in for a sealed key that tells which certificate it belongs to. */
function sealedFor({ thumbprint }: Certificate): string {
  return `-----BEGIN AGE ENCRYPTED FILE-----\n${thumbprint}\n-----END AGE ENCRYPTED FILE-----\n`;
}

void main(process.argv.slice(2));
