import { join } from 'node:path';
import type { ErrorCode } from '../../lib/error-codes';
import type { Finding } from '../../lib/findings';
import { shortList } from '../../lib/words/lists';
import { isUnfinished, readRecord, settleWrite } from './joint-write';
import { leftIn } from './write-owner';

/** More than a sentence bears. */
const MOST_NAMES = 4;

const LEFT_BEHIND: ErrorCode = 'output-left-behind';

/** Clears away what killed commands have left in folders, and puts back what they were replacing. */
export function sweepLeftBehind(folders: readonly string[]): void {
  for (const folder of new Set(folders)) {
    for (const stem of leftIn(folder).keys()) settleWrite(folder, stem);
  }
}

/** What killed commands have left in folders, and in those that they wrote to from there. */
export function findLeftBehind(folders: readonly string[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const folder of new Set(folders)) {
    for (const [stem, names] of leftIn(folder)) {
      if (!found.has(stem))
        found.set(stem, isUnfinished(folder, stem) ? halfWritten(folder, stem) : left(folder, names));
    }
  }
  return [...found.values()];
}

function halfWritten(folder: string, stem: string): Finding {
  const folders = readRecord(folder, stem)?.folders ?? [];
  const files = folders.flatMap((each) => (readRecord(each, stem)?.files ?? []).map(({ name }) => join(each, name)));
  const what = files.length === 0 ? folder : shortList(files, MOST_NAMES);
  return finding(
    files[0] ?? folder,
    `a command was killed while it wrote ${what}: these may not belong together, and what lies beside them as .vb365-* may hold private keys and passwords`,
  );
}

function left(folder: string, names: readonly string[]): Finding {
  const files = names.map((name) => join(folder, name));
  return finding(
    files[0] ?? folder,
    `a killed command has left ${shortList(files, MOST_NAMES)} behind, which may hold private keys and passwords`,
  );
}

function finding(subject: string, message: string): Finding {
  return {
    id: LEFT_BEHIND,
    severity: 'warning',
    subject,
    message,
    cure: 'run the command again, "vb365 export" or "vb365 install --via bundle": it puts back what was there, and removes the rest',
  };
}
