import { Vb365Error } from '../errors';
import { shown } from '../words/shown';

const VERSION = /^([1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$/;

/** REST API v8 and the cmdlets that install each certificate. */
const OLDEST_MAJOR = 8;

/** Major and minor number: `8.3`. @throws Vb365Error `product-version-invalid`, `product-version-too-old`. */
export function parseProductVersion(text: string): string {
  // What JavaScript passes as a number would make 8.1 of 8.10.
  const given: unknown = text;
  const [, major] = typeof given === 'string' ? (VERSION.exec(given) ?? []) : [];
  if (major === undefined) {
    throw new Vb365Error('product-version-invalid', {
      message: `${shown(String(given))} is not a version of major and minor number such as "8.3"`,
      cure: 'give the first two numbers of the build',
    });
  }
  if (Number(major) < OLDEST_MAJOR) {
    throw new Vb365Error('product-version-too-old', {
      message: `${shown(text)} is a version whose certificates are not described here; 8.0 and later are`,
      cure: 'update the server to 8.0 or later',
    });
  }
  return text;
}

/** For comparing: 8003 of `8.3`. */
export function productVersionNumber(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
}
