import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../../lib/findings';
import { awaitingAnswer, replacingRequest } from '../../../lib/lifecycle/import/awaiting-answer';

const LINEAGE = 'contoso/entra-application';
const finding: Finding = {
  id: 'certificate-renewal-due',
  severity: 'warning',
  subject: `${LINEAGE} 0001`,
  message: 'it expires tomorrow',
  cure: 'do something',
};

let keystore: string;

beforeEach(() => {
  keystore = mkdtempSync(join(tmpdir(), 'vb365-awaiting-'));
  mkdirSync(join(keystore, LINEAGE), { recursive: true });
});

afterEach(() => {
  rmSync(keystore, { recursive: true });
});

function keep(text: string): void {
  writeFileSync(join(keystore, LINEAGE, 'request.csr'), text);
}

describe('awaitingAnswer', () => {
  it('says since when a request waits, and that its answer is the cure', () => {
    keep('Requested: 2026-11-20T12:00:00Z\n');
    expect(awaitingAnswer(finding, LINEAGE, keystore)).toEqual({
      ...finding,
      message: 'it expires tomorrow; its request of 2026-11-20 waits for the answer',
      cure: `import the answer of your certification authority: vb365 import ${LINEAGE} <answer>`,
    });
  });

  it.each(['', 'Requested: yesterday\n', 'Requested: 2026-13-45T00:00:00Z\n', 'garbage \u001b[2J'])(
    'does without the day where the file says %j',
    (text) => {
      keep(text);
      expect(awaitingAnswer(finding, LINEAGE, keystore).message).toBe(
        'it expires tomorrow; its request waits for the answer',
      );
    },
  );

  it('leaves a finding alone where no request waits', () => {
    expect(awaitingAnswer(finding, LINEAGE, keystore)).toBe(finding);
    expect(awaitingAnswer(finding, 'other/data-cloud', keystore)).toBe(finding);
  });

  it('leaves alone what an answer would not mend', () => {
    keep('Requested: 2026-11-20T12:00:00Z\n');
    const other: Finding = { ...finding, id: 'keystore-certificate-unreadable' };
    expect(awaitingAnswer(other, LINEAGE, keystore)).toBe(other);
  });
});

describe('replacingRequest', () => {
  it.each(['lineage-imported', 'certificate-missing-in-keystore'])(
    'says of %s that the request keeps its key, and how to have another',
    (id) => {
      keep('Requested: 2026-11-20T12:00:00Z\n');
      const { message, cure } = replacingRequest({ ...finding, id }, LINEAGE, keystore);
      expect(message).toBe('it expires tomorrow; its request of 2026-11-20 waits for the answer, and keeps its key');
      expect(cure).toMatch(/^start over with another key: vb365 request contoso\/\S+ --renew-key; .* vb365 import /);
    },
  );

  it('leaves a finding alone where no request waits, or another one would not mend it', () => {
    const imported: Finding = { ...finding, id: 'lineage-imported' };
    expect(replacingRequest(imported, LINEAGE, keystore)).toBe(imported);
    keep('Requested: 2026-11-20T12:00:00Z\n');
    expect(replacingRequest(finding, LINEAGE, keystore)).toBe(finding);
  });
});
