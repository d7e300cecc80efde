const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Runs the work, and says once what it has done: when it is done, when it fails, or when the process is ended meanwhile. */
export async function sayingAtEnd<T>(say: () => void, work: () => Promise<T>): Promise<T> {
  let isSaid = false;
  const sayOnce = (): void => {
    if (isSaid) return;
    isSaid = true;
    say();
  };
  try {
    return await sayingIfInterrupted(sayOnce, work);
  } finally {
    sayOnce();
  }
}

/**
 * Runs the work, and what is given for the case that Ctrl+C or the system ends the process meanwhile; it ends as it would
 * have without. What is to be done must be done at once, because nothing that is waited for happens any more.
 */
async function sayingIfInterrupted<T>(say: () => void, work: () => Promise<T>): Promise<T> {
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    stop();
    say();
    // Now without this listener: others release the lock, and the process ends by the signal.
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  try {
    return await work();
  } finally {
    stop();
  }
}
