import { shown } from '../words/shown';
import { Vb365Error } from '../errors';
import type { NetworkFailure } from '../system/network-failure';
import { formatRestAddress, type RestAddress } from './address';
import type { RestSecrets } from './secrets';
import type { RestAnswer } from './http';

/** What an error says about a conversation, without a secret of it. */
export interface RestSituation {
  readonly address: RestAddress;
  readonly username: string;
  readonly secrets: RestSecrets;
}

/** The service could not be reached. */
export function unreachable({ why, cure }: NetworkFailure, { address }: RestSituation): Vb365Error {
  const subject = formatRestAddress(address);
  return new Vb365Error('rest-unreachable', { subject, message: `${subject} ${why}`, cure });
}

/** The service answered, again and again, that it is busy or broken. */
export function unavailable(answer: RestAnswer, situation: RestSituation): Vb365Error {
  const address = formatRestAddress(situation.address);
  return new Vb365Error('rest-unavailable', {
    subject: address,
    message: `${address} answers HTTP ${answer.status} again and again${saidBy(answer, situation)}`,
    cure: 'look at the service on the server, and run the command again: what is installed already stays so',
  });
}

/** Somebody signs in with the wrong name or password. */
export function credentialsRefused(answer: RestAnswer, situation: RestSituation): Vb365Error {
  return new Vb365Error('rest-credentials-refused', {
    subject: formatRestAddress(situation.address),
    message: `${formatRestAddress(situation.address)} refuses the sign-in of ${shown(situation.username)} with HTTP ${answer.status}${saidBy(answer, situation)}`,
    cure: 'check user name (DOMAIN\\user or HOST\\user) and password, and that the account is not locked',
  });
}

/**
 * What an answer that is not a success means.
 *
 * @param what what was asked for, in words: `reading organizations`
 */
export function refused(answer: RestAnswer, what: string, situation: RestSituation): Vb365Error {
  const subject = formatRestAddress(situation.address);
  if (answer.status === 401) {
    return new Vb365Error('rest-session-refused', {
      subject,
      message: `${subject} takes the sign-in of ${shown(situation.username)}, and refuses its token right afterwards (HTTP 401)${saidBy(answer, situation)}`,
      cure: 'check the clock of the server, and run the command again; several servers behind one address must share their sessions',
    });
  }
  if (answer.status === 403) {
    return new Vb365Error('rest-forbidden', {
      subject,
      message: `${shown(situation.username)} may not do that: ${what} is answered with HTTP 403${saidBy(answer, situation)}`,
      cure: 'use an account of the group Administrators of the Veeam Backup for Microsoft 365 server; one that may only read or restore is not enough',
    });
  }
  const said = saidBy(answer, situation);
  return new Vb365Error('rest-refused', {
    subject,
    message: `${what} is answered with HTTP ${answer.status}${said}`,
    cure:
      said === ''
        ? 'check that the address is that of the REST API itself; redirections are not followed'
        : 'do what the message of the server says; where it is no message of Veeam, check the address',
  });
}

/** An answer of success that is not what the REST API says. */
export function malformed(why: string, what: string, { address }: RestSituation): Vb365Error {
  return new Vb365Error('rest-answer-malformed', {
    subject: formatRestAddress(address),
    message: `the answer to ${what} is not that of Veeam Backup for Microsoft 365 REST API v8: ${why}`,
    cure: 'check that the address is that of the REST API, and that the product is 8.0 or newer',
  });
}

/** The sentence of a RESTExceptionInfo, or of OAuth, cleaned; undefined where there is none. */
export function sentenceOf({ body }: RestAnswer, secrets: RestSecrets): string | undefined {
  const parsed = parseObject(body);
  const sentence = parsed?.message ?? parsed?.error_description;
  return typeof sentence === 'string' && sentence.trim() !== '' ? secrets.clean(sentence) : undefined;
}

function saidBy(answer: RestAnswer, { secrets }: RestSituation): string {
  const sentence = sentenceOf(answer, secrets);
  return sentence === undefined ? '' : `: ${sentence}`;
}

function parseObject(text: string): Partial<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}
