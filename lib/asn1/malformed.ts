import { Vb365Error } from '../errors';

/** The bytes are ASN.1 of the wrong shape. Nothing of the content goes into the message: it may be key material. */
export function damaged(what: string): Vb365Error {
  return new Vb365Error('pfx-damaged', {
    message: `the file is not well-formed: ${what}`,
    cure: 'copy the file again in binary mode, or export it again where it was made',
  });
}
