import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateProfile } from '../../lib/certificates/profile';
import type { LineageDeclaration } from '../../lib/config/lineages';
import { defaultPolicy } from '../../lib/config/policy';
import { attestationOf, signAttestation } from '../../lib/keystore/attestation/attestation';
import { signerLine } from '../../lib/keystore/attestation/signers';
import { signingKeyOf } from '../../lib/keystore/attestation/signing-key';
import { formatCrtFile } from '../../lib/keystore/crt-file';
import { Keystore } from '../../lib/keystore/keystore';
import { type KeystoreChanges, keystoreChanges, openedIn } from '../../lib/review/keystore-changes';
import { sealedText } from '../keystore/fixtures';
import { later, noon, selfSigned } from '../support/self-signed';

const DAY = 86_400;
const LINEAGE = 'contoso/entra-application';
const SEALED = sealedText();
const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const alice = signingKeyOf('AGE-SECRET-KEY-138ZR2YT6E32AFS05UARYE27XAGHQHNGH94A7KH5QT47VUAME6LCQ0NT6LU');

const declaration: LineageDeclaration = {
  ...{ name: LINEAGE, owner: 'contoso', role: 'entra-application', policy: defaultPolicy },
  profile: { commonName: 'VB365 contoso', hosts: [] },
  serves: [],
};

const root = mkdtempSync(join(tmpdir(), 'vb365-keystores-'));
const [base, head] = [join(root, 'base'), join(root, 'head')];

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A generation as `renew` makes it, valid for so many days. */
function write(folder: string, number: number, days = 365): void {
  const label = `000${number}`;
  const added = later(noon, number * DAY);
  const certificate = selfSigned({
    profile: certificateProfile('entra-application', { commonName: 'VB365 contoso' }),
    notBefore: later(added, -3_600),
    notAfter: later(added, days * DAY),
  });
  const content = { lineage: LINEAGE, label, certificate, chain: [], accepted: [], added };
  const file = join(folder, LINEAGE, label);
  mkdirSync(join(folder, LINEAGE), { recursive: true });
  writeFileSync(`${file}.crt`, formatCrtFile(LINEAGE, label, content));
  writeFileSync(`${file}.key.age`, SEALED);
  const attested = attestationOf(content, SEALED, { signer: alice.signer, at: added });
  writeFileSync(`${file}.attestation`, signAttestation(attested, alice));
}

function list(folder: string, text: string): void {
  writeFileSync(join(folder, 'recipients.txt'), text);
}

function changes(own: Partial<LineageDeclaration> = {}): KeystoreChanges {
  const declared = { ...declaration, ...own };
  return keystoreChanges(
    { keystore: new Keystore(base), declarations: [declaration] },
    { keystore: new Keystore(head), declarations: [declared] },
    later(noon, 10 * DAY),
  );
}

beforeEach(() => {
  rmSync(base, { recursive: true, force: true });
  rmSync(head, { recursive: true, force: true });
  write(base, 1);
  list(base, `${RECIPIENT}\n`);
  cpSync(base, head, { recursive: true });
});

describe('keystoreChanges', () => {
  it('are none where nothing differs', () => {
    expect(changes()).toEqual({
      generations: [],
      recipients: { added: [], removed: [], addedSigners: [], removedSigners: [] },
    });
  });

  it('are generations that the base does not have, opened by nobody whom it does not list', () => {
    write(head, 2);
    list(head, `${RECIPIENT}\n${signerLine(alice, RECIPIENT)}\n`);
    const { generations, recipients } = changes();
    expect(generations).toMatchObject([
      { generation: { label: '0002' }, complaints: [], opening: { kind: 'unknown-signer', signer: alice.signer } },
    ]);
    expect(recipients.addedSigners).toMatchObject([{ signer: alice.signer }]);
  });

  it('are opened by a signer of the base', () => {
    list(base, `${RECIPIENT}\n${signerLine(alice, RECIPIENT)}\n`);
    write(head, 2);
    expect(changes().generations).toMatchObject([{ opening: { kind: 'opened', by: { recipient: RECIPIENT } } }]);
  });

  it('are measured by the policy of the base, whatever the branch says', () => {
    write(head, 2, 900);
    const lax = { policy: { ...defaultPolicy, validityDays: 900 } };
    for (const own of [{}, lax]) {
      expect(changes(own).generations).toMatchObject([{ complaints: [{ about: 'validity' }] }]);
    }
  });

  it('are all that there is, and follow nothing, where there is no base', () => {
    const found = keystoreChanges(
      { keystore: undefined, declarations: [] },
      { keystore: new Keystore(head), declarations: [declaration] },
      later(noon, 10 * DAY),
    );
    expect(found.generations).toMatchObject([{ generation: { label: '0001' }, complaints: [] }]);
    expect(found.recipients.added).toEqual([RECIPIENT]);
  });
});

describe('openedIn', () => {
  const opened = (): boolean => {
    const [generation] = new Keystore(head).generations(LINEAGE);
    return generation !== undefined && openedIn(new Keystore(base))(generation);
  };

  it('is whether a signer of the branch has opened the key of a generation that the branch has', () => {
    expect(opened()).toBe(false);
    list(head, `${RECIPIENT}\n${signerLine(alice, RECIPIENT)}\n`);
    expect(opened()).toBe(false);
    list(base, `${RECIPIENT}\n${signerLine(alice, RECIPIENT)}\n`);
    expect(opened()).toBe(true);
    rmSync(join(base, LINEAGE), { recursive: true });
    expect(opened()).toBe(false);
    write(base, 1, 300);
    expect(opened()).toBe(false);
  });

  it('is not, where the branch has no keystore', () => {
    const [generation] = new Keystore(head).generations(LINEAGE);
    expect(generation && openedIn(undefined)(generation)).toBe(false);
  });
});
