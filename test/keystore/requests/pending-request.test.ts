import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NewCertificateRequest, requestCertificate } from '../../../lib/certificates/x509/certificate-request';
import { certificateProfile } from '../../../lib/certificates/profile';
import { Keystore } from '../../../lib/keystore/keystore';
import { sweepStaging } from '../../../lib/keystore/keystore-writer';
import { formatRequestFile, readPendingRequest } from '../../../lib/keystore/requests/pending-request';
import { listRequest, requestedAt } from '../../../lib/keystore/requests/pending-request-files';
import { putPendingRequest, removePendingRequest } from '../../../lib/keystore/requests/pending-request-writer';
import { killAt, MOMENTS } from '../../support/kill-at';
import { certificateOf, errorOf, removeTemporaryFolders, sealedText, temporaryFolder, treeOf } from '../fixtures';

const LINEAGE = 'a/server';
const COMMITTED = '.request-0123456789abcdef';
const profile = certificateProfile('server', { commonName: 'vb365.example.com', hosts: ['vb365.example.com'] });
const head = {
  lineage: LINEAGE,
  commonName: profile.commonName,
  names: profile.dnsNames,
  requestedAt: new Date('2026-11-20T12:00:00Z'),
};

let made: NewCertificateRequest;
let request: string;
const sealedKey = sealedText();

beforeAll(async () => {
  made = await requestCertificate({ profile, keySize: 2048 });
  request = formatRequestFile(head, made.request);
});

afterAll(removeTemporaryFolders);

/** A keystore, and the folder of the lineage in it. */
function place(): { readonly root: string; readonly folder: string } {
  const root = temporaryFolder();
  return { root, folder: join(root, LINEAGE) };
}

function withRequest(): ReturnType<typeof place> {
  const placed = place();
  putPendingRequest(placed.root, LINEAGE, { request, sealedKey });
  return placed;
}

/** Git knows no empty folder. */
function filesOf(root: string): string[] {
  return treeOf(root).filter((path) => statSync(join(root, path)).isFile());
}

function idsOf(root: string): string[] {
  return new Keystore(root).findings().map(({ id, severity }) => `${severity} ${id}`);
}

describe('putPendingRequest', () => {
  it('puts both files into the folder of the lineage, the key for its owner only', () => {
    const { root, folder } = withRequest();
    expect(treeOf(root)).toEqual(['a', 'a/server', 'a/server/request.csr', 'a/server/request.key.age']);
    expect(statSync(join(folder, 'request.key.age')).mode & 0o777).toBe(0o600);
    expect(readPendingRequest(root, LINEAGE)).toMatchObject({ sealedKey, requestedAt: head.requestedAt });
  });

  it('begins its file with lines that a reviewer reads', () => {
    expect(request.split('\n').slice(0, 7)).toEqual([
      'Lineage: a/server',
      'Common name: vb365.example.com',
      'Names: vb365.example.com',
      `Public key: ${made.request.publicKeyHash}`,
      'Requested: 2026-11-20T12:00:00Z',
      '',
      '-----BEGIN CERTIFICATE REQUEST-----',
    ]);
  });

  it('leaves generations alone, and they leave it alone', () => {
    const { root } = withRequest();
    const keystore = new Keystore(root);
    expect({ lineages: keystore.lineages(), has: keystore.has(LINEAGE) }).toEqual({ lineages: [], has: false });
    keystore.add(LINEAGE, { certificate: certificateOf(), chain: [], sealedKey: sealedText() });
    putPendingRequest(root, LINEAGE, { request, sealedKey });
    keystore.remove(LINEAGE, 1);
    expect(readPendingRequest(root, LINEAGE)?.sealedKey).toBe(sealedKey);
    expect(treeOf(root).filter((name) => name.includes('/.'))).toEqual([]);
  });

  it('replaces one that waits', () => {
    const { root } = withRequest();
    const other = sealedText();
    putPendingRequest(root, LINEAGE, { request, sealedKey: other });
    expect(readPendingRequest(root, LINEAGE)?.sealedKey).toBe(other);
    expect(treeOf(root)).toHaveLength(4);
  });

  it('takes no key that is not sealed', () => {
    const { root } = place();
    const { code } = errorOf(() => {
      putPendingRequest(root, LINEAGE, { request, sealedKey: 'secret' });
    });
    expect(code).toBe('key-not-sealed');
    expect(treeOf(root)).toEqual([]);
  });

  it('does not follow a symbolic link', () => {
    const { root } = place();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(root, 'a'));
    for (const work of [
      () => {
        putPendingRequest(root, LINEAGE, { request, sealedKey });
      },
      () => {
        removePendingRequest(root, LINEAGE);
      },
    ]) {
      expect(errorOf(work).code).toBe('keystore-symbolic-link');
    }
    expect(treeOf(elsewhere)).toEqual([]);
  });
});

describe('a request whose command was stopped', () => {
  const other = sealedText();
  const otherRequest = (): string => request.replace('12:00:00', '13:00:00');

  /** The folder that one rename has put into the lineage, with as many of its files moved on as given. */
  function stopped(moved: readonly string[]): ReturnType<typeof place> {
    const placed = withRequest();
    const committed = join(placed.folder, COMMITTED);
    mkdirSync(committed);
    writeFileSync(join(committed, 'request.key.age'), other);
    writeFileSync(join(committed, 'request.csr'), otherRequest());
    for (const name of moved) renameSync(join(committed, name), join(placed.folder, name));
    return placed;
  }

  it.each([[[]], [['request.key.age']], [['request.key.age', 'request.csr']]])(
    'is whole after %j were moved to their place, and finished by the next that writes',
    (moved) => {
      const { root, folder } = stopped(moved);
      const whole = { sealedKey: other, requestedAt: new Date('2026-11-20T13:00:00Z') };
      expect(readPendingRequest(root, LINEAGE)).toMatchObject(whole);
      expect(idsOf(root)).toContain('advice keystore-unfinished');
      putPendingRequest(root, LINEAGE, { request, sealedKey });
      expect(readPendingRequest(root, LINEAGE)?.sealedKey).toBe(sealedKey);
      expect(existsSync(join(folder, COMMITTED))).toBe(false);
    },
  );

  it.each([[[]], [['request.key.age']], [['request.key.age', 'request.csr']]])(
    'is gone once its removal has begun, after %j were removed',
    (removed) => {
      const { root, folder } = stopped([]);
      mkdirSync(join(folder, '.request-removed'));
      for (const name of removed) rmSync(join(folder, name));
      expect(listRequest(folder)).toBeUndefined();
      expect(readPendingRequest(root, LINEAGE)).toBeUndefined();
      expect(idsOf(root)).toContain('advice keystore-unfinished');
      putPendingRequest(root, LINEAGE, { request, sealedKey });
      expect(treeOf(folder)).toEqual(['request.csr', 'request.key.age']);
      expect(readPendingRequest(root, LINEAGE)?.sealedKey).toBe(sealedKey);
    },
  );
});

describe('a folder of a stopped command, into which something else was put', () => {
  it.each([['.request-removed'], [COMMITTED]])('%s goes, and keeps no later request from being kept', (name) => {
    const { root, folder } = withRequest();
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, '.DS_Store'), '');
    for (const text of [sealedText(), sealedText()]) {
      putPendingRequest(root, LINEAGE, { request, sealedKey: text });
      expect(readPendingRequest(root, LINEAGE)?.sealedKey).toBe(text);
    }
    expect(treeOf(folder)).toEqual(['request.csr', 'request.key.age']);
  });
});

describe('a writer of requests that is killed', () => {
  const other = sealedText();
  const put = (root: string): void => {
    putPendingRequest(root, LINEAGE, { request, sealedKey: other });
  };
  const remove = (root: string): void => {
    removePendingRequest(root, LINEAGE);
  };
  const cases: [string, () => string, (root: string) => void][] = [
    ['putting the first request', () => place().root, put],
    ['replacing a request', () => withRequest().root, put],
    ['removing a request', () => withRequest().root, remove],
    [
      'removing a request beside a generation',
      () => {
        const { root } = withRequest();
        new Keystore(root).add(LINEAGE, { certificate: certificateOf(), chain: [], sealedKey: sealedText() });
        return root;
      },
      remove,
    ],
  ];

  describe.each(cases)('while %s', (_, make, work) => {
    it.each(MOMENTS)('leaves the request as before or as after, when killed %s', async (__, half) => {
      const [template, done] = [make(), make()];
      work(done);
      const viewOf = (root: string): string | undefined => readPendingRequest(root, LINEAGE)?.sealedKey;
      const [before, after] = [viewOf(template), viewOf(done)];
      const seen = new Set<string | undefined>();
      for (let change = 1; ; change += 1) {
        const root = join(temporaryFolder(), 'keystore');
        cpSync(template, root, { recursive: true });
        const ended = await killAt(change, half, () => {
          work(root);
        });
        const view = viewOf(root);
        expect([before, after]).toContain(view);
        expect(idsOf(root).filter((id) => !id.startsWith('advice'))).toEqual([]);
        seen.add(view);

        // Whoever comes next finishes it, and leaves nothing of it behind.
        sweepStaging(root);
        work(root);
        expect(viewOf(root)).toBe(after);
        expect(filesOf(root)).toEqual(filesOf(done));
        if (ended) break;
      }
      expect(seen.size).toBe(2);
    });
  });
});

describe('removePendingRequest', () => {
  it('removes both files, and the folder where nothing else is in it', () => {
    const { root, folder } = withRequest();
    removePendingRequest(root, LINEAGE);
    expect(existsSync(folder)).toBe(false);
  });

  it('leaves generations, and does nothing where no request waits', () => {
    const { root, folder } = withRequest();
    new Keystore(root).add(LINEAGE, { certificate: certificateOf(), chain: [], sealedKey: sealedText() });
    removePendingRequest(root, LINEAGE);
    removePendingRequest(root, LINEAGE);
    removePendingRequest(root, 'b/server');
    expect(treeOf(folder)).toEqual(['0001.crt', '0001.key.age']);
    expect(treeOf(root)).not.toContain('b');
  });
});

describe('readPendingRequest', () => {
  it('takes line ends of Windows, as Git may check them out', () => {
    const { root, folder } = withRequest();
    writeFileSync(join(folder, 'request.csr'), `\uFEFF${request.replaceAll('\n', '\r\n')}`);
    expect(readPendingRequest(root, LINEAGE)?.requestedAt).toEqual(head.requestedAt);
    expect(requestedAt(folder)).toEqual(head.requestedAt);
  });

  it.each<[string, Record<string, string | null>, string]>([
    ['a request without its key', { 'request.key.age': null }, 'keystore-request-incomplete'],
    ['a key without its request', { 'request.csr': null }, 'keystore-request-incomplete'],
    ['garbage', { 'request.csr': 'garbage' }, 'certificate-request-unreadable'],
    ['conflict markers', { 'request.csr': '<<<<<<< HEAD\n' }, 'keystore-merge-conflict'],
    ['conflict markers in the key', { 'request.key.age': '<<<<<<< HEAD\n' }, 'keystore-merge-conflict'],
  ])('fails for %s, which is a finding too', (_, files, code) => {
    const { root, folder } = withRequest();
    for (const [name, text] of Object.entries(files)) {
      if (text === null) rmSync(join(folder, name));
      else writeFileSync(join(folder, name), text);
    }
    expect(errorOf(() => readPendingRequest(root, LINEAGE)).code).toBe(code);
    expect(idsOf(root)).toEqual([`error ${code}`]);
  });

  it('does not read through a symbolic link', () => {
    const { root, folder } = withRequest();
    renameSync(join(folder, 'request.csr'), join(root, 'moved'));
    symlinkSync('../../moved', join(folder, 'request.csr'));
    expect(errorOf(() => readPendingRequest(root, LINEAGE)).code).toBe('keystore-request-incomplete');
    expect(idsOf(root)).toContain('error keystore-symbolic-link');
  });
});

describe('Keystore.findings about a request', () => {
  it('says that it waits, since when, and what to do', () => {
    const { root } = withRequest();
    expect(new Keystore(root).findings()).toEqual([
      {
        id: 'keystore-request-pending',
        severity: 'advice',
        subject: 'a/server/request.csr',
        message: 'the request of a/server of 2026-11-20 waits for its answer',
        cure: 'run "vb365 import a/server <answer>", or give it up: vb365 request a/server --cancel',
      },
    ]);
  });

  it('says so too where nobody wrote down since when', () => {
    const { root, folder } = withRequest();
    writeFileSync(join(folder, 'request.csr'), `${made.request.pem}\n`);
    expect(new Keystore(root).findings()[0]?.message).toBe(
      'the request of a/server in request.csr waits for its answer',
    );
  });

  it.each([
    ['keystore-key-in-clear', '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n'],
    ['keystore-key-not-sealed', 'junk'],
  ])('reports %s of its key', (id, text) => {
    const { root, folder } = withRequest();
    writeFileSync(join(folder, 'request.key.age'), text);
    expect(idsOf(root)).toEqual([`error ${id}`]);
    expect(JSON.stringify(new Keystore(root).findings())).not.toContain('c2VjcmV0');
  });
});
