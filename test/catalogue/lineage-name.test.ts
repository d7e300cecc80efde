import fc from 'fast-check';
import { join, sep } from 'node:path';
import { generationLabel, parseLineageName } from '../../lib/catalogue/lineage-name';
import { Vb365Error } from '../../lib/errors';
import { errorOf } from '../keystore/fixtures';

describe('parseLineageName', () => {
  test.each([
    ['contoso/entra-application', { owner: 'contoso', segment: 'entra-application' }],
    [
      'contoso/backup-application-8b7f2f5e-0d5f-4d4c-9c0e-0f6f3b1f7a11',
      { owner: 'contoso', segment: 'backup-application-8b7f2f5e-0d5f-4d4c-9c0e-0f6f3b1f7a11' },
    ],
    ['1/2', { owner: '1', segment: '2' }],
    [`${'a'.repeat(63)}/b`, { owner: 'a'.repeat(63), segment: 'b' }],
  ])('takes %s apart', (name, parts) => {
    expect(parseLineageName(name)).toEqual(parts);
  });

  test.each([
    '',
    'contoso',
    'contoso/',
    '/server',
    'contoso/server/0001',
    'Contoso/server',
    '-contoso/server',
    'contoso/server-',
    'contoso/..',
    '../server',
    '.lock/server',
    'contoso\\server/x',
    'cöntoso/server',
    `${'a'.repeat(64)}/b`,
    'contoso/server\n',
  ])('refuses %j', (name) => {
    expect(errorOf(() => parseLineageName(name))).toMatchObject({ code: 'lineage-malformed', subject: name });
  });

  it('never leads out of the keystore', () => {
    const hostile = fc.string({ unit: fc.constantFrom('a', '.', '/', '\\', '-', '~', '\0', 'Z', ' ') });
    fc.assert(
      fc.property(hostile, (name) => {
        try {
          const { owner, segment } = parseLineageName(name);
          expect(join('/keystore', owner, segment).split(sep)).toHaveLength(4);
        } catch (error) {
          expect(error).toBeInstanceOf(Vb365Error);
        }
      }),
    );
  });
});

describe('generationLabel', () => {
  test.each([
    [1, '0001'],
    [42, '0042'],
    [9999, '9999'],
  ])('writes %d as %s', (number, label) => {
    expect(generationLabel(number)).toBe(label);
  });
});
