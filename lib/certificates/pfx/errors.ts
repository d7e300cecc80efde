import type { ErrorCode } from '../../error-codes';
import { Vb365Error } from '../../errors';

const CONVERT =
  'convert it where it was made: openssl pkcs12 -legacy -in old.pfx -nodes -out all.pem && openssl pkcs12 -export -in all.pem -out new.pfx && rm all.pem (OpenSSL before 3.0 has no -legacy, and needs none)';

const CONVERT_KEY = 'a private key in PEM: openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.key -out new.key';

export function unsupported(
  code: Extract<ErrorCode, `pfx-${'mac' | 'cipher' | 'mode'}-unsupported`>,
  message: string,
): Vb365Error {
  return new Vb365Error(code, {
    message,
    cure: code === 'pfx-cipher-unsupported' ? `${CONVERT}; ${CONVERT_KEY}` : CONVERT,
  });
}

export function passwordWrong(what: string, password: string | undefined): Vb365Error {
  return new Vb365Error('pfx-password-wrong', {
    message: `${what} does not open ${password === undefined || password === '' ? 'without a password' : 'with the password given'}`,
    cure: 'give the password the file was exported with; if it is the right one, the file is damaged: copy or export it again',
  });
}

/** Runs `read` and says in its errors which file they are about. */
export function aboutSubject<T>(subject: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (subject === undefined || !(error instanceof Vb365Error) || error.subject !== undefined) throw error;
    throw new Vb365Error(error.code, {
      subject,
      message: error.message,
      cure: error.cure,
      findings: error.findings,
    });
  }
}
