import type { CertificateLineage } from '../certificates/generation';

/**
 * How the current certificate reaches Veeam Data Cloud, which has no interface for it but its own page.
 *
 * Source: https://helpcenter.veeam.com/docs/vdc/userguide/m365_certificates.html
 */
export function uploadInstructions(lineage: CertificateLineage): string[] {
  const thumbprint = lineage.generations.at(-1)?.certificate.thumbprint ?? 'none yet';
  return [
    `Export the certificate: vb365 export ${lineage.name} (thumbprint ${thumbprint}).`,
    'Sign in to Veeam Data Cloud for Microsoft 365 as an administrator; open Settings, System, SSL Certificate.',
    'Click "Upload a custom certificate", copy the code, and enter it at https://microsoft.com/devicelogin.',
    'Choose the exported .pfx file, type its password, and click Import.',
  ];
}
