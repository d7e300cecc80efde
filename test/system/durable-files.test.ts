import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Vb365Error } from '../../lib/errors';
import {
  fileError,
  isSameOrMoved,
  moveExclusively,
  withFileErrors,
  writeDurably,
} from '../../lib/system/durable-files';
import { errorOf, removeTemporaryFolders, temporaryFolder } from '../keystore/fixtures';

afterAll(removeTemporaryFolders);

/** Two paths in a new folder; a file stands there where a text is given. */
function twoFiles(from: string | undefined, to: string | undefined): { from: string; to: string } {
  const folder = temporaryFolder();
  const paths = { from: join(folder, 'from'), to: join(folder, 'to') };
  if (from !== undefined) writeFileSync(paths.from, from);
  if (to !== undefined) writeFileSync(paths.to, to);
  return paths;
}

describe('moveExclusively', () => {
  it('moves a file to a free name', () => {
    const { from, to } = twoFiles('mine', undefined);
    expect(moveExclusively(from, to)).toBe(true);
    expect(existsSync(from)).toBe(false);
    expect(readFileSync(to, 'utf8')).toBe('mine');
  });

  it('never overwrites another file', () => {
    const { from, to } = twoFiles('mine', 'theirs');
    expect(moveExclusively(from, to)).toBe(false);
    expect(readFileSync(from, 'utf8')).toBe('mine');
    expect(readFileSync(to, 'utf8')).toBe('theirs');
  });

  it('ends a move that was stopped halfway', () => {
    const { from, to } = twoFiles('mine', 'mine');
    expect(moveExclusively(from, to)).toBe(true);
    expect(existsSync(from)).toBe(false);
  });

  it('may be repeated', () => {
    const { from, to } = twoFiles('mine', undefined);
    expect([moveExclusively(from, to), moveExclusively(from, to)]).toEqual([true, true]);
  });

  it('has moved nothing where there is neither', () => {
    const { from, to } = twoFiles(undefined, undefined);
    expect(moveExclusively(from, to)).toBe(false);
  });
});

describe('isSameOrMoved', () => {
  test.each([
    ['the same content', 'mine', 'mine', true],
    ['another content', 'mine', 'theirs', false],
    ['a file that was moved meanwhile', undefined, 'theirs', true],
    ['a place that was freed meanwhile', 'mine', undefined, false],
  ])('says of %s: %s, %s: %s', (_, moving, inPlace, expected) => {
    const { from, to } = twoFiles(moving, inPlace);
    expect(isSameOrMoved(from, to)).toBe(expected);
  });
});

describe('writeDurably', () => {
  it('writes a new file with its mode', () => {
    const { from } = twoFiles(undefined, undefined);
    writeDurably(from, 'text', 0o600);
    expect(readFileSync(from, 'utf8')).toBe('text');
    expect(statSync(from).mode & 0o777).toBe(0o600);
  });

  it('never touches a file that is there', () => {
    const { from } = twoFiles('mine', undefined);
    expect(() => {
      writeDurably(from, 'theirs', 0o600);
    }).toThrow('EEXIST');
    expect(readFileSync(from, 'utf8')).toBe('mine');
  });
});

describe('fileError', () => {
  test.each([
    ['EACCES', 'permission denied', 'right'],
    ['EROFS', 'read-only', 'can be written'],
    ['ENOSPC', 'disk is full', 'free some space'],
    ['ENOENT', 'does not exist', 'check the path'],
    ['EIO', 'the system says EIO', 'check the path and the disk'],
  ])('says %s in words, with a cure', (code, reason, cure) => {
    const error = fileError('keystore-unwritable', '/keystore', 'write to', Object.assign(new Error('x'), { code }));
    expect(error.message).toContain(`cannot write to /keystore: `);
    expect(error.message).toContain(reason);
    expect(error.cure).toContain(cure);
  });

  it('stands for errors that are not of the system, too', () => {
    expect(fileError('keystore-unwritable', '/keystore', 'write to', 'odd').message).toContain('nothing more');
  });
});

describe('withFileErrors', () => {
  it('turns what the system refuses into a coded error', () => {
    const folder = temporaryFolder();
    const error = errorOf(() => {
      withFileErrors('keystore-unwritable', folder, 'make', () => {
        mkdirSync(folder);
      });
    });
    expect(error).toMatchObject({ code: 'keystore-unwritable', subject: folder });
  });

  it('passes coded errors and results', () => {
    const coded = new Vb365Error('keystore-locked', { message: 'm', cure: 'c' });
    const work = (): never => {
      throw coded;
    };
    expect(errorOf(() => withFileErrors('keystore-unwritable', '/', 'make', work))).toBe(coded);
    expect(withFileErrors('keystore-unwritable', '/', 'make', () => 7)).toBe(7);
  });
});
