import colours from 'picocolors';
import { ProviderMissing } from './find-provider';
import { play, STEPS } from './play';
import { Progress } from './progress';
import { Stage } from './stage';

/*
 * Shows the whole way on one machine: from the sample `vb365.yaml` to a renewed certificate, with the real command line,
 * cdktf, Terraform and provider, against an emulator of Microsoft Entra. It needs a POSIX system and leaves nothing behind.
 * Exit codes: 0 all went well, 1 a step failed, 2 Terraform or the provider cannot be had, 130 interrupted.
 *
 * Usage: npm run demo
 */
async function main(): Promise<number> {
  const stage = new Stage();
  const interrupt = (): void => {
    stage.interrupt();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  // Nobody looks any more: `npm run demo | head`.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', interrupt);
  const progress = new Progress(process.stdout, STEPS);
  const started = performance.now();
  let failure: unknown;
  try {
    progress.heading('From vb365.yaml to a sign-in, on this machine alone');
    progress.say(
      'Command line, cdktf, Terraform and provider are the real ones; Microsoft Entra is emulated.',
      'Everything lies in a temporary folder. Where Terraform has to download the provider, that comes first.',
    );
    await stage.prepare();
    await play(stage, progress);
  } catch (error) {
    failure = error;
  }
  const { isInterrupted } = stage;
  await stage.close();

  if (isInterrupted) return fail(130, 'Interrupted; nothing is left behind.');
  if (failure !== undefined) return describeFailure(failure);
  const seconds = (performance.now() - started) / 1000;
  progress.heading(`Done in ${seconds.toFixed(0)} s, and everything is removed again. Where to look next:`);
  progress.say(...WHERE_NEXT.map(([where, what]) => `${where.padEnd(50)}${what}`));
  return 0;
}

const WHERE_NEXT = [
  ['README.md, "Start"', 'the same in a folder of your own'],
  ['README.md, "Describe your installation"', 'what follows from vb365.yaml'],
  ['README.md, "Take over certificates that exist"', 'PFX, PEM, certificate store of Windows'],
  ['README.md, "Put a certificate where it is used"', 'how it gets to the backup server'],
  ['README.md, "What is secret, and where"', 'and what never reaches Terraform'],
  ['docs/commands.md, docs/errors.md, docs/rules.md', 'every command, error and rule'],
  ['docs/decisions', 'why it is built like this'],
] as const;

function describeFailure(failure: unknown): number {
  const message = failure instanceof Error ? failure.message : String(failure);
  if (!(failure instanceof ProviderMissing)) return fail(1, message);
  return fail(
    2,
    `The demo cannot run here: ${message}
It needs Terraform 1.7 or later in your PATH, and the provider hashicorp/azuread, from registry.terraform.io or from a
mirror that TF_CLI_CONFIG_FILE names.`,
  );
}

function fail(code: number, message: string): number {
  process.stderr.write(`\n${colours.red(message)}\n`);
  return code;
}

void main().then((code) => {
  process.exitCode = code;
});
