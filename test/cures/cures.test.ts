import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, errorCodes } from '../../lib/error-codes';
import { type CarriedOut, carryOut } from './carry-out';
import { commandsInSource, type SourceCommand } from './commands-in-source';
import { codesElsewhere, commandsElsewhere } from './elsewhere';
import { dateSituations } from './situations/dates';
import { fileSituations } from './situations/files';
import { keystoreSituations } from './situations/keystore';
import { planSituations } from './situations/plans';
import { requestSituations } from './situations/requests';
import { sealingSituations } from './situations/sealing';

jest.setTimeout(60_000);

const carriedOut = [
  carryOut('the keystore', keystoreSituations),
  carryOut('who can open keys', sealingSituations),
  carryOut('certificates from elsewhere', requestSituations),
  carryOut('dates', dateSituations),
  carryOut('files', fileSituations),
  carryOut('plans', planSituations),
];

describe('a cure that was not carried out', () => {
  it('is of a code that says why', () => {
    const done = new Set(carriedOut.flat().map(({ code }) => code));
    const left = Object.keys(errorCodes).filter((code) => !done.has(code));
    const listed: readonly ErrorCode[] = Object.values(codesElsewhere).flat();
    expect(left.sort()).toEqual([...listed].sort());
  });

  it('names a command that says why', () => {
    const done = carriedOut.flat();
    const left = commandsInSource().filter((each) => !done.some((cure) => isOf(cure, each)));
    const names = new Set(left.map(({ command, file }) => `${file}: ${command}`));
    expect([...names].sort()).toEqual(Object.values(commandsElsewhere).flat().sort());
  });

  it('is carried out by another test, where it says so', () => {
    const reasons = [...Object.keys(codesElsewhere), ...Object.keys(commandsElsewhere)].join(' ');
    const tests = Array.from(reasons.matchAll(/test\/[\w/.-]*\w/g), ([path]) => path);
    expect(tests.filter((path) => !existsSync(join(__dirname, '..', '..', path)))).toEqual([]);
  });
});

/** Whether a command in a text of the product is one of those that were done, and the text a part of what was printed. */
function isOf({ done, text }: CarriedOut, source: SourceCommand): boolean {
  if (!patternOf(source.text, '').test(text)) return false;
  return done.some((each) => source.command.startsWith(each) || patternOf(source.command, '^').test(each));
}

/** Where a text of the product has `*`, anything may stand. */
function patternOf(text: string, start: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(start + parts.join('[^]*'));
}
