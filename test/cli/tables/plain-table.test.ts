import fc from 'fast-check';
import { plainTable } from '../../../cli/tables/plain-table';

const HEAD = ['lineage', 'generation', 'days left', 'thumbprint', 'serves'];
const LINEAGE = 'primary/restore-operator-authentication';
const THUMBPRINT = '0123456789ABCDEF0123456789ABCDEF01234567';
const SERVES = 'restore operators of the web console, and the tenants of a service provider';
const ROWS = [
  [LINEAGE, '0001', { content: '364', hAlign: 'right' as const }, THUMBPRINT, SERVES],
  ['contoso/entra-application', '-', { content: '-', hAlign: 'right' as const }, '-', '-'],
];

function linesAt(width: number | undefined): string[] {
  return plainTable({ head: HEAD, rows: ROWS, width }).split('\n');
}

describe('plainTable', () => {
  it('keeps each row on a line where nobody watches, or the terminal is wide enough', () => {
    const whole = linesAt(undefined);
    expect(whole).toHaveLength(3);
    expect(whole[1]?.endsWith(SERVES)).toBe(true);
    expect(linesAt(whole[1]?.length)).toEqual(whole);
  });

  it('wraps sentences in their column, and breaks no word', () => {
    expect(linesAt(140)).toEqual([
      'lineage                                  generation  days left  thumbprint                                serves',
      `${LINEAGE}  0001              364  ${THUMBPRINT}  restore operators of the web`,
      `${' '.repeat(106)}console, and the tenants of a`,
      `${' '.repeat(106)}service provider`,
      'contoso/entra-application                -                   -  -                                         -',
    ]);
  });

  it('puts the last columns below where they find no room, and says nothing of those that are empty', () => {
    expect(linesAt(80)).toEqual([
      'lineage                                  generation  days left',
      `${LINEAGE}  0001              364`,
      `  thumbprint  ${THUMBPRINT}`,
      '  serves      restore operators of the web console, and the tenants of a service',
      '              provider',
      'contoso/entra-application                -                   -',
    ]);
  });

  it('gives columns without names no names below either', () => {
    const rows = [['  added', 'permission', 'Sites.FullControl.All', SERVES]];
    expect(plainTable({ rows, width: 60 })).toBe(
      [
        '  added  permission  Sites.FullControl.All',
        '  restore operators of the web console, and the tenants of a',
        '  service provider',
      ].join('\n'),
    );
  });

  it('is never wider than the terminal, loses no word, and ends where a terminal is narrower than a word', () => {
    const word = fc.stringMatching(/^[a-z/]{1,30}$/);
    const cell = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
    const rows = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 200 }), (cells, width) => {
        const text = plainTable({ head: ['a', 'b', 'c', 'd'], rows: cells, width });
        const longest = Math.max(...text.split('\n').map(({ length }) => length));
        if (width >= 40) expect(longest).toBeLessThanOrEqual(width);
        for (const each of cells.flat().flatMap((value) => value.split(' '))) expect(text).toContain(each);
      }),
      { numRuns: 50 },
    );
  });
});
