import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Terminal } from './terminal';

/** Every command that reads the configuration has it. */
export interface ConfigOption {
  readonly config?: string;
}

/** Every command that decides or issues by the clock has it. */
export interface AtOption {
  readonly at?: Date;
}

export function configOption(): Option {
  return fileOption('--config <file>', 'configuration to read (default: $VB365_CONFIG, else vb365.yaml)');
}

export function atOption(): Option {
  return new Option('--at <date>', 'take this moment as now (RFC 3339 date or date and time)').argParser(parseDate);
}

export function jsonOption(): Option {
  return new Option('--json', 'print JSON');
}

/** An option whose value is a path: an empty one, as an unset variable of a shell leaves it, names none. */
export function fileOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((path: string) => {
    if (path === '') throw new InvalidArgumentError('Name a file.');
    return path;
  });
}

/** Absolute path of the configuration. */
export function configurationFile(options: ConfigOption, terminal: Terminal): string {
  const named = options.config ?? terminal.env.VB365_CONFIG;
  return resolve(terminal.cwd(), named === undefined || named === '' ? 'vb365.yaml' : named);
}

/** The only place where the clock is read. */
export function now(options: AtOption): Date {
  return options.at ?? new Date();
}

/** For an option that may stand several times. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-3]):\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function parseDate(text: string): Date {
  const [, day = ''] = RFC_3339.exec(text) ?? [];
  const date = new Date(text);
  // Near the ends of these years, the time zone may lead out of them.
  const hasFourDigits = /^\d{4}-/.test(Number.isNaN(date.getTime()) ? '' : date.toISOString());
  if (!isDayOfCalendar(day) || !hasFourDigits) {
    throw new InvalidArgumentError('Give a date such as 2027-01-31 or 2027-01-31T08:00:00Z.');
  }
  return date;
}

/** JavaScript takes 30 February as 2 March. */
function isDayOfCalendar(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
