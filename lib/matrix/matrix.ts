/** A stack as it is synthesized. */
export interface SynthesizedStack {
  /** Name of the stack: of a to z, 0 to 9 and hyphens, so that it is safe in a shell, in YAML and in a command of a CI system. */
  readonly stack: string;
  /** Names of the stacks that are applied before it, because it reads their state. */
  readonly needs: readonly string[];
  /** The file that Terraform reads. */
  readonly terraform: string;
}

/**
 * `added`: the base does not have the stack. `changed`: its content differs. `unknown`: it may, because the code that
 * synthesizes has changed, or the base cannot be synthesized.
 */
export type StackChange = 'added' | 'changed' | 'unknown';

export interface MatrixEntry {
  readonly stack: string;
  readonly change: StackChange;
  /** 0 where nothing has to be applied before, whether it is in the matrix or not; else one more than those it needs. */
  readonly wave: number;
  /** Stacks of the matrix that are applied before it. */
  readonly needs: readonly string[];
}

export interface Matrix {
  /** By wave, then by name. */
  readonly stacks: readonly MatrixEntry[];
  /** Stacks of the base that nothing synthesizes any more, in the order in which they are destroyed; undefined where that cannot be told. */
  readonly removed: readonly string[] | undefined;
}

/**
 * The stacks that a change touches.
 *
 * @param base undefined where it cannot be synthesized: every stack may have changed
 * @param isCodeChanged whether what synthesizes has changed, so that the same bytes prove nothing
 */
export function matrixOf(
  head: readonly SynthesizedStack[],
  base: readonly SynthesizedStack[] | undefined,
  isCodeChanged: boolean,
): Matrix {
  const before = base && new Map(base.map(({ stack, terraform }) => [stack, terraform]));
  const touched = head.flatMap(({ stack, terraform, needs }) => {
    const change = changeOf(terraform, before === undefined ? undefined : { before: before.get(stack) }, isCodeChanged);
    return change === undefined ? [] : [{ stack, change, needs }];
  });
  const waves = wavesOf(head);
  const names = new Set(touched.map(({ stack }) => stack));
  const stacks = touched
    .map(({ stack, change, needs }) => {
      return { stack, change, wave: waves.get(stack) ?? 0, needs: needs.filter((name) => names.has(name)).sort() };
    })
    .sort((one, other) => one.wave - other.wave || byName(one.stack, other.stack));
  return { stacks, removed: base && removedFrom(base, head) };
}

/** Those that need others first. */
function removedFrom(base: readonly SynthesizedStack[], head: readonly SynthesizedStack[]): string[] {
  const kept = new Set(head.map(({ stack }) => stack));
  const waves = wavesOf(base);
  const waveOf = (stack: string): number => waves.get(stack) ?? 0;
  return base
    .map(({ stack }) => stack)
    .filter((stack) => !kept.has(stack))
    .sort((one, other) => waveOf(other) - waveOf(one) || byName(one, other));
}

/** By code unit, which is the same in every locale. */
function byName(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** @param base undefined where it is not known; its `before` is where it lacks the stack */
function changeOf(
  terraform: string,
  base: { readonly before: string | undefined } | undefined,
  isCodeChanged: boolean,
): StackChange | undefined {
  if (base === undefined) return 'unknown';
  if (base.before === undefined) return 'added';
  if (base.before !== terraform) return 'changed';
  return isCodeChanged ? 'unknown' : undefined;
}

/** CDKTF refuses stacks that need each other. */
function wavesOf(stacks: readonly SynthesizedStack[]): ReadonlyMap<string, number> {
  const needs = new Map(stacks.map((stack) => [stack.stack, stack.needs]));
  const waves = new Map<string, number>();
  const waveOf = (name: string): number => {
    const known = waves.get(name);
    if (known !== undefined) return known;
    const wave = Math.max(-1, ...(needs.get(name) ?? []).map(waveOf)) + 1;
    waves.set(name, wave);
    return wave;
  };
  for (const { stack } of stacks) waveOf(stack);
  return waves;
}
