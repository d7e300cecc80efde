import type FileSystem from 'node:fs';
import { createIdentity, readIdentities } from '../../lib/keystore/sealing/identity';
import { lineageFolders } from '../../lib/keystore/listing';
import { openEach } from '../../lib/keystore/sealing/reseal';
import { sealedKeysOf } from '../../lib/keystore/sealing/sealed-keys';
import { configurationOf, importedOrganization, removeWorkplaces, Workplace } from '../support/cli';
import { testKey } from '../support/openssl';
import { selfSigned } from '../support/self-signed';

const LINEAGE = 'northwind/entra-application';
const KEY = `keystore/${LINEAGE}/request.key.age`;
const RECIPIENTS = 'keystore/recipients.txt';
const fs = jest.requireActual<typeof FileSystem>('node:fs');

/** A request waits in it; not to be changed. */
let source: Workplace;
/** Of somebody who is not among the recipients yet. */
let newcomer: string;
let recipient: string;

beforeAll(async () => {
  source = new Workplace(configurationOf('contoso') + importedOrganization('northwind'));
  await source.run(['init']);
  await source.run(['request', LINEAGE]);
  const key = testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString();
  source.write('own.pem', `${selfSigned().pem}\n${key}`);
  newcomer = `${source.identity}.newcomer`;
  recipient = await createIdentity(newcomer, new Date(0));
});

afterAll(removeWorkplaces);

afterEach(() => {
  jest.restoreAllMocks();
});

/** Does something as soon as a folder is made whose path ends so: what another command does at that moment. */
function whenMade(ending: RegExp, work: () => void): void {
  const real = fs.mkdirSync;
  let isDone = false;
  jest.spyOn(fs, 'mkdirSync').mockImplementation((...args) => {
    if (!isDone && ending.test(String(args[0]))) {
      isDone = true;
      work();
    }
    return real(...args);
  });
}

/** Keys that the newcomer opens. */
async function openedBy(identityFile: string, workplace: Workplace): Promise<string[]> {
  const root = workplace.path('keystore');
  const { identities } = await readIdentities(identityFile);
  const opened: string[] = [];
  await openEach(
    lineageFolders(root).flatMap((lineage) => sealedKeysOf(root, lineage)),
    identities,
    ({ key }) => {
      opened.push(key.path);
      return Promise.resolve(undefined);
    },
  );
  return opened;
}

describe('recipients that are added while a command waits for the lock', () => {
  it.each([
    [['issue', '--shard', '1/4'], 'primary/rest-api/0001.key.age'],
    [['request', 'contoso/entra-application'], 'contoso/entra-application/request.key.age'],
    [['import', LINEAGE, 'own.pem', '--at', '2026-06-02'], `${LINEAGE}/0001.key.age`],
    [['reseal'], `${LINEAGE}/request.key.age`],
  ])('open what it seals: %j', async (args, path) => {
    const workplace = source.copy();
    whenMade(/[\\/]keystore$/, () => {
      workplace.write(RECIPIENTS, `${workplace.read(RECIPIENTS)}${recipient}\n`);
    });
    await workplace.run(args);
    expect(await openedBy(newcomer, workplace)).toEqual([path]);
  });
});

describe('vb365 reseal whose key was replaced meanwhile', () => {
  it('leaves the new key as it is, and says so', async () => {
    const workplace = source.copy();
    const other = source.read(KEY).replaceAll('\n', '\r\n');
    whenMade(/\.staging-[0-9a-f]+$/, () => {
      workplace.write(KEY, other);
    });
    const { code, stdout, stderr } = await workplace.run(['reseal']);
    expect(workplace.read(KEY)).toBe(other);
    expect(code).toBe(1);
    expect(stdout).toBe('Sealed 0 of 1 private key to 1 recipient.\n');
    expect(stderr).toMatch(/^error\[keystore-key-replaced\] .*request\.key\.age.*\ncure: run "vb365 reseal" again\n$/);
  });
});
