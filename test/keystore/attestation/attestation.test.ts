import fc from 'fast-check';
import {
  attestationOf,
  joinAttestations,
  parseAttestations,
  sealedKeyHash,
  signAttestation,
} from '../../../lib/keystore/attestation/attestation';
import {
  type AttestedGeneration,
  checkAttestations,
  type Opening,
} from '../../../lib/keystore/attestation/check-attestations';
import type { Signer } from '../../../lib/keystore/attestation/signers';
import { isSignedBy, type SigningKey, signingKeyOf } from '../../../lib/keystore/attestation/signing-key';
import { certificateOf, sealedText } from '../fixtures';

/** Opens nothing but what this file seals. */
const IDENTITY = 'AGE-SECRET-KEY-138ZR2YT6E32AFS05UARYE27XAGHQHNGH94A7KH5QT47VUAME6LCQ0NT6LU';
const alice = signingKeyOf(IDENTITY);
const bob = signingKeyOf(`${IDENTITY}2`);
const ALICE: Signer = { signer: alice.signer, recipient: 'age1alice', name: 'Alice' };
const BOB: Signer = { signer: bob.signer, recipient: 'age1bob' };
const DAY_ONE = new Date('2030-02-01T08:00:00Z');
const DAY_TWO = new Date('2030-02-02T08:00:00Z');

const generation = { lineage: 'contoso/entra-application', label: '0004', certificate: certificateOf() };
const sealedKey = sealedText();

function attested(key: SigningKey, at = DAY_ONE, of = generation, sealed = sealedKey): string {
  return signAttestation(attestationOf(of, sealed, { signer: key.signer, at }), key);
}

function openingOf(attestation: string | undefined, signers: readonly Signer[], sealed = sealedKey): Opening {
  const checked: AttestedGeneration = { ...generation, sealedKey: sealed, attestation };
  return checkAttestations([checked], signers)[0]!.opening;
}

describe('signingKeyOf', () => {
  it('gives an identity always the same key, and another one another', () => {
    expect(signingKeyOf(` ${IDENTITY.toLowerCase()}\n`).signer).toBe(alice.signer);
    // As "openssl kdf" derives it; another way would make strangers of all signers.
    expect(alice.signer).toBe('ed25519:YMHhUXPrnW3iM2IMRD_SQwyAckKQhYqpq45oFi9uxsM');
    expect(bob.signer).not.toBe(alice.signer);
  });

  it('signs what nobody else does', () => {
    const signature = alice.sign('text');
    expect(isSignedBy(alice.signer, 'text', signature)).toBe(true);
    expect(isSignedBy(alice.signer, 'text ', signature)).toBe(false);
    expect(isSignedBy(bob.signer, 'text', signature)).toBe(false);
    expect(isSignedBy('ed25519:short', 'text', signature)).toBe(false);
    expect(isSignedBy(`ed25519:${'_'.repeat(43)}`, 'text', signature)).toBe(false);
  });

  it('shows nothing of the identity', () => {
    expect(JSON.stringify(alice) + attested(alice)).not.toContain('AGE-SECRET-KEY');
  });
});

describe('checkAttestations', () => {
  it('says who has opened the key, and when', () => {
    expect(openingOf(attested(alice), [BOB, ALICE])).toEqual({ kind: 'opened', by: ALICE, at: DAY_ONE });
  });

  it('believes line ends of Windows, and a byte order mark', () => {
    const text = `\uFEFF${attested(alice).replaceAll('\n', '\r\n')}`;
    expect(openingOf(text, [ALICE], sealedKey.replaceAll('\n', '\r\n'))).toMatchObject({ kind: 'opened' });
  });

  it.each([undefined, '', '\n\n'])('says that nobody has where there is none: %j', (text) => {
    expect(openingOf(text, [ALICE])).toEqual({ kind: 'unopened' });
  });

  it('says that a key was sealed anew since', () => {
    expect(openingOf(attested(alice), [ALICE], sealedText())).toEqual({ kind: 'resealed', by: ALICE, at: DAY_ONE });
    const gone: AttestedGeneration = { ...generation, sealedKey: undefined, attestation: attested(alice) };
    expect(checkAttestations([gone], [ALICE])[0]?.opening.kind).toBe('resealed');
  });

  it('does not believe a signer who is not among those that count', () => {
    const unknown = { kind: 'unknown-signer', signer: bob.signer, at: DAY_ONE };
    expect(openingOf(attested(bob), [ALICE])).toEqual(unknown);
    expect(openingOf(attested(bob), [])).toEqual(unknown);
  });

  it.each([
    ['is that of another generation', attested(alice, DAY_ONE, { ...generation, label: '0003' })],
    ['is that of another generation', attested(alice, DAY_ONE, { ...generation, lineage: 'fabrikam/data-cloud' })],
    ['is that of another certificate', attested(alice, DAY_ONE, { ...generation, certificate: certificateOf() })],
    ['is not signed by the signer that it names', attested(alice).replace(/Opened: 2030/, 'Opened: 2031')],
    ['is not signed by the signer that it names', attested(bob).replace(bob.signer, alice.signer)],
    ['is damaged', attested(alice).replace(/^Thumbprint.*\n/m, '')],
    ['is damaged', attested(alice).replace(/^Signature/m, 'Lineage: a/b\nSignature')],
    ['is damaged', '<<<<<<< HEAD\n'],
  ])('does not believe one that %s', (reason, text) => {
    expect(openingOf(text, [ALICE])).toEqual({ kind: 'invalid', reason });
  });

  it('believes the newest of several, whatever stands beside it', () => {
    const text = joinAttestations([attested(alice), attested(bob, DAY_TWO), 'anything']);
    expect(openingOf(text, [ALICE, BOB])).toEqual({ kind: 'opened', by: BOB, at: DAY_TWO });
    expect(openingOf(text, [ALICE])).toEqual({ kind: 'opened', by: ALICE, at: DAY_ONE });
  });

  it('believes nothing of a text in which a character has changed', () => {
    const text = attested(alice);
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.string({ minLength: 1, maxLength: 1 }), (place, character) => {
        const changed = text.slice(0, place) + character + text.slice(place + 1);
        const [said] = parseAttestations(changed);
        // Blanks at the ends of lines, and bits of base64 that say nothing, may differ.
        if (said?.isSigned === true) expect(openingOf(changed, [ALICE])).toEqual(openingOf(text, [ALICE]));
        else expect(openingOf(changed, [ALICE]).kind).not.toBe('opened');
      }),
    );
  });
});

describe('joinAttestations', () => {
  it('gives the same text in whatever order they were made, which can be read again', () => {
    const both = [attested(alice), attested(bob, DAY_TWO)];
    const text = joinAttestations(both);
    expect(joinAttestations(both.toReversed())).toBe(text);
    expect(joinAttestations(parseAttestations(text).map((each) => each?.text ?? ''))).toBe(text);
    expect(parseAttestations(text).map((each) => each?.isSigned)).toEqual([true, true]);
  });
});

describe('sealedKeyHash', () => {
  it('is that of the text, whatever the line ends', () => {
    expect(sealedKeyHash(sealedKey.replaceAll('\n', '\r\n'))).toBe(sealedKeyHash(sealedKey));
    expect(sealedKeyHash(sealedText())).not.toBe(sealedKeyHash(sealedKey));
  });
});
