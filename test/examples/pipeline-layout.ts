import { cpSync } from 'node:fs';
import { join } from 'node:path';

export const PIPELINES = join(__dirname, '..', '..', 'examples', 'pipelines');

/** Where a file of the example lies in the repository of whoever uses it, as the README says. */
const PLACES: readonly (readonly [from: string, to: string])[] = [
  ['scripts', 'ci'],
  ['github/workflows', '.github/workflows'],
  ['github/scripts', 'ci/github'],
  ['gitlab/gitlab-ci.yml', '.gitlab-ci.yml'],
  ['gitlab/ci', 'ci/gitlab'],
  ['gitlab/scripts', 'ci/gitlab'],
  ['azure-devops/pipelines', '.azuredevops'],
  ['azure-devops/scripts', 'ci/azure-devops'],
  ['atlantis/scripts', 'ci/atlantis'],
];

/** Puts the pipelines of every platform into a repository. */
export function layOut(repository: string): void {
  for (const [from, to] of PLACES) cpSync(join(PIPELINES, from), join(repository, to), { recursive: true });
}
