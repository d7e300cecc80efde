import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../../../lib/certificates/certificate';
import { type NewCertificateRequest, requestCertificate } from '../../../lib/certificates/x509/certificate-request';
import { certificateProfile } from '../../../lib/certificates/profile';
import { defaultPolicy } from '../../../lib/config/policy';
import { type Generation, Keystore } from '../../../lib/keystore/keystore';
import type { NewGeneration } from '../../../lib/keystore/keystore-writer';
import { formatRequestFile, readPendingRequest } from '../../../lib/keystore/requests/pending-request';
import { putPendingRequest } from '../../../lib/keystore/requests/pending-request-writer';
import { sweepStaging } from '../../../lib/keystore/keystore-writer';
import { importAnswer } from '../../../lib/lifecycle/import/import-answer';
import { clearAnswered, waitingRequest } from '../../../lib/lifecycle/import/request-certificate';
import {
  certificateOf,
  errorOf,
  removeTemporaryFolders,
  sealedText,
  temporaryFolder,
  treeOf,
} from '../../keystore/fixtures';
import { killAt, MOMENTS } from '../../support/kill-at';

const LINEAGE = 'a/server';
const NOW = new Date('2030-06-01T12:00:00Z');
const JUDGEMENT = { refused: [], accepted: [], advice: [] };
const profile = certificateProfile('server', { commonName: 'vb365.example.com', hosts: ['vb365.example.com'] });
const sealedKey = sealedText();

let first: NewCertificateRequest;
let second: NewCertificateRequest;
let answer: Certificate;
/** The first request waits in it; not to be changed. */
let template: Keystore;

beforeAll(async () => {
  [first, second] = [
    await requestCertificate({ profile, keySize: 2048 }),
    await requestCertificate({ profile, keySize: 2048 }),
  ];
  answer = certificateOf(undefined, [], first.request.publicKey);
  template = new Keystore(temporaryFolder());
  put(template, first, sealedKey);
});

afterAll(removeTemporaryFolders);

function put({ folder }: Keystore, { request }: NewCertificateRequest, text: string): void {
  const head = { lineage: LINEAGE, commonName: 'any', names: [], requestedAt: new Date('2026-11-20T12:00:00Z') };
  putPendingRequest(folder, LINEAGE, { request: formatRequestFile(head, request), sealedKey: text });
}

function copy(): Keystore {
  const folder = join(temporaryFolder(), 'keystore');
  cpSync(template.folder, folder, { recursive: true });
  return new Keystore(folder);
}

function take(keystore: Keystore): Generation {
  return importAnswer({ certificate: answer, chain: [] }, { name: LINEAGE, policy: defaultPolicy }, JUDGEMENT, {
    keystore,
    at: NOW,
  });
}

describe('importAnswer', () => {
  it('leaves a request alone that came in place of the answered one', () => {
    /** As if the process slept after adding, longer than its lock lasts, and another command started over. */
    class Sleeping extends Keystore {
      override add(lineage: string, generation: NewGeneration): Generation {
        const added = super.add(lineage, generation);
        put(this, second, later);
        return added;
      }
    }
    const later = sealedText();
    const keystore = new Sleeping(copy().folder);
    expect(take(keystore).label).toBe('0001');
    expect(readPendingRequest(keystore.folder, LINEAGE)?.sealedKey).toBe(later);
  });

  it('waits where three are published of which none may leave, and leaves the request', () => {
    const keystore = copy();
    for (let count = 0; count < 3; count += 1) {
      keystore.add(LINEAGE, { certificate: certificateOf(), chain: [], sealedKey: sealedText(), added: NOW });
    }
    const before = treeOf(keystore.folder);
    expect(errorOf(() => take(keystore))).toMatchObject({ code: 'lineage-full', subject: LINEAGE });
    expect(treeOf(keystore.folder)).toEqual(before);
    keystore.remove(LINEAGE, 1);
    expect(take(keystore)).toMatchObject({ label: '0004', added: NOW });
  });

  it.each(MOMENTS)('leaves the request or the generation, when killed %s', async (_, half) => {
    const seen = new Set<string>();
    for (let change = 1; ; change += 1) {
      const keystore = copy();
      const ended = await killAt(change, half, () => take(keystore));
      const isKept = keystore.has(LINEAGE);
      expect(waitingRequest(keystore, LINEAGE)?.sealedKey).toBe(isKept ? undefined : sealedKey);
      expect(keystore.findings().filter(({ severity }) => severity !== 'advice')).toEqual([]);
      seen.add(String(isKept));
      if (ended) break;

      // Whoever comes next ends with the generation alone.
      sweepStaging(keystore.folder);
      clearAnswered(keystore, LINEAGE);
      if (isKept) expect(errorOf(() => take(keystore)).code).toBe('certificate-already-kept');
      else take(keystore);
      expect(keystore.generations(LINEAGE)).toMatchObject([
        { number: 1, certificate: { thumbprint: answer.thumbprint } },
      ]);
      expect(treeOf(keystore.folder).filter((path) => path.includes('request'))).toEqual([]);
      expect(readdirSync(keystore.folder)).toEqual(['a']);
    }
    expect(seen.size).toBe(2);
  });
});
