import { type RequestOptions, request as httpsRequest } from 'node:https';
import type { EntraEmulator } from '../../../emulators/entra';
import { PIPELINE_CLIENT_ID, PIPELINE_CLIENT_SECRET } from '../../../emulators/entra';

/** Two tenants of the tests. */
export const contoso = '11111111-1111-4111-8111-111111111111';
export const fabrikam = '22222222-2222-4222-8222-222222222222';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

/** One HTTPS request that trusts the emulator's authority, on a connection of its own. */
export function send(emulator: EntraEmulator, method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const body = sent.form ? new URLSearchParams(sent.form).toString() : sent.json && JSON.stringify(sent.json);
  const type = sent.form ? 'application/x-www-form-urlencoded' : 'application/json';
  const options: RequestOptions = {
    method,
    ca: emulator.caPem,
    agent: false,
    headers: { ...sent.headers, ...(typeof body === 'string' && { 'content-type': type }) },
  };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(new URL(path, emulator.url), options, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        const isJson = response.headers['content-type']?.startsWith('application/json') ?? false;
        const parsed = isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {};
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Microsoft Graph in one tenant, as the pipeline. */
export type Graph = (method: string, path: string, json?: unknown) => Promise<Answer>;

export function graphOf(emulator: EntraEmulator, tenantId: string): Promise<Graph> {
  return graphAs(emulator, tenantId, { clientId: PIPELINE_CLIENT_ID, secret: PIPELINE_CLIENT_SECRET });
}

/** Microsoft Graph in one tenant, as somebody else. */
export async function graphAs(
  emulator: EntraEmulator,
  tenantId: string,
  { clientId, secret }: { readonly clientId: string; readonly secret: string },
): Promise<Graph> {
  const { body } = await requestToken(emulator, tenantId, { client_id: clientId, client_secret: secret });
  const headers = { authorization: `Bearer ${String(body.access_token)}` };
  return (method, path, json) => send(emulator, method, `/v1.0${path}`, { headers, json });
}

/** The token endpoint; where the form does not say otherwise, with client credentials for Microsoft Graph. */
export function requestToken(
  emulator: EntraEmulator,
  tenantId: string,
  form: Readonly<Record<string, string>>,
): Promise<Answer> {
  const defaults = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' };
  return send(emulator, 'POST', `/${tenantId}/oauth2/v2.0/token`, { form: { ...defaults, ...form } });
}
