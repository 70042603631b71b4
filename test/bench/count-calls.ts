import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Farm, openFarm } from '../live/moto/farm.js';
import { program, run } from '../live/run.js';
import type { Line } from './snapshot.js';

/** Calls that a snapshot makes of an account of moto, beside those of a refresh by Terraform. */
export async function countCalls(): Promise<readonly Line[]> {
  const farm = await openFarm();
  try {
    const resources = farm.resources.filter(({ address }) => !address.startsWith('module.')).length;
    const ours = await counted(farm, (environment) => {
      const regions = ['--region', 'eu-central-1', '--region', 'eu-west-1'];
      const args = [program, 'snapshot', 'aws', ...regions, '--output', 'counted'];
      return run(process.execPath, args, farm.folder, environment, [3]);
    });
    const theirs = await counted(farm, (environment) => {
      const options = ['-refresh-only', '-input=false', '-no-color', '-lock=false', '-parallelism=40'];
      return run('terraform', ['plan', ...options], farm.folder, environment);
    });
    return linesOf(ours, theirs, resources);
  } finally {
    farm.moto.stop();
  }
}

function linesOf(
  ours: ReadonlyMap<string, number>,
  theirs: ReadonlyMap<string, number>,
  resources: number,
): readonly Line[] {
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0);
  const beside = (own: number, other: number): string =>
    `${own} (${(own / resources).toFixed(2)} a resource), Terraform ${other} (${(other / resources).toFixed(2)})`;
  const services = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return [
    [`calls, ${resources} resources in two regions`, beside(sum(ours), sum(theirs)), 'fewer than Terraform'],
    ...services.map((name): Line => [`  ${name}`, beside(ours.get(name) ?? 0, theirs.get(name) ?? 0), 'printed']),
  ];
}

/** Calls by service while something runs, of the farm's own account. */
async function counted(
  farm: Farm,
  use: (environment: NodeJS.ProcessEnv) => Promise<string>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const target = new URL(farm.moto.url);
  const server = createServer((incoming, outgoing) => {
    const [, key = '', service = ''] =
      /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(String(incoming.headers.authorization)) ?? [];
    if (key === farm.environment['AWS_ACCESS_KEY_ID']) counts.set(service, (counts.get(service) ?? 0) + 1);
    const { method, url: path, headers } = incoming;
    const passed = ask({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.once('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use({ ...farm.environment, AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return counts;
}
