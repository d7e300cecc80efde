import { cpSync, rmSync } from 'node:fs';
import { Authority } from '../../support/authority';
import { THREE_LINEAGES, type Workplace } from '../../support/cli';
import { all, edit, FIRST_DAY, remove, REST_API, situations, type Step, write } from '../situation';

const IMPORTED = THREE_LINEAGES.replace(
  'organizations:',
  '    certificates: { roles: { rest-api: { source: imported } } }\norganizations:',
);
const KEPT = `keystore/${REST_API}`;
const REQUEST = `vb365 request ${REST_API}`;
const IMPORT = `vb365 import ${REST_API}`;
/** The authority dates its answers by the clock, and a slow machine takes its time. */
const today = new Date(Date.now() + 3_600_000).toISOString();
const lastMonth = new Date(Date.now() + 340 * 86_400_000).toISOString();
const over = new Date(Date.now() + 370 * 86_400_000).toISOString();

const answering: Step = { printed: `${IMPORT} <answer>`, run: `${IMPORT} answer.pem` };
const importing: Step = { printed: `${IMPORT} <file>`, run: `${IMPORT} answer.pem` };

/** An installation that takes the certificate of its REST API from elsewhere. */
const imported = { configuration: IMPORTED, since: today };

/** Certificates that do not come from here. */
export const requestSituations = situations([
  {
    ...imported,
    code: 'certificate-missing-in-keystore',
    when: 'a certificate is to be imported, and comes from an authority',
    command: 'vb365 issue',
    cure: [REQUEST, answer(), importing],
  },
  {
    ...imported,
    code: 'certificate-missing-in-keystore',
    when: 'a request waits for its answer',
    before: all(REQUEST, answer()),
    command: 'vb365 issue',
    cure: [answering],
  },
  {
    ...imported,
    code: 'certificates-missing',
    when: 'a pipeline needs a certificate that is to be imported, and one to be issued',
    before: remove('keystore/contoso'),
    command: 'vb365 issue',
    env: { CI: 'true' },
    cure: [all(REQUEST, answer()), importing, { printed: '"vb365 issue"', run: 'vb365 issue' }],
    cureEnv: {},
  },
  {
    ...imported,
    code: 'keystore-request-pending',
    when: 'its answer comes',
    before: all(REQUEST, answer()),
    command: 'vb365 status',
    cure: [answering],
  },
  {
    ...imported,
    code: 'keystore-request-pending',
    when: 'no answer is wanted any more',
    before: all(REQUEST),
    command: 'vb365 status',
    cure: [`${REQUEST} --cancel`],
  },
  {
    ...imported,
    code: 'keystore-request-incomplete',
    when: 'its key was lost',
    before: all(REQUEST, remove(`${KEPT}/request.key.age`)),
    command: 'vb365 status',
    cure: [`${REQUEST} --renew-key`],
  },
  {
    ...imported,
    code: 'keystore-request-incomplete',
    when: 'its key was lost, and Git has it',
    before: all(
      REQUEST,
      'git add keystore',
      'git commit --quiet --message requested',
      remove(`${KEPT}/request.key.age`),
    ),
    command: 'vb365 status',
    cure: [{ printed: 'from Git', run: `git checkout HEAD -- ${KEPT}` }],
  },
  {
    ...imported,
    code: 'keystore-merge-conflict',
    when: 'two branches have made a request',
    before: all(
      'git switch --quiet --create other',
      ...[REQUEST, 'git add keystore', 'git commit --quiet --message theirs'],
      'git switch --quiet main',
      `${REQUEST} --out other.csr`,
      ...['git add keystore', 'git commit --quiet --message ours', 'git merge --quiet other || true'],
    ),
    command: 'vb365 status',
    cure: [{ printed: 'git checkout --ours', run: `git checkout --ours ${KEPT}` }],
  },
  {
    ...imported,
    code: 'keystore-key-not-sealed',
    when: 'the key of a request was cut off',
    before: all(
      REQUEST,
      write(`${KEPT}/request.key.age`, (text) => text.slice(0, -60)),
    ),
    command: 'vb365 status',
    cure: [`${REQUEST} --renew-key`],
  },
  {
    ...imported,
    code: 'request-outdated',
    when: 'the host was renamed while a request waited',
    before: all(REQUEST, edit('vb365.yaml', ['restApi: { hostName: vb365.', 'restApi: { hostName: rest.'])),
    command: `${REQUEST} --out again.csr`,
    cure: [`${REQUEST} --renew-key`],
    again: `${REQUEST} --out more.csr`,
  },
  {
    ...imported,
    code: 'answer-of-another-request',
    when: 'the answer to an earlier request comes, and Git has that',
    before: all(
      ...[REQUEST, answer(), 'git add keystore', 'git commit --quiet --message requested'],
      `${REQUEST} --renew-key --out other.csr`,
    ),
    command: `${IMPORT} answer.pem`,
    cure: [{ printed: 'from Git', run: `git checkout HEAD -- ${KEPT}` }],
  },
  {
    ...imported,
    code: 'request-of-another-key',
    when: 'the key of another request was put beside it',
    before: all(REQUEST, otherKey),
    command: 'vb365 audit',
    cure: [`${REQUEST} --renew-key`],
  },
  {
    ...imported,
    code: 'keystore-unfinished',
    when: 'a stopped command has left a request that was answered',
    before: all(REQUEST, answer(), keepRequest, `${IMPORT} answer.pem`, putRequestBack),
    command: 'vb365 status',
    cure: [`${REQUEST} --cancel`],
  },
  {
    ...imported,
    code: 'lineage-imported',
    when: 'the key of an imported certificate leaks',
    before: all(REQUEST, answer(), `${IMPORT} answer.pem`),
    command: `vb365 renew ${REST_API}`,
    cure: [REQUEST, answer(), importing],
    again: 'vb365 status',
  },
  {
    ...imported,
    code: 'lineage-imported',
    when: 'keys leak while a request waits',
    before: all(REQUEST, answer(), `${IMPORT} answer.pem`, REQUEST),
    command: `vb365 renew ${REST_API}`,
    cure: [`${REQUEST} --renew-key`, answer(), answering],
    again: 'vb365 status',
  },
  {
    ...imported,
    code: 'keystore-key-missing',
    when: 'the key of a certificate that came by a request was lost',
    before: all(REQUEST, answer(), `${IMPORT} answer.pem`, remove(`${KEPT}/0001.key.age`)),
    command: 'vb365 renew',
    cure: [REQUEST, answer(), importing],
  },
  {
    ...imported,
    code: 'certificate-renewal-due',
    when: 'an imported certificate is due',
    before: all(REQUEST, answer(), `${IMPORT} answer.pem`),
    command: 'vb365 renew',
    day: lastMonth,
    cure: [REQUEST, answer(800), importing],
  },
  {
    ...imported,
    code: 'certificate-expired',
    when: 'an imported certificate has expired',
    before: all(REQUEST, answer(), `${IMPORT} answer.pem`),
    command: 'vb365 renew',
    day: over,
    cure: [REQUEST, answer(800), importing],
  },
  {
    ...imported,
    code: 'private-key-missing',
    when: 'a certificate comes alone, and its key stands in a file',
    before: all(REQUEST, answer(), `${REQUEST} --cancel`, pairOfPem),
    command: `${IMPORT} pair.crt`,
    cure: [],
    again: `${IMPORT} pair.crt --key pair.key`,
  },
  {
    ...imported,
    code: 'private-key-missing',
    when: 'a certificate comes alone, and its key is kept elsewhere',
    before: all(REQUEST, answer(), `${REQUEST} --cancel`),
    command: `${IMPORT} answer.pem`,
    cure: [],
    again: `${IMPORT} answer.pem --key-elsewhere`,
  },
  {
    ...imported,
    code: 'private-key-missing',
    when: 'nothing was requested here',
    before: all(REQUEST, answer(), `${REQUEST} --cancel`),
    command: `${IMPORT} answer.pem`,
    cure: [REQUEST, answer()],
  },
  {
    ...imported,
    code: 'answer-unreadable',
    when: 'an answer was cut off',
    before: all(REQUEST, answer(), write('cut.pem', 'x'), (place) =>
      place.write('cut.pem', place.read('answer.pem').slice(0, 400)),
    ),
    command: `${IMPORT} cut.pem`,
    cure: [],
    again: `${IMPORT} answer.pem`,
  },
]);

/** What an authority answers to the request that was written last. */
function answer(days = 365): (place: Workplace) => void {
  return (place) => {
    const authority = new Authority();
    try {
      const leaf = authority.sign(place.read('primary-rest-api.csr'), days);
      place.write('answer.pem', leaf + authority.issuing + authority.root);
    } finally {
      authority.dispose();
    }
  };
}

async function otherKey(place: Workplace): Promise<void> {
  place.write('key', place.read(`${KEPT}/request.key.age`));
  await place.run(['request', REST_API, '--renew-key', '--out', 'other.csr', '--at', today]);
  place.write(`${KEPT}/request.key.age`, place.read('key'));
}

function keepRequest(place: Workplace): void {
  cpSync(place.path(KEPT), place.path('kept'), { recursive: true });
}

function putRequestBack(place: Workplace): void {
  cpSync(place.path('kept'), place.path(KEPT), { recursive: true });
}

/** A certificate and its key, made elsewhere. */
async function pairOfPem(place: Workplace): Promise<void> {
  const { execFileSync } = await import('node:child_process');
  const names = ['-subj', '/CN=vb365.example.com', '-addext', 'subjectAltName=DNS:vb365.example.com'];
  const usage = ['-addext', 'extendedKeyUsage=serverAuth', '-addext', 'basicConstraints=critical,CA:FALSE'];
  const files = ['-keyout', place.path('pair.key'), '-out', place.path('pair.crt'), '-noenc', '-days', '365'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...names, ...usage, ...files], { stdio: 'ignore' });
  rmSync(place.path('answer.pem'));
  place.write('day', FIRST_DAY);
}
