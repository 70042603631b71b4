import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed` as the last line, and adds the counts to the file that `TRUELINE_TEST_COUNTS` names. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      if (module.errors().length > 0) failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state !== 'skipped') failed++;
      }
    }
    const file = process.env['TRUELINE_TEST_COUNTS'];
    if (file !== undefined && file !== '') appendFileSync(file, `${passed} ${failed}\n`);
    process.on('exit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}
