const Sequencer = require('@jest/test-sequencer').default;

/**
 * What waits for Terraform, npm or a browser comes first, so that none of it is still running alone at the end. Jest knows how
 * long a file took only on a machine that has run it before, which a pipeline's has not.
 */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const isSlow = ({ path }) =>
      /\/test\/(?:cures|demo|e2e|examples|package|report\/browser|certificates\/pfx)\b/.test(path);
    const sorted = super.sort(tests);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
};
