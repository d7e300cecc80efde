import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Certificate } from '../../lib/certificates/certificate';
import { Keystore } from '../../lib/keystore/keystore';
import { synthesize } from '../../stacks/synthesize';
import { keyOf, later, noon, selfSigned } from '../support/self-signed';
import { thrownBy } from '../support/thrown';

const SEALED = '-----BEGIN AGE ENCRYPTED FILE-----\nc2VhbGVk\n-----END AGE ENCRYPTED FILE-----\n';
const owners = ['alpha', 'beta', 'gamma'] as const;

const MAIN = `include: [organizations/*.yaml]
installations:
  - name: primary
    productVersion: '8.3'
    tenantId: 00000000-0000-0000-0000-000000000001
    server: { hostName: vb365.example.com }
    restApi: {}
`;

const organization = (name: string): string => `name: ${name}
installation: primary
tenantId: 00000000-0000-0000-0000-000000000002
services: [exchange]
application: { displayName: VB365 ${name} }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vb365-synthesize-'));
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** Writes configuration and keystore, the files in the order given, under a folder of its own. */
function project(name: string, order: readonly string[], generations = 2): string {
  const root = join(folder, name);
  mkdirSync(join(root, 'organizations'), { recursive: true });
  const file = join(root, 'vb365.yaml');
  writeFileSync(file, MAIN);
  const keystore = new Keystore(join(root, 'keystore'));
  const add = (lineage: string, certificate: Certificate): void => {
    keystore.add(lineage, { certificate, chain: [], accepted: [], sealedKey: SEALED });
  };
  if (generations > 0) add('primary/rest-api', selfSigned({ key: keyOf('primary') }));
  for (const owner of order) {
    writeFileSync(join(root, 'organizations', `${owner}.yaml`), organization(owner));
    for (let index = 0; index < generations; index += 1) {
      const certificate = selfSigned({ notBefore: later(noon, index * 86_400), key: keyOf(owner) });
      add(`${owner}/entra-application`, certificate);
    }
  }
  return file;
}

/** Everything that a synthesis writes: path and content. */
function synthesized(file: string, name: string): string {
  const outdir = join(folder, `${name}.out`);
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = outdir;
  try {
    synthesize(file);
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
  }
  return readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path.slice(outdir.length)}\n${readFileSync(path, 'utf8')}`)
    .join('\n');
}

describe('synthesize', () => {
  it('gives the same bytes whatever the day, the time zone, the folder, the ages and the order of files', () => {
    const reference = synthesized(project('reference', owners), 'reference');
    const timeZone = process.env.TZ;
    let run = 0;
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...owners], { minLength: owners.length }),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.constantFrom('UTC', 'Pacific/Kiritimati', 'America/St_Johns'),
        (order, day, zone) => {
          run += 1;
          const file = project(`run${run}`, order);
          utimesSync(file, day, day);
          process.env.TZ = zone;
          jest.useFakeTimers({ now: day });
          try {
            expect(synthesized(file, `run${run}`)).toBe(reference);
          } finally {
            jest.useRealTimers();
          }
        },
      ),
      { numRuns: 15 },
    );
    if (timeZone === undefined) delete process.env.TZ;
    else process.env.TZ = timeZone;
  });

  it('holds no path of this machine and no sealed key', () => {
    const text = synthesized(project('here', owners), 'here');

    expect(text).not.toContain(folder);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toContain('AGE ENCRYPTED');
  });

  it('needs no terraform on the machine', () => {
    const file = project('alone', owners);
    const path = process.env.PATH;
    process.env.PATH = '';
    try {
      expect(synthesized(file, 'alone')).toContain('terraform_data');
    } finally {
      process.env.PATH = path;
    }
  });

  it('names every lineage that has no certificate, and writes nothing', () => {
    const file = project('empty', owners, 0);
    const thrown = thrownBy(() => synthesized(file, 'empty'));

    expect(thrown).toMatchObject({
      code: 'certificates-missing',
      findings: ['primary/rest-api', ...owners.map((owner) => `${owner}/entra-application`)].map((subject) => ({
        subject,
      })),
    });
    expect(() => readdirSync(join(folder, 'empty.out'))).toThrow('ENOENT');
  });
});
