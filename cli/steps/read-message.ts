import { TextDecoder } from 'node:util';
import { Vb365Error } from '../../lib/errors';
import { printNote, type Terminal } from '../shell/terminal';

/** Characters of a message, and of what is kept of a log: more than a person gives, and searched in a moment. */
const LONGEST = 1_048_576;

/** What a line must hold to be kept of a log that is longer. */
const CODE = /AADSTS|error_codes|error\?code/i;

/**
 * The message to explain: what stands behind the command, or on standard input. Of a log that is longer than a message may be, the
 * lines with codes are kept, so that it can be as long as it is.
 *
 * @throws Vb365Error `message-missing`, `message-too-long`
 */
export async function readMessage(terminal: Terminal, words: readonly string[]): Promise<string> {
  const isGiven = words.length > 0 && words.join(' ') !== '-';
  if (!isGiven && terminal.stdin.isTTY === true) printNote(terminal, 'Paste the message, and end it with Ctrl+D.');
  const text = isGiven ? words.join(' ') : await readStandardInput(terminal);
  if (text.length > LONGEST) throw tooLong();
  if (text.trim() !== '') return text;
  throw new Vb365Error('message-missing', {
    message: 'the message to explain is empty',
    cure: "give it as an argument in quotes, such as 'AADSTS700027: …', or through standard input",
  });
}

async function readStandardInput(terminal: Terminal): Promise<string> {
  const log = new Log();
  let decoder: TextDecoder | undefined;
  for await (const chunk of terminal.stdin) {
    const bytes = Buffer.from(chunk);
    // Windows PowerShell writes UTF-16 with a byte order mark where it is not told otherwise.
    decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8');
    log.add(decoder.decode(bytes, { stream: true }));
  }
  if (log.hasLeftOut) printNote(terminal, 'The log has more lines with codes than are read: the first are explained.');
  return log.text;
}

/** A text as it comes: whole while it is short, and its lines with codes once it is long. */
class Log {
  hasLeftOut = false;
  #kept = '';
  /** The line that has no end yet; the whole text while it is short. */
  #open = '';

  add(piece: string): void {
    this.#open += piece;
    if (this.#open.length <= LONGEST) return;
    const lines = this.#open.split('\n');
    const last = lines.pop() ?? '';
    // A line without an end, such as a binary file's, is not kept for its beginning.
    this.#open = last.length <= LONGEST ? last : last.slice(-LONGEST / 2);
    for (const line of lines) this.#keep(line);
  }

  get text(): string {
    if (this.#kept === '') return this.#open;
    this.#keep(this.#open);
    return this.#kept;
  }

  #keep(line: string): void {
    if (!CODE.test(line)) return;
    if (this.#kept.length + line.length < LONGEST) this.#kept += `${line}\n`;
    else this.hasLeftOut = true;
  }
}

function tooLong(): Vb365Error {
  return new Vb365Error('message-too-long', {
    message: `the message to explain has more than ${LONGEST} characters, which is the most that an argument may have`,
    cure: 'give it through standard input, where a log may be as long as it is',
  });
}
