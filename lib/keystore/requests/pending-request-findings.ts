import { readKeystoreText } from '../../system/read-file';
import { Vb365Error } from '../../errors';
import type { Finding } from '../../findings';
import { judgeSealedKey } from '../findings/content';
import { parseCrtFile } from '../crt-file';
import { errnoOf } from '../../system/durable-files';
import { pathFinding } from '../findings/entry';
import type { GenerationFiles } from '../listing';
import { readRequestIn, sayRequested } from './pending-request';
import { listRequest, ONE_BRANCH, REQUEST_FILE, REQUEST_KEY_FILE, startingOver } from './pending-request-files';

/** Judges the request that waits in the folder of a lineage. */
export function judgeRequest(folder: string, lineage: string, generations: readonly GenerationFiles[]): Finding[] {
  const keyFile = listRequest(folder)?.keyFile;
  const cures = { replace: startingOver(lineage), conflict: ONE_BRANCH };
  const sealedKey = keyFile === undefined ? [] : judgeSealedKey(`${lineage}/${REQUEST_KEY_FILE}`, keyFile, cures);
  return sealedKey.length > 0 ? sealedKey : judgePair(folder, lineage, generations);
}

function judgePair(folder: string, lineage: string, generations: readonly GenerationFiles[]): Finding[] {
  const path = `${lineage}/${REQUEST_FILE}`;
  try {
    const pending = readRequestIn(folder, lineage);
    if (pending === undefined) return [];
    const answer = generations.find((files) => publicKeyHash(files) === pending.request.publicKeyHash);
    if (answer === undefined) {
      const message = `the request of ${lineage} ${sayRequested(pending)} waits for its answer`;
      const cure = `run "vb365 import ${lineage} <answer>", or give it up: vb365 request ${lineage} --cancel`;
      return [pathFinding('keystore-request-pending', 'advice', path, message, cure)];
    }
    const message = `${path} was answered by generation ${answer.label}, and left by a command that was stopped`;
    const cure = `run "vb365 request ${lineage} --cancel", which removes it; the generation stays`;
    return [pathFinding('keystore-unfinished', 'advice', path, message, cure)];
  } catch (error) {
    if (!(error instanceof Vb365Error)) throw error;
    return [pathFinding(error.code, 'error', path, error.message, error.cure)];
  }
}

/** Undefined where the certificate cannot be read, which is a finding of its own. */
function publicKeyHash({ certificateFile }: GenerationFiles): string | undefined {
  if (certificateFile === undefined) return undefined;
  try {
    return parseCrtFile(readKeystoreText(certificateFile), certificateFile).certificate.publicKeyHash;
  } catch (error) {
    if (error instanceof Vb365Error || errnoOf(error) !== undefined) return undefined;
    throw error;
  }
}
