import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MOTO = 'moto[server]==5.2.1';
const MOST_START_MS = 60_000;

/** Ends with the process that holds its standard input, however that ends. */
const PROGRAM = `
import os, sys, threading
from moto.server import main
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])
`;

export interface MotoServer {
  readonly url: string;
  stop(): void;
}

/** Starts moto on a port of its own. Throws where it cannot be installed or does not start. */
export async function startMoto(): Promise<MotoServer> {
  const python = installMoto();
  const folder = mkdtempSync(join(tmpdir(), 'trueline-moto-'));
  // A file: every request is logged, and a pipe that nobody reads would stop the server.
  const log = join(folder, 'log');
  const output = openSync(log, 'w');
  const child = spawn(python, ['-c', PROGRAM], {
    stdio: ['pipe', output, output],
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
  });
  closeSync(output);
  const stop = () => void child.kill('SIGKILL');
  let text = '';
  for (let waited = 0; waited < MOST_START_MS && child.exitCode === null; waited += 50) {
    await sleep(50);
    text = readFileSync(log, 'utf8');
    const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
    if (url === undefined) continue;
    rmSync(folder, { recursive: true });
    return { url, stop };
  }
  stop();
  rmSync(folder, { recursive: true });
  throw new Error(`moto does not say where it listens:\n${text}`);
}

/** The Python of a virtual environment of the user's cache that holds moto; made where it is missing. */
function installMoto(): string {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'trueline', 'moto-5.2.1');
  const python = join(folder, 'bin', 'python');
  const isWhole = join(folder, 'installed');
  if (existsSync(isWhole)) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run('python3', '-m', 'venv', folder);
  run(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', MOTO);
  writeFileSync(isWhole, `${MOTO}\n`);
  return python;
}

function run(program: string, ...args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${MOTO} cannot be installed: ${program} ${args.join(' ')}:\n${stderr}`);
}
