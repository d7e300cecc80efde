import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layOut } from './pipeline-layout';

const HEAD = 'a'.repeat(40);
const MERGED = 'b'.repeat(40);
const MARKER = '<!-- vb365-review -->';

/** What a platform answers, by method and path; what is not there is answered 404. */
let answers: Record<string, unknown> = {};
/** What was asked of it, with the body. */
let asked: string[] = [];
let server: Server;
let url: string;
const folder = mkdtempSync(join(tmpdir(), 'vb365-platform-'));

beforeAll(async () => {
  layOut(folder);
  writeFileSync(join(folder, 'review.md'), `${MARKER}\n\nA "review" of $(id)\n`);
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const [path = ''] = (request.url ?? '').split('?');
      const key = `${request.method ?? ''} ${path}`;
      asked.push(body === '' ? key : `${key} ${body}`);
      response.writeHead(key in answers ? 200 : 404).end(JSON.stringify(answers[key]));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  asked = [];
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  server.close();
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(script: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((done) => {
    // A locale that is not installed, of which bash speaks, must not matter.
    const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'xx_XX.UTF-8', ...env } };
    execFile(join(folder, 'ci', script), args, options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : 1, stdout, stderr });
    });
  });
}

const written = JSON.stringify({ body: `${MARKER}\n\nA "review" of $(id)\n` });

describe('the scripts for GitHub', () => {
  const github = (script: string, ...args: readonly string[]): Promise<Ended> =>
    run(`github/${script}`, args, {
      GITHUB_API_URL: url,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_REF_NAME: 'main',
      GITHUB_SHA: MERGED,
      GITHUB_TOKEN: 'token-of-the-job',
      PULL_REQUEST: '7',
    }).then((ended) => {
      expect(ended.stdout + ended.stderr).not.toContain('token-of-the-job');
      return ended;
    });
  const compact = (texts: readonly string[]): string[] =>
    texts.map((text) => text.replace(/\{[^]*\}/, (json) => JSON.stringify(JSON.parse(json))));

  it('write a first comment, and over their own later, but over nobody else', async () => {
    const comments = 'GET /repos/o/r/issues/7/comments';
    const foreign = { id: 1, user: { login: 'someone' }, body: MARKER };
    answers = { [comments]: [foreign], 'POST /repos/o/r/issues/7/comments': {} };
    expect(await github('comment.sh', 'review.md')).toMatchObject({ code: 0 });
    expect(compact(asked)).toEqual([comments, `POST /repos/o/r/issues/7/comments ${written}`]);

    asked = [];
    const own = { id: 2, user: { login: 'github-actions[bot]' }, body: `${MARKER}\nold` };
    answers = { [comments]: [foreign, own], 'PATCH /repos/o/r/issues/comments/2': {} };
    expect(await github('comment.sh', 'review.md')).toMatchObject({ code: 0 });
    expect(compact(asked)).toEqual([comments, `PATCH /repos/o/r/issues/comments/2 ${written}`]);
  });

  const pull = { merged_at: 'now', merge_commit_sha: MERGED, base: { ref: 'main' }, head: { sha: HEAD } };
  const planned = {
    id: 5,
    run_number: 1,
    head_sha: HEAD,
    event: 'pull_request',
    conclusion: 'success',
    head_repository: { full_name: 'o/r' },
  };
  const answersOf = (pulls: readonly unknown[], runs: readonly unknown[]): Record<string, unknown> => ({
    [`GET /repos/o/r/commits/${MERGED}/pulls`]: pulls,
    'GET /repos/o/r/actions/workflows/vb365-plan.yml/runs': { workflow_runs: runs },
  });

  it('find the last run that planned the merged pull request', async () => {
    answers = answersOf([pull], [{ ...planned, id: 6, run_number: 2 }, planned]);
    expect(await github('find-plans.sh')).toMatchObject({ code: 0, stdout: 'run_id=6\n' });
  });

  it.each([
    ['a commit that no pull request merged', [], [planned], 'comes from no pull request'],
    [
      'a pull request into another branch',
      [{ ...pull, base: { ref: 'other' } }],
      [planned],
      'comes from no pull request',
    ],
    ['one that is not merged by it', [{ ...pull, merge_commit_sha: HEAD }], [planned], 'comes from no pull request'],
    ['a run of a fork', [pull], [{ ...planned, head_repository: { full_name: 'x/r' } }], 'has ended well'],
    ['a run of an earlier commit', [pull], [{ ...planned, head_sha: MERGED }], 'has ended well'],
    ['a run that failed', [pull], [{ ...planned, conclusion: 'failure' }], 'has ended well'],
  ])('find no plan for %s', async (_, pulls, runs, message) => {
    answers = answersOf(pulls, runs);
    expect(await github('find-plans.sh')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});

describe('the scripts for GitLab', () => {
  const gitlab = (script: string, ...args: readonly string[]): Promise<Ended> =>
    run(`gitlab/${script}`, args, {
      CI_API_V4_URL: url,
      CI_PROJECT_ID: '3',
      CI_COMMIT_SHA: MERGED,
      CI_DEFAULT_BRANCH: 'main',
      CI_JOB_NAME: 'deploy:contoso',
      MERGE_REQUEST: '7',
      VB365_NOTE_TOKEN: 'note-token',
      VB365_READ_TOKEN: 'read-token',
    });

  it('write over their own note, and over nobody else', async () => {
    answers = {
      'GET /user': { id: 9 },
      'GET /projects/3/merge_requests/7/notes': [
        { id: 1, author: { id: 8 }, body: MARKER },
        { id: 2, author: { id: 9 }, body: MARKER },
      ],
      'PUT /projects/3/merge_requests/7/notes/2': {},
    };
    expect(await gitlab('note.sh', 'review.md')).toMatchObject({ code: 0 });
    expect(asked.at(-1)).toContain('PUT /projects/3/merge_requests/7/notes/2');
  });

  it.each([
    ['a commit that no merge request merged', [], 'success', 'comes from no merge request'],
    ['a pipeline that failed', [7], 'failed', 'has not ended well'],
    ['a pipeline without the job', [7], 'success', 'has no plan of deploy:contoso'],
  ])('find no plan for %s', async (_, requests, status, message) => {
    const merged = { state: 'merged', target_branch: 'main', source_project_id: 3, merge_commit_sha: MERGED };
    answers = {
      [`GET /projects/3/repository/commits/${MERGED}/merge_requests`]: requests.map((iid) => ({ ...merged, iid })),
      'GET /projects/3/merge_requests/7': { head_pipeline: { id: 11, status, source: 'merge_request_event' } },
      'GET /projects/3/pipelines/11/bridges': [{ name: 'plan', status: 'success', downstream_pipeline: { id: 12 } }],
      'GET /projects/3/pipelines/12/jobs': [{ id: 13, name: 'deploy:other' }],
    };
    expect(await gitlab('fetch-plans.sh')).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  });
});

describe('the scripts for Azure DevOps', () => {
  const azure = (script: string, ...args: readonly string[]): Promise<Ended> =>
    run(`azure-devops/${script}`, args, {
      SYSTEM_COLLECTIONURI: `${url}/`,
      SYSTEM_TEAMPROJECTID: 'p',
      SYSTEM_ACCESSTOKEN: 'token-of-the-job',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
      BUILD_REPOSITORY_ID: 'r',
      BUILD_SOURCEVERSION: MERGED,
      BUILD_SOURCEBRANCH: 'refs/heads/main',
      PLAN_PIPELINE: '4',
    });

  it('write over their own comment, and over nobody else', async () => {
    const threads = '/p/_apis/git/repositories/r/pullRequests/7/threads';
    const thread = (id: number, author: string): unknown => ({
      id,
      comments: [{ id: 1, author: { id: author }, content: MARKER }],
    });
    answers = {
      'GET /_apis/connectionData': { authenticatedUser: { id: 'me' } },
      [`GET ${threads}`]: {
        value: [thread(1, 'other'), { id: 2, comments: [{ id: 1, author: { id: 'me' } }] }, thread(3, 'me')],
      },
      [`PATCH ${threads}/3/comments/1`]: {},
    };
    expect(await azure('comment.sh', 'review.md')).toMatchObject({ code: 0 });
    expect(asked.at(-1)).toContain(`PATCH ${threads}/3/comments/1`);
  });

  it.each([
    [
      'the run of its last commit',
      { 'pr.sourceSha': HEAD },
      { code: 0, stdout: '##vso[task.setvariable variable=build;isOutput=true]21\n' },
    ],
    ['no run of an earlier one', { 'pr.sourceSha': MERGED }, { code: 1, stdout: '' }],
  ])('find for a completed pull request %s', async (_, triggerInfo, ended) => {
    const request = {
      pullRequestId: 7,
      status: 'completed',
      targetRefName: 'refs/heads/main',
      lastMergeSourceCommit: { commitId: HEAD },
    };
    answers = {
      'POST /p/_apis/git/repositories/r/pullrequestquery': { results: [{ [MERGED]: [request] }] },
      'GET /p/_apis/build/builds': { value: [{ id: 21, result: 'succeeded', repository: { id: 'r' }, triggerInfo }] },
    };
    expect(await azure('find-plans.sh')).toMatchObject(ended);
  });
});
