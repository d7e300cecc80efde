import type { KeyAndCertificate } from '../../lib/certificates/key-and-certificate';
import { readPfx } from '../../lib/certificates/pfx/read';
import { Vb365Error } from '../../lib/errors';
import type { EntraClient } from './entra-sign-in';
import { invalid } from './rest-error';

/** A certificate as a client hands it over. */
export interface HandedCertificate {
  /** The PFX in base64. */
  readonly pfx: string;
  readonly password: string;
  /** SHA-1 of the certificate in hex. @default not compared */
  readonly thumbprint?: string | undefined;
}

/** Opens certificates as the product does; what comes twice, for Exchange Online and SharePoint Online, is opened once. */
export class CertificateOpener {
  readonly #opened = new Map<string, KeyAndCertificate>();

  /** @throws RestError 400 where the text is not base64, the password does not open it, or it holds another certificate. */
  open({ pfx, password, thumbprint }: HandedCertificate): KeyAndCertificate {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(pfx)) throw invalid('The application certificate is not a Base64 string.');
    const key = JSON.stringify([pfx, password]);
    const opened = this.#opened.get(key) ?? openPfx(Buffer.from(pfx, 'base64'), password);
    this.#opened.set(key, opened);
    if (thumbprint !== undefined && thumbprint.toUpperCase() !== opened.certificate.thumbprint) {
      throw invalid(
        `The application certificate has the thumbprint ${opened.certificate.thumbprint}, not ${thumbprint}.`,
      );
    }
    return opened;
  }
}

/**
 * Makes sure that Entra takes a certificate before the product uses it.
 *
 * @throws RestError 400 with Entra's message.
 */
export async function checkSignIn(
  entra: EntraClient,
  tenantId: string,
  applicationId: string,
  certificate: KeyAndCertificate,
): Promise<void> {
  const refusal = await entra.refusalOf({ tenantId, applicationId, certificate });
  if (refusal !== undefined) throw invalid(`Failed to connect to Microsoft 365 organization. ${refusal}`);
}

function openPfx(bytes: Buffer, password: string): KeyAndCertificate {
  try {
    return readPfx(bytes, password);
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    throw invalid(
      error.code === 'pfx-password-wrong'
        ? 'The specified network password is not correct.'
        : `The application certificate cannot be read: ${error.message}.`,
    );
  }
}
