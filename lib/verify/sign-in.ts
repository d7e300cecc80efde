import type { KeyObject } from 'node:crypto';
import type { Configuration as MsalConfiguration, INetworkModule } from '@azure/msal-node';
import { z } from 'zod';
import type { Certificate } from '../certificates/certificate';
import { Vb365Error } from '../errors';
import { type Cloud, parseJson } from './cloud';
import { type Answer, type Network, type Question, unreachable } from './network';

/** How an application proves who it is. */
export type Proof =
  | { readonly certificate: Certificate; readonly privateKey: KeyObject }
  | { readonly secret: string }
  /** A token of another issuer that the application trusts: federated credentials of a pipeline. */
  | { readonly federatedToken: string };

export interface SignInRequest {
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: Proof;
  /** The API that the token is for: its address or client id. @default Microsoft Graph */
  readonly resource?: string;
}

/** A token for an API, which is secret; or the number behind `AADSTS`. */
export type SignIn = { readonly token: string } | { readonly refusedWith: number };

const refusalSchema = z.looseObject({
  error_codes: z.array(z.number()).optional(),
  error_description: z.string().optional(),
});

/**
 * Signs an application in for Microsoft Graph or another API, as VB365 does.
 *
 * Nothing of what Entra says goes on but the code: a refusal is explained by what is known here.
 *
 * @throws Vb365Error `verify-unreachable`
 */
export async function signIn(
  { cloud, tenantId, clientId, proof, resource = cloud.graph }: SignInRequest,
  network: Network,
): Promise<SignIn> {
  const { ConfidentialClientApplication } = await import('@azure/msal-node');
  const recorder = new RecordingNetwork(network);
  const { host } = new URL(cloud.login);
  const auth: MsalConfiguration['auth'] = {
    clientId,
    authority: `${cloud.login}/${tenantId}`,
    // The cloud is known; nobody has to be asked whether it is one of Microsoft's.
    knownAuthorities: [host],
    ...credentialOf(proof),
  };
  try {
    const client = new ConfidentialClientApplication({ auth, system: { networkClient: recorder } });
    const result = await client.acquireTokenByClientCredential({ scopes: [`${resource}/.default`] });
    if (result !== null && result.accessToken !== '') return { token: result.accessToken };
  } catch (error) {
    if (recorder.failure !== undefined) throw recorder.failure;
    const code = codeOf(recorder.refusal);
    if (code !== undefined) return { refusedWith: code };
    throw unexpected(host, recorder.refusal, error);
  }
  throw unexpected(host, recorder.refusal, undefined);
}

function credentialOf(proof: Proof): Partial<MsalConfiguration['auth']> {
  if ('secret' in proof) return { clientSecret: proof.secret };
  if ('federatedToken' in proof) return { clientAssertion: proof.federatedToken };
  const privateKey = proof.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { clientCertificate: { thumbprintSha256: proof.certificate.thumbprintSha256, privateKey } };
}

/** MSAL asks through this; what went wrong is kept, because MSAL wraps it in words of its own. */
class RecordingNetwork implements INetworkModule {
  failure: Vb365Error | undefined;
  refusal: Answer | undefined;

  constructor(private readonly network: Network) {}

  sendGetRequestAsync<T>(url: string, options?: Pick<Question, 'headers'>): Promise<MsalAnswer<T>> {
    return this.#send(url, { method: 'GET', ...(options?.headers && { headers: options.headers }) });
  }

  sendPostRequestAsync<T>(url: string, options?: Pick<Question, 'headers' | 'body'>): Promise<MsalAnswer<T>> {
    const { headers, body } = options ?? {};
    return this.#send(url, { method: 'POST', ...(headers && { headers }), ...(body !== undefined && { body }) });
  }

  async #send<T>(url: string, question: Question): Promise<MsalAnswer<T>> {
    try {
      const answer = await this.network.ask(url, question);
      if (answer.status >= 400) this.refusal = answer;
      // MSAL says what it expects, and checks it.
      return {
        headers: answer.headers,
        status: answer.status,
        body: z.custom<T>().parse(parseJson(answer.body) ?? {}),
      };
    } catch (error) {
      if (error instanceof Vb365Error) this.failure = error;
      throw error;
    }
  }
}

interface MsalAnswer<T> {
  headers: Record<string, string>;
  body: T;
  status: number;
}

function codeOf(answer: Answer | undefined): number | undefined {
  const refusal = refusalSchema.safeParse(parseJson(answer?.body ?? ''));
  if (!refusal.success) return undefined;
  const { error_codes: codes, error_description: description = '' } = refusal.data;
  const [, inText] = /AADSTS(\d{4,8})/.exec(description) ?? [];
  return codes?.[0] ?? (inText === undefined ? undefined : Number(inText));
}

function unexpected(host: string, answer: Answer | undefined, cause: unknown): Vb365Error {
  if (answer === undefined) return unreachable(host, cause);
  return new Vb365Error('verify-unreachable', {
    subject: host,
    message: `${host} answered ${answer.status}, and not as Entra does`,
    cure: 'check which proxy answers in its place, and HTTPS_PROXY',
  });
}
