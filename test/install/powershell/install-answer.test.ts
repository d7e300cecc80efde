import fc from 'fast-check';
import { readInstallAnswer } from '../../../lib/install/powershell/install-answer';
import { thrownBy } from '../../support/thrown';

const NEW = 'A'.repeat(40);
const OLD = 'B'.repeat(40);
const EXPECTED = { lineage: 'primary/rest-api', thumbprint: NEW, place: 'vb365.example.com over SSH' };
const answer = { role: 'rest-api', lineage: EXPECTED.lineage, before: OLD, after: NEW, changed: true, whatIf: false };

function read(stdout: string, whatIf = false): unknown {
  return readInstallAnswer({ stdout, stderr: 'oops', exitCode: 1, isCut: false }, { ...EXPECTED, whatIf });
}

describe('readInstallAnswer', () => {
  it('reads the answer between whatever a shell says', () => {
    const stdout = `Welcome\r\n{"x":1}\r\n${JSON.stringify(answer)}\r\nBye`;
    expect(read(stdout)).toEqual({ before: OLD, after: NEW, changed: true });
  });

  it.each([
    ['nothing', ''],
    ['half an answer', JSON.stringify(answer).slice(0, -9)],
    ['two answers', `${JSON.stringify(answer)}\n${JSON.stringify(answer)}`],
    ['an answer about another lineage', JSON.stringify({ ...answer, lineage: 'primary/server' })],
    ['another certificate in use', JSON.stringify({ ...answer, after: OLD })],
    ['a change that changes nothing', JSON.stringify({ ...answer, before: NEW })],
    ['something else than a thumbprint', JSON.stringify({ ...answer, before: 'none' })],
    ['a word where true or false belongs', JSON.stringify({ ...answer, changed: 'yes' })],
    ['what would be, where it was to be done', JSON.stringify({ ...answer, whatIf: true })],
    ['no object', '{"role":"rest-api"}'],
  ])('does not take %s for success', (_, stdout) => {
    const error = thrownBy(() => read(stdout));
    expect(error?.code).toBe('install-answer-missing');
    expect(error?.message).toMatch(/over SSH gave .* ended with 1: "oops"$/);
  });

  it('says in its own words why the product refused', () => {
    const error = thrownBy(() => read(JSON.stringify({ ...answer, after: OLD, error: 'no\r\n\u001b[31maccess' })));
    expect(error?.code).toBe('install-refused');
    expect(error?.message).toBe(`${EXPECTED.place} did not install ${NEW}: no access`);
  });

  it('takes what would be done where it asked for that', () => {
    const stdout = JSON.stringify({ ...answer, after: OLD, changed: false, whatIf: true });
    expect(read(stdout, true)).toEqual({ before: OLD, after: OLD, changed: false });
  });

  it('repeats a bounded part of what was said, without characters that move a cursor', () => {
    const output = {
      stdout: '',
      stderr: `${'x'.repeat(9_999)}\u001b]0;t\u0007\u202e end`,
      exitCode: null,
      isCut: false,
    };
    const error = thrownBy(() => readInstallAnswer(output, EXPECTED));
    expect(error?.message).toMatch(/was ended by a signal: "…x+/);
    expect(error?.message.length).toBeLessThan(900);
    expect(error?.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('never throws anything but its own errors', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `{"role":${json}}`),
        ),
        (stdout) => {
          expect(thrownBy(() => read(stdout))?.code).toBe('install-answer-missing');
        },
      ),
    );
  });
});
