import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What somebody would write to look at every certificate of a keystore once.
 *
 * Usage: read-certificates <keystore> <how many there are>
 */
const [, , keystore = '', expected = '0'] = process.argv;
let count = 0;

for (const path of readdirSync(keystore, { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.crt')) continue;
  const { fingerprint, subject, validTo } = new X509Certificate(readFileSync(join(keystore, path)));
  if (fingerprint !== '' && subject !== '' && validTo !== '') count += 1;
}
if (count !== Number(expected)) throw new Error(`${count} certificates in ${keystore}, expected ${expected}`);
