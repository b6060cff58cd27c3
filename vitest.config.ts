import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that start processes take longest; begun last they would run alone while the other cores rest. */
const LONG = /\/(main\/cli|main\/host-contract|main\/engine\/jobs\/export|scripts)\//;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = (file: TestSpecification): boolean => LONG.test(file.moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['{shared,main,renderer,scripts}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // One core rests otherwise: tests that wait for processes and the disk leave room.
    maxWorkers: '100%',
    testTimeout: 30_000,
    sequence: { sequencer: LongFirst },
  },
});
