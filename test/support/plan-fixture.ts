import { ConfigurationCache } from '../../src/evaluate/terraform/configuration/configuration-cache.js';
import { evaluateTerraform } from '../../src/evaluate/terraform/evaluate-terraform.js';
import type { TerraformResult } from '../../src/evaluate/terraform/result.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { memoryFileSystem } from './memory-file-system.js';
import type { Fixture } from './read-fixture.js';

const PROVIDER = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}
`;

/** For configurations that have no provider block: one that asks nothing of AWS. */
export const ADDED_PROVIDER = `${PROVIDER}
provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
`;

/** What is added to a fixture for its plan: the provider's release, and an output of every resource as references see it. */
export function addedConfiguration(fixture: Fixture): string {
  const { files, root } = fixture;
  const configuration = new ConfigurationCache(memoryFileSystem(files)).module(root);
  const managed = (configuration?.resources ?? []).filter(({ mode }) => mode === 'managed');
  const outputs = [...new Set(managed.map(({ address }) => address))].map(
    (address) => `output "agreement_${address.replace('.', '_')}" {\n  value     = ${address}\n  sensitive = true\n}\n`,
  );
  return addedRequirement(fixture) + outputs.join('');
}

/** What is added to a fixture that does not say the provider's release, for a plan of it and nothing else. */
export function addedRequirement({ files }: Fixture): string {
  const decoder = new TextDecoder();
  const declares = Object.values(files).some((file) => decoder.decode(file).includes('required_providers'));
  return declares ? '' : PROVIDER;
}

/** The fixture as it is planned: with what is added, in the workspace "default". */
export function evaluateForPlan({ files, root, variables }: Fixture, added: string): TerraformResult {
  return evaluateTerraform({
    fileSystem: memoryFileSystem({ ...files, [`${root === '' ? '' : `${root}/`}agreement.tf`]: added }),
    schemas: providerSchemas,
    environment: { variables: new Map() },
    roots: [{ folder: root, kind: 'deployment', varFiles: [], variables, workspace: 'default' }],
  });
}
