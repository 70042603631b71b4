import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One bad input beside a good file, and what a scan makes of it. */
export interface HostileCase {
  readonly name: string;
  /**
   * What a user may expect by the design, written by hand: the exit code, and the codes of what is worse than a remark; for
   * bad usage the first line on standard error.
   */
  readonly expect: string;
  /** Beside `good.tf`; large ones are written when the case runs. */
  readonly files?: () => Readonly<Record<string, string | Uint8Array>>;
  /** What files alone cannot say: links, pipes, repositories. */
  readonly make?: (folder: string) => void;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A bucket that a policy finds fault with: `good.tf` holds that of apples. */
export const bucket = (name: string) => `resource "aws_s3_bucket" "${name}" {\n  bucket = "orchard-${name}"\n}\n`;

export const deep = 10_000;

/** An attribute of a resource that is judged, so that it is evaluated. */
export const queue = (expression: string, before = '') =>
  `${before}resource "aws_sqs_queue" "pears" {\n  name = ${expression}\n}\n`;

export function writeCase(folder: string, { files, make }: HostileCase): void {
  writeFileSync(join(folder, 'good.tf'), bucket('apples'));
  for (const [path, content] of Object.entries(files?.() ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  make?.(folder);
}
