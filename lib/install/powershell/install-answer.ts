import { shown } from '../../words/shown';
import { Vb365Error } from '../../errors';
import type { ProcessOutput } from '../../system/process';
import { excerpt } from '../../words/excerpt';
import { isThumbprint } from '../../certificates/thumbprint';

/** What a script says it found and did. */
export interface InstallAnswer {
  /** Thumbprint (SHA-1, upper-case hex) in use before; null where there was none. */
  readonly before: string | null;
  /** As the product showed it when it was asked again. */
  readonly after: string | null;
  /**
   * Whether the product was switched to the certificate; where it was only asked, PowerShell says false, and the REST
   * API whether it would be.
   */
  readonly changed: boolean;
}

export interface ExpectedAnswer {
  readonly lineage: string;
  readonly thumbprint: string;
  /** Where it ran, for people: `vb365.example.com over SSH`. */
  readonly place: string;
  /** Whether it was only asked what it would do. @default false */
  readonly whatIf?: boolean;
}

/**
 * The answer of an installation script. Other lines are passed over: the shell of a server may greet.
 *
 * @throws Vb365Error `install-answer-missing` where there is not exactly one answer, or not one to this question;
 * `install-refused` with the product's own words where the certificate was not installed
 */
export function readInstallAnswer(output: ProcessOutput, expected: ExpectedAnswer): InstallAnswer {
  const { lineage, thumbprint, place, whatIf = false } = expected;
  const answers = output.stdout.split(/\r?\n/).flatMap((line) => parseLine(line, lineage));
  const [answer] = answers;
  if (answer === undefined || answers.length > 1) throw missing(output, expected, answers.length);
  if (answer.error !== undefined) {
    throw new Vb365Error('install-refused', {
      subject: lineage,
      message: `${place} did not install ${thumbprint}: ${excerpt(answer.error)}`,
      cure: 'mend what it names, and install again: nothing is done twice',
    });
  }
  const { before, after, changed } = answer;
  if (answer.whatIf !== whatIf || (!whatIf && after !== thumbprint) || (changed && before === after)) {
    throw missing(output, expected, 0);
  }
  return { before, after, changed };
}

interface AnswerLine extends InstallAnswer {
  readonly whatIf: boolean;
  readonly error?: string;
}

/** None where the line is something else, or about another lineage. */
function parseLine(line: string, lineage: string): AnswerLine[] {
  if (!line.trimStart().startsWith('{"role":')) return [];
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (!('lineage' in value) || value.lineage !== lineage) return [];
  if (!('before' in value && 'after' in value && 'changed' in value && 'whatIf' in value)) return [];
  const { before, after, changed, whatIf } = value;
  if (!isThumbprintOrNull(before) || !isThumbprintOrNull(after)) return [];
  if (typeof changed !== 'boolean' || typeof whatIf !== 'boolean') return [];
  const error = 'error' in value ? { error: String(value.error) } : {};
  return [{ before, after, changed, whatIf, ...error }];
}

function isThumbprintOrNull(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && isThumbprint(value));
}

function missing(
  { stdout, stderr, exitCode }: ProcessOutput,
  { lineage, place }: ExpectedAnswer,
  count: number,
): Vb365Error {
  const said = excerpt(stderr.trim() === '' ? stdout : stderr);
  const what = count > 1 ? `${count} answers` : 'no answer';
  const end = exitCode === null ? 'was ended by a signal' : `ended with ${exitCode}`;
  return new Vb365Error('install-answer-missing', {
    subject: lineage,
    message: `PowerShell on ${place} gave ${what} that can be understood, and ${end}${said === '' ? '' : `: ${shown(said)}`}`,
    cure: 'look on the server whether the certificate is in use, mend what the message names, and install again',
  });
}
