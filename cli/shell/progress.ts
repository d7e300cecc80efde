import { Format, type GenericFormatter, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal';

export interface Progress {
  /** One more is done. */
  readonly advance: () => void;
  /** Takes the bar away; may be called again. */
  readonly stop: () => void;
}

/** A bar on standard error where a person watches, nothing elsewhere. */
export function startProgress(terminal: Terminal, label: string, total: number): Progress {
  if (terminal.stderr.isTTY !== true || total < 2) return { advance: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: formatOf(label),
    barCompleteChar: '█',
    barIncompleteChar: '░',
    // Whoever is stopped in between cannot bring it back.
    hideCursor: false,
    clearOnComplete: true,
    stream: terminal.stderr,
  });
  bar.start(total, 0);
  return {
    advance: () => {
      bar.increment();
    },
    stop: () => {
      bar.stop();
    },
  };
}

/** How long it takes is known when the first is done. */
function formatOf(label: string): GenericFormatter {
  return (options, params, payload) => {
    const left = params.value === 0 ? '' : ' · {eta_formatted} left';
    return Format.Formatter({ ...options, format: `${label} {bar} {value}/{total}${left}` }, params, payload);
  };
}
