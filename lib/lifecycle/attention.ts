import { readFileSync } from 'node:fs';
import { fullDays } from '../certificates/days';
import { readValidity, type Validity } from '../certificates/validity';
import type { ErrorCode } from '../error-codes';
import type { Finding } from '../findings';
import { formatInstant } from '../instant';
import { errnoOf } from '../keystore/durable-files';
import type { KeptLineage } from './missing';
import { type GenerationState, stateOf } from './status';

type Complaint = Pick<Finding, 'id' | 'message' | 'cure'>;

const RENEW = 'renew the certificate, or import its successor';

/**
 * What a person should know about certificates that are deployed all the same: one warning for each lineage whose current
 * certificate is expired, not yet valid, inside its renewal window, unreadable, or without its sealed key.
 *
 * It stands before every deployment, so it reads validity only, The full
 * judgement is that of `judgeKept`.
 */
export function warnAboutKept(kept: readonly KeptLineage[], at: Date): Finding[] {
  return kept.flatMap((lineage) => {
    const complaint = complaintAbout(lineage, at);
    if (complaint === undefined) return [];
    return [{ ...complaint, severity: 'warning', subject: `${lineage.declaration.name} ${lineage.files.label}` }];
  });
}

function complaintAbout({ declaration, files }: KeptLineage, at: Date): Complaint | undefined {
  const { certificateFile = '', keyFile } = files;
  try {
    const validity = readValidity(readFileSync(certificateFile, 'utf8'));
    if (validity === undefined) return UNREADABLE;
    const state = stateOf(validity, declaration.policy.renewBeforeDays, at);
    return COMPLAINTS[state]?.(validity, at) ?? (keyFile === undefined ? KEY_MISSING : undefined);
  } catch (error) {
    // Another command may have moved the file since the folder was listed.
    return errnoOf(error) === 'ENOENT' ? undefined : UNREADABLE;
  }
}

const UNREADABLE: Complaint = {
  id: 'keystore-certificate-unreadable' satisfies ErrorCode,
  message: 'it cannot be read, so nothing can be deployed',
  cure: 'run "vb365 status", which says what is wrong with it',
};

const KEY_MISSING: Complaint = {
  id: 'keystore-key-missing' satisfies ErrorCode,
  message: 'it has no sealed key: it is deployed all the same, but cannot be installed where it is used',
  cure: 'restore the key from Git, or renew the certificate',
};

const COMPLAINTS: Readonly<Partial<Record<GenerationState, (validity: Validity, at: Date) => Complaint>>> = {
  expired: ({ notAfter }, at) => ({
    id: 'certificate-expired',
    message: `it expired at ${formatInstant(notAfter)}, ${fullDays(notAfter, at)} ago: it is deployed all the same, and does not work`,
    cure: RENEW,
  }),
  'not-yet-valid': ({ notBefore }, at) => ({
    id: 'certificate-not-yet-valid',
    message: `it becomes valid at ${formatInstant(notBefore)}, in ${fullDays(at, notBefore)}: it is deployed all the same, and does not work until then`,
    cure: 'wait until then, and check the clock of this machine',
  }),
  renew: ({ notAfter }, at) => ({
    id: 'certificate-renewal-due' satisfies ErrorCode,
    message: `it expires at ${formatInstant(notAfter)}, in ${fullDays(at, notAfter)}, which is inside its renewal window`,
    cure: RENEW,
  }),
};
