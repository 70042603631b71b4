import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from '../../src/cli/main.js';
import type { Terminal } from '../../src/cli/terminal.js';

/** What the build puts in. */
Object.assign(globalThis, { TRUELINE_VERSION: '9.8.7' });

export interface Output {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A temporary folder in which command lines run. */
export interface Workspace {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  read(path: string): string;
  remove(path?: string): void;
  git(...args: string[]): string;
  /** Runs `trueline …` in process; words are split at blanks. */
  run(line: string | readonly string[], terminal?: Partial<Terminal> & { readonly in?: string }): Promise<Output>;
}

export function workspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'trueline-cli-')));
  const at = (path: string) => join(folder, path);
  const own: Workspace = {
    folder,
    write: (more) => {
      for (const [path, text] of Object.entries(more)) {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), text);
      }
    },
    read: (path) => readFileSync(at(path), 'utf8'),
    remove: (path = '') => rmSync(at(path), { recursive: true, force: true }),
    git: (...args) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=baker', '-c', 'user.email=baker@example.com', ...args], {
        stdio: 'pipe',
        encoding: 'utf8',
      }).trim(),
    run: async (line, { in: below = '', ...given } = {}) => {
      let out = '';
      let err = '';
      const workingDirectory = at(below);
      const code = await run(typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line, {
        workingDirectory,
        environment: {},
        width: 80,
        isTerminal: false,
        isErrorTerminal: false,
        today: '2026-11-22',
        now: () => 0,
        write: (text) => {
          out += text;
        },
        writeError: (text) => {
          err += text;
        },
        readInput: () => new Uint8Array(),
        writeFile: (path, text) => {
          const place = resolve(workingDirectory, path);
          mkdirSync(dirname(place), { recursive: true });
          writeFileSync(place, typeof text === 'string' ? text : [...text].join(''));
        },
        ...given,
      });
      return { code, out, err };
    },
  };
  own.write(files);
  return own;
}

/** A bucket without versioning: `aws-s3-bucket-versioning-enabled` fails at its header. */
export const bucket = (name: string) => `resource "aws_s3_bucket" "${name}" {\n  bucket = "orchard-${name}"\n}\n`;

/** Versioning that a variable decides, in a module that is called. */
export const LOGS_MODULE = `variable "keep" {
  type = bool
}

resource "aws_s3_bucket" "logs" {
  bucket = "orchard-logs"
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id
  versioning_configuration {
    status = var.keep ? "Enabled" : "Suspended"
  }
}
`;

export const callLogs = (keep: string, source = '../../modules/logs') =>
  `module "logs" {\n  source = "${source}"\n  keep   = ${keep}\n}\n`;

/** Only the versioning of buckets is judged, one line a finding. */
export const VERSIONING = 'scan --format compact --policy aws-s3-bucket-versioning-enabled';

/** What VERSIONING prints for `bucket(name)`. */
export const unversioned = (place: string, name: string) =>
  `${place}: medium aws-s3-bucket-versioning-enabled: Bucket orchard-${name} does not keep old versions of its objects [aws_s3_bucket.${name}]\n`;

/** A JSON report's diagnostics, a line each: `main.tf:1:3 warning code: message`. */
export function diagnosticLines(json: string): string[] {
  const { diagnostics }: { diagnostics: readonly DiagnosticLine[] } = JSON.parse(json);
  return diagnostics.map(({ severity, code, message, location, file }) => {
    const place = location === null ? (file ?? '') : `${location.file}:${location.startLine}:${location.startColumn}`;
    return `${place} ${severity} ${code}: ${message}`;
  });
}

interface DiagnosticLine {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly location: { readonly file: string; readonly startLine: number; readonly startColumn: number } | null;
}
