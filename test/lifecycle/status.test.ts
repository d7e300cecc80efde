import fc from 'fast-check';
import { defaultPolicy } from '../../lib/config/policy';
import type { LineageDeclaration } from '../../lib/config/lineages';
import type { Generation } from '../../lib/keystore/keystore';
import { needsAttention } from '../../lib/lifecycle/states';
import { type StatusRow, statusOf } from '../../lib/lifecycle/status';
import { findUndeclared } from '../../lib/lifecycle/undeclared';
import { later, noon, selfSigned } from '../support/self-signed';

const DAY = 86_400;

const DECLARATION: LineageDeclaration = {
  name: 'contoso/entra-application',
  owner: 'contoso',
  role: 'entra-application',
  policy: { ...defaultPolicy, renewBeforeDays: 30 },
  profile: { commonName: 'VB365 contoso', hosts: [] },
  serves: ['organization'],
};

/** Valid for a hundred days from noon. */
const CERTIFICATE = selfSigned({ notAfter: later(noon, 100 * DAY) });

function generationOf(number: number): Generation {
  const label = String(number).padStart(4, '0');
  const certificateFile = `/keystore/${DECLARATION.name}/${label}.crt`;
  return {
    lineage: DECLARATION.name,
    number,
    label,
    certificate: CERTIFICATE,
    chain: [],
    accepted: [],
    certificateFile,
    keyFile: undefined,
  };
}

function stateAfter(seconds: number): StatusRow['state'] | undefined {
  return statusOf(DECLARATION, [generationOf(1)], later(noon, seconds))[0]?.state;
}

describe('statusOf', () => {
  it.each([
    [-1, 'not-yet-valid'],
    [0, 'valid'],
    [70 * DAY - 1, 'valid'],
    [70 * DAY, 'renew'],
    [100 * DAY, 'renew'],
    [100 * DAY + 1, 'expired'],
  ])('%i seconds after its first moment a certificate is %s', (seconds, state) => {
    expect(stateAfter(seconds)).toBe(state);
  });

  it('calls a lineage without a generation missing', () => {
    expect(statusOf(DECLARATION, [], noon)).toMatchObject([{ state: 'missing', generation: null, current: false }]);
  });

  it('puts the newest generation first, and calls the others superseded even when they have expired', () => {
    const rows = statusOf(DECLARATION, [1, 2, 3].map(generationOf), later(noon, 200 * DAY));
    expect(rows.map(({ generation, current, state }) => [generation, current, state])).toEqual([
      ['0003', true, 'expired'],
      ['0002', false, 'superseded'],
      ['0001', false, 'superseded'],
    ]);
  });

  it('counts down and never turns back, whatever the moments', () => {
    const order = ['not-yet-valid', 'valid', 'renew', 'expired'];
    const second = fc.integer({ min: -50 * DAY, max: 150 * DAY });
    fc.assert(
      fc.property(second, second, (one, other) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        const rows = [early, late].map((moment) => statusOf(DECLARATION, [generationOf(1)], later(noon, moment))[0]);
        const [before, after] = rows as [StatusRow, StatusRow];
        expect(before.daysLeft).toBeGreaterThanOrEqual(after.daysLeft ?? 0);
        expect(order.indexOf(before.state)).toBeLessThanOrEqual(order.indexOf(after.state));
      }),
    );
  });
});

describe('needsAttention', () => {
  it.each([
    ['missing', true],
    ['expired', true],
    ['not-yet-valid', true],
    ['renew', true],
    ['valid', false],
    ['superseded', false],
  ] as const)('of what is %s: %s', (state, expected) => {
    const [row] = statusOf(DECLARATION, [], noon) as [StatusRow];
    expect(needsAttention({ ...row, state })).toBe(expected);
  });
});

describe('findUndeclared', () => {
  it('advises about what is kept and not declared, and about nothing else', () => {
    expect(findUndeclared(['a/server', 'b/server'], ['b/server', 'c/server'])).toMatchObject([
      { id: 'lineage-undeclared', severity: 'advice', subject: 'c/server' },
    ]);
    expect(findUndeclared(['a/server'], [])).toEqual([]);
  });
});
