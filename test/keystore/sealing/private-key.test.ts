import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Keystore } from '../../../lib/keystore/keystore';
import { openPrivateKey } from '../../../lib/keystore/sealing/private-key';
import { Sealer } from '../../../lib/keystore/sealing/sealing';
import {
  certificateOf,
  containing,
  rejectionOf,
  removeTemporaryFolders,
  sharedKeys,
  temporaryFolder,
} from '../fixtures';

afterAll(removeTemporaryFolders);

describe('openPrivateKey', () => {
  const { privateKey } = sharedKeys();
  let identity: string;
  let sealer: Sealer;

  beforeAll(async () => {
    const age = await import('age-encryption');
    identity = await age.generateX25519Identity();
    sealer = await Sealer.create([await age.identityToRecipient(identity)]);
  });

  async function generationWith(key = privateKey): Promise<ReturnType<Keystore['add']>> {
    const sealedKey = await sealer.seal(key);
    return new Keystore(temporaryFolder()).add('a/server', {
      certificate: certificateOf(),
      chain: [],
      accepted: [],
      sealedKey,
    });
  }

  it('opens the key of a generation', async () => {
    expect((await openPrivateKey(await generationWith(), [identity])).equals(privateKey)).toBe(true);
  });

  it('refuses the key of another certificate', async () => {
    const generation = await generationWith(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    expect(await rejectionOf(openPrivateKey(generation, [identity]))).toMatchObject({
      code: 'certificate-of-another-key',
      subject: 'a/server/0001.key.age',
    });
  });

  it('says that the key is missing, or went after it was listed', async () => {
    const generation = await generationWith();
    const without = { ...generation, keyFile: undefined };
    expect((await rejectionOf(openPrivateKey(without, [identity]))).code).toBe('keystore-key-missing');
    rmSync(generation.keyFile!);
    expect((await rejectionOf(openPrivateKey(generation, [identity]))).code).toBe('keystore-unreadable');
  });

  it('asks for no successor where the generation is superseded', async () => {
    const generation = { ...(await generationWith()), isSuperseded: true };
    const taken = containing('let "vb365 retire" take the superseded generation away');
    expect(await rejectionOf(openPrivateKey(generation, []))).toMatchObject({ cure: taken });
    expect(await rejectionOf(openPrivateKey({ ...generation, keyFile: undefined }, []))).toMatchObject({ cure: taken });
  });

  it('names the file where no identity fits', async () => {
    expect(await rejectionOf(openPrivateKey(await generationWith(), []))).toMatchObject({
      code: 'key-not-sealed-to-identity',
      subject: 'a/server/0001.key.age',
    });
  });
});
