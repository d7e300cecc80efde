import fc from 'fast-check';
import { load } from 'js-yaml';
import { type Matrix, matrixOf, type SynthesizedStack } from '../../lib/matrix/matrix';
import { azureVariables, githubOutput, gitlabPipeline } from '../../lib/matrix/matrix-formats';

function stack(name: string, terraform = 'same', ...needs: readonly string[]): SynthesizedStack {
  return { stack: name, terraform, needs };
}

/** Stacks without a base: every one is touched. */
function matrixOfAll(...stacks: readonly SynthesizedStack[]): Matrix {
  return matrixOf(stacks, [], false);
}

/** `name=value` lines by name; values in JSON are parsed. */
function variables(lines: string, separator: RegExp): Record<string, unknown> {
  return Object.fromEntries(
    lines.split('\n').map((line) => {
      const [, name = '', value = ''] = separator.exec(line) ?? [];
      return [name, JSON.parse(value)];
    }),
  );
}

const github = (matrix: Matrix, maxJobs = 256): Record<string, unknown> =>
  variables(githubOutput(matrix, maxJobs), /^(\w+)=(.*)$/);
const azure = (matrix: Matrix, maxJobs = 256): Record<string, unknown> =>
  variables(azureVariables(matrix, maxJobs), /^##vso\[task\.setvariable variable=(\w+);isOutput=true\](.*)$/);

const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,8}[a-z0-9])?$/), { maxLength: 40 });
const maxJobs = fc.integer({ min: 1, max: 12 });

describe('matrixOf', () => {
  it('tells what is new, what has changed and what is gone, and leaves out the rest', () => {
    const head = [stack('kept'), stack('changed', 'after'), stack('new')];
    const base = [stack('gone'), stack('changed', 'before'), stack('kept')];
    expect(matrixOf(head, base, false)).toEqual({
      stacks: [
        { stack: 'changed', change: 'changed', wave: 0, needs: [] },
        { stack: 'new', change: 'added', wave: 0, needs: [] },
      ],
      removed: ['gone'],
    });
  });

  it('takes every stack where the code has changed, and says which of them differ anyway', () => {
    const head = [stack('kept'), stack('changed', 'after'), stack('new')];
    const { stacks } = matrixOf(head, [stack('kept'), stack('changed', 'before')], true);
    expect(stacks.map((entry) => `${entry.stack} ${entry.change}`)).toEqual([
      'changed changed',
      'kept unknown',
      'new added',
    ]);
  });

  it('knows neither changes nor what is gone without a base', () => {
    expect(matrixOf([stack('any')], undefined, false)).toEqual({
      stacks: [{ stack: 'any', change: 'unknown', wave: 0, needs: [] }],
      removed: undefined,
    });
  });

  it('puts what needs another stack behind all that need none, also where the other is not touched', () => {
    const head = [stack('a-consent', 'new', 'a'), stack('b-consent', 'new', 'b'), stack('a'), stack('b', 'new')];
    const { stacks } = matrixOf(head, [stack('a'), stack('b'), stack('a-consent'), stack('b-consent')], false);
    expect(stacks).toEqual([
      { stack: 'b', change: 'changed', wave: 0, needs: [] },
      { stack: 'a-consent', change: 'changed', wave: 1, needs: [] },
      { stack: 'b-consent', change: 'changed', wave: 1, needs: ['b'] },
    ]);
  });

  it('names what is gone in the order in which it is destroyed', () => {
    const base = [stack('a'), stack('a-consent', 'same', 'a'), stack('b'), stack('b-consent', 'same', 'b')];
    expect(matrixOf([], base, false).removed).toEqual(['a-consent', 'b-consent', 'a', 'b']);
  });

  it('does not depend on the order of the stacks', () => {
    const stacks = [
      stack('a'),
      stack('a-consent', 'same', 'a'),
      stack('b'),
      stack('c-consent', 'same', 'c'),
      stack('c'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(stacks, { minLength: 5 }), (shuffled) => {
        expect(matrixOfAll(...shuffled)).toEqual(matrixOfAll(...stacks));
      }),
    );
  });
});

describe('githubOutput', () => {
  it('has a matrix for each phase', () => {
    expect(github(matrixOf([stack('a'), stack('a-consent', 'same', 'a')], [stack('b')], false))).toEqual({
      any: true,
      has_deploy: true,
      deploy: { include: [{ name: 'a', stacks: 'a' }] },
      has_consent: true,
      consent: { include: [{ name: 'a-consent', stacks: 'a-consent' }] },
      removed: ['b'],
    });
  });

  it('says by variables that a matrix is empty', () => {
    const empty = { include: [] };
    const nothing = { any: false, has_deploy: false, deploy: empty, has_consent: false, consent: empty, removed: [] };
    expect(github(matrixOf([stack('a')], [stack('a')], false))).toEqual(nothing);
    const consentAlone = [stack('a-consent', 'new', 'a'), stack('a')];
    expect(github(matrixOf(consentAlone, [stack('a'), stack('a-consent')], false))).toMatchObject({
      any: true,
      has_deploy: false,
      has_consent: true,
    });
  });

  it('gives every stack to one job, in as many jobs as may be, of sizes that differ by one at most', () => {
    fc.assert(
      fc.property(names, maxJobs, (stacks, most) => {
        const { include } = github(matrixOfAll(...stacks.map((name) => stack(name))), most).deploy as {
          include: { name: string; stacks: string }[];
        };
        const jobs = include.map((job) => job.stacks.split(' '));
        expect(jobs.flat()).toEqual([...stacks].sort());
        expect(jobs).toHaveLength(Math.min(stacks.length, most));
        const sizes = jobs.map((job) => job.length);
        if (sizes.length > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(new Set(include.map(({ name }) => name)).size).toBe(include.length);
      }),
    );
  });
});

describe('azureVariables', () => {
  it('maps names of jobs to their stacks', () => {
    expect(azure(matrixOfAll(stack('9lives'), stack('a-b'), stack('a-b-consent', 'same', 'a-b')))).toMatchObject({
      deploy: { stack_9lives: { stacks: '9lives' }, stack_a_b: { stacks: 'a-b' } },
      consent: { stack_a_b_consent: { stacks: 'a-b-consent' } },
    });
  });

  it('never gives two jobs the same name, and only names that Azure DevOps takes', () => {
    fc.assert(
      fc.property(names, maxJobs, (stacks, most) => {
        const all = [...new Set([...stacks, 'a', 'a-and-3-more', 's-a'])];
        const { deploy } = azure(matrixOfAll(...all.map((name) => stack(name))), most) as {
          deploy: Record<string, { stacks: string }>;
        };
        expect(Object.values(deploy).flatMap((job) => job.stacks.split(' '))).toHaveLength(all.length);
        for (const name of Object.keys(deploy)) expect(name).toMatch(/^[a-z]\w*$/);
      }),
    );
  });
});

describe('gitlabPipeline', () => {
  it('has a job for each stack, which waits for those that it needs', () => {
    const matrix = matrixOf([stack('a'), stack('a-consent', 'same', 'a'), stack('true')], [stack('b')], false);
    const text = gitlabPipeline(matrix, 256);
    expect(text).toMatch(/^# Removed, still to be destroyed: b\n/);
    expect(load(text)).toEqual({
      variables: { VB365_EXPECTED: 'a true', VB365_REMOVED: '["b"]' },
      stages: ['deploy', 'consent'],
      'deploy:a': { extends: '.deploy', stage: 'deploy', variables: { VB365_STACKS: 'a' } },
      'deploy:true': { extends: '.deploy', stage: 'deploy', variables: { VB365_STACKS: 'true' } },
      'consent:a-consent': {
        extends: '.consent',
        stage: 'consent',
        needs: ['deploy:a'],
        variables: { VB365_STACKS: 'a-consent' },
      },
    });
  });

  it('lets the order of the stages do where a job would need more than 50', () => {
    const owners = Array.from({ length: 60 }, (_, index) => `o${index + 10}`);
    const matrix = matrixOfAll(...owners.flatMap((o) => [stack(o), stack(`${o}-consent`, 'same', o)]));
    const needs = (most: number): unknown[] => {
      const pipeline = load(gitlabPipeline(matrix, most)) as Record<string, { needs?: string[] }>;
      return Object.entries(pipeline).flatMap(([name, job]) =>
        name.startsWith('consent:') ? [job.needs?.length] : [],
      );
    };
    expect(needs(60)).toEqual(owners.map(() => 1));
    expect(needs(1)).toEqual([1]);
    const uneven = matrixOf([...owners.map((o) => stack(o)), stack('z', 'same', ...owners)], [], false);
    const pipeline = load(gitlabPipeline(uneven, 60)) as Record<string, object>;
    expect(pipeline['consent:z']).not.toHaveProperty('needs');
  });

  it('is a pipeline with a job where nothing differs, because GitLab takes no other', () => {
    expect(load(gitlabPipeline({ stacks: [], removed: [] }, 256))).toEqual({
      variables: { VB365_EXPECTED: '', VB365_REMOVED: '[]' },
      nothing: { script: ['echo "No stack differs."'] },
    });
  });
});
