import { all, remove, situations, type Step, write } from '../situation';

const STACK = write('main.tf.json', JSON.stringify({ resource: { terraform_data: { one: { input: 'x' } } } }));
const REVIEW = 'vb365 review plan.json';
const anew: readonly Step[] = ['terraform plan -out=plan', 'terraform show -json plan > plan.json'];
const planned = all(STACK, 'terraform init', 'terraform plan -out=plan');

/** Plans, and the repository that they belong to. */
export const planSituations = situations([
  {
    code: 'plan-malformed',
    when: 'the text of a plan was saved',
    before: all(STACK, 'terraform init', 'terraform plan -no-color > plan.json'),
    command: REVIEW,
    cure: anew,
  },
  {
    code: 'plan-malformed',
    when: 'a state was saved',
    before: all(STACK, 'terraform init', write('plan.json', '{"format_version":"1.0","values":{}}')),
    command: REVIEW,
    cure: anew,
  },
  {
    code: 'plan-not-shown',
    when: 'a binary plan comes through standard input',
    before: planned,
    command: 'vb365 review -',
    input: 'plan',
    cure: [{ printed: 'terraform show -json plan', run: 'terraform show -json plan > plan.json' }],
    again: REVIEW,
  },
  {
    code: 'plan-not-shown',
    when: 'a binary plan was cut off',
    before: all(planned, 'head -c 300 plan > cut && mv cut plan'),
    command: 'vb365 review plan',
    cure: ['terraform plan -out=plan'],
  },
  {
    code: 'plan-missing',
    when: 'a folder holds no plan',
    before: all(STACK, 'terraform init'),
    command: 'vb365 review .',
    cure: ['terraform plan -out=plan'],
  },
  {
    code: 'plan-ambiguous',
    when: 'a folder holds two plans',
    before: all(
      planned,
      'terraform show -json plan > plan.json',
      'mkdir two && cp plan.json two/plan.json && cp plan.json two/tfplan.json',
    ),
    command: 'vb365 review two',
    cure: [remove('two/tfplan.json')],
  },
  {
    code: 'keystore-missing',
    when: 'a folder is misspelt',
    before: all(planned, 'terraform show -json plan > plan.json'),
    command: `${REVIEW} --keystore keystor`,
    cure: [],
    again: `${REVIEW} --keystore keystore`,
  },
  {
    code: 'git-ref-unknown',
    when: 'the base was not fetched yet',
    before: all('git push --quiet origin main', 'git update-ref -d refs/remotes/origin/main'),
    command: 'vb365 matrix --base origin/main',
    cure: ['git fetch', { printed: 'git log', run: 'git log -1 origin/main' }],
  },
  {
    code: 'git-repository-missing',
    when: 'a configuration lies outside',
    before: remove('.git'),
    command: 'vb365 matrix',
    cure: [all('git init --quiet --initial-branch=main', 'git add .', 'git commit --quiet --message first')],
    again: 'vb365 matrix --base main',
  },
]);
