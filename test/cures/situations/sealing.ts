import { chmodSync, copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { signerLine } from '../../../lib/keystore/attestation/signers';
import { signingKeyOf } from '../../../lib/keystore/attestation/signing-key';
import { createIdentity, readIdentities } from '../../../lib/keystore/sealing/identity';
import type { Workplace } from '../../support/cli';
import { all, CONTOSO, edit, fromGit, remove, situations, write } from '../situation';

const RECIPIENTS = 'keystore/recipients.txt';
const KEY = `keystore/${CONTOSO}/0001.key.age`;
const ATTESTATION = `keystore/${CONTOSO}/0001.attestation`;
const RENEW = `vb365 renew ${CONTOSO}`;
const EXPORT = `vb365 export ${CONTOSO} --out contoso.pfx --generate-password contoso.password --force`;
const STRANGER = 'age1sealedtostrangerxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

/** Who can open keys, and who has. */
export const sealingSituations = situations([
  {
    code: 'recipients-missing',
    when: 'the list was removed',
    before: remove(RECIPIENTS),
    command: RENEW,
    cure: ['vb365 init'],
  },
  {
    code: 'recipients-missing',
    when: 'the list was removed, and Git has it',
    before: remove(RECIPIENTS),
    command: RENEW,
    cure: [fromGit(RECIPIENTS)],
  },
  {
    code: 'recipients-missing',
    when: 'the list names nobody',
    before: write(RECIPIENTS, '# nobody\n'),
    command: RENEW,
    cure: [
      {
        printed: 'the line "# public key:" of an identity file',
        run: `sed -n 's/^# public key: //p' "$VB365_IDENTITY" >> ${RECIPIENTS}`,
      },
    ],
  },
  {
    code: 'recipients-unreadable',
    when: 'a folder stands in the place of the list',
    before: all(remove(RECIPIENTS), write(`${RECIPIENTS}/x`, '')),
    command: RENEW,
    cure: [{ printed: 'move that folder away', run: `rm -r ${RECIPIENTS}` }, all(`git checkout HEAD -- ${RECIPIENTS}`)],
  },
  {
    code: 'recipients-invalid',
    when: 'a line is misspelt',
    before: write(RECIPIENTS, (text) => `${text}${STRANGER}\n`),
    command: RENEW,
    cure: [edit(RECIPIENTS, [STRANGER, ''])],
  },
  {
    code: 'recipient-is-identity',
    when: 'somebody wrote an identity into the list',
    before: (place) => {
      const [, secret = ''] = /^(AGE-SECRET-KEY-.*)$/m.exec(readFileSync(place.identity, 'utf8')) ?? [];
      place.write(RECIPIENTS, `${place.read(RECIPIENTS)}${secret}\n`);
    },
    command: RENEW,
    cure: [
      (place) => {
        place.write(RECIPIENTS, place.read(RECIPIENTS).replace(/^AGE-SECRET-KEY-.*\n/m, ''));
        renameSync(place.identity, `${place.identity}.leaked`);
      },
      'vb365 init',
    ],
  },
  {
    code: 'recipient-is-ssh-key',
    when: 'somebody wrote an SSH key into the list',
    before: write(RECIPIENTS, (text) => `${text}ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA\n`),
    command: RENEW,
    cure: [edit(RECIPIENTS, ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA\n', ''])],
  },
  {
    code: 'recipient-new',
    when: 'a colleague whom one knows joins',
    before: join,
    command: RENEW,
    cure: [all('git add keystore', 'git commit --quiet --message joined'), 'vb365 reseal'],
  },
  {
    code: 'recipient-new',
    when: 'nobody knows a recipient',
    before: join,
    command: RENEW,
    cure: [`git log -p -- ${RECIPIENTS}`, all(`git checkout HEAD -- ${RECIPIENTS}`)],
  },
  {
    code: 'recipient-count-differs',
    when: 'a list was committed with a recipient more',
    before: all(join, remove('.git')),
    command: RENEW,
    cure: ['vb365 reseal'],
  },
  {
    code: 'signer-unlisted',
    when: 'a colleague who is no recipient audits',
    before: async (place) => {
      renameSync(place.identity, `${place.identity}.first`);
      await createIdentity(place.identity, new Date(0));
    },
    command: 'vb365 audit',
    cure: [
      async (place) => {
        const { stderr } = await place.run(['audit', '--dry-run']);
        const [, signer = '', recipient = ''] = /add the lines "(.*?)" and "(.*?)"/.exec(stderr) ?? [];
        place.write(RECIPIENTS, `${place.read(RECIPIENTS)}${signer}\n${recipient}\n`);
      },
      'vb365 audit',
    ],
    exits: { 'vb365 audit': 1 },
  },
  {
    code: 'signer-replaced',
    when: 'the list names another signer',
    before: async (place) => {
      const { recipients } = await readIdentities(place.identity);
      await colleague(place);
      const [other = ''] = (await readIdentities(place.path('../colleague.txt'))).identities;
      const line = signerLine(signingKeyOf(other), recipients[0] ?? '');
      place.write(RECIPIENTS, place.read(RECIPIENTS).replace(/^# signer .*$/m, line));
    },
    command: 'vb365 audit',
    cure: [
      { printed: 'git log', run: `git log -p -- ${RECIPIENTS}` },
      all(`git checkout HEAD -- ${RECIPIENTS}`),
      'vb365 audit',
    ],
  },
  {
    code: 'recipients-without-you',
    when: 'the list names only a colleague',
    before: async (place) => place.write(RECIPIENTS, `${await colleague(place)}\n`),
    command: 'vb365 reseal',
    cure: [{ printed: '--without-me', run: 'vb365 reseal --without-me' }],
    again: 'vb365 reseal --without-me --dry-run',
  },
  {
    code: 'recipients-without-you',
    when: 'the own recipient was taken out by mistake',
    before: async (place) => {
      place.write('before', place.read(RECIPIENTS));
      place.write(RECIPIENTS, `${await colleague(place)}\n`);
    },
    command: 'vb365 reseal',
    cure: [(place) => place.write(RECIPIENTS, place.read('before') + place.read(RECIPIENTS))],
  },
  {
    code: 'key-not-sealed-to-identity',
    when: 'a key was sealed before one joined, and somebody else reseals',
    before: async (place) => {
      renameSync(place.identity, `${place.identity}.first`);
      await createIdentity(place.identity, new Date(0));
    },
    command: EXPORT,
    cure: [
      async (place) => {
        const { recipients } = await readIdentities(place.identity);
        place.write(RECIPIENTS, `${place.read(RECIPIENTS)}${recipients.join('\n')}\n`);
        swapIdentities(place);
      },
      'vb365 reseal',
      swapIdentities,
    ],
  },
  {
    code: 'key-not-sealed-to-identity',
    when: 'nobody has the identity any more',
    before: async (place) => {
      rmSync(place.identity);
      place.write(RECIPIENTS, `${await createIdentity(place.identity, new Date(0))}\n`);
    },
    command: EXPORT,
    cure: [RENEW],
  },
  {
    code: 'sealed-key-damaged',
    when: 'a sealed key was changed, and Git has it',
    before: write(KEY, changed),
    command: EXPORT,
    cure: [fromGit(KEY)],
  },
  {
    code: 'sealed-key-damaged',
    when: 'a sealed key was changed',
    before: write(KEY, changed),
    command: EXPORT,
    cure: [RENEW],
  },
  {
    code: 'key-not-sealed',
    when: 'a sealed key was cut off, and Git has it',
    before: write(KEY, (text) => text.slice(0, 200)),
    command: EXPORT,
    cure: [fromGit(KEY)],
  },
  {
    code: 'identity-missing',
    when: 'one has none yet',
    before: (place) => {
      rmSync(place.identity);
    },
    command: EXPORT,
    again: 'vb365 init',
    cure: ['vb365 init'],
  },
  {
    code: 'identity-malformed',
    when: 'something else stands in its file',
    before: (place) => {
      writeFileSync(place.identity, 'nonsense\n');
    },
    command: EXPORT,
    again: 'vb365 init',
    cure: [{ printed: 'move this file away', run: 'mv "$VB365_IDENTITY" "$VB365_IDENTITY.nonsense"' }, 'vb365 init'],
  },
  {
    code: 'identity-readable-by-others',
    when: 'a copy has lost its mode',
    before: (place) => {
      chmodSync(place.identity, 0o644);
    },
    command: 'vb365 audit',
    cure: [{ printed: 'chmod 600', run: 'chmod 600 "$VB365_IDENTITY"' }],
  },
  {
    code: 'keystore-attestation-unfit',
    when: 'an attestation speaks of another certificate',
    before: all('vb365 audit', RENEW, (place) => {
      copyFileSync(place.path(ATTESTATION), place.path(`keystore/${CONTOSO}/0002.attestation`));
    }),
    command: 'vb365 status',
    cure: [{ printed: 'git log', run: 'git log -- keystore' }, 'vb365 audit'],
  },
  {
    code: 'keystore-attestation-unfit',
    when: 'an attestation was changed',
    before: all('vb365 audit', edit(ATTESTATION, ['Opened: 2026', 'Opened: 2025'])),
    command: 'vb365 status',
    cure: ['vb365 audit'],
  },
  {
    code: 'keystore-merge-conflict',
    when: 'two branches have attested a generation',
    before: all(
      'vb365 audit',
      write(ATTESTATION, (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`),
    ),
    command: 'vb365 status',
    cure: [remove(ATTESTATION), 'vb365 audit'],
  },
  {
    code: 'identity-made-in-ci',
    when: 'a pipeline made an identity',
    isIssued: false,
    command: 'vb365 init',
    env: { CI: 'true' },
    cure: [
      (place) => {
        rmSync(place.identity);
        rmSync(place.path(RECIPIENTS));
      },
      { printed: 'vb365 init', run: 'vb365 init' },
    ],
  },
]);

/** Whoever was there first takes the place of whoever came, and back. */
function swapIdentities({ identity }: Workplace): void {
  for (const [from, to] of [
    ['', '.other'],
    ['.first', ''],
    ['.other', '.first'],
  ] as const) {
    renameSync(identity + from, identity + to);
  }
}

async function join(place: Workplace): Promise<void> {
  place.write(RECIPIENTS, `${place.read(RECIPIENTS)}${await colleague(place)}\n`);
}

function colleague(place: Workplace): Promise<string> {
  return createIdentity(place.path('../colleague.txt'), new Date(0));
}

/** A byte of the sealed key, not of its head. */
function changed(text: string): string {
  const lines = text.split('\n');
  const at = lines.length - 4;
  const line = lines[at] ?? '';
  return [...lines.slice(0, at), (line.startsWith('A') ? 'B' : 'A') + line.slice(1), ...lines.slice(at + 1)].join('\n');
}
