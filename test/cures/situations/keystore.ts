import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { testKey } from '../../support/openssl';
import { all, CONTOSO, edit, fromGit, remove, situations, write } from '../situation';

const CRT = `keystore/${CONTOSO}/0001.crt`;
const KEY = `keystore/${CONTOSO}/0001.key.age`;
const SECOND = `keystore/${CONTOSO}/0002`;
const RENEW = `vb365 renew ${CONTOSO}`;
const clearKey = testKey('rsa-2048').export({ type: 'pkcs8', format: 'pem' }).toString();

/** What has become of files of the keystore. */
export const keystoreSituations = situations([
  {
    code: 'keystore-certificate-unreadable',
    when: 'a certificate was cut off, and Git has it',
    before: write(CRT, (text) => text.slice(0, -60)),
    command: 'vb365 status',
    cure: [fromGit(`keystore/${CONTOSO}`)],
  },
  {
    code: 'keystore-certificate-unreadable',
    when: 'a certificate was cut off, and Git does not have it',
    before: write(CRT, (text) => text.slice(0, -60)),
    command: 'vb365 status',
    cure: [remove(CRT, KEY), 'vb365 issue'],
  },
  {
    code: 'keystore-certificate-unreadable',
    when: 'the newest of two certificates was cut off, and Git does not have it',
    before: all(
      RENEW,
      write(`${SECOND}.crt`, (text) => text.slice(0, -60)),
    ),
    command: 'vb365 status',
    cure: [remove(`${SECOND}.crt`, `${SECOND}.key.age`), 'vb365 renew'],
  },
  {
    code: 'keystore-merge-conflict',
    when: 'two branches have renewed a lineage',
    before: conflictOf(RENEW),
    command: 'vb365 status',
    cure: [{ printed: 'git checkout --ours', run: `git checkout --ours keystore/${CONTOSO}` }, 'vb365 renew'],
  },
  {
    code: 'keystore-key-in-clear',
    when: 'a private key stands in a certificate',
    before: write(CRT, (text) => text + clearKey),
    command: 'vb365 status',
    cure: [remove(CRT, KEY), { printed: 'issue or import a new certificate', run: 'vb365 issue' }],
  },
  {
    code: 'keystore-key-in-clear',
    when: 'a private key is not sealed',
    before: write(KEY, clearKey),
    command: 'vb365 status',
    cure: [RENEW, all(`vb365 retire --confirmed ${CONTOSO}`)],
  },
  {
    code: 'keystore-certificate-missing',
    when: 'a certificate was removed, and Git has it',
    before: remove(CRT),
    command: 'vb365 status',
    cure: [fromGit(CRT)],
  },
  {
    code: 'keystore-certificate-missing',
    when: 'a certificate was removed, and Git does not have it',
    before: remove(CRT),
    command: 'vb365 status',
    cure: [remove(KEY)],
  },
  {
    code: 'keystore-key-missing',
    when: 'a sealed key was removed, and Git has it',
    before: remove(KEY),
    command: 'vb365 status',
    cure: [fromGit(KEY)],
  },
  {
    code: 'keystore-key-missing',
    when: 'a sealed key was lost',
    before: remove(KEY),
    command: 'vb365 status',
    cure: [RENEW],
  },
  {
    code: 'keystore-key-missing',
    when: 'the key of a superseded certificate was lost',
    before: all(RENEW, remove(KEY)),
    command: 'vb365 status',
    cure: ['vb365 retire'],
    then: '2026-07-10',
  },
  {
    code: 'keystore-key-not-sealed',
    when: 'a sealed key was cut off',
    before: write(KEY, (text) => text.slice(0, -60)),
    command: 'vb365 status',
    cure: [RENEW],
  },
  {
    code: 'keystore-certificate-repeated',
    when: 'a generation was copied',
    before: (place) => {
      cpSync(place.path(CRT), place.path(`${SECOND}.crt`));
      cpSync(place.path(KEY), place.path(`${SECOND}.key.age`));
    },
    command: 'vb365 status',
    cure: [remove(`${SECOND}.crt`, `${SECOND}.key.age`)],
  },
  {
    code: 'keystore-key-shared',
    when: 'two lineages that sign in to Entra have a key',
    before: (place) => {
      const other = `keystore/primary/restore-operator-authentication`;
      rmSync(place.path(other), { recursive: true });
      cpSync(place.path(`keystore/${CONTOSO}`), place.path(other), { recursive: true });
    },
    command: 'vb365 synth',
    cure: [
      { printed: 'git log', run: 'git log --format=%an -- keystore' },
      'vb365 renew primary/restore-operator-authentication',
      'vb365 retire --confirmed primary/restore-operator-authentication',
    ],
    then: '2026-06-02',
  },
  {
    code: 'keystore-generation-gap',
    when: 'a generation between two was removed, and Git has it',
    before: all(
      RENEW,
      RENEW,
      'git add keystore',
      'git commit --quiet --message renewed',
      remove(`${SECOND}.crt`, `${SECOND}.key.age`),
    ),
    command: 'vb365 status',
    cure: [fromGit('keystore')],
  },
  {
    code: 'keystore-head-differs',
    when: 'the readable lines of a certificate were changed',
    before: edit(CRT, ['Valid to: 2027', 'Valid to: 2037']),
    command: 'vb365 status',
    cure: [
      { printed: 'openssl x509 -noout -text -in <file>', run: `openssl x509 -noout -text -in ${CRT}` },
      fromGit(CRT),
    ],
  },
  {
    code: 'keystore-head-differs',
    when: 'a certificate does not say when it was added',
    before: edit(CRT, ['Added: 2026', 'Added: Monday 2026']),
    command: 'vb365 status',
    cure: [fromGit(CRT)],
  },
  {
    code: 'keystore-foreign-file',
    when: 'a file lies among generations',
    before: write(`keystore/${CONTOSO}/notes.txt`, ''),
    command: 'vb365 status',
    cure: [
      (place) => {
        renameSync(place.path(`keystore/${CONTOSO}/notes.txt`), place.path('notes.txt'));
      },
    ],
  },
  {
    code: 'keystore-name-malformed',
    when: 'a generation is named without leading zeros',
    before: (place) => {
      renameSync(place.path(CRT), place.path(`keystore/${CONTOSO}/1.crt`));
    },
    command: 'vb365 status',
    cure: [
      (place) => {
        renameSync(place.path(`keystore/${CONTOSO}/1.crt`), place.path(CRT));
      },
    ],
  },
  {
    code: 'keystore-not-a-file',
    when: 'a folder stands where a certificate was',
    before: (place) => {
      rmSync(place.path(CRT));
      mkdirSync(place.path(CRT));
    },
    command: 'vb365 status',
    cure: [remove(CRT), fromGit(CRT)],
  },
  {
    code: 'keystore-not-a-folder',
    when: 'a file stands where the folder of a lineage was',
    before: all(remove(`keystore/${CONTOSO}`), write(`keystore/${CONTOSO}`, '')),
    command: 'vb365 issue',
    cure: [remove(`keystore/${CONTOSO}`), fromGit(`keystore/${CONTOSO}`)],
  },
  {
    code: 'keystore-symbolic-link',
    when: 'a certificate was moved away and linked',
    before: (place) => {
      renameSync(place.path(CRT), place.path('moved.crt'));
      symlinkSync(place.path('moved.crt'), place.path(CRT));
    },
    command: 'vb365 status',
    cure: [
      (place) => {
        rmSync(place.path(CRT));
        renameSync(place.path('moved.crt'), place.path(CRT));
      },
    ],
  },
  {
    code: 'lineage-undeclared',
    when: 'a lineage has left the configuration',
    before: (place) => {
      cpSync(place.path('keystore/contoso'), place.path('keystore/fabrikam'), { recursive: true });
    },
    command: 'vb365 status',
    cure: [remove('keystore/fabrikam')],
  },
  {
    code: 'generation-unknown',
    when: 'a generation is asked for that is not there',
    command: `vb365 export ${CONTOSO} --generation 0007 --generate-password pw`,
    cure: [],
    again: `vb365 export ${CONTOSO} --generation 0001 --generate-password pw`,
  },
  {
    code: 'lineage-full',
    when: 'a key leaks, and three generations are published',
    before: all(RENEW, RENEW),
    command: RENEW,
    cure: [`vb365 retire --confirmed ${CONTOSO}`],
  },
  {
    code: 'keystore-damaged',
    when: 'a sealed key was lost before the stacks are written',
    before: remove(KEY),
    command: 'vb365 synth',
    cure: [all(RENEW)],
  },
  {
    code: 'keystore-damaged',
    when: 'the stacks of the others are wanted meanwhile',
    before: remove(KEY),
    command: 'vb365 synth',
    cure: ['vb365 synth --whole'],
    again: 'vb365 synth --whole',
  },
]);

/** Two branches do the same, and are merged. */
function conflictOf(command: string) {
  return all(
    'git switch --quiet --create other',
    command,
    'git add keystore',
    'git commit --quiet --message theirs',
    'git switch --quiet main',
    command,
    'git add keystore',
    'git commit --quiet --message ours',
    'git merge --quiet other || true',
  );
}
