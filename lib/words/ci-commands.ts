/**
 * CI systems read commands from what a program prints: `##vso[…]` of Azure DevOps, `##[…]` and, at the beginning of a line,
 * `::name::` of GitHub Actions, `##teamcity[…]`.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
const ANYWHERE = /##(?=[a-z]*\[)/gi;
const AT_THE_BEGINNING = /^(\s*):(?=:)/;

/** A line in which no CI system finds a command; the character that it would begin with becomes `\u{…}`. */
export function withoutCommands(line: string): string {
  return line.replace(ANYWHERE, '#\\u{23}').replace(AT_THE_BEGINNING, '$1\\u{3a}');
}

/** The same for JSON, whose strings stay what they are. */
export function jsonWithoutCommands(json: string): string {
  return json.replace(ANYWHERE, '#\\u0023');
}
