import { randomUUID } from 'node:crypto';

/** Codes of OAuth 2.0, RFC 6749 §5.2 and RFC 8628 §3.5, with those that Entra adds. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_resource'
  | 'invalid_tenant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'authorization_pending'
  | 'consent_required';

/**
 * A refusal of Entra's sign-in, with the number of its AADSTS error.
 *
 * Source of the numbers: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export class LoginError extends Error {
  constructor(
    readonly aadsts: number,
    readonly error: OAuthErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'LoginError';
  }

  get status(): 400 | 401 {
    return this.error === 'invalid_client' ? 401 : 400;
  }

  /** `AADSTS700016: …`, with the fields by which Microsoft's support finds a request. */
  describe(at: Date, correlationId: string): string {
    const timestamp = `${at.toISOString().slice(0, 19).replace('T', ' ')}Z`;
    return `AADSTS${this.aadsts}: ${this.message} Trace ID: ${randomUUID()} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  }

  /** The JSON of the token endpoint. */
  toBody(at: Date, correlationId: string): Record<string, unknown> {
    const description = this.describe(at, correlationId);
    return {
      error: this.error,
      error_description: description,
      error_codes: [this.aadsts],
      timestamp: description.slice(description.lastIndexOf('Timestamp: ') + 'Timestamp: '.length),
      trace_id: /Trace ID: (\S+)/.exec(description)?.[1],
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${this.aadsts}`,
    };
  }
}

export function unknownTenant(name: string): LoginError {
  return new LoginError(
    90002,
    'invalid_request',
    `Tenant '${name}' not found. Check that it is the right tenant id and the right cloud.`,
  );
}

export function unknownApplication(clientId: string, tenantId: string): LoginError {
  return new LoginError(
    700016,
    'unauthorized_client',
    `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. It was not installed by the administrator of the tenant, or the request went to the wrong tenant.`,
  );
}
