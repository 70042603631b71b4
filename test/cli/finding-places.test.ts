import { afterEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

afterEach(() => here.remove());

const places = async (text: string, policy: string, options = ''): Promise<string> => {
  here = workspace({ 'bakery.yaml': text });
  return (await here.run(`scan --format compact --policy ${policy} ${options} .`)).out;
};

const pod = (spec: string, metadata = 'name: bread') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {${metadata}, namespace: bakery}\nspec:\n${spec}`;

test('what is missing is looked for at the key of the block that lacks it', async () => {
  const containers =
    '  containers:\n    - name: oven\n      image: oven:1\n      securityContext:\n        # for now\n        runAsUser: 7\n    - name: scale\n      image: scale:1\n';
  expect(await places(pod(containers), 'k8s-container-privilege-escalation-off')).toBe(
    'bakery.yaml:8:7: medium k8s-container-privilege-escalation-off: Container oven of bread can gain privileges [Pod/bakery/bread]\n' +
      'bakery.yaml:11:7: medium k8s-container-privilege-escalation-off: Container scale of bread can gain privileges [Pod/bakery/bread]\n',
  );
});

test('a mapping is looked for at its key', async () => {
  const volumes = '  volumes:\n    - name: hearth\n      hostPath:\n        # of the node\n        path: /etc\n';
  expect(await places(pod(volumes), 'k8s-pod-host-path-not-mounted')).toBe(
    'bakery.yaml:7:7: medium k8s-pod-host-path-not-mounted: Volume hearth of bread is the path /etc of its node [Pod/bakery/bread]\n',
  );
});

test('an element that is not known is not called by the name of another', async () => {
  const text = `${pod('  containers:\n    - name: oven\n      image: oven:1\n')}---\n${pod('  hostIPC: true\n', 'generateName: cake-')}`;
  expect(await places(text, 'k8s-container-not-privileged', '--include unknown')).toBe(
    'bakery.yaml:12:1: unknown high k8s-container-not-privileged: Perhaps: Container (unknown: containers) of cake-(unknown) is privileged [Pod/bakery/cake-*]\n',
  );
});

test('a bucket without a name is called by its address', async () => {
  const text = 'Resources:\n  Apples:\n    Type: AWS::S3::Bucket\n';
  expect(await places(text, 'aws-s3-bucket-versioning-enabled')).toBe(
    'bakery.yaml:2:3: medium aws-s3-bucket-versioning-enabled: Bucket Apples does not keep old versions of its objects [Apples]\n',
  );
});
