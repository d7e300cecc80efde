import { TextDecoder } from 'node:util';
import { Vb365Error } from '../../lib/errors';
import { lastMark, LONGEST_TAIL } from '../../lib/lifecycle/explain/clues';
import { encodingOf } from '../../lib/system/text';
import { printNote, type Terminal } from '../shell/terminal';

/** Characters of a message that is an argument, and of a piece of a log: more than a person gives, and searched in a moment. */
const LONGEST = 1_048_576;

/**
 * The message to explain: what stands behind the command, or on standard input. A log comes in pieces, none of which cuts a message
 * from its code, so that it can be as long as it is.
 *
 * @throws Vb365Error `message-missing`, `message-too-long`
 */
export async function* readMessage(terminal: Terminal, words: readonly string[]): AsyncGenerator<string> {
  const isGiven = words.length > 0 && words.join(' ') !== '-';
  if (!isGiven && terminal.stdin.isTTY === true) printNote(terminal, 'Paste the message, and end it with Ctrl+D.');
  if (isGiven && words.join(' ').length > LONGEST) throw tooLong();
  let isEmpty = true;
  for await (const piece of isGiven ? [words.join(' ')] : piecesOf(terminal.stdin)) {
    isEmpty &&= piece.trim() === '';
    yield piece;
  }
  if (!isEmpty) return;
  throw new Vb365Error('message-missing', {
    message: 'the message to explain is empty',
    cure: "give it as an argument in quotes, such as 'AADSTS700027: …', or through standard input",
  });
}

async function* piecesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  let open = '';
  for await (const text of textOf(stream)) {
    open += text;
    if (open.length <= LONGEST) continue;
    const end = endOfPiece(open);
    yield open.slice(0, end);
    open = open.slice(end);
  }
  yield open;
}

/** Text of a stream, whatever Windows has written it in. */
async function* textOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let start = Buffer.alloc(0);
  for await (const chunk of stream) {
    start = Buffer.concat([start, Buffer.from(chunk)]);
    // A pipe may give one byte at a time, and four tell the encoding.
    if (decoder === undefined && start.length < 4) continue;
    decoder ??= new TextDecoder(encodingOf(start));
    yield decoder.decode(start, { stream: true });
    start = Buffer.alloc(0);
  }
  yield (decoder ?? new TextDecoder(encodingOf(start))).decode(start);
}

/** Before the last line with a code, where its message may go on; else behind the last line, or in the midst of one without an end. */
function endOfPiece(text: string): number {
  const mark = lastMark(text.slice(-LONGEST_TAIL));
  const last = mark === undefined ? text.length : text.length - Math.min(text.length, LONGEST_TAIL) + mark;
  const end = text.lastIndexOf('\n', last) + 1;
  if (end > text.length / 2) return end;
  return last > text.length / 2 ? last : text.length;
}

function tooLong(): Vb365Error {
  return new Vb365Error('message-too-long', {
    message: `the message to explain has more than ${LONGEST} characters, which is the most that an argument may have`,
    cure: 'give it through standard input, where a log may be as long as it is',
  });
}
