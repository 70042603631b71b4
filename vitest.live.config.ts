import { defineConfig } from 'vitest/config';
import { relaxedYaml } from './scripts/relax-yaml.js';

/** Tests against real programs: they fail where one is missing. */
export default defineConfig({
  plugins: [relaxedYaml],
  test: {
    server: { deps: { inline: ['js-yaml'] } },
    include: ['test/live/**/*.test.ts'],
    globalSetup: ['test/live/scratch-folder.ts'],
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ['verbose', './test/support/counting-reporter.ts'],
  },
});
