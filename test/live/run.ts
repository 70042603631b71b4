import { spawn } from 'node:child_process';

/** The program as users have it. */
export const program = new URL('../../bin/trueline.cjs', import.meta.url).pathname;

/** Runs a program without holding up what else goes on, and gives what it prints. */
export function run(
  command: string,
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
  exitCodes: readonly number[] = [0],
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== null && exitCodes.includes(code)) resolve(Buffer.concat(out).toString('utf8'));
      else reject(new Error(`${command} ${args[0]} ended with ${code}:\n${Buffer.concat(err).toString('utf8')}`));
    });
  });
}
