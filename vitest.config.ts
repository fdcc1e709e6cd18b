import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What starts processes, orgs and browsers comes first, so that no long file is left for the end with one worker. */
const isSlow = ({ moduleId }: TestSpecification): number =>
  /\/test\/(page|deploy|e2e|package|service|org|connect|metadata)\//.test(moduleId) ? 0 : 1;

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => isSlow(a) - isSlow(b));
  }
}

export default defineConfig({
  test: {
    include: [
      'node-scorer/**/*.test.ts',
      'sandbox/**/*.test.ts',
      'local-org/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    // By default one processor stays free, which is half of a machine with two.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: SlowFirst },
    // A machine may be busy with other work: a time limit tells a test that hangs from one that is slow, nothing else.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
