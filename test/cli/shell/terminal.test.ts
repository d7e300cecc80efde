import { Vb365Error } from '../../../lib/errors';
import type { Finding } from '../../../lib/findings';
import { pathFrom, printable, withPathsFrom } from '../../../lib/words/printable';
import { printError, printFindings, type Terminal } from '../../../cli/shell/terminal';

const FINDING: Finding = {
  id: 'some-rule',
  severity: 'warning',
  subject: 'contoso',
  message: 'something is odd',
  cure: 'make it even',
};

function printed(print: (terminal: Terminal) => void): string {
  let text = '';
  const stderr = { write: (chunk: string) => (text += chunk) } as unknown as Terminal['stderr'];
  print({ env: {}, stderr, stdout: stderr, stdin: process.stdin, cwd: () => '/home/me/repository' });
  return text;
}

describe('printFindings', () => {
  it('prints id, place relative to the working folder, subject, message and cure', () => {
    const place = { file: '/home/me/repository/organizations/contoso.yaml', line: 3, column: 7 };
    expect(
      printed((terminal) => {
        printFindings(terminal, [{ ...FINDING, place }]);
      }),
    ).toBe('warning[some-rule] organizations/contoso.yaml:3:7: contoso: something is odd\ncure: make it even\n');
  });

  it('does not name the subject twice', () => {
    const finding = { ...FINDING, message: 'contoso is odd' };
    expect(
      printed((terminal) => {
        printFindings(terminal, [finding]);
      }),
    ).toMatch(/^warning\[some-rule\] contoso is odd\n/);
  });

  it.each([
    [
      'the subject is the place',
      { subject: '/home/me/repository/r.txt:3', message: 'it is odd' },
      3,
      'r.txt:3: it is odd',
    ],
    [
      'the subject is the file',
      { subject: '/home/me/repository/r.txt', message: 'it is odd' },
      3,
      'r.txt:3: it is odd',
    ],
    [
      'the message begins with the file',
      { subject: '/home/me/repository/r.txt', message: '/home/me/repository/r.txt is odd' },
      undefined,
      'r.txt is odd',
    ],
    [
      'nothing but the file is known',
      { subject: '/home/me/repository/r.txt', message: 'it is odd' },
      undefined,
      'r.txt: it is odd',
    ],
  ])('says a place once where %s', (_, said, line, expected) => {
    const place = { file: '/home/me/repository/r.txt', ...(line !== undefined && { line }) };
    const text = printed((terminal) => {
      printFindings(terminal, [{ ...FINDING, ...said, place }]);
    });
    expect(text.split('\n')[0]).toBe(`warning[some-rule] ${expected}`);
  });

  it('prints all of a thousand, and a cure that they share once', () => {
    const findings = Array.from({ length: 1_000 }, (_, index) => ({ ...FINDING, subject: `organization-${index}` }));
    const lines = printed((terminal) => {
      printFindings(terminal, findings);
    })
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(1_001);
    expect(lines.slice(-2)).toEqual(['warning[some-rule] organization-999: something is odd', 'cure: make it even']);
  });
});

describe('printError', () => {
  it('prints the findings first, then what they come to', () => {
    const error = new Vb365Error('configuration-invalid', {
      subject: '/home/me/repository/vb365.yaml',
      message: '/home/me/repository/vb365.yaml has an error',
      cure: 'correct what the findings name',
      findings: [FINDING],
    });
    expect(
      printed((terminal) => {
        printError(terminal, error);
      }),
    ).toBe(
      [
        'warning[some-rule] contoso: something is odd',
        'cure: make it even',
        'error[configuration-invalid] vb365.yaml has an error',
        'cure: correct what the findings name',
        '',
      ].join('\n'),
    );
  });

  it('translates what the operating system refuses', () => {
    const refusal = Object.assign(new Error('EACCES: …'), { code: 'EACCES', syscall: 'stat', path: '/secret/x' });
    expect(
      printed((terminal) => {
        printError(terminal, refusal);
      }),
    ).toMatch(/^error\[system-refused\] cannot use \/secret\/x: permission denied\ncure: /);
  });

  it('says what it can of something else that was thrown', () => {
    expect(
      printed((terminal) => {
        printError(terminal, 'a text');
      }),
    ).toMatch(/^error\[internal\] something that is not an error/);
  });
});

describe('printable', () => {
  it.each([
    ['one line', 'one line'],
    ['two\n  lines', 'two lines'],
    ['Zürich 東京', 'Zürich 東京'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['abc\rxyz', 'abc\\u{d}xyz'],
    ['right\u202eleft', 'right\\u{202e}left'],
    ['::stop-commands::x', '\\u{3a}:stop-commands::x'],
    ['\n ::error::x', '\\u{3a}:error::x'],
    ['fe80::1 and a::b', 'fe80::1 and a::b'],
    ['x ##vso[task.setvariable variable=a]b', 'x #\\u{23}vso[task.setvariable variable=a]b'],
    ['x ##[add-path]b, ##TeamCity[x]', 'x #\\u{23}[add-path]b, #\\u{23}TeamCity[x]'],
    ['## a heading', '## a heading'],
  ])('prints %j as %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('cuts what nobody would read', () => {
    expect(printable('x'.repeat(10_000))).toHaveLength(2_001);
  });
});

describe('paths seen from a folder', () => {
  it.each([
    ['/a/b', '/a/b/c', 'c'],
    ['/a/b', '/a/b/c/d', 'c/d'],
    ['/a/b', '/a/bc', '/a/bc'],
    ['/a/b', '/a', '/a'],
    ['/a/b', '/a/b', '/a/b'],
    ['/a/b', 'c.yaml', 'c.yaml'],
  ])('from %s, %s is %s', (folder, path, expected) => {
    expect(pathFrom(folder, path)).toBe(expected);
  });

  it.each([
    ['there is no file /a/b/c.yaml', 'there is no file c.yaml'],
    ['"/a/b/c" and (/a/b/d)', '"c" and (d)'],
    ['/x/a/b/c', '/x/a/b/c'],
    ['/a/bc', '/a/bc'],
  ])('%s becomes %s', (sentence, expected) => {
    expect(withPathsFrom('/a/b', sentence)).toBe(expected);
  });

  it('leaves sentences alone in the root folder', () => {
    expect(withPathsFrom('/', 'no file /a')).toBe('no file /a');
  });
});
