import { all, CONTOSO, situations } from '../situation';

const RENEW = `vb365 renew ${CONTOSO}`;
const DUE = '2027-05-10';
const OVER = '2027-07-01';

/** What time does to certificates, and what a wrong clock does. */
export const dateSituations = situations([
  {
    code: 'certificate-renewal-due',
    when: 'a certificate nears its end',
    command: 'vb365 issue',
    day: DUE,
    cure: ['vb365 renew'],
  },
  {
    code: 'certificate-expired',
    when: 'a certificate has ended',
    command: 'vb365 issue',
    day: OVER,
    cure: ['vb365 renew'],
  },
  {
    code: 'certificate-missing-in-keystore',
    when: 'nothing was issued yet',
    isIssued: false,
    before: all('vb365 init'),
    command: `vb365 audit ${CONTOSO}`,
    cure: ['vb365 issue'],
  },
  {
    code: 'certificates-missing',
    when: 'a pipeline comes first',
    isIssued: false,
    before: all('vb365 init'),
    command: 'vb365 issue',
    env: { CI: 'true' },
    cure: ['vb365 issue'],
    cureEnv: {},
  },
  {
    code: 'certificate-not-yet-valid',
    when: 'a certificate was made under a clock that was ahead',
    before: all(`${RENEW} --at 2028-01-01`),
    command: 'vb365 issue --at 2026-06-02T00:00:00Z',
    cure: [`${RENEW} --at 2026-06-02T00:00:00Z`],
  },
  {
    code: 'certificate-not-yet-valid',
    when: 'a certificate of tomorrow is to be renewed',
    before: all(`${RENEW} --at 2028-01-01`),
    command: 'vb365 renew --at 2026-06-02T00:00:00Z',
    cure: [`${RENEW} --at 2026-06-02T00:00:00Z`],
  },
  {
    code: 'current-not-valid',
    when: 'a successor has ended before anybody retired what it follows',
    before: all(RENEW),
    command: `vb365 retire --confirmed ${CONTOSO}`,
    day: OVER,
    cure: [RENEW, `vb365 retire --confirmed ${CONTOSO}`],
  },
  {
    code: 'lineage-full',
    when: 'it is due, and three generations are published',
    before: all(RENEW, RENEW),
    command: 'vb365 renew --within 364',
    day: '2026-06-03',
    cure: [
      { printed: `vb365 retire --confirmed ${CONTOSO}`, run: `vb365 retire --confirmed ${CONTOSO}` },
      { printed: '"vb365 renew"', run: 'vb365 renew --within 364' },
    ],
  },
  {
    code: 'lineage-unknown',
    when: 'a lineage is misspelt',
    command: 'vb365 renew contoso/entra-aplication',
    cure: [],
    again: RENEW,
  },
]);
