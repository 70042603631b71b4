import { defineConfig } from 'vitest/config';
import { relaxedYaml } from './scripts/relax-yaml.js';

export default defineConfig({
  plugins: [relaxedYaml],
  test: {
    server: { deps: { inline: ['js-yaml'] } },
    include: ['test/**/*.test.ts'],
    exclude: ['test/live/**', 'node_modules/**'],
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
    reporters: ['dot', './test/support/counting-reporter.ts'],
  },
});
