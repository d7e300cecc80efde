import { configurationFile } from './cli/shell/command-options';
import { printError } from './cli/shell/terminal';
import { synthesize } from './stacks/synthesize';

/** What `cdktf synth`, `diff` and `deploy` run after `vb365 issue`; it issues nothing. */
try {
  synthesize(configurationFile({}, process));
} catch (error) {
  printError(process, error);
  process.exitCode = 2;
}
