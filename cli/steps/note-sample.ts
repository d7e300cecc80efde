import type { Configuration } from '../../lib/config/configuration';
import { isSample } from '../../lib/config/sample';
import { printNote, type Terminal } from '../shell/terminal';

/** Says in one line that the names of the configuration are those of the sample, and what becomes of certificates with them. */
export function noteSample(terminal: Terminal, configuration: Configuration): void {
  if (!isSample(configuration)) return;
  printNote(
    terminal,
    'note: the host names and tenant ids are those of the sample: put your own into vb365.yaml, and "vb365 renew" will replace what then does not fit',
  );
}
