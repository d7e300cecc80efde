import { type Command, Option } from 'commander';
import { resolve } from 'node:path';
import { Vb365Error } from '../../lib/errors';
import { fileOption } from './command-options';
import { withholdFromChildren } from '../../lib/system/child-environment';
import { readUpTo } from '../../lib/system/read-file';
import type { Terminal } from './terminal';
import { decodeText } from '../../lib/system/text';

/** Where a password comes from; never from an argument, which every process list shows. */
export interface PasswordOptions {
  readonly passwordEnv?: string;
  readonly passwordFile?: string;
}

export function addPasswordOptions(command: Command): Command {
  return command
    .addOption(passwordVariableOption('--password-env <name>', 'take the password from this environment variable'))
    .addOption(fileOption('--password-file <file>', 'take the password from the first line of this file'));
}

/** An option that names a variable with a password, which no program that is started gets. */
export function passwordVariableOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((name: string) => {
    withholdFromChildren(name);
    return name;
  });
}

/** How the options are called that a person has given. */
interface PasswordOptionNames {
  readonly env: string;
  readonly file: string;
}

const NAMES: PasswordOptionNames = { env: '--password-env', file: '--password-file' };

/**
 * The password that the options name.
 *
 * No error repeats what the options say: people put the password itself there.
 *
 * @param names of the options, for errors
 * @returns undefined where they name none
 * @throws Vb365Error `password-source-ambiguous`, `password-variable-missing`, `password-file-unreadable`
 */
export function givenPassword(
  terminal: Terminal,
  options: PasswordOptions,
  names: PasswordOptionNames = NAMES,
): string | undefined {
  const { passwordEnv, passwordFile } = options;
  if (passwordEnv !== undefined && passwordFile !== undefined) {
    throw new Vb365Error('password-source-ambiguous', {
      message: `both ${names.env} and ${names.file} are given`,
      cure: 'give one of them',
    });
  }
  if (passwordFile !== undefined) return firstLine(resolve(terminal.cwd(), passwordFile), names);
  if (passwordEnv === undefined) return undefined;
  const value = terminal.env[passwordEnv];
  if (value === undefined) {
    throw new Vb365Error('password-variable-missing', {
      message: `there is no environment variable of the name that ${names.env} gives`,
      cure: `name a variable that is set and holds the password, such as ${names.env} MY_PASSWORD`,
    });
  }
  return value;
}

/**
 * Asks a person, without showing what is typed.
 *
 * @throws Vb365Error `password-needed` where nobody can be asked, `password-prompt-cancelled`
 */
export async function askPassword(terminal: Terminal, message: string): Promise<string> {
  if (terminal.stdin.isTTY !== true || terminal.stderr.isTTY !== true) {
    throw new Vb365Error('password-needed', {
      message: 'a password is needed, and there is no terminal to ask for it',
      cure: 'give --password-env <name> or --password-file <file>',
    });
  }
  const { default: password } = await import('@inquirer/password');
  try {
    return await password({ message, mask: '*' }, { input: terminal.stdin, output: terminal.stderr });
  } catch {
    throw new Vb365Error('password-prompt-cancelled', {
      message: 'no password was given',
      cure: 'run the command again, or give --password-env <name> or --password-file <file>',
    });
  }
}

/** More than any password; a wrong name of a file does not fill the memory. */
const LONGEST_FILE = 65_536;

function firstLine(file: string, names: PasswordOptionNames): string {
  try {
    return decodeText(readUpTo(file, LONGEST_FILE)).split(/\r?\n/, 1)[0] ?? '';
  } catch {
    throw new Vb365Error('password-file-unreadable', {
      message: `the file that ${names.file} names is not there, or cannot be read`,
      cure: 'name a file that is there and that you may read',
    });
  }
}
