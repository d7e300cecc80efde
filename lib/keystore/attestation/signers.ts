import { visible } from '../../words/visible';
import { isSigner, type SigningKey } from './signing-key';

/** Whose signature counts. */
export interface Signer {
  /** `ed25519:…` */
  readonly signer: string;
  /** The recipient whose identity it belongs to: `age1…`. */
  readonly recipient: string;
  /** What people call it, where the list says so. */
  readonly name?: string;
}

/** `# signer ed25519:… of age1… Alice`: a comment for age, and for whoever reads recipients only. */
const LINE = /^#\s*signer\s+(\S+)\s+of\s+(\S+)(?:\s+(\S.*))?$/;
const LONGEST_NAME = 60;

/** A list of recipients, as far as it can be read without judging it. */
export interface RecipientList {
  /** Each once, in the order of the file; what is malformed among them. */
  readonly recipients: readonly string[];
  /** Of listed recipients only: whoever takes a recipient out takes its signer out, whether the comment stays or not. */
  readonly signers: readonly Signer[];
}

/**
 * Recipients and signers of the text of `recipients.txt`. `readRecipients` judges the recipients; this takes any text, so that
 * two versions of the list can be compared.
 */
export function parseRecipientList(text: string): RecipientList {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim());
  const recipients = [...new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))];
  const signers = lines.flatMap(parseSigner).filter(({ recipient }) => recipients.includes(recipient));
  return { recipients, signers };
}

/** The line that lists a signer. */
export function signerLine({ signer }: Pick<SigningKey, 'signer'>, recipient: string): string {
  return `# signer ${signer} of ${recipient}`;
}

/** As people know it: its name, or its recipient. */
export function nameSigner({ name, recipient }: Signer): string {
  return name ?? recipient;
}

function parseSigner(line: string): Signer[] {
  const [, signer = '', recipient = '', name] = LINE.exec(line) ?? [];
  if (!isSigner(signer)) return [];
  return [{ signer, recipient, ...(name !== undefined && { name: visible(name, LONGEST_NAME) }) }];
}
