import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { KeyAndCertificate } from '../../lib/certificates/key-and-certificate';

/** Where the product signs in to Microsoft 365. An Entra emulator is one. */
export interface EntraAddress {
  /** Without a slash at the end. */
  readonly url: string;
  /** Certificate of the authority that signed the server's, as PEM. */
  readonly caPem: string;
}

export interface SignIn {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly certificate: KeyAndCertificate;
}

const answerSchema = z.looseObject({ access_token: z.string().optional(), error_description: z.string().optional() });

/** Clients of Microsoft let an assertion live for ten minutes. */
const ASSERTION_LIFETIME = 600;

/** Signs in to Entra as the product does: with an assertion that the certificate's key has signed, RFC 7523. */
export class EntraClient {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #now: () => Date;

  constructor({ url, caPem }: EntraAddress, now: () => Date) {
    this.#agent = new Agent({ connect: { ca: caPem } });
    this.#url = url;
    this.#now = now;
  }

  /** @returns Entra's error message; undefined where the sign-in was successful. */
  async refusalOf({ tenantId, applicationId, certificate }: SignIn): Promise<string | undefined> {
    const tokenUrl = `${this.#url}/${tenantId}/oauth2/v2.0/token`;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: applicationId,
      scope: 'https://graph.microsoft.com/.default',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await this.#assertion(tokenUrl, applicationId, certificate),
    });
    const { statusCode, body } = await request(tokenUrl, {
      method: 'POST',
      dispatcher: this.#agent,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const answer = answerSchema.parse(await body.json());
    return answer.access_token === undefined ? (answer.error_description ?? `HTTP ${statusCode}`) : undefined;
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  #assertion(audience: string, clientId: string, { certificate, privateKey }: KeyAndCertificate): Promise<string> {
    const at = Math.floor(this.#now().getTime() / 1000);
    return new SignJWT()
      .setProtectedHeader({
        alg: 'RS256',
        typ: 'JWT',
        x5t: Buffer.from(certificate.thumbprint, 'hex').toString('base64url'),
      })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setJti(randomUUID())
      .setNotBefore(at)
      .setExpirationTime(at + ASSERTION_LIFETIME)
      .sign(privateKey);
  }
}
