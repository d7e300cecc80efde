import { Agent, request } from 'undici';
import { ADMINISTRATOR } from '../../../emulators/vb365';
import { writePfx } from '../../../lib/certificates/pfx/write';
import type { KeyAndCertificate } from '../../../lib/certificates/key-and-certificate';
import type { Vb365House } from '../../support/vb365';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** One request on a connection of its own. */
export async function send(
  { vb365, restApi }: Pick<Vb365House, 'vb365' | 'restApi'>,
  method: Method,
  path: string,
  sent: { readonly token?: string; readonly json?: unknown; readonly form?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const agent = new Agent({ connect: { ca: restApi.certificate.pem } });
  const { token, json, form } = sent;
  try {
    const answer = await request(`${vb365.url}${path}`, {
      method,
      dispatcher: agent,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await answer.body.text();
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: answer.statusCode, headers: answer.headers, body };
  } finally {
    await agent.close();
  }
}

/** The form of a sign-in, without what a browser needs. */
export function passwordForm(account = ADMINISTRATOR): Record<string, string> {
  const { username, password } = account;
  return { grant_type: 'password', username, password, disable_antiforgery_token: 'true' };
}

export async function tokenOf(house: Vb365House, account = ADMINISTRATOR): Promise<string> {
  const { body } = await send(house, 'POST', '/v8/token', { form: passwordForm(account) });
  return String(body.access_token);
}

interface Packed {
  readonly applicationCertificate: string;
  readonly applicationCertificatePassword: string;
}

/** Deriving the key of a PFX takes half a second. */
const packages = new Map<string, Packed>();

/** A certificate as the REST API takes it. */
export function packed({ certificate, privateKey }: KeyAndCertificate): Packed {
  const known = packages.get(certificate.thumbprint);
  if (known) return known;
  const password = 'secret';
  const pfx = writePfx({ certificate, privateKey, password, friendlyName: 'test' });
  const made = { applicationCertificate: pfx.toString('base64'), applicationCertificatePassword: password };
  packages.set(certificate.thumbprint, made);
  return made;
}
